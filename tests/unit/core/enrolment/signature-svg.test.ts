import type { CallInput } from '#contract/index.ts'
import { contract } from '#contract/index.ts'
import { signatureSvg } from '#core/enrolment/signature-svg.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { signature } from '../../../support/citizen.ts'

type Strokes = CallInput<'sign'>['strokes']

const svgOf = (strokes: Strokes, pointer: 'pen' | 'touch' | 'mouse' = 'pen') =>
  signatureSvg({ width: 600, height: 200, strokes, pointer })

const point = (x: number, y: number, t: number, pressure: number) => ({ x, y, t, pressure })

/** What is in it, by the plainest reading: nothing else may be there. */
function read(svg: string) {
  const whole =
    /^<svg( [a-z][a-zA-Z-]*="[^"<>&]*")+>((?:<path d="[^"<>&]*" data-t="[^"<>&]*" data-pressure="[^"<>&]*"\/>)*)<\/svg>$/u
  const paths = whole.exec(svg)?.[2]
  if (paths === undefined) throw new Error(`not of this shape: ${svg}`)
  return [...paths.matchAll(/d="(.*?)" data-t="(.*?)" data-pressure="(.*?)"/gu)].map(
    ([, d = '', times = '', pressures = '']) => ({ d, times: times.split(' '), pressures: pressures.split(' ') }),
  )
}

describe('the vector of a signature', () => {
  test('has a path for each stroke, through its points, with their times and pressures', () => {
    const svg = svgOf([
      [point(1, 2, 0, 0.5), point(30.12345, 20, 40, 0.6), point(31, 21, 48, 1)],
      [point(5, 5, 300, 0.25), point(6, 5, 308, 0.25)],
    ])
    expect(read(svg)).toEqual([
      { d: 'M1 2L30.123 20L31 21', times: ['0', '40', '48'], pressures: ['0.5', '0.6', '1'] },
      { d: 'M5 5L6 5', times: ['300', '308'], pressures: ['0.25', '0.25'] },
    ])
    expect(svg).toContain('viewBox="0 0 600 200" width="600" height="200"')
    expect(svg).toContain('data-pointer="pen"')
  })

  test('shows a dot, as a line of no length with round ends', () => {
    const svg = svgOf([[point(10, 20, 0, 1)]])
    expect(read(svg)).toEqual([{ d: 'M10 20l0 0', times: ['0'], pressures: ['1'] }])
    expect(svg).toContain('stroke-linecap="round"')
  })

  test('leaves out a stroke without a point', () => {
    expect(read(svgOf([[], [point(1, 1, 0, 1), point(2, 2, 1, 1)], []]))).toHaveLength(1)
  })

  test('whatever the numbers are, is of the same shape, and every number is one that SVG can read', () => {
    const number = fc.oneof(
      fc.double(),
      fc.constantFrom(-0, 1e308, -1e308, 5e-324, Number.MAX_SAFE_INTEGER, Infinity, -Infinity),
    )
    const usable = fc.oneof(
      number.filter((value) => !Number.isNaN(value)),
      fc.integer(),
    )
    const stroke = fc.array(
      fc.record({ x: usable, y: usable, t: usable, pressure: fc.double({ min: 0, max: 1, noNaN: true }) }),
      { minLength: 1, maxLength: 20 },
    )
    fc.assert(
      fc.property(fc.array(stroke, { minLength: 1, maxLength: 8 }), (strokes) => {
        const paths = read(svgOf(strokes))
        expect(paths).toHaveLength(strokes.length)
        for (const [at, { d, times, pressures }] of paths.entries()) {
          const points = strokes[at]?.length
          expect([times.length, pressures.length, d.match(/[ML]/gu)?.length]).toEqual([points, points, points])
          for (const value of [...times, ...pressures, ...d.replace(/l0 0$/u, '').split(/[ML ]/u).slice(1)])
            expect(value).toMatch(/^-?\d+(?:\.\d+)?(?:e-?\d+)?$/u)
        }
      }),
    )
  })
})

test.each([
  ['NaN', { x: NaN }],
  ['an endless number', { y: Infinity }],
  ['a text', { x: '1"/><script>' }],
  ['a pressure above one', { pressure: 1.01 }],
  ['a pressure below nothing', { pressure: -0.01 }],
  ['a point with more to it', { colour: 'red' }],
])('%s in a stroke is refused before anything is drawn', (_what, odd) => {
  const strokes = [[{ ...point(1, 1, 0, 1), ...odd }]]
  expect(contract.sign.input.safeParse(signature).success).toBe(true)
  expect(contract.sign.input.safeParse({ ...signature, strokes }).success).toBe(false)
})
