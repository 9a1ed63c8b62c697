import { describe, expect, it } from 'vitest'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { fingerQuality, measureFinger, scaleDown, seeFingers } from '#native/imaging/index.ts'
import { drawSlap } from '#native/sim/hands/index.ts'
import { createRandom } from '#native/sim/hands/random.ts'

const step = 'right-four'

function qualities(image: GrayImage): number[] {
  return seeFingers(image, step).fingers.map(({ quality }) => quality)
}

/** Each finger of each image is worse than the same finger of the image before. */
function expectFalling(images: readonly GrayImage[]): void {
  const rows = images.map(qualities)
  for (const row of rows) expect(row).toHaveLength(4)
  for (let at = 1; at < rows.length; at++) {
    for (let finger = 0; finger < 4; finger++) expect(rows[at]![finger]!).toBeLessThan(rows[at - 1]![finger]!)
  }
}

describe('the quality of a finger', () => {
  const good = drawSlap({ seed: 21, step })

  it('is high for clean prints and the whole range lies between 0 and 100', () => {
    for (const quality of qualities(good)) expect(quality).toBeGreaterThan(80)
    for (const quality of qualities(good)) expect(quality).toBeLessThanOrEqual(100)
  })

  it('falls as the skin gets drier', () => {
    expectFalling([0.1, 0.5, 0.8, 1].map((dryness) => drawSlap({ seed: 22, step, dryness })))
  })

  it('falls as the fingers are pressed less', () => {
    expectFalling([0.6, 0.35, 0.1].map((pressure) => drawSlap({ seed: 23, step, pressure })))
  })

  it('falls when noise covers the ridges', () => {
    const noisy = (share: number): GrayImage => {
      const random = createRandom(5)
      const pixels = good.pixels.map((value) => (random() < share ? Math.floor(random() * 256) : value))
      // Only where skin is: the white around it stays white.
      return { ...good, pixels: pixels.map((value, at) => (good.pixels[at]! > 244 ? good.pixels[at]! : value)) }
    }
    expectFalling([noisy(0), noisy(0.15), noisy(0.4)])
  })

  it('says below 40 of dry fingers that hardly touch, in the preview too', () => {
    const poor = drawSlap({ seed: 24, step, pressure: 0.15, dryness: 0.95 })
    for (const quality of [...qualities(poor), ...qualities(scaleDown(poor, 4))]) expect(quality).toBeLessThan(40)
  })

  it('is judged for each finger by itself', () => {
    const dry = drawSlap({ seed: 21, step, dryness: 1, pressure: 0.3 })
    const half = { ...good, pixels: good.pixels.map((value, at) => (at % 1600 < 800 ? value : dry.pixels[at]!)) }
    const mixed = qualities(half)
    expect(Math.min(mixed[0]!, mixed[1]!)).toBeGreaterThan(80)
    expect(Math.max(mixed[2]!, mixed[3]!)).toBeLessThan(50)
  })

  it('is nearly the same in the preview as in the full image', () => {
    const [full, small] = [qualities(good), qualities(scaleDown(good, 4))]
    for (let at = 0; at < 4; at++) expect(Math.abs(full[at]! - small[at]!)).toBeLessThan(12)
  })

  it('is 0 where no skin is', () => {
    const area = { box: { x: 5, y: 5, width: 200, height: 300 }, angle: 0 }
    expect(fingerQuality(good, area)).toBe(0)
  })

  it('finds no direction in noise that has the contrast of a print', () => {
    const random = createRandom(9)
    const noise = { ...good, pixels: good.pixels.map(() => (random() < 0.4 ? 40 : 240)) }
    const area = { box: { x: 400, y: 400, width: 300, height: 450 }, angle: 0 }
    expect(measureFinger(noise, area).coherence).toBeLessThan(0.3)
    expect(fingerQuality(noise, area)).toBeLessThan(20)
  })
})
