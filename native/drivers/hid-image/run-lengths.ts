const LONGEST = 128
/** Shorter repetitions cost as much as they save. */
const LEAST_RUN = 3

/**
 * Bytes with their repetitions taken out (the scheme known as PackBits): a byte n below 128 is followed by n + 1 bytes
 * as they are, a byte n above 128 by one that is repeated 257 − n times.
 */
export function packRuns(bytes: Uint8Array): Uint8Array {
  const packed = new Uint8Array(bytes.length + Math.ceil(bytes.length / LONGEST))
  let to = 0
  let plainFrom = 0
  const flush = (end: number) => {
    while (plainFrom < end) {
      const count = Math.min(LONGEST, end - plainFrom)
      packed[to++] = count - 1
      packed.set(bytes.subarray(plainFrom, plainFrom + count), to)
      to += count
      plainFrom += count
    }
  }
  for (let at = 0; at < bytes.length;) {
    let run = 1
    while (run < LONGEST && bytes[at + run] === bytes[at]) run++
    if (run >= LEAST_RUN) {
      flush(at)
      packed[to++] = 257 - run
      packed[to++] = bytes[at]!
      plainFrom = at + run
    }
    at += run
  }
  flush(bytes.length)
  return packed.subarray(0, to)
}

/** Undoes `packRuns`. Undefined when the result would not be exactly so long. */
export function unpackRuns(packed: Uint8Array, length: number): Uint8Array | undefined {
  const bytes = new Uint8Array(length)
  let to = 0
  for (let at = 0; at < packed.length;) {
    const control = packed[at++]!
    if (control === 128) return undefined
    const count = control < 128 ? control + 1 : 257 - control
    if (to + count > length) return undefined
    if (control < 128) {
      if (at + count > packed.length) return undefined
      bytes.set(packed.subarray(at, at + count), to)
      at += count
    } else {
      if (at >= packed.length) return undefined
      bytes.fill(packed[at++]!, to, to + count)
    }
    to += count
  }
  return to === length ? bytes : undefined
}
