import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { captureSteps, type CaptureStep } from '#domain/biometrics/index.ts'
import type { FingerProgress, StepStanding } from '#domain/enrolment/index.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useKey } from '../../ui/keys.ts'
import { nameOf, useFingerWords } from './words.ts'

export const standingSigns: Readonly<Record<StepStanding, string>> = {
  untouched: '',
  weak: '!',
  doubtful: '?',
  good: '✓',
  accepted: '✓',
  excepted: '×',
}

export type StepKeysProps = {
  readonly progress: FingerProgress
  readonly step: CaptureStep
  readonly isDisabled: boolean
  readonly onChoose: (step: CaptureStep) => void
}

/** Every capture of the plan in its order: hands by their digit, single fingers by the arrows. */
export function StepKeys({ progress, step, isDisabled, onChoose }: StepKeysProps) {
  const { t } = useTranslation()
  const rail = useRef<HTMLElement>(null)
  const { plan } = progress
  const slaps = plan.steps.filter((each) => captureSteps[each].fingers.length > 1)
  const singles = plan.steps.filter((each) => captureSteps[each].fingers.length === 1)
  const [first] = singles
  const go = (by: number) => {
    const next = plan.steps[plan.steps.indexOf(step) + by]
    if (next !== undefined) onChoose(next)
  }
  useKey('ArrowLeft', () => go(-1), !isDisabled)
  useKey('ArrowRight', () => go(1), !isDisabled)
  useEffect(() => {
    // The focus goes along when it is among the keys.
    if (rail.current?.contains(document.activeElement))
      rail.current.querySelector<HTMLElement>('[aria-current]')?.focus()
  }, [step])
  const item = (each: CaptureStep) => (
    <StepKey
      key={each}
      step={each}
      digit={slaps.includes(each) ? slaps.indexOf(each) + 1 : undefined}
      standing={progress.steps[each] ?? 'untouched'}
      current={each === step}
      isDisabled={isDisabled}
      onChoose={onChoose}
    />
  )
  return (
    <nav className="step-keys" aria-label={t('fingers.steps')} ref={rail} data-keys="screen">
      {slaps.length > 0 && <div className="step-keys-group">{slaps.map(item)}</div>}
      {first !== undefined && (
        <div className="step-keys-group">
          <span className="step-keys-kind">{t(`fingers.keys.${captureSteps[first].impression}`)}</span>
          {(['right', 'left'] as const).map((hand) => (
            <span key={hand} className="step-keys-hand">
              <span className="step-keys-side">{t(`hand.${hand}`)}</span>
              {singles.filter((each) => captureSteps[each].fingers[0]?.startsWith(hand)).map(item)}
            </span>
          ))}
        </div>
      )}
    </nav>
  )
}

type StepKeyProps = {
  readonly step: CaptureStep
  readonly digit: number | undefined
  readonly standing: StepStanding
  readonly current: boolean
  readonly isDisabled: boolean
  readonly onChoose: (step: CaptureStep) => void
}

function StepKey({ step, digit, standing, current, isDisabled, onChoose }: StepKeyProps) {
  const { t } = useTranslation()
  const words = useFingerWords()
  const choose = () => onChoose(step)
  useKey(digit === undefined ? undefined : String(digit), choose, !isDisabled)
  const [finger] = captureSteps[step].fingers
  return (
    <button
      type="button"
      className="step-key"
      data-small={digit === undefined}
      data-step={step}
      data-standing={standing}
      aria-current={current ? 'step' : undefined}
      aria-label={`${words.name(step)}: ${t(`fingers.standing.${standing}`)}`}
      tabIndex={current ? 0 : -1}
      disabled={isDisabled && !current}
      onClick={choose}
    >
      <span className="step-sign" aria-hidden>
        {standingSigns[standing]}
      </span>
      <span className="step-name" aria-hidden>
        {digit === undefined && finger ? t(`finger-key.${nameOf(finger)}`) : t(`fingers.step.${step}`)}
      </span>
      {digit !== undefined && <KeyHint keys={String(digit)} />}
    </button>
  )
}
