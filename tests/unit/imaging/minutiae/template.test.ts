import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { decodeTemplate, encodeTemplate, type Minutiae } from '#native/imaging/minutiae/index.ts'

const minutiae: Minutiae = {
  width: 400,
  height: 500,
  dpi: 500,
  points: [
    { x: 10, y: 20, angle: 45, type: 'ending', quality: 80 },
    { x: 399, y: 499, angle: 180, type: 'bifurcation', quality: 1 },
  ],
}
const facts = { position: 2, impression: 0, quality: 66 } as const
const whole = encodeTemplate(minutiae, facts)

/** The record with some bytes changed. */
const changed = (at: number, ...bytes: number[]) => {
  const copy = whole.slice()
  copy.set(bytes, at)
  return copy
}

function reasonOf(bytes: Uint8Array): unknown {
  try {
    decodeTemplate(bytes)
  } catch (error) {
    if (error instanceof AppError && error.code === 'IMAGE_UNREADABLE') return error.context['reason']
    throw error
  }
  return undefined
}

const anyMinutiae = fc
  .record({ width: fc.integer({ min: 1, max: 0xffff }), height: fc.integer({ min: 1, max: 0xffff }) })
  .chain(({ width, height }) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      dpi: fc.constantFrom(500, 508),
      points: fc.array(
        fc.record({
          x: fc.integer({ min: 0, max: Math.min(width - 1, 0x3fff) }),
          y: fc.integer({ min: 0, max: Math.min(height - 1, 0x3fff) }),
          angle: fc.integer({ min: 0, max: 255 }).map((unit) => (unit * 360) / 256),
          type: fc.constantFrom('ending' as const, 'bifurcation' as const),
          quality: fc.integer({ min: 0, max: 100 }),
        }),
        { maxLength: 255 },
      ),
    }),
  )

describe('reading a template', () => {
  it('gives back what was written', () => {
    fc.assert(
      fc.property(
        anyMinutiae,
        fc.integer({ min: 1, max: 10 }),
        fc.constantFrom(0 as const, 1 as const),
        fc.integer({ min: 0, max: 100 }),
        (made, position, impression, quality) => {
          const read = decodeTemplate(encodeTemplate(made, { position, impression, quality }))
          expect(read).toEqual({ ...made, position, impression, quality })
        },
      ),
    )
  })

  it('refuses a record that is cut anywhere', () => {
    for (let length = 0; length < whole.length; length++) expect(reasonOf(whole.slice(0, length))).toBeTypeOf('string')
  })

  it('refuses a record that is longer than it says', () => {
    expect(reasonOf(Uint8Array.of(...whole, 0))).toBe('length does not agree')
  })

  it('refuses a record whose length, counts or extended data lie', () => {
    expect(reasonOf(changed(8, 0xff, 0xff, 0xff, 0xff))).toBe('length does not agree')
    expect(reasonOf(changed(27, 255))).toBe('fewer minutiae than it says')
    expect(reasonOf(changed(27, 1))).toBe('extended data does not agree')
    expect(reasonOf(changed(whole.length - 2, 0xff, 0xff))).toBe('extended data does not agree')
  })

  it('refuses other formats, several views, sizes and resolutions that mean nothing', () => {
    expect(reasonOf(changed(0, 0x46, 0x49, 0x52))).toBe('not a finger minutiae record of version 2.0')
    expect(reasonOf(changed(5, 0x33))).toBe('not a finger minutiae record of version 2.0')
    expect(reasonOf(changed(22, 2))).toBe('not one finger view')
    expect(reasonOf(changed(14, 0, 0))).toBe('no size')
    expect(reasonOf(changed(18, 0, 0))).toBe('no resolution, or two')
    expect(reasonOf(changed(18, 0, 98))).toBe('no resolution, or two')
    expect(reasonOf(changed(24, 11))).toBe('unknown finger position')
    expect(reasonOf(changed(25, 8))).toBe('not a live-scan impression')
  })

  it('refuses minutiae outside the image, of unknown type, or better than 100', () => {
    expect(reasonOf(changed(28, 0x41, 0x90))).toBe('a minutia outside the image')
    expect(reasonOf(changed(28, 0x00))).toBe('a minutia that is neither ending nor bifurcation')
    expect(reasonOf(changed(33, 101))).toBe('quality of a minutia over 100')
  })

  it('skips extended data', () => {
    const longer = Uint8Array.of(...whole.slice(0, -2), 0, 4, 1, 2, 3, 4)
    longer[11] = longer.length
    expect(decodeTemplate(longer).points).toEqual(minutiae.points)
  })

  it('never fails in any other way, whatever the bytes', () => {
    const start = whole.slice(0, 8)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, named) => {
        const record = named ? Uint8Array.of(...start, 0, 0, 0, bytes.length + 12, ...bytes) : bytes
        try {
          const { points, width, height } = decodeTemplate(record)
          for (const { x, y } of points) expect(x < width && y < height).toBe(true)
        } catch (error) {
          expect(error).toMatchObject({ code: 'IMAGE_UNREADABLE' })
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('reads a record in the middle of a larger buffer, and nothing around it', () => {
    const buffer = Uint8Array.of(9, 9, 9, ...whole, 9, 9)
    expect(decodeTemplate(buffer.subarray(3, 3 + whole.length))).toEqual(decodeTemplate(whole))
  })
})

describe('writing a template', () => {
  it('refuses what the format cannot hold', () => {
    const [first] = minutiae.points
    expect(() => encodeTemplate(minutiae, { ...facts, position: 11 })).toThrow(RangeError)
    expect(() => encodeTemplate(minutiae, { ...facts, quality: 66.5 })).toThrow(RangeError)
    expect(() => encodeTemplate({ ...minutiae, width: 70_000 }, facts)).toThrow(RangeError)
    expect(() => encodeTemplate({ ...minutiae, dpi: 0 }, facts)).toThrow(RangeError)
    expect(() => encodeTemplate({ ...minutiae, points: [{ ...first!, x: 400 }] }, facts)).toThrow(RangeError)
  })
})
