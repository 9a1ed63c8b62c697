import { useTranslation } from 'react-i18next'
import { CardPictogram } from '../pictograms/things.tsx'

/** Between two citizens: a calm welcome that knows nobody. */
export function Idle({ stationName }: { readonly stationName: string | undefined }) {
  const { t } = useTranslation()
  return (
    <section className="scene scene-calm">
      <CardPictogram className="pictogram" />
      <h1 className="heading">{t('idle.heading')}</h1>
      <p className="line">{t('idle.line')}</p>
      {stationName !== undefined && <p className="station-name">{stationName}</p>}
    </section>
  )
}
