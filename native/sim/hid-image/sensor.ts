import { captureSteps, type CaptureStep, type FingerPosition } from '#domain/biometrics/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { scaleDown } from '#native/imaging/index.ts'
import { countDown, type HidImageFaults } from './faults.ts'
import type { LinkClock } from './line.ts'
import { emptyPlaten, expose, onPlaten, type Hand } from './platen.ts'

/** Pictures that the sensor takes in a second at most, where nothing else is said. */
export const PICTURES_A_SECOND = 25
/** Preview frames before the hand comes down. */
const EMPTY_FRAMES = 3
/** From nail to nail. */
export const ROLL_MS = 900
/** What touches as soon as the finger is down. */
const ROLL_START = 0.15

export type Watching = {
  readonly step: CaptureStep
  readonly absent: readonly FingerPosition[]
  readonly scale: number
}

export type SensorWorld = {
  hand: Hand | null
  readonly faults: HidImageFaults
  readonly picturesASecond: number
  /** Pictures of the sensor so far. */
  exposures: number
  /** Preview frames so far. */
  frames: number
  /** How often each step was taken. */
  readonly taken: Map<CaptureStep, number>
}

/** What the sensor sees while one capture is under way. Its time is the scanner's. */
export function createSensor(world: SensorWorld, clock: LinkClock) {
  const exposureMs = 1000 / world.picturesASecond
  let lastExposure = -exposureMs
  let frame = 0
  let rollSince: number | undefined
  const smaller = new WeakMap<GrayImage, { scale: number; image: GrayImage }>()

  function look({ step, absent }: Watching, full: boolean): GrayImage {
    if (frame < EMPTY_FRAMES) return emptyPlaten(step)
    rollSince ??= clock.nowMs
    const rolled = Math.min(1, ROLL_START + ((1 - ROLL_START) * (clock.nowMs - rollSince)) / ROLL_MS)
    const attempt = world.taken.get(step) ?? 0
    return onPlaten(world.hand, { step, absent, attempt, rolled, full }, world.faults)
  }

  function small(image: GrayImage, scale: number): GrayImage {
    const known = smaller.get(image)
    if (known?.scale === scale) return known.image
    const made = scaleDown(image, scale)
    smaller.set(image, { scale, image: made })
    return made
  }

  return {
    start() {
      frame = 0
      rollSince = undefined
    },

    /** Resolves when the sensor can look again. */
    ready: () => clock.until(lastExposure + exposureMs),

    preview(watching: Watching): GrayImage {
      lastExposure = clock.nowMs
      const seen = small(look(watching, false), watching.scale)
      frame++
      world.frames++
      return expose(seen, ++world.exposures)
    },

    /** Resolves when a roll that has begun has come to its end. */
    async rolledOut({ step }: Watching): Promise<void> {
      const rolling = captureSteps[step].impression === 'rolled'
      if (rolling && rollSince !== undefined) await clock.until(rollSince + ROLL_MS)
    },

    full(watching: Watching): GrayImage {
      const seen = look(watching, true)
      countDown(world.faults)
      return expose(seen, ++world.exposures)
    },

    /** The full picture went over: the next time the hand lies a little elsewhere. */
    countTaken(step: CaptureStep) {
      world.taken.set(step, (world.taken.get(step) ?? 0) + 1)
    },
  }
}
