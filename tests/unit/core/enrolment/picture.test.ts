import { inspectPicture, mediaTypeOf } from '#core/enrolment/picture.ts'
import { isFailure, toFailure } from '#domain/failure/index.ts'
import fc from 'fast-check'
import jpeg from 'jpeg-js'
import { describe, expect, test } from 'vitest'
import { inventedPng } from '../../../support/invented.ts'
import { badPictures, inventedJpeg, pngThatClaims } from '../../../support/pictures.ts'

const verdict = (bytes: Uint8Array): string => {
  try {
    return inspectPicture(bytes).mediaType
  } catch (error) {
    return toFailure(error, 'test').code
  }
}

describe('a picture', () => {
  test('as PNG is known by its kind and size', () => {
    expect(inspectPicture(inventedPng(1, 640, 480))).toEqual({ mediaType: 'image/png', width: 640, height: 480 })
  })

  test('as JPEG is known by its kind and size', () => {
    const real = jpeg.encode({ width: 320, height: 200, data: Buffer.alloc(320 * 200 * 4, 99) }, 80).data
    expect(inspectPicture(real)).toEqual({ mediaType: 'image/jpeg', width: 320, height: 200 })
  })

  test('from a camera that adds a few bytes after the end is taken', () => {
    expect(verdict(Buffer.concat([inventedJpeg(640, 480), Buffer.alloc(32)]))).toBe('image/jpeg')
  })

  test('is read where it lies within a larger buffer', () => {
    const png = inventedPng(1, 30, 20)
    const room = new Uint8Array(png.length + 20)
    room.set(png, 10)
    expect(inspectPicture(room.subarray(10, 10 + png.length))).toMatchObject({ width: 30, height: 20 })
  })

  test('of the largest camera is taken, a larger one not', () => {
    expect(verdict(pngThatClaims(10_000, 6000))).toBe('image/png')
    expect(verdict(pngThatClaims(10_000, 6001))).toBe('IMAGE_TOO_LARGE')
  })

  test.each(badPictures)('that is $what is refused with $code', ({ bytes, code }) => {
    expect(verdict(bytes())).toBe(code)
  })
})

test('whatever the bytes, the answer is a size within bounds or one of the two failures, and says nothing of the content', () => {
  const start = fc.constantFrom(
    [],
    [...inventedPng(1).subarray(0, 33)],
    [0xff, 0xd8],
    [...inventedJpeg(9, 9).subarray(0, 90)],
  )
  const end = fc.constantFrom([], [...inventedPng(1).subarray(-12)], [0xff, 0xd9])
  const anyPicture = fc
    .tuple(start, fc.uint8Array({ maxLength: 300 }), end)
    .map(([head, body, tail]) => Uint8Array.from([...head, ...body, ...tail]))
  let refused = 0
  fc.assert(
    fc.property(anyPicture, (bytes) => {
      try {
        const { width, height } = inspectPicture(bytes)
        expect(width * height).toBeGreaterThan(0)
        expect(width * height).toBeLessThanOrEqual(60_000_000)
      } catch (error) {
        refused++
        const failure = toFailure(error, 'test')
        expect(isFailure(failure) && ['IMAGE_UNREADABLE', 'IMAGE_TOO_LARGE'].includes(failure.code)).toBe(true)
        expect(Object.values(failure.context).every((value) => typeof value === 'number')).toBe(true)
      }
    }),
    { numRuns: 3000 },
  )
  expect(refused).toBeGreaterThan(100)
})

test('the kind of a stored picture is told by its first bytes', () => {
  expect([inventedPng(1), inventedJpeg(8, 8), Buffer.from('{}')].map((bytes) => mediaTypeOf(bytes))).toEqual([
    'image/png',
    'image/jpeg',
    'application/octet-stream',
  ])
})
