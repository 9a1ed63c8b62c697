import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { encode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { decodePicture, lookAtPage } from '#native/imaging/page/index.ts'
import { jpegOf } from './pictures.ts'

const step = 'page.look'

function refusal(bytes: Uint8Array): string | undefined {
  try {
    decodePicture(bytes, step)
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
  return undefined
}

/** Four pixels wide and two high, each of its own red; PNG so that nothing is lost. */
const red = [10, 20, 30, 40, 50, 60, 70, 80]
const small = encode({
  width: 4,
  height: 2,
  channels: 3,
  depth: 8,
  data: Uint8Array.from(red.flatMap((value) => [value, 0, 0])),
})

function chunk(type: string, data: Uint8Array): Uint8Array {
  const whole = Buffer.alloc(data.length + 12)
  whole.writeUInt32BE(data.length, 0)
  whole.write(type, 4, 'latin1')
  whole.set(data, 8)
  whole.writeUInt32BE(crc32(whole.subarray(4, -4)), data.length + 8)
  return whole
}

function withChunk(png: Uint8Array, extra: Uint8Array): Uint8Array {
  return Buffer.concat([png.subarray(0, 33), extra, png.subarray(33)])
}

function exif(orientation: number): Uint8Array {
  // Big-endian, one entry: tag 0x0112, a short.
  return Uint8Array.of(0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0)
}

function redsOf({ width, height, rgb }: { width: number; height: number; rgb: Uint8Array }) {
  const reds = Array.from({ length: width * height }, (_, at) => rgb[at * 3]!)
  return Array.from({ length: height }, (_, row) => reds.slice(row * width, (row + 1) * width))
}

describe('a file that is no picture', () => {
  it.each([
    ['a PDF under another name', new TextEncoder().encode(`%PDF-1.7\n${'1 0 obj << >> endobj\n'.repeat(50)}`)],
    ['nothing at all', new Uint8Array(0)],
    ['a GIF', new TextEncoder().encode('GIF89a............................')],
    [
      'the first half of a JPEG',
      jpegOf({ width: 64, height: 64, data: new Uint8Array(64 * 64 * 4).fill(90) }).slice(0, 200),
    ],
    ['a JPEG of two bytes', Uint8Array.of(0xff, 0xd8)],
    [
      'a PNG with a broken check sum',
      Uint8Array.from(small, (byte, at) => (at === small.length - 20 ? byte ^ 1 : byte)),
    ],
  ])('is refused as unreadable: %s', (_, bytes) => {
    expect(refusal(bytes)).toBe('IMAGE_UNREADABLE')
  })

  it('is refused with one of two codes, whatever the bytes', () => {
    const start = fc.constantFrom(Uint8Array.of(0xff, 0xd8, 0xff), small.slice(0, 40), new Uint8Array(0))
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 300 }), (head, tail) => {
        expect(['IMAGE_UNREADABLE', 'IMAGE_TOO_LARGE', undefined]).toContain(refusal(Buffer.concat([head, tail])))
      }),
    )
  })
})

describe('a file that claims to be huge', () => {
  it('is refused by its header: a JPEG of 200 megapixels', () => {
    const jpeg = Buffer.from(jpegOf({ width: 16, height: 16, data: new Uint8Array(1024).fill(90) }))
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
    jpeg.writeUInt16BE(12_000, frame + 5)
    jpeg.writeUInt16BE(16_667, frame + 7)
    expect(refusal(jpeg)).toBe('IMAGE_TOO_LARGE')
  })

  it('is refused by its header: a PNG of 200 megapixels', () => {
    const header = Buffer.alloc(13)
    header.writeUInt32BE(20_000, 0)
    header.writeUInt32BE(10_000, 4)
    header.set([8, 2, 0, 0, 0], 8)
    const png = Buffer.concat([
      small.subarray(0, 8),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(new Uint8Array(9))),
    ])
    expect(refusal(png)).toBe('IMAGE_TOO_LARGE')
  })

  it('is refused when its pixels unpack to more than its header says', () => {
    const bomb = Buffer.concat([
      small.subarray(0, 33),
      chunk('IDAT', deflateSync(new Uint8Array(1 << 24))),
      chunk('IEND', new Uint8Array(0)),
    ])
    expect(refusal(bomb)).toBe('IMAGE_UNREADABLE')
  })

  it('is read without what else it carries: a colour profile that unpacks to sixteen megabytes', () => {
    const profile = Buffer.concat([Buffer.from('bomb\0\0'), deflateSync(new Uint8Array(1 << 24))])
    expect(redsOf(decodePicture(withChunk(small, chunk('iCCP', profile)), step))).toEqual([
      red.slice(0, 4),
      red.slice(4),
    ])
  })
})

describe('EXIF orientation', () => {
  const [a, b, c, d, e, f, g, h] = red
  it.each([
    [
      1,
      [
        [a, b, c, d],
        [e, f, g, h],
      ],
    ],
    [
      2,
      [
        [d, c, b, a],
        [h, g, f, e],
      ],
    ],
    [
      3,
      [
        [h, g, f, e],
        [d, c, b, a],
      ],
    ],
    [
      4,
      [
        [e, f, g, h],
        [a, b, c, d],
      ],
    ],
    [
      5,
      [
        [a, e],
        [b, f],
        [c, g],
        [d, h],
      ],
    ],
    [
      6,
      [
        [e, a],
        [f, b],
        [g, c],
        [h, d],
      ],
    ],
    [
      7,
      [
        [h, d],
        [g, c],
        [f, b],
        [e, a],
      ],
    ],
    [
      8,
      [
        [d, h],
        [c, g],
        [b, f],
        [a, e],
      ],
    ],
    [
      9,
      [
        [a, b, c, d],
        [e, f, g, h],
      ],
    ],
  ])('%i is carried out', (orientation, rows) => {
    expect(redsOf(decodePicture(withChunk(small, chunk('eXIf', exif(orientation))), step))).toEqual(rows)
  })

  it('is carried out in a JPEG too', () => {
    const jpeg = jpegOf({ width: 48, height: 16, data: new Uint8Array(48 * 16 * 4).fill(120) })
    const block = Buffer.concat([Buffer.from('Exif\0\0'), exif(6)])
    const marker = Buffer.from([0xff, 0xe1, 0, block.length + 2])
    const turned = Buffer.concat([jpeg.subarray(0, 2), marker, block, jpeg.subarray(2)])
    expect(decodePicture(turned, step)).toMatchObject({ width: 16, height: 48 })
    expect(lookAtPage({ frame: turned })).toMatchObject({ width: 16, height: 48 })
  })
})

it.each([
  ['grey', { channels: 1, depth: 8, data: Uint8Array.of(0, 100, 200, 255) }, [0, 100, 200, 255]],
  [
    '16-bit colour',
    { channels: 3, depth: 16, data: Uint16Array.of(256, 0, 0, 25600, 0, 0, 51200, 0, 0, 65535, 0, 0) },
    [1, 100, 200, 255],
  ],
  [
    'half transparent',
    { channels: 2, depth: 8, data: Uint8Array.of(0, 255, 100, 255, 0, 0, 0, 51) },
    [0, 100, 255, 204],
  ],
] as const)('a PNG is read as colours on white: %s', (_, pixels, wanted) => {
  const picture = decodePicture(encode({ width: 4, height: 1, ...pixels }), step)
  expect(redsOf(picture)).toEqual([wanted])
})
