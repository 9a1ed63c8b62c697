import type { FailureCode } from '#domain/failure/index.ts'
import type { Cause, Found } from './causes.ts'

/** What was measured: name → number in the unit that the name says. */
export type Figures = Readonly<Record<string, number>>

/** Where a test came to its end before its time. */
export type Trouble = {
  readonly code: FailureCode
  /** `opening`: the line itself did not open; `greeting`: it did, but the device did not say who it is. */
  readonly during: 'opening' | 'greeting' | 'work'
  /** The driver's own word for it, such as `too-long`. */
  readonly reason?: string
  /** Only one program at a time can have such a line. */
  readonly exclusive?: boolean
}

/** Noise that a line may make: a device that just got its power says a byte or two. */
export const mostNoise = 1
/** Things asked for once more without a reason that shows. */
const mostAgain = 1
/** Closings within a minute that no hand does. */
const mostClosings = 2
/** Bytes in a row that nobody asked for, from where on a device floods its line. The longest code has 8,192. */
export const floodBytes = 256_000

const usual: Partial<Record<FailureCode, Cause>> = {
  DEVICE_ABSENT: 'not-plugged-in',
  DEVICE_UNKNOWN: 'wrong-driver',
  DEVICE_UNTRUSTED: 'service-not-trusted',
  CERTIFICATE_UNREADABLE: 'service-not-trusted',
  CARD_ABSENT: 'no-card',
  CARD_MUTE: 'card-mute',
  CARD_REMOVED: 'card-lost-in-mid-read',
  CHIP_MALFORMED: 'card-answers-damaged',
  NO_FINGER: 'no-picture',
  PREVIOUS_IMAGE: 'repeats-old-picture',
  LOW_QUALITY: 'contrast-low',
  IMAGE_UNREADABLE: 'no-picture',
  TRANSPORT_MISSING: 'system-part-missing',
  USAGE: 'wrong-driver',
}

/** By the driver's own word, where it says more than the code. */
const byReason: Readonly<Record<string, Cause>> = {
  'certificate-expired': 'certificate-expired',
  'too-long': 'floods',
  hangs: 'hangs',
  'not-found': 'not-plugged-in',
  'no-biometrics': 'no-picture',
}

/** What a failure means on any device; `line` is what its line was seen to do until then. */
export function causeOfTrouble({ code, during, reason, exclusive = false }: Trouble, line: Figures = {}): Cause {
  const named = reason === undefined || !Object.hasOwn(byReason, reason) ? undefined : byReason[reason]
  if (named) return named
  if (isFlooded(line)) return 'floods'
  const { answered = 0, damaged = 0, noise = 0, restarts = 0 } = line
  switch (code) {
    case 'DEVICE_BUSY':
      // Nobody else can be at a line that only one program has: then the device itself is stuck.
      return during !== 'opening' && exclusive ? 'hangs' : 'taken-by-another-program'
    case 'DEVICE_REFUSED':
      if (during === 'opening') return 'no-rights'
      // It knows nothing of what it agreed to: its power went.
      return restarts > 0 ? 'comes-and-goes' : 'refuses'
    case 'DEVICE_GONE':
      return during === 'opening' ? 'not-plugged-in' : 'comes-and-goes'
    case 'DEVICE_SILENT':
      // Something talks, but not the language of the driver, or at another speed.
      if (answered === 0 && damaged === 0 && noise > mostNoise) return 'wrong-driver'
      return answered > 0 && during === 'work' ? 'hangs' : 'no-answer'
    case 'DEVICE_GARBLED':
      return 'line-unreadable'
    default:
      return usual[code] ?? 'refuses'
  }
}

/** What a line that got the work done did wrong all the same. */
export function judgeLine(line: Figures): readonly Found[] {
  const { noise = 0, damaged = 0, unasked = 0, lost = 0, late = 0, closings = 0, again = 0, restarts = 0 } = line
  const found: Found[] = []
  if (isFlooded(line)) found.push({ cause: 'floods', figures: pick(line, ['noiseBytes']) })
  else if (noise > mostNoise + restarts || damaged > 0 || unasked > 0)
    found.push({ cause: 'line-garbled', figures: { noise, damaged, unasked } })
  else if (lost + late > 0 || again > mostAgain) found.push({ cause: 'answers-late', figures: { lost, late, again } })
  if (closings > mostClosings || restarts > 0) found.push({ cause: 'comes-and-goes', figures: { closings, restarts } })
  return found
}

/** The cause that ended the test, then what the line shows; each cause once. */
export function judgeEnd(trouble: Trouble | undefined, line: Figures): readonly Found[] {
  const shown = judgeLine(line)
  if (!trouble) return shown
  const cause = causeOfTrouble(trouble, line)
  // A line that nobody can read is not merely disturbed.
  const covered: readonly Cause[] =
    cause === 'line-unreadable' || cause === 'wrong-driver' ? ['line-garbled', 'answers-late'] : []
  const silent: readonly Cause[] = cause === 'no-answer' || cause === 'hangs' ? ['answers-late'] : []
  const rest = shown.filter((one) => one.cause !== cause && ![...covered, ...silent].includes(one.cause))
  return [{ cause }, ...rest]
}

export function pick(figures: Figures, names: readonly string[]): Figures {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = figures[name]
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
}

function isFlooded({ noiseBytes = 0 }: Figures): boolean {
  return noiseBytes > floodBytes
}
