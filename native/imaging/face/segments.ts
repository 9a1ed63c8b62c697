export type Segment = { readonly marker: number; readonly start: number; readonly end: number }

/** The marker segments of a JPEG before its first scan (ITU-T T.81 B.1.1.4); `start` and `end` of what they hold. */
export function* segmentsOf(bytes: Uint8Array): Generator<Segment> {
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!
    // Fill bytes, B.1.1.2.
    if (marker === 0xff) {
      at++
      continue
    }
    const length = bytes[at + 2]! * 256 + bytes[at + 3]!
    const end = at + 2 + length
    if (marker === 0xda || length < 2 || end > bytes.length) return
    yield { marker, start: at + 4, end }
    at = end
  }
}
