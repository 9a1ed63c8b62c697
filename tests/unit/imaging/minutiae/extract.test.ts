import { describe, expect, it } from 'vitest'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { extractMinutiae, type Minutia } from '#native/imaging/minutiae/index.ts'
import { drawFinger, drawNoise, drawPalm, drawText } from '#native/sim/hands/index.ts'
import { drawLines, phaseOfEnding, turnedPlace, type Planted } from './drawn-lines.ts'

/** Pixels: half a ridge period. */
const NEAR = 4.5
const DEGREES = 5
const PATIENCE_MS = 30_000

function expectAt(point: Minutia, place: { readonly x: number; readonly y: number }, angle: number) {
  expect(Math.hypot(point.x - place.x, point.y - place.y)).toBeLessThan(NEAR)
  const off = Math.abs(((point.angle - angle + 540) % 360) - 180)
  expect(off).toBeLessThan(DEGREES)
}

/** How many of the first's minutiae are among the second's, both being the same picture moved. */
function again(
  first: readonly Minutia[],
  second: readonly Minutia[],
  map: (point: Minutia) => { x: number; y: number },
) {
  return first.filter((point) => {
    const { x, y } = map(point)
    return second.some((other) => Math.hypot(other.x - x, other.y - y) < NEAR)
  }).length
}

describe('minutiae of lines drawn with known ends and forks', { timeout: PATIENCE_MS }, () => {
  it.each([0, 30, -60, 90])('finds the one end of a line and its direction when turned by %i°', (turn) => {
    const planted: Planted[] = [{ x: 150, y: 200, side: 1 }]
    const { points } = extractMinutiae(drawLines(planted, { phase: phaseOfEnding(planted), turn }))
    expect(points.map(({ type }) => type)).toEqual(['ending'])
    // The line lies to the right of its end; turned clockwise, that is less than 0° counter-clockwise.
    expectAt(points[0]!, turnedPlace(planted[0]!, turn), -turn)
  })

  it.each([0, 45, 135])('finds the one fork and the direction of its valley when turned by %i°', (turn) => {
    const planted: Planted[] = [{ x: 210, y: 200, side: -1 }]
    const { points } = extractMinutiae(drawLines(planted, { phase: phaseOfEnding(planted) + Math.PI, turn }))
    expect(points.map(({ type }) => type)).toEqual(['bifurcation'])
    expectAt(points[0]!, turnedPlace(planted[0]!, turn), 180 - turn)
  })

  it('tells an end and a fork in one picture apart', () => {
    const planted: Planted[] = [
      { x: 140, y: 180, side: 1 },
      { x: 215, y: 271.5, side: -1 },
    ]
    const { points } = extractMinutiae(drawLines(planted, { phase: phaseOfEnding(planted) }))
    const ending = points.find(({ type }) => type === 'ending')
    const fork = points.find(({ type }) => type === 'bifurcation')
    expect(points).toHaveLength(2)
    expectAt(ending!, planted[0]!, 0)
    expectAt(fork!, planted[1]!, 180)
  })

  it('finds nothing in lines without any, not even where they leave the skin', () => {
    for (const turn of [0, 20, 70]) expect(extractMinutiae(drawLines([], { turn })).points).toEqual([])
  })

  it('takes a short gap in a ridge for what it is', () => {
    const image = drawLines([])
    const pixels = image.pixels.slice()
    for (let y = 210; y < 222; y++) pixels.fill(240, y * image.width + 178, y * image.width + 183)
    expect(extractMinutiae({ ...image, pixels }).points).toEqual([])
  })

  it('rates a point in faint lines lower than the same point in clear ones', () => {
    const planted: Planted[] = [{ x: 150, y: 200, side: 1 }]
    const clear = drawLines(planted, { phase: phaseOfEnding(planted) })
    const faint = { ...clear, pixels: clear.pixels.map((value) => 200 + (value - 135) / 5) }
    const quality = (image: GrayImage) => extractMinutiae(image).points[0]!.quality
    expect(quality(faint)).toBeGreaterThan(0)
    expect(quality(faint)).toBeLessThan(quality(clear) - 10)
  })
})

describe('minutiae of invented fingers', { timeout: PATIENCE_MS }, () => {
  const image = drawFinger({ seed: 3, finger: 'right-index', impression: 'flat', attempt: 1 })
  const { points } = extractMinutiae(image)

  it('is the same for the same picture', () => {
    expect(extractMinutiae({ ...image, pixels: image.pixels.slice() }).points).toEqual(points)
  })

  it('gives as many as a finger has, the best first, all inside the picture', () => {
    expect(points.length).toBeGreaterThan(30)
    expect(points.length).toBeLessThan(130)
    const qualities = points.map(({ quality }) => quality)
    expect(qualities).toEqual(qualities.toSorted((a, b) => b - a))
    for (const { x, y, angle, quality } of points) {
      expect(x >= 0 && x < image.width && y >= 0 && y < image.height).toBe(true)
      expect(angle >= 0 && angle < 360 && quality > 0 && quality <= 100).toBe(true)
    }
  })

  it('finds nearly all of them in the same finger elsewhere on the glass', () => {
    const [right, down] = [23, 14]
    const moved = new Uint8Array(image.pixels.length).fill(250)
    for (let y = down; y < image.height; y++) {
      const row = image.pixels.subarray((y - down) * image.width, (y - down + 1) * image.width - right)
      moved.set(row, y * image.width + right)
    }
    const shifted = extractMinutiae({ ...image, pixels: moved }).points
    expect(again(points, shifted, ({ x, y }) => ({ x: x + right, y: y + down }))).toBeGreaterThan(points.length * 0.85)
  })

  it('finds most of them at another resolution, in the pixels of that picture', () => {
    const doubled = new Uint8Array(image.pixels.length * 4)
    for (let at = 0; at < doubled.length; at++) {
      const [x, y] = [at % (2 * image.width), Math.floor(at / (2 * image.width))]
      doubled[at] = image.pixels[(y >> 1) * image.width + (x >> 1)]!
    }
    const fine = extractMinutiae({ width: 2 * image.width, height: 2 * image.height, dpi: 1000, pixels: doubled })
    expect(fine).toMatchObject({ width: 2 * image.width, dpi: 1000 })
    const halved = fine.points.map((point) => ({ ...point, x: point.x / 2, y: point.y / 2 }))
    expect(again(points, halved, (point) => point)).toBeGreaterThan(points.length * 0.85)
  })
})

describe('pictures that are no finger', { timeout: PATIENCE_MS }, () => {
  const blank = (width: number, height: number) => ({
    width,
    height,
    dpi: 500,
    pixels: new Uint8Array(width * height).fill(250),
  })

  it('have no minutiae when empty, one pixel large, or a single line of pixels', () => {
    for (const [width, height] of [
      [400, 500],
      [1, 1],
      [2000, 1],
      [24, 24],
    ] as const) {
      expect(extractMinutiae(blank(width, height)).points).toEqual([])
    }
  })

  it('never give more than a template can count, whatever is on them', () => {
    const request = { seed: 1, width: 500, height: 600 }
    for (const image of [drawNoise(request), drawText(request), drawPalm(request)]) {
      expect(extractMinutiae(image).points.length).toBeLessThanOrEqual(255)
    }
  })

  it('are refused when far too large for one finger or when pixels are missing', () => {
    const huge = { width: 20_000, height: 20_000, dpi: 500, pixels: new Uint8Array(0) }
    expect(() => extractMinutiae(huge)).toThrow(expect.objectContaining({ code: 'IMAGE_TOO_LARGE' }))
    const cut = { ...blank(300, 300), pixels: new Uint8Array(300 * 299) }
    expect(() => extractMinutiae(cut)).toThrow(expect.objectContaining({ code: 'IMAGE_UNREADABLE' }))
    expect(() => extractMinutiae({ ...blank(300, 300), dpi: 0 })).toThrow(
      expect.objectContaining({ code: 'IMAGE_UNREADABLE' }),
    )
  })
})
