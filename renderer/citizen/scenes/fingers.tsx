import { useTranslation } from 'react-i18next'
import { HandsPictogram } from '../pictograms/hands.tsx'
import { Listen } from '../speech.tsx'
import type { SceneView } from './scene.ts'

export function Fingers({ view: { address, step, phase } }: { readonly view: SceneView<'fingers'> }) {
  const { t } = useTranslation()
  const heading = t(`fingers.${phase}`, { address, what: t(`fingers.${step}`) })
  const line = t(`fingers.${phase}Line`, { address })
  return (
    <section className="scene scene-beside">
      <HandsPictogram className="pictogram-large" step={step} phase={phase} />
      <div className="beside" aria-live="polite">
        <h1 className="heading">{heading}</h1>
        <p className="line">{line}</p>
        <Listen sentence={`${heading}. ${line}`} />
      </div>
    </section>
  )
}
