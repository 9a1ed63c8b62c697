import { describe, expect, it } from 'vitest'
import { AppError, type FailureCode } from '#domain/failure/index.ts'
import { captureSteps } from '#domain/biometrics/index.ts'
import { decodePng, encodeGrayPng, hasFinger, MOST_SIDE, scaleDown, seeFingers } from '#native/imaging/index.ts'
import { drawNoise, drawPalm, drawText } from '#native/sim/hands/index.ts'
import { createRandom } from '#native/sim/hands/random.ts'
import { plain } from './pictures.ts'

const random = createRandom(3)
const steps = ['right-four', 'two-thumbs', 'flat-right-index', 'rolled-right-index'] as const
const sizes = {
  'right-four': [1600, 1500],
  'two-thumbs': [1600, 1500],
  'flat-right-index': [560, 660],
  'rolled-right-index': [800, 750],
} as const

function codeOf(act: () => unknown): FailureCode | undefined {
  try {
    act()
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
  return undefined
}

describe('an image without anything', () => {
  it.each([
    ['an empty platen', plain(1600, 1500, () => 250 + Math.floor(random() * 7) - 3)],
    ['an empty preview', plain(320, 300, () => 250 + Math.floor(random() * 5) - 2, 100)],
    ['an empty preview at 125 dpi', plain(400, 375, () => 250 + Math.floor(random() * 5) - 2, 125)],
    ['a single pixel', plain(1, 1, () => 0)],
    ['no pixel at all', plain(0, 0, () => 0)],
    ['a narrow strip', plain(3, 900, (at) => (at * 50) & 255)],
    ['a picture of a ramp', plain(800, 800, (at) => (at % 800) >> 2)],
  ])('shows all fingers missing and no problem: %s', (_, image) => {
    for (const step of steps) {
      expect(seeFingers(image, step)).toEqual({ fingers: [], missing: captureSteps[step].fingers })
    }
    expect(hasFinger(image)).toBe(false)
  })
})

describe('an image of something else', () => {
  const things = { palm: drawPalm, 'printed page': drawText, 'pure noise': drawNoise }
  for (const [name, draw] of Object.entries(things)) {
    it.each(steps)(`is not fingers: a ${name} on %s`, (step) => {
      const [width, height] = sizes[step]
      for (const seed of [1, 2]) {
        const image = draw({ seed, width, height })
        for (const factor of [1, 5]) {
          const { fingers, missing, problem } = seeFingers(scaleDown(image, factor), step)
          expect(problem).toBe('not-fingers')
          expect(fingers).toEqual([])
          expect(missing).toEqual(captureSteps[step].fingers)
        }
      }
    })
  }
})

describe('an image that cannot be', () => {
  it('is refused for its size before anything is made of it', () => {
    const huge = { width: 20_000, height: 20_000, dpi: 500, pixels: new Uint8Array() }
    expect(codeOf(() => seeFingers(huge, 'right-four'))).toBe('IMAGE_TOO_LARGE')
    expect(codeOf(() => hasFinger(huge))).toBe('IMAGE_TOO_LARGE')
    const long = { width: MOST_SIDE + 1, height: 1, dpi: 500, pixels: new Uint8Array(MOST_SIDE + 1) }
    expect(codeOf(() => seeFingers(long, 'right-four'))).toBe('IMAGE_TOO_LARGE')
    expect(
      codeOf(() =>
        seeFingers(
          plain(MOST_SIDE, 1, () => 255),
          'right-four',
        ),
      ),
    ).toBeUndefined()
  })

  it('is refused as a file by what its header says', () => {
    const file = Buffer.from(encodeGrayPng(plain(8, 8, () => 0)))
    file.writeUInt32BE(20_000, 16)
    file.writeUInt32BE(20_000, 20)
    expect(codeOf(() => decodePng(file))).toBe('IMAGE_TOO_LARGE')
  })

  it.each([
    ['pixels that are not as many as its size says', { width: 10, height: 10, dpi: 500, pixels: new Uint8Array(99) }],
    ['half a pixel', { width: 2.5, height: 2, dpi: 500, pixels: new Uint8Array(5) }],
    ['no resolution', plain(10, 10, () => 0, 0)],
    ['a resolution that is no number', plain(10, 10, () => 0, Number.NaN)],
    ['a resolution that shows no ridges', plain(10, 10, () => 0, 72)],
    ['a resolution that no scanner has', plain(10, 10, () => 0, 2400)],
  ])('is unreadable with %s', (_, image) => {
    expect(codeOf(() => seeFingers(image, 'right-four'))).toBe('IMAGE_UNREADABLE')
  })
})
