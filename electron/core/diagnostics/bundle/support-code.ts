import { causes, type Cause, type Subject, type Verdict } from '#domain/diagnosis/index.ts'
import { AppError } from '#domain/failure/index.ts'

/** What a support code tells: docs/protocols/support-bundle.md. */
export type SupportFacts = {
  /** Of the program, `0.1.0`. */
  readonly version: string
  /** The worst of each subject that was tested. */
  readonly subjects: readonly { readonly subject: Subject; readonly verdict: Verdict; readonly cause?: Cause }[]
}

/** Without I, L, O and U: they are heard or read as something else. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const format = 1
/** In the order of their bits: never changed in this format. */
export const codedSubjects = [
  'card-reader',
  'fingerprint-scanner',
  'iris-camera',
  'document-camera',
  'portrait-camera',
  'code-scanner',
  'printer',
  'citizen-screen',
  'sound',
  'disk',
  'clock',
  'network',
  'keys',
  'database',
  'backlog',
] as const satisfies readonly Subject[]

/** Numbers once given are never changed; codes are read aloud from printed pages. */
export const causeNumbers: Readonly<Record<Cause, number>> = {
  'not-plugged-in': 1,
  'taken-by-another-program': 2,
  'no-rights': 3,
  'system-part-missing': 4,
  'wrong-driver': 5,
  'no-answer': 6,
  'line-garbled': 7,
  'line-unreadable': 8,
  'answers-late': 9,
  'comes-and-goes': 10,
  refuses: 11,
  hangs: 12,
  floods: 13,
  'no-card': 14,
  'card-mute': 15,
  'card-lost-in-mid-read': 16,
  'card-refuses-keys': 17,
  'card-answers-damaged': 18,
  'antenna-weak': 19,
  'reading-slow': 20,
  'platen-dirty': 21,
  'dead-lines': 22,
  'contrast-low': 23,
  'resolution-off': 24,
  'preview-slow': 25,
  'ghost-of-last-print': 26,
  'repeats-old-picture': 27,
  'picture-lost-on-the-way': 28,
  'only-for-verification': 29,
  'service-not-trusted': 30,
  'service-old': 31,
  'certificate-expired': 32,
  'picture-frozen': 33,
  'picture-dark': 34,
  'picture-bright': 35,
  'picture-blurred': 36,
  'colours-off': 37,
  'frames-slow': 38,
  'no-picture': 39,
  'camera-refused': 40,
  'nothing-scanned': 41,
  'no-printer': 42,
  'no-second-display': 43,
  'display-not-chosen': 44,
  'touch-off-target': 45,
  'no-voice': 46,
  'no-sound-output': 47,
  'disk-full': 48,
  'disk-nearly-full': 49,
  'disk-slow': 50,
  'disk-failing': 51,
  'disk-read-only': 52,
  'clock-behind': 53,
  'clock-ahead': 54,
  'clock-not-synchronised': 55,
  'network-down': 56,
  'name-unknown': 57,
  'port-closed': 58,
  'proxy-in-between': 59,
  'tls-refused': 60,
  'server-unknown': 61,
  'server-certificate-expired': 62,
  'upload-missing': 63,
  'round-trip-slow': 64,
  'centre-not-set': 65,
  'receiver-certificate-expired': 66,
  'receiver-certificate-expiring': 67,
  'station-certificate-expiring': 68,
  'keystore-weak': 69,
  'database-damaged': 70,
  'audit-broken': 71,
  'backlog-old': 72,
  'centre-silent': 73,
  'escrow-missing': 74,
  'server-misnamed': 75,
  'camera-not-starting': 76,
  'camera-line-narrow': 77,
  'picture-black': 78,
  'picture-small': 79,
  'light-uneven': 80,
  'frames-lost': 81,
  'computer-slow': 82,
  'sound-not-heard': 83,
  'sound-one-side': 84,
  'no-microphone': 85,
  'microphone-refused': 86,
  'microphone-silent': 87,
  'microphone-quiet': 88,
  'microphone-noisy': 89,
  'microphone-clips': 101,
  'display-mirrored': 90,
  'display-dark': 91,
  'window-missing': 92,
  'picture-cut-off': 93,
  'display-scale-off': 94,
  'display-spots': 95,
  'touch-missing': 96,
  'print-refused': 97,
  'nothing-printed': 98,
  'print-crooked': 99,
  'print-pale': 100,
}

const bits = { format: 4, version: [4, 6, 6], state: 2, cause: 7 } as const
const states = { untested: 0, works: 1, found: 2 } as const

/** Groups of four: `0G40-5A6C-…`. The last letter is the check. */
export function encodeSupportCode({ version, subjects: facts }: SupportFacts): string {
  const stream: number[] = []
  const put = (value: number, width: number) => {
    for (let bit = width - 1; bit >= 0; bit--) stream.push((value >> bit) & 1)
  }
  put(format, bits.format)
  const parts = version.split('.').map((part) => Number.parseInt(part, 10) || 0)
  for (const [at, width] of bits.version.entries()) put(Math.min(parts[at] ?? 0, 2 ** width - 1), width)
  for (const subject of codedSubjects) {
    const fact = facts.find((each) => each.subject === subject)
    if (!fact) put(states.untested, bits.state)
    else if (fact.cause === undefined) put(states.works, bits.state)
    else {
      put(states.found, bits.state)
      put(causeNumbers[fact.cause], bits.cause)
    }
  }
  while (stream.length % 5 !== 0) stream.push(0)
  const digits = Array.from({ length: stream.length / 5 }, (_, at) =>
    stream.slice(at * 5, at * 5 + 5).reduce((value, bit) => value * 2 + bit, 0),
  )
  const text = [...digits, checkOf(digits)].map((digit) => letters[digit]).join('')
  return (text.match(/.{1,4}/gu) ?? []).join('-')
}

/**
 * What a code that was read over the phone tells. Spaces, dashes and lower case do not matter; O is taken for 0, I and L
 * for 1. Throws FIELD_FORMAT with `reason` `letter`, `length`, `check` (heard wrongly), or `format` (of a newer program).
 */
export function decodeSupportCode(code: string): SupportFacts {
  const text = code
    .toUpperCase()
    .replace(/[\s.\-–]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/gu, '1')
  if (text.length < 2 || text.length > 64) throw refuse('length')
  const all = Array.from(text, (letter) => letters.indexOf(letter))
  if (all.includes(-1)) throw refuse('letter')
  const digits = all.slice(0, -1)
  if (checkOf(digits) !== all.at(-1)) throw refuse('check')

  const stream = digits.flatMap((digit) => [16, 8, 4, 2, 1].map((bit) => Number((digit & bit) !== 0)))
  let at = 0
  const take = (width: number) => {
    if (at + width > stream.length) throw refuse('length')
    const value = stream.slice(at, at + width).reduce((sum, bit) => sum * 2 + bit, 0)
    at += width
    return value
  }
  if (take(bits.format) !== format) throw refuse('format')
  const version = bits.version.map(take).join('.')
  const told = codedSubjects.flatMap((subject): SupportFacts['subjects'] => {
    const state = take(bits.state)
    if (state === states.untested) return []
    if (state === states.works) return [{ subject, verdict: 'works' }]
    const cause = state === states.found ? causeOf(take(bits.cause)) : undefined
    if (cause === undefined) throw refuse('format')
    return [{ subject, verdict: causes[cause], cause }]
  })
  if (stream.length - at >= 5 || stream.slice(at).includes(1)) throw refuse('length')
  return { version, subjects: told }
}

function causeOf(number: number): Cause | undefined {
  return (Object.keys(causeNumbers) as Cause[]).find((cause) => causeNumbers[cause] === number)
}

/**
 * The digit c with Σ dᵢ·αⁱ = c in GF(32) (x⁵+x²+1), i from 1: any one digit that is wrong and any two neighbours that
 * changed places are found out.
 */
function checkOf(digits: readonly number[]): number {
  return digits.reduce((sum, digit) => timesAlpha(sum ^ digit), 0)
}

function timesAlpha(value: number): number {
  return value & 16 ? ((value << 1) ^ 0b100101) & 31 : value << 1
}

function refuse(reason: string): AppError {
  return new AppError('FIELD_FORMAT', 'bundle.code', { context: { field: 'support-code', reason } })
}
