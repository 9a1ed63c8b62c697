import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CitizenView } from '#contract/index.ts'
import { useTrainingMark } from '../ui/training.ts'
import { BigButton } from './big-button.tsx'
import { useFetchedWords } from './packs.ts'
import { Check } from './scenes/check.tsx'
import { Curtain } from './scenes/curtain.tsx'
import { Fingers } from './scenes/fingers.tsx'
import { Greeting } from './scenes/greeting.tsx'
import { Idle } from './scenes/idle.tsx'
import { Mark } from './scenes/mark.tsx'
import { Page } from './scenes/page.tsx'
import { Portrait } from './scenes/portrait.tsx'
import { ScreenTest } from './scenes/screen-test.tsx'
import { Sign } from './scenes/sign.tsx'
import { Thanks } from './scenes/thanks.tsx'
import { Correcting, Wait } from './scenes/wait.tsx'
import { Top } from './top.tsx'
import { useCitizenView, useStation, ViewingContext } from './view.ts'
import { useShownViewing, useViewingChoice } from './viewing/choice.ts'
import { Scroller } from './viewing/scroller.tsx'

const nobody: CitizenView = { scene: 'idle' }

export function Citizen() {
  const { t } = useTranslation()
  const { value: view = nobody, failed, ask } = useCitizenView()
  const station = useStation()
  useTrainingMark(station)
  const choice = useViewingChoice(view)
  useFetchedWords(choice.viewing.language)
  useShownViewing(choice.viewing)
  useForgetting(view.scene)
  useEffect(() => {
    document.title = t('title')
  }, [t])
  // Nothing of a visit stands round it: it is the screen that is looked at.
  if (view.scene === 'screen-test')
    return (
      <ViewingContext value={choice}>
        <ScreenTest view={view} />
      </ViewingContext>
    )
  return (
    <ViewingContext value={choice}>
      <div className="citizen" data-scene={view.scene}>
        <Top view={view} station={station} />
        <main className="stage">
          <Scroller key={view.scene} label={t('scroll.more')}>
            <Scene view={view} stationName={station?.name} />
          </Scroller>
        </main>
        {failed && (
          <div className="trouble trouble-place" role="alert">
            <p>{t('unreachable')}</p>
            <BigButton onPress={ask}>{t('tryAgain')}</BigButton>
          </div>
        )}
      </div>
    </ViewingContext>
  )
}

function Scene({
  view,
  stationName,
}: {
  readonly view: Exclude<CitizenView, { readonly scene: 'screen-test' }>
  readonly stationName: string | undefined
}) {
  switch (view.scene) {
    case 'idle':
      return <Idle stationName={stationName} />
    case 'curtain':
      return <Curtain />
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
      // Another person before the screen is shown the same question anew.
      return <Check key={JSON.stringify([view.detail, view.place, view.address, view.about])} view={view} />
    case 'correcting':
      return <Correcting view={view} />
    case 'page':
      return <Page view={view} />
    case 'sign':
      // Each who signs has an empty pad.
      return <Sign key={view.who} view={view} />
    case 'mark':
      return <Mark view={view} />
    case 'thanks':
      return <Thanks view={view} />
  }
}

/** When a visit ends the page starts afresh: its memory, its language, its strokes. A curtain ends no visit. */
function useForgetting(scene: CitizenView['scene']): void {
  const visited = useRef(false)
  useEffect(() => {
    if (scene === 'curtain') return
    if (scene !== 'idle') visited.current = true
    else if (visited.current) location.reload()
  }, [scene])
}
