import { describe, expect, it } from 'vitest'
import { captureSteps, type CaptureStep } from '#domain/biometrics/index.ts'
import type { FingerFound } from '#native/capability/fingerprint-reader.ts'
import { hasFinger, scaleDown, seeFingers } from '#native/imaging/index.ts'
import { drawFinger, drawNoise, drawSlap, placeFingers, type SlapRequest } from '#native/sim/hands/index.ts'
import { withMiddleJoints } from './pictures.ts'

const slaps = ['right-four', 'left-four', 'two-thumbs'] as const
const names = (fingers: readonly FingerFound[]) => fingers.map(({ position }) => position)

function expectFoundWherePlaced(request: SlapRequest, factor: number): void {
  const { fingers, missing, problem } = seeFingers(scaleDown(drawSlap(request), factor), request.step)
  const placed = placeFingers(request)
  expect(names(fingers)).toEqual(placed.map(({ finger }) => finger))
  expect(missing).toEqual(request.missing ?? [])
  expect(problem).toBeUndefined()
  for (const [at, { x, y, angle }] of placed.entries()) {
    const { box, angle: foundAngle } = fingers[at]!
    // Two millimetres and six degrees.
    expect(Math.abs((box.x + box.width / 2) * factor - x)).toBeLessThan(40)
    expect(Math.abs((box.y + box.height / 2) * factor - y)).toBeLessThan(40)
    expect(Math.abs(foundAngle - angle)).toBeLessThan(6)
  }
}

describe('the fingers of a slap', () => {
  for (const step of slaps) {
    it.each([
      { seed: 11, rotation: 0 },
      { seed: 11, rotation: -20, pressure: 0.3 },
      { seed: 11, rotation: 17, dryness: 0.6 },
      { seed: 11, rotation: 5, scale: 0.7 },
      { seed: 11, rotation: -9, dryness: -0.8 },
    ])(`are found and named on ${step} turned by $rotation degrees`, (request) => {
      expectFoundWherePlaced({ ...request, step }, 1)
      expectFoundWherePlaced({ ...request, step }, 5)
    })

    it.each(captureSteps[step].fingers)(
      `are named on ${step} without the %s, which is said to be missing`,
      (finger) => {
        expectFoundWherePlaced({ seed: 11, step, rotation: 8, missing: [finger] }, 5)
      },
    )
  }

  it('are taken apart when pressed so hard that they touch', () => {
    expectFoundWherePlaced({ seed: 11, step: 'right-four', rotation: 0, pressure: 1, dryness: 0.5 }, 1)
    expectFoundWherePlaced({ seed: 3, step: 'right-four', pressure: 1, dryness: -0.6 }, 5)
  })

  it('are taken apart when small and close together', () => {
    const hand = {
      seed: 4,
      step: 'right-four',
      attempt: 27,
      pressure: 0.99,
      dryness: 0.62,
      wear: 0.6,
      scale: 0.7,
    } as const
    expectFoundWherePlaced({ ...hand, rotation: 24 }, 5)
  })

  it('are taken apart when they slid', () => {
    const request = { seed: 4, step: 'left-four', attempt: 22, pressure: 0.78, dryness: -0.21, smear: 0.76 } as const
    const { fingers } = seeFingers(scaleDown(drawSlap({ ...request, rotation: -8 }), 5), 'left-four')
    expect(names(fingers)).toEqual(captureSteps['left-four'].fingers)
    for (const { advice } of fingers) expect(advice).toBe('hold-still')
  })

  it('are named when two of four are left', () => {
    const request = { seed: 11, step: 'left-four', rotation: 0, missing: ['left-little', 'left-middle'] } as const
    const { fingers, missing } = seeFingers(drawSlap(request), 'left-four')
    expect(names(fingers)).toEqual(['left-ring', 'left-index'])
    expect(missing).toEqual(['left-little', 'left-middle'])
  })

  it('do not include those that the person does not have', () => {
    const image = scaleDown(drawSlap({ seed: 11, step: 'right-four', missing: ['right-middle'] }), 5)
    const seen = seeFingers(image, 'right-four', ['right-middle'])
    expect(names(seen.fingers)).toEqual(['right-index', 'right-ring', 'right-little'])
    expect(seen.missing).toEqual([])
    expect(seen.problem).toBeUndefined()
    // With another finger given as absent, the three that lie there are called by the names that are left.
    expect(names(seeFingers(image, 'right-four', ['right-ring']).fingers)).not.toContain('right-ring')
  })

  it('give the same answer for the same image', () => {
    const image = drawSlap({ seed: 11, step: 'two-thumbs' })
    expect(seeFingers(image, 'two-thumbs')).toEqual(
      seeFingers({ ...image, pixels: image.pixels.slice() }, 'two-thumbs'),
    )
  })
})

describe('a single finger', () => {
  it.each([
    ['flat', 'right-thumb', 1],
    ['flat', 'left-little', 5],
    ['rolled', 'right-thumb', 5],
    ['rolled', 'left-index', 1],
    ['rolled', 'right-little', 5],
  ] as const)('laid down %s is found as %s, at one %ith of 500 dpi', (impression, finger, factor) => {
    const image = scaleDown(drawFinger({ seed: 17, finger, impression }), factor)
    const { fingers, missing, problem } = seeFingers(image, `${impression}-${finger}`)
    expect(names(fingers)).toEqual([finger])
    expect(missing).toEqual([])
    expect(problem).toBeUndefined()
    expect(fingers[0]!.quality).toBeGreaterThan(85)
    expect(fingers[0]!.advice).toBeUndefined()
    const { width, height } = fingers[0]!.box
    // A rolled finger is about as wide as tall, a flat one taller.
    expect(width / height > 0.9).toBe(impression === 'rolled')
  })

  it('keeps its name when the person has no other', () => {
    const image = scaleDown(drawFinger({ seed: 18, finger: 'left-ring', impression: 'flat' }), 5)
    expect(seeFingers(image, 'flat-left-ring', ['left-index', 'left-little']).missing).toEqual([])
  })
})

describe('the middle joints laid down with the fingers', () => {
  it.each([
    ['apart from', 27],
    ['close to', 24],
    ['joined with', 21],
  ])('make neither extra nor longer fingers when they lie %s the tips', (_, distance) => {
    for (const step of slaps) {
      for (const rotation of [0, -14]) {
        const tips = scaleDown(drawSlap({ seed: 7, step, rotation }), 5)
        const alone = seeFingers(tips, step)
        const both = seeFingers(withMiddleJoints(tips, distance, rotation), step)
        expect(names(both.fingers)).toEqual(names(alone.fingers))
        expect(both.problem).toBeUndefined()
        for (const [at, { box }] of both.fingers.entries()) {
          const { height, y } = alone.fingers[at]!.box
          // Two and a half millimetres.
          expect(Math.abs(box.height - height)).toBeLessThan(10)
          expect(Math.abs(box.y - y)).toBeLessThan(10)
        }
      }
    }
  })
})

describe('another hand or more fingers than expected', () => {
  const other = { 'right-four': 'left-four', 'left-four': 'right-four' } as const
  for (const step of ['right-four', 'left-four'] as const) {
    it.each([-20, -7, 9, 20])(`is told when the other hand lies on ${step}, turned by %i degrees`, (rotation) => {
      for (const seed of [11, 12]) {
        const image = drawSlap({ seed, step: other[step], rotation })
        expect(seeFingers(image, step).problem).toBe('wrong-hand')
        expect(seeFingers(scaleDown(image, 5), step).problem).toBe('wrong-hand')
      }
    })
  }

  it('is told even when the person is said to lack a finger of the hand that is expected', () => {
    const image = scaleDown(drawSlap({ seed: 12, step: 'left-four' }), 5)
    expect(seeFingers(image, 'right-four', ['right-ring']).problem).toBe('wrong-hand')
  })

  it('is told with three fingers where the shape of the hand is clear', () => {
    const image = scaleDown(drawSlap({ seed: 12, step: 'left-four', missing: ['left-index'] }), 5)
    expect(seeFingers(image, 'right-four').problem).toBe('wrong-hand')
  })

  it.each(['two-thumbs', 'flat-right-index', 'rolled-left-thumb'] as const)('is too many on %s', (step) => {
    const image = drawSlap({ seed: 11, step: 'right-four' })
    for (const factor of [1, 5]) expect(seeFingers(scaleDown(image, factor), step).problem).toBe('too-many')
  })

  it('is too many when a finger lies there that the person is said not to have', () => {
    const image = scaleDown(drawSlap({ seed: 11, step: 'right-four' }), 5)
    expect(seeFingers(image, 'right-four', ['right-middle']).problem).toBe('too-many')
    expect(seeFingers(image, 'right-four', captureSteps['right-four'].fingers).problem).toBe('too-many')
  })
})

describe('whether anything lies on the glass', () => {
  it('is seen of a single light and dry finger, and of what is no finger', () => {
    const missing = ['right-index', 'right-middle', 'right-ring'] as const
    const request = { seed: 2, step: 'right-four', pressure: 0.2, dryness: 0.8, missing } as const
    expect(hasFinger(drawSlap(request))).toBe(true)
    expect(hasFinger(drawNoise({ seed: 1, width: 560, height: 660 }))).toBe(true)
  })

  it('is told as one finger for every capture there is', () => {
    const steps = Object.keys(captureSteps) as CaptureStep[]
    const image = scaleDown(drawFinger({ seed: 17, finger: 'right-thumb', impression: 'flat' }), 5)
    for (const step of steps) expect(seeFingers(image, step).fingers).toHaveLength(1)
  })
})
