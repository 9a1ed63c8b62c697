import { captureSteps, type CaptureStep, type FingerPosition, type SlapStep } from '#domain/biometrics/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { drawFinger, drawNoise, drawPalm, drawSlap, drawText, fingerCanvas, type Touch } from '../hands/index.ts'
import { createMemory } from '../hands/memory.ts'
import type { HidImageFault, HidImageFaults } from './faults.ts'

/** Who stands at the scanner; the seed says whose ridges. */
export type Person = {
  readonly seed: number
  readonly missing?: readonly FingerPosition[]
  readonly wear?: number
  readonly scale?: number
  /** How the hand lies down where no fault says otherwise: as in `Touch`. */
  readonly dryness?: number
  readonly pressure?: number
}

/** Whose finger `officers-finger` lays down. */
export const officerSeed = 90_210

export type Laying = {
  readonly step: CaptureStep
  /** Fingers that were said not to come. */
  readonly absent: readonly FingerPosition[]
  /** How often this step was taken before. */
  readonly attempt: number
  /** Of a roll: how far it has come, 0–1. */
  readonly rolled: number
  /** The full picture, not a preview. */
  readonly full: boolean
}

const slapSize = { width: 1600, height: 1500 } as const
/** Where a roll ends that is too short. */
const SHORT_ROLL = 0.58

/** Pixels of what the scanner looks at for a step. */
export function platenSize(step: CaptureStep): { readonly width: number; readonly height: number } {
  const { fingers, impression } = captureSteps[step]
  return fingers.length > 1 ? slapSize : fingerCanvas[impression]
}

/** Each of them so much that something ought to be said, and but for `heavy` too much for a card. */
const touches: Partial<Record<HidImageFault, Touch>> = {
  'low-quality': { pressure: 0.15, dryness: 0.95 },
  dry: { dryness: 1.2 },
  wet: { dryness: -2.2 },
  light: { pressure: -0.5 },
  heavy: { pressure: 1.53 },
  worn: { wear: 0.85, dryness: 0.55, pressure: 0.45 },
}

/** What the person lays on the glass for a step; undefined when they have nothing to lay there. */
export function laidDown(person: Person, laying: Laying, ways: HidImageFaults): GrayImage | undefined {
  const { step, attempt } = laying
  const thing = otherThing(step, ways)
  if (thing) return thing
  const touch: Touch = {
    ...(person.wear === undefined ? {} : { wear: person.wear }),
    ...(person.scale === undefined ? {} : { scale: person.scale }),
    ...(person.dryness === undefined ? {} : { dryness: person.dryness }),
    ...(person.pressure === undefined ? {} : { pressure: person.pressure }),
    ...Object.assign({}, ...[...ways.keys()].map((way) => touches[way])),
    attempt,
  }
  const hasty = laying.full && ways.has('too-fast') ? { smear: 0.8, partial: 0.35 } : {}
  const seed = ways.has('officers-finger') ? officerSeed : person.seed
  const missing = [...(person.missing ?? []), ...laying.absent]
  const request = { seed, ...touch, ...hasty }

  if (isSlap(step)) {
    const shown = ways.has('wrong-hand') ? otherHand[step] : step
    if (ways.has('three-fingers')) missing.push(captureSteps[shown].fingers.at(-2)!)
    return drawSlap({ ...request, step: shown, missing, crossed: step === 'two-thumbs' && ways.has('swapped-thumbs') })
  }
  const finger = shownFinger(captureSteps[step].fingers[0]!, ways)
  if (missing.includes(finger)) return undefined
  const { impression } = captureSteps[step]
  if (impression === 'flat') return drawFinger({ ...request, finger, impression })
  const rolled = Math.min(laying.rolled, ways.has('rolled-too-little') ? SHORT_ROLL : 1)
  return drawFinger({ ...request, finger, impression, rolled })
}

const otherHand: Readonly<Record<SlapStep, SlapStep>> = {
  'right-four': 'left-four',
  'left-four': 'right-four',
  'two-thumbs': 'right-four',
}

function isSlap(step: CaptureStep): step is SlapStep {
  return Object.hasOwn(otherHand, step)
}

function shownFinger(asked: FingerPosition, ways: HidImageFaults): FingerPosition {
  if (ways.has('same-finger')) return 'right-index'
  const swapped = ways.has('swapped-thumbs') && asked.endsWith('-thumb')
  if (swapped === ways.has('wrong-hand')) return asked
  return (
    asked.startsWith('left-') ? asked.replace('left-', 'right-') : asked.replace('right-', 'left-')
  ) as FingerPosition
}

const things = createMemory<GrayImage>(3)

function otherThing(step: CaptureStep, ways: HidImageFaults): GrayImage | undefined {
  const way = (['palm', 'text', 'noise'] as const).find((each) => ways.has(each))
  if (!way) return undefined
  const draw = { palm: drawPalm, text: drawText, noise: drawNoise }[way]
  const size = platenSize(step)
  return things(`${way} ${size.width}`, () => draw({ seed: 1, ...size }))
}
