import { describe, expect, it } from 'vitest'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { fingerQuality, measureFinger, scaleDown, seeFingers } from '#native/imaging/index.ts'
import { drawFinger, drawSlap, type FingerRequest } from '#native/sim/hands/index.ts'
import { createRandom } from '#native/sim/hands/random.ts'

const finger = 'right-middle'
const draw = (request: Partial<FingerRequest> = {}) => drawFinger({ seed: 11, finger, impression: 'flat', ...request })

function quality(image: GrayImage): number {
  return seeFingers(image, `flat-${finger}`).fingers[0]?.quality ?? 0
}

/** Each image is worse than the one before, in the preview too. */
function expectFalling(images: readonly GrayImage[]): void {
  for (const factor of [1, 5]) {
    const found = images.map((image) => quality(scaleDown(image, factor)))
    for (let at = 1; at < found.length; at++) expect(found[at]!).toBeLessThan(found[at - 1]!)
  }
}

function noisy(image: GrayImage, share: number): GrayImage {
  const random = createRandom(5)
  // Only where skin is: the white around it stays white.
  return {
    ...image,
    pixels: image.pixels.map((value) => (value < 244 && random() < share ? Math.floor(random() * 256) : value)),
  }
}

/** Rank correlation after Spearman, for values without ties. */
function rankCorrelation(one: readonly number[], other: readonly number[]): number {
  const ranks = (values: readonly number[]) => values.map((value) => values.filter((each) => each < value).length)
  const [a, b] = [ranks(one), ranks(other)]
  const squares = a.reduce((sum, rank, at) => sum + (rank - b[at]!) ** 2, 0)
  return 1 - (6 * squares) / (a.length * (a.length ** 2 - 1))
}

describe('the quality of a finger', () => {
  it('is high for clean prints and the whole range lies between 0 and 100', () => {
    for (const impression of ['flat', 'rolled'] as const) {
      const image = drawFinger({ seed: 12, finger, impression })
      const [found] = seeFingers(image, `${impression}-${finger}`).fingers
      expect(found!.quality).toBeGreaterThan(85)
      expect(found!.quality).toBeLessThanOrEqual(100)
    }
  })

  it('falls as the skin gets drier, wetter and more worn', () => {
    expectFalling([0.1, 0.5, 0.8, 1].map((dryness) => draw({ dryness })))
    expectFalling([0, -0.6, -1].map((dryness) => draw({ dryness })))
    expectFalling([0, 0.5, 1].map((wear) => draw({ wear })))
  })

  it('falls as the finger is pressed less, slides more or touches in fewer places', () => {
    expectFalling([0.6, 0.35, 0.1].map((pressure) => draw({ pressure })))
    expectFalling([0, 0.3, 0.6, 1].map((smear) => draw({ smear })))
    expectFalling([0, 0.3, 0.6].map((partial) => draw({ partial })))
  })

  it('falls when noise covers the ridges', () => {
    expectFalling([0, 0.05, 0.12].map((share) => noisy(draw(), share)))
  })

  it('has the order of what was done to the skin, over people and fingers', () => {
    const random = createRandom(77)
    for (const harm of ['pressure', 'dryness'] as const) {
      const planted: number[] = []
      const found: Record<number, number[]> = { 1: [], 5: [] }
      for (let at = 0; at < 24; at++) {
        const share = random()
        planted.push(-share)
        const image = draw({
          seed: 11 + (at % 3),
          attempt: at,
          ...(harm === 'pressure' ? { pressure: 0.65 * (1 - share) } : { dryness: 0.15 + 0.85 * share }),
        })
        // A hair of difference keeps equal figures apart without changing an order.
        for (const factor of [1, 5]) found[factor]!.push(quality(scaleDown(image, factor)) + at * 1e-6)
      }
      for (const factor of [1, 5]) expect(rankCorrelation(planted, found[factor]!)).toBeGreaterThan(0.8)
    }
  })

  it('says below 40 of a dry finger that hardly touches, in the preview too', () => {
    const poor = draw({ pressure: 0.15, dryness: 0.95 })
    for (const factor of [1, 5]) expect(quality(scaleDown(poor, factor))).toBeLessThan(40)
  })

  it('is judged for each finger by itself', () => {
    const good = drawSlap({ seed: 11, step: 'right-four' })
    const dry = drawSlap({ seed: 11, step: 'right-four', dryness: 1, pressure: 0.3 })
    const half = { ...good, pixels: good.pixels.map((value, at) => (at % 1600 < 800 ? value : dry.pixels[at]!)) }
    const mixed = seeFingers(half, 'right-four').fingers.map((each) => each.quality)
    expect(Math.min(mixed[0]!, mixed[1]!)).toBeGreaterThan(80)
    expect(Math.max(mixed[2]!, mixed[3]!)).toBeLessThan(50)
  })

  it('is nearly the same in the preview as in the full image', () => {
    for (const request of [{}, { pressure: 0.2 }, { dryness: 0.7 }]) {
      const image = draw(request)
      expect(Math.abs(quality(image) - quality(scaleDown(image, 5)))).toBeLessThan(12)
    }
  })

  it('is 0 where no skin is', () => {
    expect(fingerQuality(draw(), { box: { x: 5, y: 5, width: 60, height: 80 }, angle: 0 })).toBe(0)
  })

  it('finds neither direction nor lines in noise that has the contrast of a print', () => {
    const random = createRandom(9)
    const image = draw()
    const noise = { ...image, pixels: image.pixels.map(() => (random() < 0.4 ? 40 : 240)) }
    const area = { box: { x: 100, y: 100, width: 300, height: 450 }, angle: 0 }
    expect(measureFinger(noise, area).coherence).toBeLessThan(0.3)
    expect(measureFinger(noise, area).clarity).toBeLessThan(0.3)
    expect(measureFinger(noise, area).ridges).toBeLessThan(0.1)
    expect(fingerQuality(noise, area)).toBeLessThan(20)
  })
})
