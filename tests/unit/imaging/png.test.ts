import { decode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { decodePng, encodeGrayPng, scaleDown } from '#native/imaging/index.ts'

const image = {
  width: 31,
  height: 17,
  dpi: 500,
  pixels: Uint8Array.from({ length: 31 * 17 }, (_, at) => (at * 37) >> 2),
}

describe('a grey PNG', () => {
  it.each([0, 1, 6, 9])('written at level %i is read by another library with the same pixels and 500 dpi', (level) => {
    const read = decode(encodeGrayPng(image, level), { checkCrc: true })
    expect(read).toMatchObject({
      width: 31,
      height: 17,
      depth: 8,
      channels: 1,
      resolution: { x: 19685, y: 19685, unit: 1 },
    })
    expect(new Uint8Array(read.data)).toEqual(image.pixels)
    expect(decodePng(encodeGrayPng(image, level))).toEqual(image)
  })

  it.each([
    ['no bytes', new Uint8Array(0)],
    ['a text', new TextEncoder().encode('not a picture')],
    ['half a file', encodeGrayPng(image).subarray(0, 80)],
  ])('is called unreadable when it is %s', (_, bytes) => {
    expect(() => decodePng(bytes)).toThrow(expect.objectContaining({ code: 'IMAGE_UNREADABLE' }))
  })
})

describe('a smaller image', () => {
  it('holds the means of its squares and the smaller resolution', () => {
    const small = scaleDown(
      { width: 5, height: 4, dpi: 500, pixels: Uint8Array.from({ length: 20 }, (_, at) => at * 10) },
      2,
    )
    // Means of 0 10 50 60, 20 30 70 80, 100 110 150 160, 120 130 170 180.
    expect(small).toEqual({ width: 2, height: 2, dpi: 250, pixels: Uint8Array.of(30, 50, 130, 150) })
  })
})
