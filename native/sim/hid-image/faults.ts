/** What the simulated scanner can be told to do wrong. Each holds until it is taken off. */
export const hidImageFaults = [
  /** Control reports and the first block of an image leave byte by byte. */
  'one-byte-chunks',
  /** Random bytes before each control report. */
  'garbage',
  /** Every seventh block arrives damaged the first time. */
  'bad-checksum',
  /** Every fifth block is lost the first time. */
  'lost-block',
  /** No answer to anything. */
  'silence',
  /** Replies come after the host has asked again. */
  'late',
  /** Control reports and every third block come twice. */
  'duplicate',
  /** The cable is pulled in the middle of a report of the next full image; it is back at once. */
  'unplug',
  /** Start and shoot are answered with busy. */
  'busy',
  /** Nobody puts a hand down. */
  'empty-platen',
  /** Full images after the first one repeat it. */
  'previous-image',
  /** One finger is not on the platen. */
  'three-fingers',
  /** Dry fingers, hardly pressed. */
  'low-quality',
] as const
export type HidImageFault = (typeof hidImageFaults)[number]
