import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeTemplate, extractMinutiae, type Minutiae, type TemplateFacts } from '#native/imaging/minutiae/index.ts'
import { drawFinger } from '#native/sim/hands/index.ts'
import { readAll, readFmr, type TemplateRead } from './reading.ts'

/** Angles come back in steps of 360/256 degrees. */
const angleStep = 360 / 256

const minutiae = fc
  .tuple(fc.integer({ min: 50, max: 900 }), fc.integer({ min: 50, max: 900 }))
  .chain(([width, height]): fc.Arbitrary<Minutiae> =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      dpi: fc.constantFrom(500, 508, 1000),
      points: fc.array(
        fc.record({
          x: fc.integer({ min: 0, max: width - 1 }),
          y: fc.integer({ min: 0, max: height - 1 }),
          angle: fc.double({ min: 0, max: 359.9, noNaN: true }),
          type: fc.constantFrom('ending', 'bifurcation'),
          quality: fc.integer({ min: 0, max: 100 }),
        }),
        { maxLength: 255, size: 'max' },
      ),
    }),
  )

const facts: fc.Arbitrary<TemplateFacts> = fc.record({
  position: fc.integer({ min: 0, max: 10 }),
  impression: fc.constantFrom(0, 1),
  quality: fc.integer({ min: 0, max: 100 }),
})

test('an independent reader finds in any template the minutiae that were put in', () => {
  const samples = fc.sample(fc.tuple(minutiae, facts), { numRuns: 60, seed: 20261121 })
  const files = samples.map(([of, said]) => encodeTemplate(of, said))
  const read = readAll('read_fmr.py', files) as readonly TemplateRead[]
  for (const [index, [of, said]] of samples.entries()) {
    const template = read[index]
    const perCm = Math.round(of.dpi / 2.54)
    expect(template).toMatchObject({ width: of.width, height: of.height, resolution: [perCm, perCm] })
    expect(template?.views).toHaveLength(1)
    expect(template?.views[0]).toMatchObject({ ...said, view: 0, extended: [] })
    const found = template?.views[0]?.minutiae ?? []
    expect(found.map(({ angle: _, ...rest }) => rest)).toEqual(of.points.map(({ angle: _, ...rest }) => rest))
    for (const [at, { angle }] of of.points.entries()) {
      const apart = Math.abs((((found[at]?.angle ?? NaN) - angle + 540) % 360) - 180)
      expect(apart).toBeLessThanOrEqual(angleStep / 2 + 1e-9)
    }
  }
})

test('the template of a print that was drawn is read', () => {
  const image = drawFinger({ seed: 11, finger: 'right-index', impression: 'flat' })
  const found = extractMinutiae(image)
  const read = readFmr(encodeTemplate(found, { position: 2, impression: 0, quality: 60 }))
  expect(found.points.length).toBeGreaterThan(10)
  expect(read.views[0]?.minutiae).toHaveLength(found.points.length)
})
