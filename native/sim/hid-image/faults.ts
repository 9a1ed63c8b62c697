/** What the simulated scanner and its line can be told to do wrong. */
export const deviceFaults = [
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
  /** Full images after the first one repeat it. */
  'previous-image',
] as const

/** What people do at a scanner. */
export const humanFaults = [
  /** Nobody puts a hand down. */
  'empty-platen',
  /** One finger is not on the platen; slaps only. */
  'three-fingers',
  /** The other hand: four fingers for four, the finger of the same name for one; four right ones for the thumbs. */
  'wrong-hand',
  /** The left thumb is where the right one belongs, alone and with the other. */
  'swapped-thumbs',
  /** The right index finger, whichever single finger is asked for. */
  'same-finger',
  /** Hand or finger of `officerSeed`, always the same. */
  'officers-finger',
  /** The hand is lifted before the full picture is there. */
  'too-fast',
  /** The finger stops a little past its middle. */
  'rolled-too-little',
  /** Dry fingers, hardly pressed. From here to `worn` nearly every finger is below 40, except `heavy` ones. */
  'low-quality',
  'dry',
  'wet',
  /** Hardly pressed. */
  'light',
  /** Squeezed. */
  'heavy',
  /** Years of work on the skin, and dry with it. */
  'worn',
  /** A palm, a printed page or nothing but noise where fingers should be. */
  'palm',
  'text',
  'noise',
] as const

export const hidImageFaults = [...deviceFaults, ...humanFaults] as const
export type HumanFault = (typeof humanFaults)[number]
export type HidImageFault = (typeof hidImageFaults)[number]

/** Each holds until it is taken off, or for so many more captures. */
export type HidImageFaults = Map<HidImageFault, number>

/** Reads `NAME`, or for what people do `NAME:3`: in the next three captures. Undefined for anything else. */
export function parseHidImageFault(text: string): { name: HidImageFault; captures?: number } | undefined {
  const match = /^([a-z-]+)(?::([1-9]\d{0,2}))?$/.exec(text)
  const name = hidImageFaults.find((known) => known === match?.[1])
  if (!name) return undefined
  if (match?.[2] === undefined) return { name }
  return isHuman(name) ? { name, captures: Number(match[2]) } : undefined
}

/** One capture is over. */
export function countDown(faults: HidImageFaults): void {
  for (const [name, left] of faults) {
    if (!isHuman(name)) continue
    if (left > 1) faults.set(name, left - 1)
    else faults.delete(name)
  }
}

function isHuman(name: HidImageFault): boolean {
  return humanFaults.some((known) => known === name)
}
