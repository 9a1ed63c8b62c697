import { Armchair, Ear, Glasses } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { FacePictogram } from '../pictograms/face.tsx'
import { Listen } from '../speech.tsx'
import type { SceneView } from './scene.ts'

const wishes = [
  ['straight', Armchair],
  ['bare', Glasses],
  ['ears', Ear],
] as const

export function Portrait({ view: { address } }: { readonly view: SceneView<'portrait'> }) {
  const { t } = useTranslation()
  const heading = t('portrait.heading', { address })
  return (
    <section className="scene scene-beside">
      <FacePictogram className="pictogram-large" />
      <div className="beside">
        <h1 className="heading">{heading}</h1>
        <ul className="wishes">
          {wishes.map(([name, Icon]) => (
            <li key={name}>
              <Icon size={34} aria-hidden />
              {t(`portrait.${name}`)}
            </li>
          ))}
        </ul>
        <Listen sentence={`${heading}. ${wishes.map(([name]) => t(`portrait.${name}`)).join('. ')}.`} />
      </div>
    </section>
  )
}
