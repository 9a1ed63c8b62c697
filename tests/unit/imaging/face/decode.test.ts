import { encode } from 'fast-png'
import { describe, expect, test } from 'vitest'
import { decodePicture, type ColourImage } from '#native/imaging/face/index.ts'
import { badPictures, inventedJpeg, pngThatClaims } from '../../../support/pictures.ts'
import { withOrientation } from './orientation.ts'
import { asJpeg } from './samples.ts'

const code = (bytes: Uint8Array) => {
  try {
    decodePicture(bytes, 'test')
    return 'read'
  } catch (error) {
    return (error as { code?: string }).code
  }
}

test.each(badPictures)('$what is refused as $code', ({ bytes, code: wanted }) => {
  expect(code(bytes())).toBe(wanted)
})

test.each([
  ['a JPEG that says it has 200 megapixels', () => inventedJpeg(20_000, 10_000)],
  ['a PNG that says it has 200 megapixels', () => pngThatClaims(20_000, 10_000)],
  ['a JPEG as wide as a header can say', () => inventedJpeg(65_535, 100)],
])('%s is refused before it is unpacked', (_, bytes) => {
  const before = process.memoryUsage().arrayBuffers
  expect(code(bytes())).toBe('IMAGE_TOO_LARGE')
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * 2 ** 20)
})

test('a small PNG that unpacks to far more than its size is refused', () => {
  const bomb = encode({ width: 20_000, height: 4000, data: new Uint8Array(80_000_000), channels: 1 })
  const header = new DataView(bomb.buffer, bomb.byteOffset)
  header.setUint32(16, 64)
  header.setUint32(20, 64)
  expect(code(bomb)).toMatch(/^IMAGE_(UNREADABLE|TOO_LARGE)$/)
})

/** 32 × 24: red at the upper left, green at the upper right, blue at the lower left, white elsewhere. */
const corners: ColourImage = (() => {
  const pixels = new Uint8Array(32 * 24 * 3).fill(255)
  const paint = (left: number, top: number, colour: readonly number[]) => {
    for (let y = top; y < top + 8; y++) for (let x = left; x < left + 8; x++) pixels.set(colour, (y * 32 + x) * 3)
  }
  paint(0, 0, [255, 0, 0])
  paint(24, 0, [0, 255, 0])
  paint(0, 16, [0, 0, 255])
  return { width: 32, height: 24, pixels }
})()

/** Where red, green and blue are, as `upper left` and so on. */
function places({ width, height, pixels }: ColourImage): readonly string[] {
  const at = (right: boolean, lower: boolean) => ((lower ? height - 4 : 4) * width + (right ? width - 4 : 4)) * 3
  const spots = [false, true].flatMap((lower) =>
    [false, true].map((right) => ({ right, lower, from: at(right, lower) })),
  )
  return [0, 1, 2].map((part) => {
    const spot = spots.find(({ from }) => pixels[from + part]! > 180 && pixels[from + ((part + 1) % 3)]! < 80)
    return spot ? `${spot.lower ? 'lower' : 'upper'} ${spot.right ? 'right' : 'left'}` : 'nowhere'
  })
}

describe('the way up', () => {
  test.each([
    [1, ['upper left', 'upper right', 'lower left']],
    [2, ['upper right', 'upper left', 'lower right']],
    [3, ['lower right', 'lower left', 'upper right']],
    [4, ['lower left', 'lower right', 'upper left']],
    [5, ['upper left', 'lower left', 'upper right']],
    [6, ['upper right', 'lower right', 'upper left']],
    [7, ['lower right', 'upper right', 'lower left']],
    [8, ['lower left', 'upper left', 'lower right']],
  ] as const)('Exif orientation %i is honoured', (orientation, wanted) => {
    for (const little of [true, false]) {
      const picture = decodePicture(withOrientation(asJpeg(corners), orientation, little), 'test')
      expect(places(picture)).toEqual(wanted)
      expect(picture.width > picture.height).toBe(orientation < 5)
    }
  })

  test.each([0, 9, 65_535])('an orientation of %i means nothing', (orientation) => {
    expect(places(decodePicture(withOrientation(asJpeg(corners), orientation), 'test'))[0]).toBe('upper left')
  })
})

describe('PNG', () => {
  test('colour, grey, transparency and 16 bits come out as the same colours', () => {
    const grey = new Uint8Array(32 * 24).fill(90)
    const seen = (options: Parameters<typeof encode>[0]) => [
      ...decodePicture(encode(options), 'test').pixels.subarray(0, 3),
    ]
    expect(seen({ width: 32, height: 24, data: corners.pixels, channels: 3 })).toEqual([255, 0, 0])
    expect(seen({ width: 32, height: 24, data: grey, channels: 1 })).toEqual([90, 90, 90])
    expect(seen({ width: 32, height: 24, data: new Uint8Array(32 * 24 * 4), channels: 4 })).toEqual([255, 255, 255])
    const deep = new Uint16Array(32 * 24).fill(90 * 257)
    expect(seen({ width: 32, height: 24, data: deep, channels: 1, depth: 16 })).toEqual([90, 90, 90])
  })
})
