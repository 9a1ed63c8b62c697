import { describe, expect, it } from 'vitest'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import {
  createOrientationField,
  drawFinger,
  drawSlap,
  masterPrint,
  placeFingers,
  type FingerRequest,
  type Pattern,
} from '#native/sim/hands/index.ts'
import { createRandom } from '#native/sim/hands/random.ts'
import { centreOf, sameRidges } from './alike.ts'

const still = { rotation: 0, shift: { x: 0, y: 0 } } as const
const draw = (more: Partial<FingerRequest> = {}) =>
  drawFinger({ seed: 4, finger: 'right-index', impression: 'flat', ...still, ...more })

/** Square millimetres that are darker than skin in a valley. */
function ink({ pixels, dpi }: GrayImage): number {
  return pixels.filter((value) => value < 170).length * (25.4 / dpi) ** 2
}

/** Middle grey of what is on the paper. */
function grey({ pixels }: GrayImage): number {
  const skin = pixels.filter((value) => value < 236)
  return skin.reduce((sum, value) => sum + value, 0) / skin.length
}

/** How abrupt light and dark change: mean step from pixel to pixel where anything is. */
function sharpness({ pixels }: GrayImage): number {
  let sum = 0
  let count = 0
  for (let at = 1; at < pixels.length; at++) {
    if (pixels[at]! > 236) continue
    sum += Math.abs(pixels[at]! - pixels[at - 1]!)
    count++
  }
  return sum / count
}

describe('the skin of a finger', () => {
  const fingers = ['right-index', 'right-middle', 'right-ring'] as const
  const rollOf = (seed: number, finger: FingerRequest['finger']) =>
    drawFinger({ seed, finger, impression: 'rolled', ...still })

  it.each(fingers)(
    'is the same under the %s laid down, rolled and in a slap, and another on another hand',
    (finger) => {
      const flat = draw({ finger })
      const roll = rollOf(4, finger)
      const stranger = rollOf(14, finger)
      expect(sameRidges(flat, centreOf(flat), roll, centreOf(roll))).toBeGreaterThan(0.5)
      expect(sameRidges(flat, centreOf(flat), stranger, centreOf(stranger))).toBeLessThan(0.45)

      const request = { seed: 4, step: 'right-four', rotation: 0 } as const
      const place = placeFingers(request).find((each) => each.finger === finger)!
      const turned = draw({ finger, rotation: place.angle })
      expect(sameRidges(turned, centreOf(turned), drawSlap(request), place)).toBeGreaterThan(0.8)
    },
  )

  it('is wider from nail to nail than what lies flat', () => {
    expect(ink(rollOf(4, 'right-index'))).toBeGreaterThan(1.4 * ink(draw()))
  })

  it('shows each pattern about as often as it is found on people', () => {
    const random = createRandom(99)
    const counts = new Map<Pattern, number>()
    for (let finger = 0; finger < 2000; finger++) {
      const { pattern } = createOrientationField('right-ring', random)
      counts.set(pattern, (counts.get(pattern) ?? 0) + 1)
    }
    const share = (...patterns: Pattern[]) =>
      patterns.reduce((sum, pattern) => sum + (counts.get(pattern) ?? 0), 0) / 2000
    // Galton's and Henry's counts: loops 60–70 %, whorls 25–35 %, arches 4–8 %; of the loops nearly all open outwards.
    expect(share('left-loop', 'right-loop')).toBeGreaterThan(0.6)
    expect(share('left-loop', 'right-loop')).toBeLessThan(0.7)
    expect(share('right-loop')).toBeGreaterThan(8 * share('left-loop'))
    expect(share('whorl', 'double-loop')).toBeGreaterThan(0.25)
    expect(share('whorl', 'double-loop')).toBeLessThan(0.35)
    expect(share('arch', 'tented-arch')).toBeGreaterThan(0.04)
    expect(share('arch', 'tented-arch')).toBeLessThan(0.1)
  })

  it('keeps its worn places from one try to the next', () => {
    const fresh = masterPrint(4, 'right-index').ridge
    const worn = masterPrint(4, 'right-index', 0.8).ridge
    const lost = (ridge: Float32Array) => ridge.filter((height, at) => fresh[at]! > 0.5 && height < 0).length
    const whole = fresh.filter((height) => height > 0.5).length
    expect(lost(worn) / whole).toBeGreaterThan(0.2)
    expect(lost(masterPrint(4, 'right-index', 0.3).ridge)).toBeLessThan(lost(worn))
    const [first, second] = [draw({ wear: 0.8 }), draw({ wear: 0.8, attempt: 3 })]
    expect(sameRidges(first, centreOf(first), second, centreOf(second))).toBeGreaterThan(0.5)
  })
})

describe('an impression', () => {
  it('is the same for the same request and differs from try to try', () => {
    const request = { seed: 4, finger: 'left-thumb', impression: 'rolled' } as const
    expect(drawFinger({ ...request })).toEqual(drawFinger({ ...request }))
    expect(drawFinger({ ...request, attempt: 1 }).pixels).not.toEqual(drawFinger(request).pixels)
  })

  it('has less ink when light, dry or partial, and more when squeezed or wet', () => {
    const usual = ink(draw())
    for (const less of [{ pressure: 0.1 }, { dryness: 0.9 }, { partial: 0.4 }])
      expect(ink(draw(less))).toBeLessThan(0.85 * usual)
    for (const more of [{ pressure: 1 }, { pressure: 1.5 }, { dryness: -0.8 }])
      expect(ink(draw(more))).toBeGreaterThan(1.15 * usual)
  })

  it('gets darker the wetter the finger is', () => {
    const greys = [0.15, -0.5, -1, -2].map((dryness) => grey(draw({ dryness })))
    expect(greys).toEqual(greys.toSorted((a, b) => b - a))
  })

  it.each([0.25, 0.5])('loses the share of the pad that does not touch: %f', (partial) => {
    const shares = [0, 1, 2, 3].map((attempt) => ink(draw({ attempt, partial })) / ink(draw({ attempt })))
    for (const share of shares) expect(Math.abs(1 - share - partial)).toBeLessThan(0.12)
  })

  it('blurs when the finger slides', () => {
    const steps = [0, 0.4, 0.8].map((smear) => sharpness(draw({ smear })))
    expect(steps).toEqual(steps.toSorted((a, b) => b - a))
    expect(steps[2]).toBeLessThan(0.6 * steps[0]!)
  })

  it('of a child is smaller', () => {
    expect(ink(draw({ scale: 0.7 })) / ink(draw())).toBeCloseTo(0.49, 1)
  })

  it('moves and turns as asked', () => {
    const middle = ({ pixels, width }: GrayImage) => {
      let [x, y, count] = [0, 0, 0]
      for (let at = 0; at < pixels.length; at++) {
        if (pixels[at]! > 170) continue
        x += at % width
        y += Math.floor(at / width)
        count++
      }
      return { x: x / count, y: y / count }
    }
    const [before, after] = [middle(draw()), middle(draw({ shift: { x: 2, y: -1 } }))]
    expect(((after.x - before.x) * 25.4) / 500).toBeCloseTo(2, 1)
    expect(((after.y - before.y) * 25.4) / 500).toBeCloseTo(-1, 1)
  })

  it('of a roll under way shows what has been rolled so far', () => {
    const whole = ink(draw({ impression: 'rolled' }))
    const shares = [0, 0.25, 0.5, 0.75, 1].map((rolled) => ink(draw({ impression: 'rolled', rolled })) / whole)
    for (const [at, share] of shares.entries()) expect(Math.abs(share - at / 4)).toBeLessThan(0.1)
  })
})
