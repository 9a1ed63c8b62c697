import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CitizenView, StationView } from '#contract/index.ts'
import { Languages } from './languages.tsx'
import { Progress } from './progress.tsx'
import { useViewing } from './view.ts'
import { ViewingPanel } from './viewing/panel.tsx'
import { useScanning, type Pace } from './viewing/scanning.ts'

type Props = { readonly view: CitizenView; readonly station: StationView | undefined }

/** How far the visit is, and how the screen speaks. Between two citizens there is nobody to choose. */
export function Top({ view, station }: Props) {
  const { t } = useTranslation()
  const visited = view.scene !== 'idle' && view.scene !== 'curtain' && view.scene !== 'screen-test'
  return (
    <header className="top">
      {visited ? <Progress view={view} /> : <span />}
      {station?.simulated && !station.training && <span className="trial">{t('simulated')}</span>}
      {visited && <Choosing />}
    </header>
  )
}

function Choosing() {
  const { t } = useTranslation()
  const { viewing } = useViewing()
  const [open, setOpen] = useState(false)
  const [pace, setPace] = useState<Pace>(2)
  useScanning(viewing.scanning, pace)
  return (
    <>
      <Languages />
      <button type="button" className="language viewing-button" onClick={() => setOpen(true)}>
        Aa<span className="visually-hidden">. {t('viewing.heading')}</span>
      </button>
      {open && <ViewingPanel pace={pace} onPace={setPace} onClose={() => setOpen(false)} />}
    </>
  )
}
