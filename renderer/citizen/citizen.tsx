import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CitizenView } from '#contract/index.ts'
import { BigButton } from './big-button.tsx'
import { Languages } from './languages.tsx'
import { Progress } from './progress.tsx'
import { Check } from './scenes/check.tsx'
import { Fingers } from './scenes/fingers.tsx'
import { Greeting } from './scenes/greeting.tsx'
import { Idle } from './scenes/idle.tsx'
import { Portrait } from './scenes/portrait.tsx'
import { Sign } from './scenes/sign.tsx'
import { Thanks } from './scenes/thanks.tsx'
import { Correcting, Wait } from './scenes/wait.tsx'
import { useCitizenView, useStation } from './view.ts'

export function Citizen() {
  const { t } = useTranslation()
  const { value: view = { scene: 'idle' }, failed, ask } = useCitizenView()
  const station = useStation()
  useForgetting(view.scene)
  useEffect(() => {
    document.title = t('title')
  }, [t])
  return (
    <div className="citizen" data-scene={view.scene}>
      <header className="top">
        {view.scene === 'idle' ? <span /> : <Progress view={view} />}
        {station?.simulated && <span className="trial">{t('simulated')}</span>}
        <Languages />
      </header>
      <main className="stage">
        <Scene view={view} stationName={station?.name} />
      </main>
      {failed && (
        <div className="trouble" role="alert">
          <p>{t('unreachable')}</p>
          <BigButton onPress={ask}>{t('tryAgain')}</BigButton>
        </div>
      )}
    </div>
  )
}

function Scene({ view, stationName }: { readonly view: CitizenView; readonly stationName: string | undefined }) {
  switch (view.scene) {
    case 'idle':
      return <Idle stationName={stationName} />
    case 'greeting':
      return <Greeting view={view} />
    case 'wait':
      return <Wait view={view} />
    case 'portrait':
      return <Portrait view={view} />
    case 'fingers':
      return <Fingers view={view} />
    case 'check':
      // A new question is a new set of buttons: a press that began on the last one ends nowhere.
      return <Check key={`${view.place} ${view.detail.field} ${view.detail.value}`} view={view} />
    case 'correcting':
      return <Correcting view={view} />
    case 'sign':
      return <Sign view={view} />
    case 'thanks':
      return <Thanks view={view} />
  }
}

/** When a visit ends the page starts afresh: its memory, its language, its strokes. */
function useForgetting(scene: CitizenView['scene']): void {
  const visited = useRef(false)
  useEffect(() => {
    if (scene !== 'idle') visited.current = true
    else if (visited.current) location.reload()
  }, [scene])
}
