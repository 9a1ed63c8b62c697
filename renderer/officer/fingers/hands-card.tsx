import { useTranslation } from 'react-i18next'
import { allFingers, captureSteps, type CaptureStep, type FingerPosition } from '#domain/biometrics/index.ts'
import { exceptionLacks, type DossierState, type FingerProgress } from '#domain/enrolment/index.ts'
import { Card } from '../../ui/card.tsx'
import { fingerPreview } from '../desk.ts'
import { Hands } from './hands.tsx'
import { useFingerWords } from './words.ts'

/** The two hands with what is missing, in picture and words; each finger opens its sheet. */
export function HandsCard({
  state,
  progress,
  step,
  attempt,
  onChoose,
}: {
  readonly state: DossierState
  readonly progress: FingerProgress
  readonly step: CaptureStep
  /** Of the capture under way. */
  readonly attempt: string | undefined
  readonly onChoose: (finger: FingerPosition) => void
}) {
  const { t } = useTranslation()
  const words = useFingerWords()
  const { plan, missing } = progress
  const standings = useLiveStandings(progress, step, attempt)
  const lacks = (['photo', 'approval'] as const).flatMap((what) => {
    const fingers = allFingers.filter((finger) => exceptionLacks(state, finger) === what)
    return fingers.length > 0 ? [t(`fingers.lacks.${what}`, { fingers: words.list(fingers) })] : []
  })
  const open = missing > 0 ? words.lacks(progress) : ''
  const place = plan.steps.indexOf(step) + 1
  return (
    <Card
      className="hands-card"
      title={
        <>
          {missing > 0 ? t('fingers.missing', { count: missing }) : t('fingers.complete')}
          {place > 0 && ` · ${t('fingers.place-of', { place, of: plan.steps.length })}`}
        </>
      }
    >
      <Hands
        standings={standings}
        active={attempt === undefined ? [] : captureSteps[step].fingers}
        onChoose={onChoose}
      />
      <p className="hands-words" data-long={open.length + lacks.join(' ').length > 90}>
        {open} {lacks.length > 0 && <strong>{lacks.join(' ')}</strong>}{' '}
        {progress.rolled && <span className="hands-legend">{t('fingers.legend')}</span>}
      </p>
    </Card>
  )
}

/** The standings with what lies on the glass now, where that is better than nothing; changes only when one does. */
function useLiveStandings(
  progress: FingerProgress,
  step: CaptureStep,
  attempt: string | undefined,
): Pick<FingerProgress, 'flat' | 'rolled'> {
  const { minimumQuality } = progress.plan
  const live = fingerPreview(({ value }) =>
    attempt !== undefined && value?.attempt === attempt
      ? value.fingers.map(({ position, quality }) => `${position}=${quality >= minimumQuality}`).join(' ')
      : '',
  )
  const { impression } = captureSteps[step]
  const own = impression === 'rolled' ? progress.rolled : progress.flat
  if (live === '' || !own) return progress
  const shown = { ...own }
  for (const part of live.split(' ')) {
    const [finger, good] = part.split('=') as [FingerPosition, string]
    if (shown[finger] === 'missing' || shown[finger] === 'weak') shown[finger] = good === 'true' ? 'good' : 'weak'
  }
  return { ...progress, [impression]: shown }
}

/** The sentence under the title while a capture is under way: what the shot waits for. */
export function LiveTask({
  step,
  attempt,
  minimum,
  leftOut,
}: {
  readonly step: CaptureStep
  readonly attempt: string | undefined
  readonly minimum: number
  readonly leftOut: boolean
}) {
  const { t } = useTranslation()
  const words = useFingerWords()
  const weak = fingerPreview(({ value }) =>
    attempt !== undefined && value?.attempt === attempt
      ? value.fingers
          .filter(({ quality }) => quality < minimum)
          .map(({ position }) => position)
          .join(' ')
      : '',
  )
  const fingers = weak === '' ? '' : words.list(weak.split(' ') as FingerPosition[])
  return [
    words.auto(step, leftOut),
    fingers !== '' && t('fingers.task.weak', { fingers: fingers.charAt(0).toUpperCase() + fingers.slice(1), minimum }),
  ]
    .filter(Boolean)
    .join(' ')
}
