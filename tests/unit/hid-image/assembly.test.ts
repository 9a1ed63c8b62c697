import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createAssembly, isSane } from '#native/drivers/hid-image/assembly.ts'
import { blocksIn, encodeBlock } from '#native/drivers/hid-image/codec.ts'
import type { ImageHeader } from '#native/drivers/hid-image/messages.ts'
import { packPixels, unpackPixels } from '#native/drivers/hid-image/pixels.ts'
import { packRuns, unpackRuns } from '#native/drivers/hid-image/run-lengths.ts'
import { createRandom } from '#native/sim/hands/random.ts'

const image = Uint8Array.from({ length: 100 * 60 }, (_, at) => (at * 31) >> 3)
const header: ImageHeader = {
  transfer: 1,
  kind: 'full',
  step: 'two-thumbs',
  bits: 8,
  width: 100,
  height: 60,
  dpi: 500,
  blocks: blocksIn(image.length),
  bytes: image.length,
  crc: crc32(image),
  exposure: 1,
  packed: false,
}

type DataReport = { block: number; index: number; payload: Uint8Array }

function reportsOf(block: number): DataReport[] {
  const bytes = encodeBlock(1, block, image)
  return Array.from({ length: bytes.length / 64 }, (_, index) => ({
    block,
    index,
    payload: bytes.subarray(index * 64 + 4, (index + 1) * 64),
  }))
}

const all = Array.from({ length: header.blocks }, (_, block) => reportsOf(block)).flat()

function feed(assembly: ReturnType<typeof createAssembly>, reports: readonly DataReport[]): number[] {
  return reports.flatMap(({ block, index, payload }) => assembly.accept(block, index, payload))
}

describe('the assembly of an image', () => {
  it('gives the image back when all blocks arrived', () => {
    const assembly = createAssembly(header)
    expect(feed(assembly, all)).toEqual([])
    expect(assembly.received).toBe(4)
    expect(assembly.finish()).toEqual(image)
  })

  it('names a lost block as soon as a later one begins, and takes it when it comes again', () => {
    const assembly = createAssembly(header)
    const before = all.filter(({ block }) => block !== 1)
    const third = before.findIndex(({ block }) => block === 2)
    expect(feed(assembly, before.slice(0, third))).toEqual([])
    expect(feed(assembly, before.slice(third, third + 1))).toEqual([1])
    expect(feed(assembly, before.slice(third + 1))).toEqual([])
    expect(assembly.missing(10)).toEqual([1])
    feed(assembly, reportsOf(1))
    expect(assembly.missing(10)).toEqual([])
    expect(assembly.finish()).toEqual(image)
  })

  it('names a block of which one report is lost', () => {
    const assembly = createAssembly(header)
    expect(
      feed(
        assembly,
        all.filter(({ block, index }) => block !== 0 || index !== 9),
      ),
    ).toEqual([0])
  })

  it('names a damaged block once it is complete and forgets what came of it', () => {
    const assembly = createAssembly(header)
    const damaged = reportsOf(2).map((report) => ({ ...report, payload: report.payload.slice() }))
    damaged[7]!.payload[3]! ^= 1
    expect(feed(assembly, [...reportsOf(0), ...reportsOf(1), ...damaged])).toEqual([2])
    feed(assembly, [...reportsOf(2), ...reportsOf(3)])
    expect(assembly.finish()).toEqual(image)
  })

  it('drops repeated reports and reports outside the image', () => {
    const assembly = createAssembly(header)
    const twice = all.flatMap((report) => [report, report])
    const outside = { block: 4, index: 0, payload: new Uint8Array(60).fill(9) }
    const beyondLast = { block: 3, index: 31, payload: new Uint8Array(60).fill(9) }
    expect(feed(assembly, [beyondLast, outside, ...twice]).filter((block) => block > 3)).toEqual([])
    feed(assembly, all)
    expect(assembly.received).toBe(4)
    expect(assembly.finish()).toEqual(image)
  })

  it('gives nothing when the CRC of the whole image is wrong', () => {
    const assembly = createAssembly({ ...header, crc: header.crc ^ 1 })
    feed(assembly, all)
    expect(assembly.finish()).toBeUndefined()
  })

  it('counts credit from the newest block, not from the oldest missing one', () => {
    const assembly = createAssembly(header)
    expect(assembly.frontier).toBe(0)
    feed(assembly, reportsOf(0))
    expect(assembly.frontier).toBe(1)
    feed(assembly, reportsOf(2))
    expect(assembly.frontier).toBe(3)
  })
})

describe('an image header', () => {
  const limits = { width: 1600, height: 1500 }
  it.each([
    ['larger than allowed', { width: 20_000, height: 20_000, bytes: 400_000_000, blocks: blocksIn(400_000_000) }],
    ['without width', { width: 0, bytes: 0, blocks: 0 }],
    ['whose bytes do not fit its size', { bytes: 5999 }],
    ['whose blocks do not fit its bytes', { blocks: 5 }],
    ['without resolution', { dpi: 0 }],
    ['packed to no fewer bytes', { packed: true }],
    ['packed to nothing', { packed: true, bytes: 0, blocks: 0 }],
  ])('is refused when it is %s', (_, wrong) => {
    expect(isSane(header, limits)).toBe(true)
    expect(isSane({ ...header, ...wrong }, limits)).toBe(false)
  })
})

describe('pixels at four bits', () => {
  it('keep odd rows apart and come back as the nearest of sixteen levels', () => {
    const pixels = Uint8Array.of(0, 255, 120, 17, 34, 250)
    const packed = packPixels({ width: 3, height: 2, dpi: 125, pixels }, 4)
    expect([...packed]).toEqual([0x0f, 0x70, 0x12, 0xf0])
    const size = { width: 3, height: 2, bits: 4, packed: false } as const
    expect([...(unpackPixels(packed, size) ?? [])]).toEqual([0, 255, 119, 17, 34, 255])
  })
})

describe('packed bytes', () => {
  const random = createRandom(8)
  it.each([
    ['a row of paper', new Uint8Array(1000).fill(255)],
    ['noise', Uint8Array.from({ length: 1000 }, () => random() * 256)],
    ['short and long runs', Uint8Array.from({ length: 3000 }, (_, at) => (at % 700 < 300 ? at : Math.sqrt(at) / 7))],
    ['a single byte', Uint8Array.of(7)],
    ['runs of just 128 and 129', Uint8Array.from({ length: 257 }, (_, at) => (at < 128 ? 1 : 2))],
  ])('of %s come back as they were', (_, bytes) => {
    expect(unpackRuns(packRuns(bytes), bytes.length)).toEqual(bytes)
  })

  it('say a repetition in two bytes, as the document shows', () => {
    expect([...packRuns(Uint8Array.of(9, 8, 255, 255, 255, 255, 255, 7))]).toEqual([1, 9, 8, 252, 255, 0, 7])
  })

  it.each([
    ['end in the middle of a run', [252]],
    ['end in the middle of plain bytes', [4, 1, 2]],
    ['make more than the picture', [129, 0]],
    ['make less than the picture', [0, 1]],
    ['hold the byte that means nothing', [128, 128]],
  ])('are refused when they %s', (_, bytes) => {
    expect(unpackRuns(Uint8Array.from(bytes), 5)).toBeUndefined()
  })
})
