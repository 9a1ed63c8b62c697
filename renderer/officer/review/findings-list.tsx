import { useTranslation } from 'react-i18next'
import { captureSteps } from '#domain/biometrics/index.ts'
import { steps, type Finding, type Step } from '#domain/enrolment/index.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useFingerWords } from '../fingers/words.ts'

export type FindingsListProps = {
  readonly kind: 'missing' | 'doubtful'
  readonly findings: readonly Finding[]
  readonly onGo: (to: Step) => void
}

/** Findings of one weight, those of one sort in one line, each leading to its step. */
export function FindingsList({ kind, findings, onGo }: FindingsListProps) {
  const { t } = useTranslation()
  const words = useFingerWords()
  if (findings.length === 0) return null
  const groups = Object.values(Object.groupBy(findings, ({ code, step }) => `${code}/${step}`)).flatMap((group) =>
    group ? [group] : [],
  )
  return (
    <section className="findings" data-kind={kind}>
      <h2 className="findings-title">{t(`review.${kind}`, { count: groups.length })}</h2>
      <ul>
        {groups.map((group) => {
          const [first] = group
          if (!first) return null
          const rolls = group.filter(({ capture }) => capture && captureSteps[capture].impression === 'rolled')
          const many = rolls.length > 3
          const about = group.flatMap((finding) => {
            const { field, capture, finger } = finding
            if (many && rolls.includes(finding))
              return finding === rolls[0] ? [t('review.rolls', { count: rolls.length })] : []
            if (field) return [t(`field.${field}`).toLowerCase()]
            if (capture) return [words.name(capture)]
            return finger ? [words.finger(finger)] : []
          })
          return (
            <li key={`${first.code}/${first.step}`}>
              <button type="button" className="finding" onClick={() => onGo(first.step)}>
                <span className="finding-words">
                  {t(`finding.${first.code}`)}
                  {about.length > 0 && <span className="finding-about">{about.join(', ')}</span>}
                </span>
                <KeyHint keys={`F${steps.indexOf(first.step) + 1}`} />
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
