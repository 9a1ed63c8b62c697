import { useTranslation } from 'react-i18next'
import { captureSteps } from '#domain/biometrics/index.ts'
import type { Remedy } from '#domain/enrolment/index.ts'
import { useFittingType } from '../fit.ts'
import { HandsPictogram } from '../pictograms/hands.tsx'
import { RemedyPictogram } from '../pictograms/remedies.tsx'
import { Listen } from '../speech.tsx'
import { fingersInWords } from '../words.ts'
import type { SceneView } from './scene.ts'
import { Wait } from './wait.tsx'

export function Fingers({ view }: { readonly view: SceneView<'fingers'> }) {
  // No finger of this step can be taken: nothing to do but wait.
  if (view.fingers.length === 0) return <Wait view={view} />
  if (view.phase === 'again' && view.remedy) return <Remedying address={view.address} remedy={view.remedy} />
  return <Placing view={view} />
}

function Placing({ view: { address, step, phase, fingers } }: { readonly view: SceneView<'fingers'> }) {
  const { t, i18n } = useTranslation()
  const { impression } = captureSteps[step]
  const what = fingersInWords(step, fingers, i18n.language, t)
  const heading = t(`fingers.${impression}.${phase}`, { address, what })
  const line = t(`fingers.${impression}.${phase}Line`, { address })
  return (
    <section className="scene scene-beside">
      <HandsPictogram className="pictogram-large" step={step} phase={phase} fingers={fingers} />
      <div className="beside" aria-live="polite">
        <h1 className="heading">{heading}</h1>
        <p className="line">{line}</p>
        <Listen sentence={`${heading}. ${line}`} />
      </div>
    </section>
  )
}

/** What to do with worn or cold hands before the next try. */
function Remedying({ address, remedy }: { readonly address: string; readonly remedy: Remedy }) {
  const { t } = useTranslation()
  const heading = t(`fingers.remedy.${remedy}`, { address })
  const line = t(`fingers.remedy.${remedy}Line`, { address })
  const { frame, words } = useFittingType<HTMLHeadingElement>(heading, 32, 96)
  return (
    <section className="scene scene-beside scene-remedy">
      <RemedyPictogram className="pictogram-large" remedy={remedy} />
      <div className="beside" aria-live="polite">
        <div className="remedy-frame" ref={frame}>
          <h1 className="heading" ref={words}>
            {heading}
          </h1>
        </div>
        <p className="line">{line}</p>
        <Listen sentence={`${heading}. ${line}`} />
      </div>
    </section>
  )
}
