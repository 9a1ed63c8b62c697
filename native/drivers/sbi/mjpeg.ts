import { AppError } from '#domain/failure/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import jpeg from 'jpeg-js'

const mostHeader = 4096
const mostFrame = 4_000_000
/** So much without any frame is no preview. */
const mostGarbage = 1_000_000
const headerEnd = Buffer.from('\r\n\r\n')

export type FrameCutter = {
  /** Frames that are whole now, in order. Throws DEVICE_GARBLED when what comes is no such stream. */
  push(bytes: Uint8Array): Uint8Array[]
}

/**
 * Cuts multipart/x-mixed-replace into JPEG frames by the Content-Length of each part. Services differ in what they write
 * as the boundary, so it is not looked at; between frames everything up to the next header with a length is passed over.
 */
export function createFrameCutter(): FrameCutter {
  let rest = Buffer.alloc(0)
  let chunks: Uint8Array[] = []
  let missing = 0
  let garbage = 0

  function readHeader(): boolean {
    const end = rest.indexOf(headerEnd)
    if (end < 0) {
      skip(rest.length - mostHeader)
      return false
    }
    const length = /(?:^|\n)content-length:[ \t]*(\d{1,9})[ \t]*(?:\r|$)/iu.exec(
      rest.toString('latin1', Math.max(0, end - mostHeader), end),
    )?.[1]
    skip(end + headerEnd.length)
    if (length === undefined) return true
    missing = Number(length)
    if (missing > mostFrame) throw garbled()
    chunks = []
    garbage = 0
    return true
  }

  function skip(count: number) {
    if (count <= 0) return
    rest = rest.subarray(count)
    garbage += count
    if (garbage > mostGarbage) throw garbled()
  }

  return {
    push(bytes) {
      const frames: Uint8Array[] = []
      rest = Buffer.concat([rest, bytes])
      for (;;) {
        if (missing > 0) {
          if (rest.length === 0) return frames
          const part = rest.subarray(0, missing)
          chunks.push(part)
          missing -= part.length
          rest = rest.subarray(part.length)
          if (missing > 0) return frames
          frames.push(Buffer.concat(chunks))
        } else if (!readHeader()) return frames
      }
    },
  }
}

/** A frame as a grey picture whose width is that of the platen in inches; nothing when it is no JPEG. */
export function decodeFrame(bytes: Uint8Array, platenInches: number): GrayImage | undefined {
  try {
    const limits = { maxResolutionInMP: 8, maxMemoryUsageInMB: 128 }
    const { width, height, data } = jpeg.decode(bytes, { useTArray: true, tolerantDecoding: false, ...limits })
    if (width < 16 || height < 16) return undefined
    const pixels = new Uint8Array(width * height)
    for (let at = 0, from = 0; at < pixels.length; at++, from += 4)
      pixels[at] = (data[from]! * 77 + data[from + 1]! * 150 + data[from + 2]! * 29) >> 8
    return { width, height, dpi: Math.round(width / platenInches), pixels }
  } catch {
    return undefined
  }
}

function garbled(): AppError {
  return new AppError('DEVICE_GARBLED', 'sbi.stream', { context: { reason: 'stream' } })
}
