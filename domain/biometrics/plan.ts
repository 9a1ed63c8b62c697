import { rolledSteps, singleSteps, type CaptureStep } from './fingers.ts'

/** What a capture must reach. */
export type CaptureDemand = {
  /** Every finger on its own must reach this quality, 0–100. */
  readonly minimumQuality: number
  /** Preview frames in a row that must reach it before the automatic shot. */
  readonly framesBeforeShot: number
  /** Without a shot after this many milliseconds the picture is taken as it is. */
  readonly patienceMs: number
}

/** A capture plan in force from a day on (ISO date) for people of some ages. Data, because circulars change. */
export type CapturePlan = CaptureDemand & {
  readonly id: 'full' | 'short' | 'none' | 'bedside'
  readonly from: string
  /** Completed years, both included. */
  readonly ages: { readonly least: number; readonly most: number }
  readonly steps: readonly CaptureStep[]
  /** After this many tries of a step the officer may go on with what was taken. */
  readonly triesBeforeAccepting: number
  /** After this many tries below the demand the worn-hands coach speaks. */
  readonly lowTriesBeforeCoaching: number
  /** Where it is written. */
  readonly source: string
}

export type PlanRequest = {
  /** ISO date. */
  readonly day: string
  /** Completed years; unknown counts as grown up. */
  readonly age?: number | undefined
  /** The station takes fewer prints of children of 6 to 13. */
  readonly shortForChildren?: boolean | undefined
  /** Single fingers, longer windows and a lower threshold; the officer has written down why. */
  readonly bedside?: boolean | undefined
}

const oldest = 200
const slaps = ['right-four', 'left-four', 'two-thumbs'] as const satisfies readonly CaptureStep[]
const usual = {
  minimumQuality: 40,
  framesBeforeShot: 3,
  patienceMs: 30_000,
  triesBeforeAccepting: 3,
  lowTriesBeforeCoaching: 2,
}

/** Order of captures: Circular 60/2021/TT-BCA. Ages: Law on Identification 26/2023/QH15, article 23. */
const plans: readonly CapturePlan[] = [
  {
    ...usual,
    id: 'full',
    from: '2021-07-01',
    ages: { least: 6, most: oldest },
    steps: [...slaps, ...rolledSteps],
    source: 'TT 60/2021/TT-BCA',
  },
  {
    ...usual,
    id: 'none',
    from: '2021-07-01',
    ages: { least: 0, most: 5 },
    steps: [],
    source: 'Luật Căn cước 26/2023/QH15',
  },
  // Small, soft ridges; only where the station's policy says so.
  {
    ...usual,
    id: 'short',
    from: '2021-07-01',
    ages: { least: 6, most: 13 },
    steps: slaps,
    minimumQuality: 35,
    source: 'station policy',
  },
  {
    id: 'bedside',
    from: '2021-07-01',
    ages: { least: 6, most: oldest },
    steps: singleSteps,
    minimumQuality: 25,
    framesBeforeShot: 2,
    patienceMs: 90_000,
    triesBeforeAccepting: 2,
    lowTriesBeforeCoaching: 2,
    source: 'station policy',
  },
]

/** The plan in force on a day for a person. Days before the first plan get the first. */
export function capturePlanOn({ day, age, shortForChildren = false, bedside = false }: PlanRequest): CapturePlan {
  const years = age ?? oldest
  const fitting = plans.filter(({ ages }) => years >= ages.least && years <= ages.most)
  const wanted = (id: CapturePlan['id']) => {
    const named = fitting.filter((plan) => plan.id === id)
    return named.filter((plan) => plan.from <= day).at(-1) ?? named[0]
  }
  const plan =
    wanted('none') ??
    (bedside ? wanted('bedside') : undefined) ??
    (shortForChildren ? wanted('short') : undefined) ??
    wanted('full')
  if (!plan) throw new RangeError('no capture plan')
  return plan
}

/** One finger laid down once, to see whether it is the finger on file. */
export const verificationDemand: CaptureDemand = { minimumQuality: 30, framesBeforeShot: 2, patienceMs: 30_000 }
