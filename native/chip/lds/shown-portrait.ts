import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import jpeg from 'jpeg-js'
import { AppError } from '#domain/failure/index.ts'
import type { Portrait } from './dg2.ts'
import { checkJpeg2000 } from './jpeg2000-header.ts'

/** A decoded picture: 4 bytes a pixel, rows from the top. */
export type Picture = { readonly width: number; readonly height: number; readonly data: Uint8Array }

const quality = 92

/**
 * The portrait as a picture that windows can show, when the chip holds JPEG 2000; undefined when it is shown as it is,
 * or cannot be decoded: a broken portrait does not spoil a reading.
 */
export async function shownPortrait(
  portrait: Portrait,
): Promise<{ readonly bytes: Uint8Array; readonly mediaType: 'image/jpeg' } | undefined> {
  if (portrait.mediaType !== 'image/jp2') return undefined
  try {
    const { width, height, data } = await decodeJpeg2000(portrait.bytes)
    return { bytes: new Uint8Array(jpeg.encode({ width, height, data }, quality).data), mediaType: 'image/jpeg' }
  } catch {
    return undefined
  }
}

/**
 * Decodes grey or colour JPEG 2000 to 8 bits a channel. Bounded: the headers are checked before the decoder sees them.
 * Throws IMAGE_TOO_LARGE, IMAGE_UNREADABLE.
 */
export async function decodeJpeg2000(bytes: Uint8Array): Promise<Picture> {
  const header = checkJpeg2000(bytes)
  // A decoder of its own for each picture: after a failure it would still hold the one before.
  let complained = false
  const { default: load } = await import('@cornerstonejs/codec-openjpeg/decodewasmjs')
  const notice = (line: string) => {
    complained ||= line.includes('[ERROR]')
  }
  const { J2KDecoder } = await load({ wasmBinary: await decoderBinary(), print: notice, printErr: notice })
  const decoder = new J2KDecoder()
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes)
    decoder.decode()
    const { width, height, bitsPerSample, componentCount } = decoder.getFrameInfo()
    const samples = decoder.getDecodedBuffer()
    const wide = bitsPerSample > 8
    const agrees = width === header.width && height === header.height && componentCount === header.components
    if (complained || !agrees || samples.length !== width * height * componentCount * (wide ? 2 : 1)) {
      throw new AppError('IMAGE_UNREADABLE', 'chip.jpeg2000', { context: { what: 'decode' } })
    }
    return { width, height, data: toRgba(samples, width * height, componentCount, bitsPerSample) }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError('IMAGE_UNREADABLE', 'chip.jpeg2000', { context: { what: 'decoder' }, cause })
  } finally {
    decoder.delete()
  }
}

/** Samples are interleaved, and little-endian when they have more than 8 bits. A fourth channel is left out. */
function toRgba(samples: Uint8Array, pixels: number, components: number, bits: number): Uint8Array {
  const data = new Uint8Array(pixels * 4).fill(255)
  const sample = (index: number) =>
    bits > 8
      ? (((samples[2 * index + 1] ?? 0) << 8) | (samples[2 * index] ?? 0)) >> (bits - 8)
      : (samples[index] ?? 0) << (8 - bits)
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      data[4 * pixel + channel] = sample(pixel * components + (components < 3 ? 0 : channel))
    }
  }
  return data
}

let binary: Promise<Uint8Array> | undefined

function decoderBinary(): Promise<Uint8Array> {
  binary ??= readFile(createRequire(import.meta.url).resolve('@cornerstonejs/codec-openjpeg/decodewasm'))
  return binary
}
