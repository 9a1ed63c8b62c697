import { describe, expect, it } from 'vitest'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { ghostLevels, measurePlaten, measurePrint, targetDpi } from '#native/imaging/index.ts'
import { createRandom } from '#native/sim/hands/random.ts'

const size = { width: 320, height: 300 } as const

/** A picture whose grey is given by place, with a sensor's noise. */
function picture(grey: (x: number, y: number) => number, seed = 1, dpi = 100): GrayImage {
  const random = createRandom(seed)
  const pixels = new Uint8Array(size.width * size.height)
  for (let at = 0; at < pixels.length; at++) {
    const value = grey(at % size.width, Math.floor(at / size.width)) + Math.floor(random() * 5) - 2
    pixels[at] = Math.max(0, Math.min(255, value))
  }
  return { ...size, dpi, pixels }
}

const frames = (grey: (x: number, y: number) => number) => [1, 2, 3, 4].map((seed) => picture(grey, seed))

describe('the empty glass', () => {
  it('has neither dead lines nor dirt when it is clean', () => {
    expect(measurePlaten(frames(() => 250))).toMatchObject({ deadLines: 0, dirtShare: 0, paper: 250 })
  })

  it('may be lit unevenly and still be clean', () => {
    expect(measurePlaten(frames((x, y) => 246 - Math.hypot(x - 160, y - 150) / 12))).toMatchObject({
      deadLines: 0,
      dirtShare: 0,
    })
  })

  it('shows each dead column and row, at the edge, too', () => {
    const dead = (x: number, y: number) => (x === 100 || x === 0 || x === 240 || y === 77 ? 200 : 250)
    expect(measurePlaten(frames(dead))).toMatchObject({ deadLines: 4, dirtShare: 0 })
  })

  it('shows a line that is dead for half of its length as dirt, not as dead', () => {
    expect(measurePlaten(frames((x, y) => (x === 100 && y < 150 ? 180 : 250)))?.deadLines).toBe(0)
  })

  it('shows dirt by the share of the glass that it covers', () => {
    const measures = measurePlaten(frames((x, y) => (x >= 40 && x < 72 && y >= 40 && y < 70 ? 170 : 250)))
    expect(measures?.dirtShare).toBeCloseTo(0.01, 3)
    expect(measures?.deadLines).toBe(0)
  })

  it('is not measured without a frame', () => {
    expect(measurePlaten([])).toBeUndefined()
  })
})

describe('a print', () => {
  const ridges = (mm: number, from: number, to: number, dpi = 500) =>
    picture((x) => (from + to) / 2 + ((to - from) / 2) * Math.sin((2 * Math.PI * x * 25.4) / dpi / mm), 1, dpi)

  it.each([0.4, 0.48, 0.6])('of ridges %s mm apart says so', (mm) => {
    const measured = measurePrint(ridges(mm, 60, 230))?.ridgePeriodMm ?? 0
    expect(Math.abs(measured / mm - 1)).toBeLessThan(0.08)
  })

  it('of a sensor with another resolution than it says has impossible ridges', () => {
    // 1000 dpi, and said to be 500.
    const { pixels } = ridges(0.48, 60, 230, 1000)
    expect(measurePrint({ ...size, dpi: 500, pixels })?.ridgePeriodMm).toBeGreaterThan(0.8)
  })

  it('tells its contrast in grey levels', () => {
    expect(measurePrint(ridges(0.48, 60, 230))?.contrastLevels).toBeGreaterThan(140)
    expect(measurePrint(ridges(0.48, 200, 228))?.contrastLevels).toBeLessThan(35)
  })

  it('is not there on an empty glass', () => {
    expect(measurePrint(picture(() => 250))).toBeUndefined()
  })
})

describe('the ghost of a print', () => {
  const isFinger = (x: number, y: number) => Math.hypot(x - 160, (y - 150) / 1.4) < 60
  const before = picture(() => 250)
  const finger = picture((x, y) => (isFinger(x, y) && x % 4 < 2 ? 90 : 250), 2)

  it('is as dark as what stays where the ridges were', () => {
    const after = picture((x, y) => (isFinger(x, y) && x % 4 < 2 ? 238 : 250), 3)
    expect(ghostLevels(before, finger, after)).toBeCloseTo(12, 0)
  })

  it('is nothing when the glass is as before, or darker everywhere', () => {
    expect(
      Math.abs(
        ghostLevels(
          before,
          finger,
          picture(() => 250, 4),
        ) ?? 99,
      ),
    ).toBeLessThan(1)
    expect(
      Math.abs(
        ghostLevels(
          before,
          finger,
          picture(() => 235, 4),
        ) ?? 99,
      ),
    ).toBeLessThan(1)
  })

  it('is not measured without a finger', () => {
    expect(ghostLevels(before, before, before)).toBeUndefined()
  })
})

describe('the target', () => {
  const square = (side: number, dpi = 100) =>
    picture(
      (x, y) => {
        const cover = (at: number, from: number) => Math.max(0, Math.min(1, at + 1 - from, from + side - at))
        return 250 - 210 * cover(x, 90.3) * cover(y, 110.6)
      },
      1,
      dpi,
    )

  it.each([95, 100, 108])('of 10 mm tells that there are %s pixels to the inch', (dpi) => {
    expect(targetDpi(square((10 / 25.4) * dpi))).toBeCloseTo(dpi, 0)
  })

  it('is not seen in an empty glass, a finger or a square of another size', () => {
    expect(targetDpi(picture(() => 250))).toBeUndefined()
    expect(targetDpi(picture((x, y) => (Math.hypot(x - 160, y - 150) < 30 ? 40 : 250)))).toBeUndefined()
    expect(targetDpi(square(100))).toBeUndefined()
  })
})
