import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fingerPositions, type FingerPosition } from '#domain/biometrics/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import type { Eye } from '#native/capability/iris-camera.ts'
import { encodeGrayPng } from '#native/imaging/index.ts'

/** How pictures lie in records. `wsq` is only said, not done: the bytes are the bare pixels. */
export type Coding = 'raw' | 'png' | 'jpeg2000' | 'wsq'

const fingerCodes = { raw: 0, wsq: 2, jpeg2000: 5, png: 6 } as const
const irisCodes = { raw: 2, wsq: 2, jpeg2000: 10, png: 14 } as const
const eyeCodes = { right: 1, left: 2 } as const

/** A finger image record with one finger, ISO/IEC 19794-4:2011. */
export async function fingerRecord(
  position: FingerPosition,
  image: GrayImage,
  options: { readonly coding: Coding; readonly quality: number; readonly taken: Date },
): Promise<Uint8Array> {
  const { coding, quality, taken } = options
  const data = await encodeImage(image, coding)
  return record('FIR', 1, taken, quality, [
    u8(fingerPositions[position], 0, 1),
    // Sampling rate of the sensor, then of the image, both ways.
    u16(image.dpi, image.dpi, image.dpi, image.dpi),
    u8(8, fingerCodes[coding], 0),
    u16(image.width, image.height),
    u32(data.length),
    data,
  ])
}

/** An iris image record with one eye, ISO/IEC 19794-6:2011. */
export async function irisRecord(
  eye: Eye,
  image: GrayImage,
  options: { readonly coding: Coding; readonly quality: number; readonly taken: Date },
): Promise<Uint8Array> {
  const { coding, quality, taken } = options
  const data = await encodeImage(image, coding)
  return record('IIR', 0, taken, quality, [
    u16(1),
    u8(eyeCodes[eye], 1, irisCodes[coding], 0b01_00_01_01),
    u16(image.width, image.height),
    u8(8),
    // Nothing is known of range, roll angle, centre and diameter.
    u16(0, 0xffff, 0xffff, 0, 0, 0, 0, 0, 0),
    u32(data.length),
    data,
  ])
}

function record(
  format: 'FIR' | 'IIR',
  certified: number,
  taken: Date,
  quality: number,
  parts: readonly Uint8Array[],
): Uint8Array {
  const head = [
    u16(taken.getUTCFullYear()),
    u8(taken.getUTCMonth() + 1, taken.getUTCDate(), taken.getUTCHours(), taken.getUTCMinutes(), taken.getUTCSeconds()),
    u16(taken.getUTCMilliseconds()),
    u8(0),
    u16(0, 0),
    u8(1, quality),
    u16(0, 0),
    // No certification blocks.
    ...(certified === 1 ? [u8(0)] : []),
  ]
  const representation = Buffer.concat([...head, ...parts])
  const length = representation.length + 4
  return Buffer.concat([
    Buffer.from(`${format}\x00020\x00`, 'latin1'),
    u32(length + 16),
    u16(1),
    u8(certified, 1),
    u32(length),
    representation,
  ])
}

async function encodeImage(image: GrayImage, coding: Coding): Promise<Uint8Array> {
  if (coding === 'png') return encodeGrayPng(image, 1)
  return coding === 'jpeg2000' ? encodeJpeg2000(image) : image.pixels
}

/** Without loss. */
async function encodeJpeg2000({ width, height, pixels }: GrayImage): Promise<Uint8Array> {
  const { default: load } = await import('@cornerstonejs/codec-openjpeg/wasmjs')
  const path = createRequire(import.meta.url).resolve('@cornerstonejs/codec-openjpeg/wasm')
  const { J2KEncoder } = await load({ wasmBinary: await readFile(path), print: () => {}, printErr: () => {} })
  const encoder = new J2KEncoder()
  const frame = { width, height, bitsPerSample: 8, componentCount: 1, isSigned: false, isUsingColorTransform: false }
  encoder.getDecodedBuffer(frame).set(pixels)
  encoder.setQuality(true, 0)
  encoder.encode()
  const encoded = Uint8Array.from(encoder.getEncodedBuffer())
  encoder.delete()
  return encoded
}

const u8 = (...values: readonly number[]) => Uint8Array.from(values)

function u16(...values: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(2 * values.length)
  values.forEach((value, index) => bytes.writeUInt16BE(value, 2 * index))
  return bytes
}

function u32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
