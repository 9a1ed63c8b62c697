/** A small repeatable generator (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Bytes that matter to a TLV parser: no length, long lengths, tags that go on. */
const telling = [0x00, 0x01, 0x1f, 0x30, 0x5f, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0xa0, 0xff] as const
const hugeLength = [0x84, 0x80, 0x00, 0x00, 0x00] as const

/** One to four changes: a bit, a telling byte, a cut, something put in, a slice doubled, a length of 2^31. */
export function mutate(bytes: Uint8Array, random: () => number): Uint8Array {
  const below = (limit: number) => Math.floor(random() * limit)
  let changed = [...bytes]
  for (let changes = 1 + below(4); changes > 0; changes--) {
    // Heads of files are where lengths and counts stand.
    const at = random() < 0.5 ? below(Math.min(changed.length, 64)) : below(changed.length)
    switch (below(6)) {
      case 0:
        changed[at] = (changed[at] ?? 0) ^ (1 << below(8))
        break
      case 1:
        changed[at] = telling[below(telling.length)] ?? 0
        break
      case 2:
        changed = changed.slice(0, at)
        break
      case 3:
        changed.splice(at, 0, ...Array.from({ length: below(9) }, () => below(256)))
        break
      case 4:
        changed.splice(at, 0, ...changed.slice(at, at + below(40)))
        break
      default:
        changed.splice(at, 1, ...hugeLength)
    }
  }
  return Uint8Array.from(changed)
}
