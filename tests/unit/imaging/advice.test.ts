import { describe, expect, it } from 'vitest'
import type { FingerAdvice } from '#domain/biometrics/index.ts'
import { scaleDown, seeFingers } from '#native/imaging/index.ts'
import { drawFinger, drawSlap, type FingerRequest } from '#native/sim/hands/index.ts'
import { cutOut, moved } from './pictures.ts'

const fine = { seed: 31, finger: 'right-index', impression: 'flat', rotation: 0, shift: { x: 0, y: 0 } } as const

/** The advice for one finger in the full picture and in its preview. */
function advices(request: Partial<FingerRequest>, change = (image: ReturnType<typeof drawFinger>) => image) {
  const image = change(drawFinger({ ...fine, ...request }))
  const step = `${request.impression ?? 'flat'}-${request.finger ?? fine.finger}` as const
  return [1, 5].map((factor) => seeFingers(scaleDown(image, factor), step).fingers[0]?.advice)
}

describe('the advice for a finger', () => {
  it('is none for a good print, flat or rolled, in a preview too', () => {
    for (const seed of [31, 32, 33]) {
      expect(advices({ seed })).toEqual([undefined, undefined])
      expect(advices({ seed, impression: 'rolled' })).toEqual([undefined, undefined])
      expect(advices({ seed, dryness: -0.4, pressure: 0.8 })).toEqual([undefined, undefined])
    }
  })

  it.each<[FingerAdvice, string, Partial<FingerRequest>]>([
    ['press-harder', 'hardly touches', { finger: 'left-little', pressure: 0 }],
    ['press-harder', 'lies on its side only', { partial: 0.55, attempt: 3 }],
    ['moisten', 'is parched', { dryness: 1 }],
    ['moisten', 'is dry and hardly touches', { dryness: 0.9, pressure: 0.3 }],
    ['moisten', 'is worn', { wear: 1 }],
    ['dry', 'is dripping wet', { finger: 'right-little', dryness: -1, pressure: 0.8 }],
    ['hold-still', 'slid over the glass', { smear: 0.8 }],
    ['hold-still', 'slid while it was rolled', { smear: 0.8, impression: 'rolled' }],
    ['roll-further', 'was rolled two thirds of the way', { rolled: 0.65, impression: 'rolled' }],
    ['roll-further', 'was laid down flat where it should be rolled', { rolled: 0.5, impression: 'rolled' }],
  ])('is %s when it %s', (advice, _, request) => {
    expect(advices(request)).toEqual([advice, advice])
  })

  it.each<[FingerAdvice, number, number]>([
    ['move-right', -12, 0],
    ['move-left', 12, 0],
    ['move-down', 0, -14],
    ['move-up', 0, 17],
  ])('is %s when the edge of the glass cuts it: %i mm to the right and %i mm down', (advice, right, down) => {
    expect(advices({}, (image) => moved(image, right, down))).toEqual([advice, advice])
  })

  it('is move-up when only the lower half of the pad lies on the glass', () => {
    const [width, top] = [560, 330]
    const lower = (image: ReturnType<typeof drawFinger>) => ({
      ...image,
      pixels: image.pixels.map((value, at) => (at < top * width ? 250 : value)),
    })
    expect(advices({}, lower)).toEqual(['move-up', 'move-up'])
  })

  it('is not to move on a sensor smaller than the finger', () => {
    const small = cutOut(drawFinger(fine), 180, 230, 192, 192)
    for (const factor of [1, 5]) {
      const { fingers, problem } = seeFingers(scaleDown(small, factor), 'flat-right-index')
      expect([fingers.length, fingers[0]?.advice, problem]).toEqual([1, undefined, undefined])
    }
  })

  it('is press-lighter when ridges grow so wide that few valleys are left', () => {
    const squeezed = (image: ReturnType<typeof drawFinger>) => ({
      ...image,
      pixels: image.pixels.map((value) => (value > 205 ? 225 : 45)),
    })
    // A preview is too coarse to tell narrow valleys from drowned ones.
    expect(advices({ pressure: 1 }, squeezed)).toEqual(['press-lighter', 'dry'])
  })

  it('is given to each finger by itself', () => {
    const [good, dry] = [0.15, 1].map((dryness) => drawSlap({ seed: 34, step: 'right-four', rotation: 0, dryness }))
    const half = { ...good!, pixels: good!.pixels.map((value, at) => (at % 1600 < 800 ? value : dry!.pixels[at]!)) }
    for (const factor of [1, 5]) {
      const { fingers } = seeFingers(scaleDown(half, factor), 'right-four')
      expect(fingers.map(({ advice }) => advice)).toEqual([undefined, undefined, 'moisten', 'moisten'])
    }
  })
})
