import { Fingerprint } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { OfficerView } from '#contract/index.ts'
import { captureSteps, type CaptureStep, type FingerPosition, type Impression } from '#domain/biometrics/index.ts'
import {
  bestFingers,
  type DossierState,
  type FingerProgress,
  type FingerStanding,
  type FingerTaken,
  type SlapTry,
} from '#domain/enrolment/index.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Pill, type Tone } from '../../ui/pill.tsx'
import { ExceptionPart } from './exception-part.tsx'
import { markOf } from './tries.tsx'

export type FingerSheetProps = {
  readonly view: OfficerView
  readonly progress: FingerProgress
  readonly finger: FingerPosition
  readonly onClose: () => void
}

/** All about one finger: its best prints, every try, and why it cannot be taken. */
export function FingerSheet({ view, progress, finger, onClose }: FingerSheetProps) {
  const { t } = useTranslation()
  const { state } = view
  const rows = triesOf(state, finger)
  return (
    <Dialog title={t(`finger.${finger}`)} className="finger-sheet" onClose={onClose}>
      <div className="sheet-parts">
        <div className="sheet-prints">
          <div className="sheet-best">
            <Print state={state} finger={finger} impression="flat" standing={progress.flat[finger]} />
            <Print state={state} finger={finger} impression="rolled" standing={progress.rolled?.[finger]} />
          </div>
          <h3 className="sheet-heading">{t('fingers.sheet.tries')}</h3>
          {rows.length === 0 && <p className="empty">{t('fingers.sheet.no-tries')}</p>}
          <ul className="sheet-tries">
            {rows.map(({ step, place, taken, found, used }) => (
              <li key={taken.attempt} data-dropped={taken.dropped}>
                <img src={`/blob/${found.print.name}`} alt="" />
                <span>
                  {t('fingers.sheet.try', {
                    impression: t(`fingers.sheet.${captureSteps[step].impression}`),
                    number: place + 1,
                  })}
                </span>
                <strong>{Math.round(found.quality)}</strong>
                <Pill tone={toneOf(taken, used)}>{t(`fingers.sheet.${usageOf(taken, used)}`)}</Pill>
              </li>
            ))}
          </ul>
        </div>
        <ExceptionPart view={view} finger={finger} />
      </div>
      <div className="dialog-acts">
        <Button onPress={onClose}>{t('close')}</Button>
      </div>
    </Dialog>
  )
}

function Print({
  state,
  finger,
  impression,
  standing,
}: {
  readonly state: DossierState
  readonly finger: FingerPosition
  readonly impression: Impression
  /** Without when the plan wants none. */
  readonly standing: FingerStanding | undefined
}) {
  const { t } = useTranslation()
  const best = bestFingers(state, impression)[finger]
  const name = t(`fingers.sheet.${impression}`)
  return (
    <figure className="sheet-print" data-standing={standing}>
      <div className="sheet-picture">
        {best ? (
          <img src={`/blob/${best.print.name}`} alt={t('fingers.sheet.best', { impression: name.toLowerCase() })} />
        ) : (
          <Fingerprint size={44} strokeWidth={1} aria-hidden />
        )}
      </div>
      <figcaption>
        {name} {best && <strong>{Math.round(best.quality)}</strong>}
        <span className="sheet-standing">
          {standing === undefined ? t('fingers.sheet.no-roll') : t(`fingers.standing.${standing}`)}
        </span>
      </figcaption>
    </figure>
  )
}

type Row = {
  readonly step: CaptureStep
  readonly place: number
  readonly taken: SlapTry
  readonly found: FingerTaken
  readonly used: boolean
}

/** Every try in which the finger was found, whichever plan it was taken under. */
function triesOf(state: DossierState, finger: FingerPosition): readonly Row[] {
  const best = { flat: bestFingers(state, 'flat')[finger], rolled: bestFingers(state, 'rolled')[finger] }
  return Object.entries(state.tries).flatMap(([name, tries]) => {
    const step = name as CaptureStep
    return tries.flatMap((taken, place) => {
      const found = taken.fingers.find(({ position }) => position === finger)
      return found ? [{ step, place, taken, found, used: best[captureSteps[step].impression] === found }] : []
    })
  })
}

function usageOf(taken: SlapTry, used: boolean): 'dropped' | 'doubtful' | 'used' | 'spare' {
  const mark = markOf(taken)
  if (mark === 'dropped' || mark === 'doubtful') return mark
  return used ? 'used' : 'spare'
}

function toneOf(taken: SlapTry, used: boolean): Tone {
  return markOf(taken) === 'doubtful' ? 'doubt' : used && !taken.dropped ? 'good' : 'quiet'
}
