import { describe, expect, it } from 'vitest'
import { drawFinger } from '#native/sim/hands/index.ts'
import { alike, inkWidth, pluggedIn } from './plugged-in.ts'

const seed = 5

describe('a rolled finger', () => {
  it('grows on the previews from one nail to the other', async () => {
    const { take } = await pluggedIn(seed)
    const { previews, image } = await take('rolled-right-index', { frames: 30 })
    for (const { width, height, dpi } of previews) expect([width, height, dpi]).toEqual([160, 150, 100])
    const widths = previews.map(inkWidth)
    expect(widths.slice(0, 3)).toEqual([0, 0, 0])
    for (let at = 1; at < widths.length; at++) expect(widths[at]).toBeGreaterThanOrEqual(widths[at - 1]! - 0.3)
    // About half at half time: 0.9 s at 25 pictures a second.
    expect(widths[3 + 11]! / widths.at(-1)!).toBeGreaterThan(0.4)
    expect(widths[3 + 11]! / widths.at(-1)!).toBeLessThan(0.8)
    expect([image.width, image.height, image.dpi]).toEqual([800, 750, 500])
    expect(inkWidth(image)).toBeGreaterThan(20)
  })

  it('is brought to its end when the picture is asked for in the middle', async () => {
    const { take } = await pluggedIn(seed)
    const { previews, image } = await take('rolled-right-index', { frames: 8 })
    expect(inkWidth(previews.at(-1)!)).toBeLessThan(15)
    expect(alike(image, drawFinger({ seed, finger: 'right-index', impression: 'rolled' }))).toBe(1)
  })

  it('is wider than the same finger laid down', async () => {
    const { take } = await pluggedIn(seed)
    const rolled = await take('rolled-left-thumb', { frames: 30 })
    const flat = await take('flat-left-thumb')
    expect(inkWidth(rolled.image)).toBeGreaterThan(1.3 * inkWidth(flat.image))
  })

  it('lies a little elsewhere the next time', async () => {
    const { take } = await pluggedIn(seed)
    const first = await take('flat-right-ring')
    const second = await take('flat-right-ring')
    expect(alike(first.image, drawFinger({ seed, finger: 'right-ring', impression: 'flat' }))).toBe(1)
    expect(alike(second.image, first.image)).toBeLessThan(0.95)
  })
})

describe('the previews', () => {
  it.each(['right-four', 'rolled-left-middle', 'flat-left-middle'] as const)(
    'of %s come at least ten times in a second of the scanner',
    async (step) => {
      const { scanner, take } = await pluggedIn(seed)
      // Three without a hand, which are quicker, then many with one.
      await take(step, { frames: 3 }).catch(() => {})
      const before = scanner.previews()
      await take(step, { frames: 43 })
      const after = scanner.previews()
      const full = step === 'right-four' ? 5000 : step.startsWith('flat') ? 780 : 1255
      expect(after.frames - before.frames).toBeGreaterThanOrEqual(43)
      expect((after.frames - before.frames) / ((after.ms - before.ms - full) / 1000)).toBeGreaterThan(10)
    },
  )
})
