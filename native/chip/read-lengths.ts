import { readAll, readOne } from './tlv.ts'

/** Bytes of secure messaging around the data of a response: DO'87' with its padding, DO'99', DO'8E', status word. */
const overhead = 48
/** Longer reads would gain little and lose more when the card is moved away in mid-read. */
const longestRead = 4096
const shortLengths = [256, 224, 160] as const

/**
 * Bytes to ask for at once, best first (ICAO 9303-10 3.5). Extended length only where both ends have it: the reader by
 * its longest response, the card by its answer to reset; `cardLimit` is the longest response of EF.ATR/INFO.
 */
export function readLengths(
  link: { readonly atr?: Uint8Array; readonly maxResponse?: number },
  cardLimit = 65536,
): readonly number[] {
  const extended = link.atr !== undefined && cardCapabilities(link.atr).extendedLength
  const longest = Math.min(link.maxResponse ?? 256, cardLimit, longestRead + overhead) - overhead
  return extended && longest > 256 ? [longest, ...shortLengths] : shortLengths
}

/** The third software function table in the historical bytes (ISO/IEC 7816-4 12.1.1.9). */
export function cardCapabilities(atr: Uint8Array): {
  readonly extendedLength: boolean
  readonly limitsInFile: boolean
} {
  const historical = historicalBytes(atr)
  const none = { extendedLength: false, limitsInFile: false }
  // Category 00 ends with three bytes of status, category 80 does not; both hold compact TLV.
  const end = historical[0] === 0x00 ? historical.length - 3 : historical.length
  if (historical[0] !== 0x00 && historical[0] !== 0x80) return none
  for (let at = 1; at < end;) {
    const head = historical[at] ?? 0
    const length = head & 0x0f
    if (head >> 4 === 7 && length >= 3) {
      const table = historical[at + 3] ?? 0
      return { extendedLength: (table & 0x40) !== 0, limitsInFile: (table & 0x20) !== 0 }
    }
    at += 1 + length
  }
  return none
}

/** The longest response in DO'7F66' of EF.ATR/INFO; undefined when it is not there or makes no sense. */
export function responseLimit(file: Uint8Array): number | undefined {
  try {
    const limits = readAll(file).find((object) => object.tag === 0x7f66)
    const [, response] = limits ? readAll(limits.value) : []
    const value = response && readOne(response.raw, 0x02).value.reduce((sum, byte) => sum * 256 + byte, 0)
    return value !== undefined && value >= 256 && value <= 65536 ? value : undefined
  } catch {
    return undefined
  }
}

/** ISO/IEC 7816-3 8.2: what stands behind the interface bytes. */
function historicalBytes(atr: Uint8Array): Uint8Array {
  const format = atr[1] ?? 0
  let at = 2
  for (let present = format >> 4; ;) {
    at += [1, 2, 4].filter((bit) => (present & bit) !== 0).length
    if ((present & 8) === 0) break
    const next = atr[at++]
    if (next === undefined) return new Uint8Array()
    present = next >> 4
  }
  return atr.subarray(at, at + (format & 0x0f))
}
