import { useTranslation } from 'react-i18next'
import { PaperPictogram } from '../pictograms/things.tsx'
import { Listen } from '../speech.tsx'
import type { SceneView } from './scene.ts'

export function Wait({ view }: { readonly view: SceneView<'wait' | 'fingers'> }) {
  return <Waiting what="wait" address={view.address} />
}

export function Correcting({ view }: { readonly view: SceneView<'correcting'> }) {
  return <Waiting what="correcting" address={view.address} />
}

function Waiting({ what, address }: { readonly what: 'wait' | 'correcting'; readonly address: string }) {
  const { t } = useTranslation()
  const heading = t(`${what}.heading`, { address })
  const line = t(`${what}.line`, { address })
  return (
    <section className="scene scene-calm">
      <PaperPictogram className="pictogram" corrected={what === 'correcting'} />
      <h1 className="heading">{heading}</h1>
      <p className="line">{line}</p>
      <span className="dots" aria-hidden>
        <span />
        <span />
        <span />
      </span>
      <Listen sentence={`${heading}. ${line}`} />
    </section>
  )
}
