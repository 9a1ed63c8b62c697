import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { readFingerRecord } from '#native/drivers/sbi/finger-record.ts'
import { decodePixels } from '#native/drivers/sbi/image-data.ts'
import { readIrisRecord } from '#native/drivers/sbi/iris-record.ts'
import { fingerRecord, irisRecord, type Coding } from '#native/sim/sbi/records.ts'
import { failureOf } from './bench.ts'

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(/\s/gu, ''), 'hex'))
const grey = (size: number) => Uint8Array.from({ length: size }, (_, at) => (at * 37) & 0xff)

/** Written by hand from the tables of ISO/IEC 19794-4:2011: right middle finger, 16 × 17 pixels at 500 per inch. */
const goldenFinger = Buffer.concat([
  hex('46495200 30323000 00000152 0001 01 01'),
  // Length, 2026-11-21 20:30:15.250, technology, vendor, type.
  hex('00000142 07EA 0B 15 14 1E 0F 00FA 01 0000 0000'),
  // One quality block: 76 by algorithm 2 of vendor 15. One certification block.
  hex('01 4C 000F 0002 01 0001 02'),
  // Position, representation, per inch, sensor, image, depth, uncompressed, plain, size, length.
  hex('03 00 01 01F4 01F4 01F4 01F4 08 00 00 0010 0011 00000110'),
  grey(272),
])

/** From the tables of ISO/IEC 19794-6:2011: left eye, 16 × 17, uncompressed. */
const goldenIris = Buffer.concat([
  hex('49495200 30323000 00000159 0001 00 01'),
  hex('00000149 07EA 0B 15 14 1E 0F 00FA 00 0000 0000'),
  hex('01 50 000F 0002'),
  // Representation, left, uncropped, raw, properties, size, depth, nine measures.
  hex('0001 02 01 02 55 0010 0011 08 0000 FFFF FFFF 0000 0000 0000 0000 0000 0000 00000110'),
  grey(272),
])

describe('a finger image record', () => {
  it('is read as the standard lays it out', () => {
    expect(goldenFinger.readUInt32BE(8)).toBe(goldenFinger.length)
    const { image, ...facts } = readFingerRecord(goldenFinger)
    expect(facts).toEqual({ position: 'right-middle', width: 16, height: 17, dpi: 500, coding: 'raw' })
    expect(image).toEqual(Buffer.from(grey(272)))
  })

  it('tells the resolution per inch also when it is written per centimetre', () => {
    const record = Buffer.from(goldenFinger)
    const unit = goldenFinger.indexOf(hex('030001')) + 2
    record[unit] = 2
    record.writeUInt16BE(197, unit + 5)
    record.writeUInt16BE(197, unit + 7)
    expect(readFingerRecord(record).dpi).toBe(500)
  })

  it('may carry extended data after the picture', () => {
    const more = Buffer.concat([goldenFinger, hex('0003 0008 61626364')])
    more.writeUInt32BE(more.length, 8)
    more.writeUInt32BE(more.length - 16, 16)
    expect(readFingerRecord(more).image).toHaveLength(272)
  })

  it.each([
    ['another format', 0, 0x47],
    ['the version of 2005', 5, 0x31],
    ['a length that is not its own', 11, 0x53],
    ['two representations', 13, 2],
    ['a palm', 44, 20],
    ['an unknown unit', 46, 0],
    ['sixteen bits a pixel', 55, 16],
    ['an unknown compression', 56, 9],
    ['a latent print', 57, 4],
    ['more picture than there is', 65, 0xff],
  ])('with %s is refused', (_, at, value) => {
    const record = Buffer.from(goldenFinger)
    record[at] = value
    expect(() => readFingerRecord(record)).toThrow(expect.objectContaining({ code: 'DEVICE_GARBLED' }))
  })
})

describe('an iris image record', () => {
  it('is read as the standard lays it out', () => {
    expect(goldenIris.readUInt32BE(8)).toBe(goldenIris.length)
    const { image, ...facts } = readIrisRecord(goldenIris)
    expect(facts).toEqual({ eye: 'left', width: 16, height: 17, coding: 'raw' })
    expect(image).toHaveLength(272)
  })

  it('of an eye that is not named is refused', () => {
    const record = Buffer.from(goldenIris)
    record[goldenIris.indexOf(hex('000102')) + 2] = 0
    expect(() => readIrisRecord(record)).toThrow(expect.objectContaining({ code: 'DEVICE_GARBLED' }))
  })
})

describe.each([
  ['finger', readFingerRecord, goldenFinger],
  ['iris', readIrisRecord, goldenIris],
] as const)('the reader of %s records', (_, read, golden) => {
  /** Either a record or DEVICE_GARBLED: no other error, and never a byte from outside. */
  function readsOrRefuses(bytes: Uint8Array) {
    // Between bytes that do not belong to it.
    const around = new Uint8Array(bytes.length + 64).fill(0xee)
    around.set(bytes, 32)
    try {
      const { image } = read(around.subarray(32, 32 + bytes.length))
      expect(image.length).toBeLessThanOrEqual(bytes.length)
      expect(image.byteOffset).toBeGreaterThanOrEqual(32)
      expect(image.byteOffset + image.length).toBeLessThanOrEqual(32 + bytes.length)
    } catch (error) {
      expect(error).toBeInstanceOf(AppError)
      expect((error as AppError).code).toBe('DEVICE_GARBLED')
    }
  }

  it('never reads out of bounds, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), readsOrRefuses))
  })

  it('never reads out of bounds in a record with changed bytes', () => {
    const change = fc.tuple(fc.nat({ max: golden.length - 1 }), fc.nat({ max: 255 }))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const record = Uint8Array.from(golden)
        for (const [at, value] of changes) record[at] = value
        readsOrRefuses(record)
      }),
    )
  })

  it('never takes a part for the whole', () => {
    for (let length = 0; length < golden.length; length++)
      expect(() => read(golden.subarray(0, length))).toThrow(expect.objectContaining({ code: 'DEVICE_GARBLED' }))
  })
})

describe('pictures in records', () => {
  const image = { width: 40, height: 50, dpi: 500, pixels: grey(2000) }
  const how = { quality: 70, taken: new Date('2026-11-21T20:30:15.250Z') }

  it.each(['raw', 'png', 'jpeg2000'] as const)('coded as %s are the same pixels afterwards', async (coding: Coding) => {
    const finger = readFingerRecord(await fingerRecord('left-thumb', image, { coding, ...how }))
    expect(finger).toMatchObject({ position: 'left-thumb', coding })
    expect(await decodePixels(finger)).toEqual(image.pixels)
    const iris = readIrisRecord(await irisRecord('right', image, { coding, ...how }))
    expect(iris).toMatchObject({ eye: 'right', coding })
    expect(await decodePixels(iris)).toEqual(image.pixels)
  })

  it('are refused by name when compressed with loss', async () => {
    const { width, height, pixels } = image
    for (const coding of ['wsq', 'jpeg'] as const)
      expect(await failureOf(decodePixels({ width, height, coding, image: pixels }))).toBe(`DEVICE_REFUSED ${coding}`)
  })

  it.each(['png', 'jpeg2000'] as const)('that are not the %s they are said to be are refused', async (coding) => {
    const { width, height, pixels } = image
    expect(await failureOf(decodePixels({ width, height, coding, image: pixels }))).toBe('DEVICE_GARBLED record')
    const good = readFingerRecord(await fingerRecord('left-thumb', image, { coding, ...how }))
    expect(await failureOf(decodePixels({ ...good, width: 50, height: 40 }))).toBe('DEVICE_GARBLED record')
    expect(await failureOf(decodePixels({ ...good, image: good.image.subarray(0, good.image.length / 2) }))).toBe(
      'DEVICE_GARBLED record',
    )
  })

  it('larger than any finger are refused before anything is decoded', async () => {
    const huge = { width: 20_000, height: 20_000, coding: 'raw', image: new Uint8Array(8) } as const
    expect(await failureOf(decodePixels(huge))).toBe('DEVICE_GARBLED record')
    expect(await failureOf(decodePixels({ ...huge, width: 1, height: 1 }))).toBe('DEVICE_GARBLED record')
  })

  it('that inflate to more than their size are refused', async () => {
    const good = readFingerRecord(await fingerRecord('left-thumb', image, { coding: 'png', ...how }))
    const bomb = deflateSync(Buffer.alloc(20_000_000))
    const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from('IDAT'), bomb, Buffer.alloc(4)])
    chunk.writeUInt32BE(bomb.length, 0)
    const head = good.image.subarray(0, 33)
    expect(await failureOf(decodePixels({ ...good, image: Buffer.concat([head, chunk]) }))).toBe(
      'DEVICE_GARBLED record',
    )
  })
})
