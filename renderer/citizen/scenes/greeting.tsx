import { IdCard, ListChecks, PenLine, Camera, Fingerprint } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Listen } from '../speech.tsx'
import type { SceneView } from './scene.ts'

const parts = [
  ['papers', IdCard],
  ['portrait', Camera],
  ['fingers', Fingerprint],
  ['check', ListChecks],
  ['sign', PenLine],
] as const

export function Greeting({ view: { address } }: { readonly view: SceneView<'greeting'> }) {
  const { t } = useTranslation()
  const heading = t('greeting.heading', { address })
  const line = t('greeting.line', { address })
  return (
    <section className="scene">
      <h1 className="heading heading-large">{heading}</h1>
      <p className="line">{line}</p>
      <ol className="parts">
        {parts.map(([name, Icon]) => (
          <li key={name} className="part">
            <span className="part-disc">
              <Icon size={56} strokeWidth={1.6} aria-hidden />
            </span>
            <span className="part-name">{t(`greeting.${name}`)}</span>
          </li>
        ))}
      </ol>
      <Listen sentence={`${heading}. ${line} ${parts.map(([name]) => t(`greeting.${name}`)).join(', ')}.`} />
    </section>
  )
}
