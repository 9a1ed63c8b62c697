import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { stepMarks, steps, type DossierState, type Step, type StepMark } from '#domain/enrolment/index.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useKey } from '../../ui/keys.ts'
import { Mirror } from './mirror.tsx'

/** The seven steps with their state and key; each can be entered at any time. */
export function StepRail({
  state,
  onGo,
  isDisabled,
  children,
}: {
  readonly state: DossierState
  readonly onGo: (to: Step) => void
  readonly isDisabled: boolean
  /** Below the steps. */
  readonly children?: ReactNode
}) {
  const { t } = useTranslation()
  const marks = stepMarks(state)
  return (
    <nav className="rail" aria-label={t('rail.label')}>
      <ol>
        {steps.map((step, index) => (
          <StepItem
            key={step}
            step={step}
            place={index + 1}
            mark={marks[step]}
            current={state.step === step}
            onGo={onGo}
            isDisabled={isDisabled}
          />
        ))}
      </ol>
      {children}
      <Mirror state={state} />
    </nav>
  )
}

type StepItemProps = {
  readonly step: Step
  readonly place: number
  readonly mark: StepMark
  readonly current: boolean
  readonly onGo: (to: Step) => void
  readonly isDisabled: boolean
}

function StepItem({ step, place, mark, current, onGo, isDisabled }: StepItemProps) {
  const { t } = useTranslation()
  const go = () => {
    if (!current) onGo(step)
  }
  useKey(`F${place}`, go, !isDisabled)
  return (
    <li>
      <button
        type="button"
        className="rail-step"
        data-mark={mark}
        aria-current={current ? 'step' : undefined}
        disabled={isDisabled && !current}
        onClick={go}
      >
        <span className="rail-mark" aria-hidden>
          {mark === 'done' && !current ? (
            <Check size={13} strokeWidth={3} />
          ) : mark === 'doubtful' || (mark === 'missing' && !current) ? (
            '!'
          ) : (
            place
          )}
        </span>
        <span className="rail-words">
          {t(`step.${step}`)}
          <span className="visually-hidden"> ({t(`mark-words.${mark}`)})</span>
        </span>
        <KeyHint keys={`F${place}`} />
      </button>
    </li>
  )
}
