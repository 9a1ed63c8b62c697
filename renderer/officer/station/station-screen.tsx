import { useTranslation } from 'react-i18next'
import type { StationView } from '#contract/index.ts'
import { FailureNotice } from '../../ui/notice.tsx'
import { Screen } from '../frame/screen.tsx'
import { TrainingSetUp } from '../training/training-set-up.tsx'
import { SetUp } from './set-up.tsx'
import { Unlock } from './unlock.tsx'

/** Before anyone can be served: set up, unlock, or learn why the data folder cannot be used. */
export function StationScreen({ station }: { readonly station: StationView }) {
  return (
    <div className="middle">
      <main className="sheet sheet-narrow">
        {station.phase === 'new' ? (
          station.training ? (
            <TrainingSetUp />
          ) : (
            <SetUp />
          )
        ) : station.phase === 'locked' ? (
          <Unlock station={station} />
        ) : (
          <Broken station={station} />
        )}
      </main>
    </div>
  )
}

function Broken({ station }: { readonly station: StationView }) {
  const { t } = useTranslation()
  return (
    <Screen title={t('station.failed.title')} task={t('station.failed.task')}>
      <FailureNotice code={station.failure ?? 'INTERNAL'} />
    </Screen>
  )
}
