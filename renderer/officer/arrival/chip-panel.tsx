import { Cpu } from 'lucide-react'
import { ProgressBar } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ChipFacts, DossierState } from '#domain/enrolment/index.ts'
import type { Act } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { Dot, type Tone } from '../../ui/pill.tsx'
import { chipProgress } from '../desk.ts'
import { size } from '../words.ts'
import { ChipText } from './chip-text.tsx'
import { Denied } from './denied.tsx'

/** Never green unless the signature was followed to a trusted root. */
export const trustTones: Readonly<Record<ChipFacts['trust'], Tone>> = {
  verified: 'good',
  'no-trust-anchor': 'doubt',
  'expired-or-revoked': 'doubt',
  failed: 'danger',
}

export type ChipPanelProps = {
  readonly state: DossierState
  readonly reading: Act
  readonly onRead: (lastAttempt?: boolean) => void
  readonly onCancel: () => void
}

/** The chip: how to have it read, how far the reading is, what it gave. */
export function ChipPanel({ state, reading, onRead, onCancel }: ChipPanelProps) {
  const { t } = useTranslation()
  const underWay = reading.busy || state.chipAttempt !== undefined
  const hasKey = state.mrz !== undefined || state.qr !== undefined || state.declared.personalNumber !== undefined
  const failure = underWay ? undefined : (reading.failure?.code ?? state.chipFailure)
  const denial = failure === 'CHIP_ACCESS_DENIED' ? reading.failure?.context : undefined
  return (
    <Card className="chip" title={t('arrival.chip')}>
      {state.chip && !underWay && <ChipResult chip={state.chip} />}
      {state.chip?.trust === 'failed' && !underWay && <Forged chip={state.chip} />}
      {denial && <Denied context={denial} onLastAttempt={() => onRead(true)} />}
      {failure !== undefined && !denial && (
        <FailureNotice code={failure} kind={failure === 'CANCELLED' ? 'info' : 'danger'} />
      )}
      {underWay && <ChipReading attempt={state.chipAttempt?.attempt} />}
      {!state.chip && !underWay && failure === undefined && (
        <p className="chip-words">{hasKey ? t('arrival.chip-ready') : t('arrival.chip-needs')}</p>
      )}
      <div className="chip-acts">
        {underWay ? (
          <Button keys="Escape" onPress={onCancel}>
            {t('arrival.chip-cancel')}
          </Button>
        ) : (
          <Button keys="Ctrl+R" onPress={() => onRead()} isDisabled={!hasKey} icon={<Cpu size={18} aria-hidden />}>
            {state.chip ? t('arrival.chip-again') : t('arrival.chip-read')}
          </Button>
        )}
      </div>
    </Card>
  )
}

function ChipReading({ attempt }: { readonly attempt: string | undefined }) {
  const { t } = useTranslation()
  const last = chipProgress((store) => store.value)
  const news = last !== undefined && last.attempt === attempt ? last : undefined
  const share =
    news?.bytesTotal === undefined || news.bytesTotal === 0 ? undefined : (100 * news.bytesRead) / news.bytesTotal
  return (
    <>
      {news?.details && (
        <ChipText
          details={news.details}
          {...(news.portrait === true && { portrait: `/live/${news.attempt}/portrait` })}
        >
          {t('arrival.reading-rest')}
        </ChipText>
      )}
      <ProgressBar
        className="progress"
        isIndeterminate={share === undefined}
        value={share ?? 0}
        aria-label={t('arrival.chip-progress')}
      >
        {({ percentage }) => (
          <>
            <p className="progress-words">
              <span>{t(`arrival.stage.${news?.stage ?? 'connect'}`, { file: news?.file ?? '' })}</span>
              {news !== undefined && news.bytesRead > 0 && (
                <span>
                  {size(news.bytesRead)}
                  {news.bytesTotal !== undefined && ` / ${size(news.bytesTotal)}`}
                </span>
              )}
            </p>
            <div className="progress-line">
              <div
                className="progress-done"
                style={{ width: `${percentage ?? 30}%` }}
                data-waiting={percentage === undefined}
              />
            </div>
          </>
        )}
      </ProgressBar>
    </>
  )
}

function ChipResult({ chip }: { readonly chip: ChipFacts }) {
  const { t } = useTranslation()
  return (
    <ChipText details={chip.details} {...(chip.portrait && { portrait: `/blob/${chip.portrait.name}` })}>
      <Dot tone={trustTones[chip.trust]} />
      {t(`trust.${chip.trust}`)}
      {chip.trust === 'expired-or-revoked' &&
        chip.failedCheck !== undefined &&
        `. ${t(`trust.check.${chip.failedCheck}`)}`}
    </ChipText>
  )
}

/** Red, with what did not pass and what to do. */
function Forged({ chip }: { readonly chip: ChipFacts }) {
  const { t } = useTranslation()
  return (
    <Notice kind="danger" urgent>
      <p>
        {chip.failedCheck !== undefined && <strong>{t(`trust.check.${chip.failedCheck}`)}</strong>}{' '}
        {t('trust.failed-advice')}
      </p>
    </Notice>
  )
}
