import { crc32 } from 'node:zlib'
import { blocksIn, reportsIn } from './codec.ts'
import { BLOCK_DATA, BLOCK_REPORTS, REPORT_PAYLOAD, type ImageHeader } from './messages.ts'

const BLOCK_PAYLOAD = BLOCK_REPORTS * REPORT_PAYLOAD

export type Assembly = {
  /** Takes one data report. Returns the blocks that are now known to be damaged or lost. */
  accept(block: number, index: number, payload: Uint8Array): readonly number[]
  /** Blocks below this number have been sent, whether or not they arrived: credit is counted from here. */
  readonly frontier: number
  /** Blocks that are whole and whose CRC was right. */
  readonly received: number
  /** The first blocks still missing. */
  missing(limit: number): number[]
  /** The image bytes, or undefined when the CRC over the whole image is wrong. Only when nothing is missing. */
  finish(): Uint8Array | undefined
}

/** Puts the blocks of one image together. The line keeps order, so a later block shows that an earlier one is lost. */
export function createAssembly(header: ImageHeader): Assembly {
  const { blocks, bytes } = header
  const raw = new Uint8Array(blocks * BLOCK_PAYLOAD)
  const view = new DataView(raw.buffer)
  const masks = new Uint32Array(blocks)
  const whole = new Uint8Array(blocks)
  let newest = 0
  let received = 0

  const dataOf = (block: number) => Math.min(BLOCK_DATA, bytes - block * BLOCK_DATA)
  const fullMask = (block: number) => {
    const reports = reportsIn(dataOf(block))
    return reports === 32 ? 0xffffffff : 2 ** reports - 1
  }

  function isSound(block: number): boolean {
    const start = block * BLOCK_PAYLOAD
    const end = start + dataOf(block)
    return view.getUint32(end, true) === crc32(raw.subarray(start, end))
  }

  return {
    accept(block, index, payload) {
      if (block >= blocks || whole[block] === 1) return []
      const bit = (1 << index) >>> 0
      if ((fullMask(block) & bit) >>> 0 === 0) return []
      const lost: number[] = []
      for (; newest < block; newest++) {
        if (whole[newest] === 1) continue
        masks[newest] = 0
        lost.push(newest)
      }
      raw.set(payload, block * BLOCK_PAYLOAD + index * REPORT_PAYLOAD)
      masks[block]! |= bit
      if (masks[block] !== fullMask(block)) return lost
      if (isSound(block)) {
        whole[block] = 1
        received++
      } else {
        masks[block] = 0
        lost.push(block)
      }
      return lost
    },

    get frontier() {
      return whole[newest] === 1 ? newest + 1 : newest
    },
    get received() {
      return received
    },

    missing(limit) {
      const numbers: number[] = []
      for (let block = 0; block < blocks && numbers.length < limit; block++) if (whole[block] === 0) numbers.push(block)
      return numbers
    },

    finish() {
      const image = new Uint8Array(bytes)
      for (let block = 0; block < blocks; block++) {
        const start = block * BLOCK_PAYLOAD
        image.set(raw.subarray(start, start + dataOf(block)), block * BLOCK_DATA)
      }
      return crc32(image) === header.crc ? image : undefined
    },
  }
}

/** Whether the numbers of a header agree with each other and stay inside what is allowed here. */
export function isSane(header: ImageHeader, limits: { readonly width: number; readonly height: number }): boolean {
  const { width, height, bits, bytes, blocks, dpi, packed } = header
  if (width < 1 || height < 1 || width > limits.width || height > limits.height || dpi < 1) return false
  const plain = height * Math.ceil((width * bits) / 8)
  return (packed ? bytes > 0 && bytes < plain : bytes === plain) && blocks === blocksIn(bytes)
}
