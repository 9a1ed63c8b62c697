import { describe, expect, it } from 'vitest'
import { captureSteps } from '#domain/biometrics/index.ts'
import type { FingerFound, GrayImage } from '#native/capability/fingerprint-reader.ts'
import { hasFinger, scaleDown, seeFingers } from '#native/imaging/index.ts'
import { drawSlap, placeFingers, type SlapRequest } from '#native/sim/hands/index.ts'
import { createRandom } from '#native/sim/hands/random.ts'

const steps = ['right-four', 'left-four', 'two-thumbs'] as const
const names = (fingers: readonly FingerFound[]) => fingers.map(({ position }) => position)

function expectFoundWherePlaced(request: SlapRequest, factor: number): void {
  const found = seeFingers(scaleDown(drawSlap(request), factor), request.step).fingers
  const placed = placeFingers(request)
  expect(names(found)).toEqual(placed.map(({ finger }) => finger))
  for (const [at, { x, y, angle }] of placed.entries()) {
    const { box, angle: foundAngle } = found[at]!
    // Two millimetres and six degrees.
    expect(Math.abs((box.x + box.width / 2) * factor - x)).toBeLessThan(40)
    expect(Math.abs((box.y + box.height / 2) * factor - y)).toBeLessThan(40)
    expect(Math.abs(foundAngle - angle)).toBeLessThan(6)
  }
}

function plain(width: number, height: number, value: (at: number) => number): GrayImage {
  return { width, height, dpi: 500, pixels: Uint8Array.from({ length: width * height }, (_, at) => value(at)) }
}

describe('finding the fingers of a slap', () => {
  for (const step of steps) {
    it.each([
      { seed: 11, rotation: 0 },
      { seed: 12, rotation: -20, pressure: 0.3 },
      { seed: 13, rotation: 17, dryness: 0.6 },
    ])(`finds and names ${step} of person $seed turned by $rotation degrees`, (request) => {
      expectFoundWherePlaced({ ...request, step }, 1)
      expectFoundWherePlaced({ ...request, step }, 4)
      expectFoundWherePlaced({ ...request, step }, 5)
    })

    it.each(captureSteps[step].fingers)(`names the others of ${step} when the %s is missing`, (finger) => {
      expectFoundWherePlaced({ seed: 14, step, rotation: 8, missing: [finger] }, 4)
    })
  }

  it('takes fingers apart that are pressed so hard that they touch', () => {
    expectFoundWherePlaced({ seed: 13, step: 'right-four', rotation: 0, pressure: 1, dryness: 0.5 }, 1)
  })

  it('names two fingers that are left of four', () => {
    const request = { seed: 15, step: 'left-four', rotation: 0, missing: ['left-little', 'left-middle'] } as const
    expect(names(seeFingers(drawSlap(request), 'left-four').fingers)).toEqual(['left-ring', 'left-index'])
  })

  it('gives the same answer for the same image', () => {
    const image = drawSlap({ seed: 16, step: 'two-thumbs' })
    expect(seeFingers(image, 'two-thumbs')).toEqual(
      seeFingers({ ...image, pixels: image.pixels.slice() }, 'two-thumbs'),
    )
  })
})

describe('an image without fingers', () => {
  const random = createRandom(3)
  it.each([
    ['an empty platen', plain(1600, 1500, () => 250 + Math.floor(random() * 7) - 3)],
    ['an empty preview', { ...plain(400, 375, () => 250 + Math.floor(random() * 5) - 2), dpi: 125 }],
    ['a single pixel', plain(1, 1, () => 0)],
    ['a narrow strip', plain(3, 900, (at) => (at * 50) & 255)],
    ['pure noise', plain(1600, 1500, () => Math.floor(random() * 256))],
    ['a picture of a ramp', plain(800, 800, (at) => (at % 800) >> 2)],
  ])('shows none on %s', (_, image) => {
    expect(seeFingers(image, 'right-four').fingers).toEqual([])
    expect(hasFinger(image)).toBe(false)
  })

  it('is told from one with a single light finger', () => {
    const missing = ['right-index', 'right-middle', 'right-ring'] as const
    const request = { seed: 2, step: 'right-four', pressure: 0.2, dryness: 0.8, missing } as const
    expect(hasFinger(drawSlap(request))).toBe(true)
  })
})
