import { Camera, Check, CreditCard, Fingerprint, Hand, UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LessonView } from '#contract/index.ts'
import type { HandAct } from '#domain/training/index.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useKey } from '../../ui/keys.ts'
import { handDigit } from './about.ts'

/** By the device that sees it, in the order of the visit. */
const places = [
  { icon: CreditCard, acts: ['lay-card-on-reader', 'take-card-away'] },
  { icon: Camera, acts: ['show-card-front', 'show-card-back', 'show-paper', 'press-shutter'] },
  { icon: UserRound, acts: ['show-face'] },
  { icon: Fingerprint, acts: ['clean-and-moisten-hand', 'place-hand', 'lift-hand'] },
] as const satisfies readonly { readonly icon: unknown; readonly acts: readonly HandAct[] }[]

export type HandsProps = {
  readonly lesson: LessonView
  /** The hand of the open hint. */
  readonly hinted: HandAct | undefined
  readonly busy: boolean
  readonly onAct: (act: HandAct) => void
}

/** What the officer's hands can do now, each with its digit, and what lies or stands there already. */
export function Hands({ lesson, hinted, busy, onAct }: HandsProps) {
  const { t } = useTranslation()
  const { hands, holds } = lesson
  return (
    <div className="hands-row" role="group" aria-label={t('training:strip.hands')}>
      <p className="hands-title" aria-hidden>
        <Hand className="hands-icon" size={20} /> <KeyHint keys="Alt" />
      </p>
      {places.map(({ icon: Icon, acts }) => {
        const shown = acts.filter((act) => hands.includes(act) || holds.includes(act))
        if (shown.length === 0) return null
        return (
          <div key={acts[0]} className="hands-place">
            <Icon className="hands-icon" size={20} aria-hidden />
            {shown.map((act) =>
              hands.includes(act) ? (
                <button
                  key={act}
                  type="button"
                  className="button button-plain hand"
                  data-act={act}
                  {...(act === hinted && { 'data-hinted': true })}
                  aria-keyshortcuts={`Alt+${handDigit(act)}`}
                  disabled={busy}
                  onClick={() => onAct(act)}
                >
                  {t(`training:hand.${act}`)} <KeyHint keys={String(handDigit(act))} />
                </button>
              ) : (
                <span key={act} className="hand-held" data-held={act}>
                  <Check size={16} aria-hidden /> {t(`training:held.${act}`)}
                </span>
              ),
            )}
          </div>
        )
      })}
      {hands.length === 0 && <p className="hands-none">{t('training:strip.no-hands')}</p>}
    </div>
  )
}

/** The keys of the hands, also while the strip is folded. */
export function HandKeys({ lesson, busy, onAct }: Omit<HandsProps, 'hinted'>) {
  return lesson.hands.map((act) => <HandKey key={act} act={act} busy={busy} onAct={onAct} />)
}

function HandKey({ act, busy, onAct }: { readonly act: HandAct } & Pick<HandsProps, 'busy' | 'onAct'>) {
  useKey(`Alt+${handDigit(act)}`, () => onAct(act), !busy)
  return null
}
