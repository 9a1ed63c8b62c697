import { describe, expect, it } from 'vitest'
import { cropFinger, measureFinger, seeFingers } from '#native/imaging/index.ts'
import { createOrientationField, drawSlap, masterPrint, placeFingers } from '#native/sim/hands/index.ts'
import { createRandom } from '#native/sim/hands/random.ts'

const request = { seed: 31, step: 'right-four', rotation: 0 } as const
const slap = drawSlap(request)
const { fingers } = seeFingers(slap, 'right-four')

/** Power of the strongest wave of a period (pixels) in a square around a point, over all directions. */
function power(x0: number, y0: number, period: number): number {
  const side = 96
  let strongest = 0
  for (let turn = 0; turn < 24; turn++) {
    const angle = (turn * Math.PI) / 24
    const [kx, ky] = [(2 * Math.PI * Math.cos(angle)) / period, (2 * Math.PI * Math.sin(angle)) / period]
    let [real, imaginary] = [0, 0]
    for (let y = 0; y < side; y += 2) {
      for (let x = 0; x < side; x++) {
        const value = slap.pixels[(y0 + y - side / 2) * slap.width + x0 + x - side / 2]! - 170
        const window = Math.sin((Math.PI * x) / side) * Math.sin((Math.PI * y) / side)
        real += value * window * Math.cos(kx * x + ky * y)
        imaginary += value * window * Math.sin(kx * x + ky * y)
      }
    }
    strongest = Math.max(strongest, real * real + imaginary * imaginary)
  }
  return strongest
}

describe('the hands of invented people', () => {
  it('have ridges about nine pixels apart at 500 dpi', () => {
    for (const { x, y } of placeFingers(request)) {
      const periods = [5, 6, 7, 8, 8.5, 9, 9.5, 10, 11, 13, 16, 20]
      // Above the core, where ridges run side by side.
      const powers = periods.map((period) => power(Math.round(x), Math.round(y - 110), period))
      const best = periods[powers.indexOf(Math.max(...powers))]!
      expect(best).toBeGreaterThanOrEqual(7)
      expect(best).toBeLessThanOrEqual(11)
    }
  })

  it('have ridges that run in one direction at each place', () => {
    for (const finger of fingers) expect(measureFinger(slap, finger).coherence).toBeGreaterThan(0.8)
  })

  it('are the same for the same person and differ between people, fingers and tries', () => {
    expect(masterPrint(31, 'left-ring').ridge).toEqual(masterPrint(31, 'left-ring').ridge)
    expect(masterPrint(31, 'left-ring').ridge).not.toEqual(masterPrint(32, 'left-ring').ridge)
    expect(masterPrint(31, 'left-ring').ridge).not.toEqual(masterPrint(31, 'left-index').ridge)
    expect(drawSlap({ ...request }).pixels).toEqual(slap.pixels)
    expect(drawSlap({ ...request, attempt: 1 }).pixels).not.toEqual(slap.pixels)
  })

  it('show loops, whorls and arches', () => {
    const random = createRandom(1)
    const seen = new Set<string>()
    for (let person = 0; person < 50; person++) {
      for (const finger of ['right-middle', 'left-index'] as const)
        seen.add(createOrientationField(finger, random).pattern)
    }
    for (const pattern of ['left-loop', 'right-loop', 'whorl']) expect(seen).toContain(pattern)
    expect([...seen].some((pattern) => pattern.endsWith('arch'))).toBe(true)
  })
})

describe('a finger cut out of a slap', () => {
  it('stands upright in the size of its box', () => {
    const turned = drawSlap({ ...request, rotation: 20 })
    const [finger] = seeFingers(turned, 'right-four').fingers
    const crop = cropFinger(turned, finger!)
    expect([crop.width, crop.height]).toEqual([Math.round(finger!.box.width), Math.round(finger!.box.height)])
    expect(crop.dpi).toBe(500)
    const upright = cropFinger(slap, fingers[0]!)
    // The same finger put down straight and turned: the same size within half a millimetre.
    expect(Math.abs(crop.width - upright.width)).toBeLessThan(10)
    expect(Math.abs(crop.height - upright.height)).toBeLessThan(10)
    // Ridges touch the middle of every side, so nothing is cut askew.
    const middle = Math.floor(crop.width / 2)
    const column = Array.from({ length: crop.height }, (_, y) => crop.pixels[y * crop.width + middle]!)
    expect(Math.min(...column.slice(0, 30))).toBeLessThan(150)
    expect(Math.min(...column.slice(-30))).toBeLessThan(150)
  })

  it('is white where the slap ends', () => {
    const crop = cropFinger(slap, { box: { x: -50, y: -50, width: 100, height: 100 }, angle: 0 })
    expect(crop.pixels[0]).toBe(255)
    expect(crop.pixels.at(-1)).toBeLessThan(255)
  })
})
