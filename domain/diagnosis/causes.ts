/** What can be looked at, each with a guided test of its own. */
export const subjects = [
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
] as const
export type Subject = (typeof subjects)[number]

/** `limits`: it may be used, but something is not as it should be. */
export type Verdict = 'works' | 'limits' | 'fails'

/**
 * Everything a guided test can find, by what it means for whoever stands before the device; windows have a sentence that
 * says what to do. The verdict that a cause leads to is fixed here.
 */
export const causes = {
  // Any device on a line
  'not-plugged-in': 'fails',
  'taken-by-another-program': 'fails',
  'no-rights': 'fails',
  'system-part-missing': 'fails',
  'wrong-driver': 'fails',
  'no-answer': 'fails',
  'line-garbled': 'limits',
  'line-unreadable': 'fails',
  'answers-late': 'limits',
  'comes-and-goes': 'fails',
  refuses: 'fails',
  hangs: 'fails',
  floods: 'fails',
  // Card reader
  'no-card': 'limits',
  'card-mute': 'fails',
  'card-lost-in-mid-read': 'fails',
  'card-refuses-keys': 'limits',
  'card-answers-damaged': 'fails',
  'antenna-weak': 'limits',
  'reading-slow': 'limits',
  // Fingerprint scanner, iris camera
  'platen-dirty': 'limits',
  'dead-lines': 'limits',
  'contrast-low': 'limits',
  'resolution-off': 'fails',
  'preview-slow': 'limits',
  'ghost-of-last-print': 'limits',
  'repeats-old-picture': 'fails',
  'picture-lost-on-the-way': 'limits',
  'only-for-verification': 'limits',
  'service-not-trusted': 'fails',
  'service-old': 'limits',
  'certificate-expired': 'fails',
  // Cameras
  'picture-frozen': 'fails',
  'picture-dark': 'limits',
  'picture-bright': 'limits',
  'picture-blurred': 'limits',
  'colours-off': 'limits',
  'frames-slow': 'limits',
  'no-picture': 'fails',
  'camera-refused': 'fails',
  'camera-not-starting': 'fails',
  'camera-line-narrow': 'fails',
  'picture-black': 'fails',
  'picture-small': 'limits',
  'light-uneven': 'limits',
  'frames-lost': 'limits',
  'computer-slow': 'limits',
  // Scanner, printer, screen, sound
  'nothing-scanned': 'fails',
  'no-printer': 'limits',
  'no-second-display': 'limits',
  'display-not-chosen': 'limits',
  'touch-off-target': 'limits',
  'touch-missing': 'limits',
  'display-mirrored': 'fails',
  'display-dark': 'fails',
  'window-missing': 'fails',
  'picture-cut-off': 'limits',
  'display-scale-off': 'limits',
  'display-spots': 'limits',
  'print-refused': 'fails',
  'nothing-printed': 'fails',
  'print-crooked': 'limits',
  'print-pale': 'limits',
  'no-voice': 'limits',
  'no-sound-output': 'limits',
  'sound-not-heard': 'limits',
  'sound-one-side': 'limits',
  'no-microphone': 'limits',
  'microphone-refused': 'limits',
  'microphone-silent': 'limits',
  'microphone-quiet': 'limits',
  'microphone-noisy': 'limits',
  'microphone-clips': 'limits',
  // The station itself
  'disk-full': 'fails',
  'disk-nearly-full': 'limits',
  'disk-slow': 'limits',
  'disk-failing': 'fails',
  'disk-read-only': 'fails',
  'clock-behind': 'fails',
  'clock-ahead': 'fails',
  'clock-not-synchronised': 'limits',
  'network-down': 'fails',
  'name-unknown': 'fails',
  'port-closed': 'fails',
  'proxy-in-between': 'fails',
  'tls-refused': 'fails',
  'server-unknown': 'fails',
  'server-misnamed': 'fails',
  'server-certificate-expired': 'fails',
  'centre-silent': 'fails',
  'upload-missing': 'fails',
  'round-trip-slow': 'limits',
  'centre-not-set': 'limits',
  'receiver-certificate-expired': 'fails',
  'receiver-certificate-expiring': 'limits',
  'station-certificate-expiring': 'limits',
  'keystore-weak': 'limits',
  'escrow-missing': 'limits',
  'database-damaged': 'fails',
  'audit-broken': 'fails',
  'backlog-old': 'limits',
} as const satisfies Readonly<Record<string, Exclude<Verdict, 'works'>>>
export type Cause = keyof typeof causes

/** Something that was found, with the figures that led to it: name → number in the unit that the name says. */
export type Found = { readonly cause: Cause; readonly figures?: Readonly<Record<string, number>> }

/** The outcome of a guided test. Nothing personal is in it. */
export type CheckReport = {
  readonly subject: Subject
  /** Id of the device, where the subject is one. */
  readonly device?: string
  readonly verdict: Verdict
  readonly found: readonly Found[]
  /** What was measured, also when all is well: name → number in the unit that the name says. */
  readonly figures: Readonly<Record<string, number>>
  /** ISO 8601 */
  readonly at: string
  /** Milliseconds. */
  readonly took: number
}

/** The worst that was found. */
export function verdictOf(found: readonly Found[]): Verdict {
  if (found.some(({ cause }) => causes[cause] === 'fails')) return 'fails'
  return found.length > 0 ? 'limits' : 'works'
}
