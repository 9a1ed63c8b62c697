import { useTranslation } from 'react-i18next'
import {
  allFingers,
  captureSteps,
  type CaptureStep,
  type FingerDoubt,
  type FingerPosition,
  type SlapProblem,
} from '#domain/biometrics/index.ts'
import type { FingerProgress, FingerStanding } from '#domain/enrolment/index.ts'

/** A capture of several fingers has its own words; of one finger, those of the finger. */
export function useFingerWords() {
  const { t } = useTranslation()
  const low = (finger: FingerPosition) => t(`finger.${finger}`).toLowerCase()
  const list = (fingers: readonly FingerPosition[]) => fingers.map(low).join(', ')
  const said = (about: 'step' | 'title' | 'place', step: CaptureStep) => {
    const { fingers, impression } = captureSteps[step]
    const [finger] = fingers
    if (fingers.length > 1 || finger === undefined) return t(`fingers.${about}.${step}`)
    return impression === 'rolled'
      ? t(`fingers.${about}.rolled`, { finger: about === 'place' ? t(`finger.${finger}`) : low(finger) })
      : t(`fingers.${about}.flat`, { finger: about === 'step' ? low(finger) : t(`finger.${finger}`) })
  }
  /** The fingers of one impression that are not there yet: whole hands as such. */
  const lacking = (standings: Readonly<Record<FingerPosition, FingerStanding>>) => {
    const open = allFingers.filter((finger) => standings[finger] === 'missing' || standings[finger] === 'weak')
    if (open.length === allFingers.length) return t('fingers.lacks.all')
    return (['right', 'left'] as const)
      .flatMap((hand) => {
        const own = open.filter((finger) => finger.startsWith(hand))
        const side = t(`hand.${hand}`)
        if (own.length === 5) return [t('fingers.lacks.hand', { hand: side })]
        return own.map((finger) =>
          t('fingers.lacks.finger', { finger: t(`finger-key.${nameOf(finger)}`).toLowerCase(), hand: side }),
        )
      })
      .join(', ')
  }
  return {
    finger: low,
    list,
    /** "tay phải", "lăn ngón cái phải" */
    name: (step: CaptureStep) => said('step', step).toLowerCase(),
    /** The same after "take": a roll is called by its finger. */
    taken: (step: CaptureStep) => {
      const { fingers, impression } = captureSteps[step]
      return impression === 'rolled' ? list(fingers) : said('step', step).toLowerCase()
    },
    /** The act that takes it. */
    take: (step: CaptureStep, again: boolean) => {
      const { fingers, impression } = captureSteps[step]
      const act = again ? 'again' : 'start'
      return impression === 'rolled'
        ? t(`fingers.${act}-rolled`, { finger: list(fingers) })
        : t(`fingers.${act}`, { step: said('step', step).toLowerCase() })
    },
    title: (step: CaptureStep) => said('title', step),
    place: (step: CaptureStep) => said('place', step),
    auto: (step: CaptureStep, leftOut: boolean) => {
      const { fingers, impression } = captureSteps[step]
      if (fingers.length === 1) return t(`fingers.task.auto.${impression}`)
      return leftOut ? t('fingers.task.auto.left-out') : t(`fingers.task.auto.${step}`)
    },
    problem: (problem: SlapProblem, step: CaptureStep) => {
      const { fingers } = captureSteps[step]
      return t(`fingers.problem.${problem}`, {
        what: fingers.length > 1 ? t(`fingers.what.${step}`) : list(fingers),
      })
    },
    /** What is still missing, in a sentence for each impression; '' when nothing is. */
    lacks: ({ flat, rolled }: Pick<FingerProgress, 'flat' | 'rolled'>) => {
      const flatLacks = lacking(flat)
      const rolledLacks = rolled && lacking(rolled)
      return [
        flatLacks !== '' && t('fingers.lacks.flat', { fingers: flatLacks }),
        rolledLacks && t('fingers.lacks.rolled', { fingers: rolledLacks }),
      ]
        .filter(Boolean)
        .join(' ')
    },
    doubt: (doubt: FingerDoubt) => {
      if (doubt.kind === 'wrong-hand') return t('fingers.doubt.wrong-hand')
      const whole = t(`finger.${doubt.position}`)
      switch (doubt.kind) {
        case 'repeated':
          return t('fingers.doubt.repeated', { finger: whole, other: low(doubt.other) })
        case 'roll-differs':
          return t('fingers.doubt.roll-differs', { finger: low(doubt.position) })
        case 'officer':
          return t('fingers.doubt.officer', { finger: whole, badge: doubt.badge })
        case 'other-dossier':
          return t('fingers.doubt.other-dossier', { finger: whole, dossier: doubt.dossier })
      }
    },
  }
}

/** thumb, index, middle, ring or little */
export function nameOf(finger: FingerPosition): string {
  return finger.slice(finger.indexOf('-') + 1)
}
