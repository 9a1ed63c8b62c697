import { crc32 } from 'node:zlib'
import { filler, mark } from '../mask.ts'
import { isSane } from './assembly.ts'
import { MAX_HEIGHT, MAX_WIDTH, type ImageHeader } from './messages.ts'

/**
 * The bytes that stand for those of a picture: as many, and what is packed can be unpacked. Empty for a mad header.
 * Full pictures begin with `variant`, so that two that differed still differ.
 */
export function fillerImage(header: ImageHeader, variant = 0): Uint8Array {
  if (!isSane(header, { width: MAX_WIDTH, height: MAX_HEIGHT })) return new Uint8Array()
  const { bytes, height, width, bits, packed } = header
  const plain = height * Math.ceil((width * bits) / 8)
  if (packed) return packedFiller(bytes, plain) ?? new Uint8Array(bytes).fill(filler)
  const image = new Uint8Array(bytes).fill(filler)
  if (header.kind === 'full' && bytes >= 4) mark(image, variant)
  return image
}

/** CRC-32 of those bytes. */
export function fillerCrc(header: ImageHeader, variant = 0): number {
  const key = [header.kind, variant, header.bytes, header.height, header.width, header.bits, header.packed].join(' ')
  const known = sums.get(key)
  if (known !== undefined) return known
  const sum = crc32(fillerImage(header, variant))
  if (sums.size >= sumsKept) sums.clear()
  sums.set(key, sum)
  return sum
}

const sums = new Map<string, number>()
/** Previews come packed to many lengths. */
const sumsKept = 500

const longestRun = 128

/** `packed` bytes that unpack to `plain` ones (run-lengths.ts): runs, and with an odd number one pair as it is. */
function packedFiller(packed: number, plain: number): Uint8Array | undefined {
  const odd = packed % 2 === 1
  const runs = odd ? (packed - 3) / 2 : packed / 2
  let left = plain - (odd ? 2 : 0)
  if (runs < 0 || left < 2 * runs || left > longestRun * runs) return undefined
  const bytes = new Uint8Array(packed).fill(filler)
  let at = 0
  if (odd) {
    bytes[0] = 1
    at = 3
  }
  for (let todo = runs; todo > 0; todo--, at += 2) {
    const length = Math.min(longestRun, left - 2 * (todo - 1))
    bytes[at] = 257 - length
    left -= length
  }
  return bytes
}
