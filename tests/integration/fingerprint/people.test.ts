import { describe, expect, it } from 'vitest'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { drawFinger, drawNoise, drawPalm, drawSlap, drawText, type FingerRequest } from '#native/sim/hands/index.ts'
import { officerSeed } from '#native/sim/hid-image/index.ts'
import { alike, inkWidth, pluggedIn } from './plugged-in.ts'

const seed = 5
const flat = (finger: FingerRequest['finger'], more: Partial<FingerRequest> = {}) =>
  drawFinger({ seed, finger, impression: 'flat', ...more })

describe('people at the scanner', () => {
  it('put down the other hand', async () => {
    const { take } = await pluggedIn(seed, 'wrong-hand')
    expect(alike((await take('right-four')).image, drawSlap({ seed, step: 'left-four' }))).toBe(1)
    expect(alike((await take('flat-left-ring')).image, flat('right-ring'))).toBe(1)
  })

  it('cross their thumbs', async () => {
    const { take } = await pluggedIn(seed, 'swapped-thumbs')
    const { image } = await take('two-thumbs')
    expect(alike(image, drawSlap({ seed, step: 'two-thumbs', crossed: true }))).toBe(1)
    expect(alike(image, drawSlap({ seed, step: 'two-thumbs' }))).toBeLessThan(0.95)
    expect(alike((await take('flat-left-thumb')).image, flat('right-thumb'))).toBe(1)
    expect(alike((await take('flat-left-index')).image, flat('left-index'))).toBe(1)
  })

  it('always show the same finger', async () => {
    const { take } = await pluggedIn(seed, 'same-finger')
    expect(alike((await take('flat-left-little')).image, flat('right-index'))).toBe(1)
    expect(alike((await take('flat-right-index')).image, flat('right-index'))).toBe(1)
  })

  it("lend the officer's finger", async () => {
    const { take } = await pluggedIn(seed, 'officers-finger')
    expect(alike((await take('flat-right-index')).image, flat('right-index', { seed: officerSeed }))).toBe(1)
  })

  it('lift the hand before the picture is there', async () => {
    const { take } = await pluggedIn(seed, 'too-fast')
    const { previews, image } = await take('flat-right-index', { frames: 6 })
    // What was seen before was well.
    expect(inkWidth(previews[3]!)).toBeGreaterThan(11)
    expect(previews[3]!.pixels.filter((value) => value < 100).length).toBeGreaterThan(100)
    expect(alike(image, flat('right-index'))).toBeLessThan(0.8)
  })

  it('stop rolling too early', async () => {
    const { take } = await pluggedIn(seed, 'rolled-too-little')
    const short = await take('rolled-right-thumb', { frames: 30 })
    expect(inkWidth(short.image)).toBeLessThan(
      0.65 * inkWidth(drawFinger({ seed, finger: 'right-thumb', impression: 'rolled' })),
    )
  })

  it('keep a finger back that was said not to come, and have none to roll where one is missing', async () => {
    const { take } = await pluggedIn({ seed, missing: ['right-little'] })
    const { image } = await take('right-four', { absent: ['right-index'] })
    expect(alike(image, drawSlap({ seed, step: 'right-four', missing: ['right-little', 'right-index'] }))).toBe(1)
    await expect(take('rolled-right-little')).rejects.toMatchObject({ code: 'NO_FINGER' })
  })

  it.each([
    ['palm', drawPalm],
    ['text', drawText],
    ['noise', drawNoise],
  ] as const)('put down a %s, which is not an empty platen', async (fault, draw) => {
    const { take } = await pluggedIn(seed, fault)
    const sizes = { 'left-four': { width: 1600, height: 1500 }, 'rolled-right-index': { width: 800, height: 750 } }
    for (const [step, size] of Object.entries(sizes) as [
      'left-four' | 'rolled-right-index',
      { width: number; height: number },
    ][]) {
      expect(alike((await take(step)).image, draw({ seed: 1, ...size }))).toBe(1)
    }
  })

  it.each([
    ['dry', 'less'],
    ['light', 'less'],
    ['worn', 'less'],
    ['low-quality', 'less'],
    ['wet', 'more'],
    ['heavy', 'more'],
  ] as const)('leave, when %s, %s ink than usual', async (fault, much) => {
    const { take } = await pluggedIn(seed, fault)
    const ink = ({ pixels }: GrayImage) => pixels.filter((value) => value < 130).length
    const share = ink((await take('flat-right-middle')).image) / ink(flat('right-middle'))
    if (much === 'less') expect(share).toBeLessThan(0.7)
    else expect(share).toBeGreaterThan(1.4)
  })

  it('do better the next time when told so', async () => {
    const { scanner, take } = await pluggedIn(seed)
    scanner.addFault('wrong-hand', 1)
    await take('flat-right-index')
    expect(alike((await take('flat-right-middle')).image, flat('right-middle'))).toBe(1)
  })

  it('are one and the same person in all captures of a visit', async () => {
    const { take } = await pluggedIn({ seed, wear: 0.3, scale: 0.9 })
    const person = { seed, wear: 0.3, scale: 0.9 }
    expect(alike((await take('left-four')).image, drawSlap({ ...person, step: 'left-four' }))).toBe(1)
    const { image } = await take('rolled-left-little', { frames: 30 })
    expect(alike(image, drawFinger({ ...person, finger: 'left-little', impression: 'rolled' }))).toBe(1)
  })
})
