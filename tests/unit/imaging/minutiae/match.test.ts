import { beforeAll, describe, expect, it } from 'vitest'
import { fingerPositions, type FingerPosition } from '#domain/biometrics/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { cropFinger, seeFingers } from '#native/imaging/index.ts'
import {
  encodeTemplate,
  extractMinutiae,
  matchScore,
  prepare,
  SAME_FINGER,
  searchFinger,
  type Prepared,
} from '#native/imaging/minutiae/index.ts'
import { drawFinger, drawSlap, type FingerRequest } from '#native/sim/hands/index.ts'

const PERSON = 21
/** Each finger is grown, laid down several times and read. */
const PATIENCE_MS = 60_000

function read(image: GrayImage, finger: FingerPosition): Prepared {
  const facts = { position: fingerPositions[finger], impression: 0, quality: 60 } as const
  return prepare(encodeTemplate(extractMinutiae(image), facts))
}

const taken = new Map<string, Prepared>()

function take(finger: FingerPosition, how: Partial<FingerRequest> = {}): Prepared {
  const request: FingerRequest = { seed: PERSON, finger, impression: 'flat', rotation: 0, ...how }
  const key = JSON.stringify(request)
  const print = taken.get(key) ?? read(drawFinger(request), finger)
  taken.set(key, print)
  return print
}

/** What a small sensor sees of it: a square of so many millimetres about the middle. */
function smallSensor(image: GrayImage, side: number): GrayImage {
  const size = Math.round((side * image.dpi) / 25.4)
  const [left, top] = [(image.width - size) >> 1, (image.height - size) >> 1]
  const pixels = new Uint8Array(size * size)
  for (let y = 0; y < size; y++) {
    const from = (top + y) * image.width + left
    pixels.set(image.pixels.subarray(from, from + size), y * size)
  }
  return { width: size, height: size, dpi: image.dpi, pixels }
}

describe('comparing two impressions', { timeout: PATIENCE_MS }, () => {
  let index: Prepared
  beforeAll(() => {
    index = take('right-index')
  })

  it('is sure of a template and itself', () => {
    expect(matchScore(index, index)).toBeGreaterThan(95)
  })

  it.each<[string, Partial<FingerRequest>]>([
    ['elsewhere on the glass', { attempt: 2, shift: { x: 3, y: -3 } }],
    ['turned by 30°', { attempt: 3, rotation: 30 }],
    ['turned by 100°', { attempt: 4, rotation: 100 }],
    ['hardly pressed', { attempt: 5, pressure: 0.35 }],
    ['squeezed', { attempt: 6, pressure: 0.9 }],
    ['dry', { attempt: 7, dryness: 0.5 }],
    ['half off the glass', { attempt: 8, partial: 0.45 }],
    ['rolled', { attempt: 9, impression: 'rolled' }],
    ['worn a little', { attempt: 10, wear: 0.3 }],
  ])('knows a finger again when it is %s', (_, how) => {
    const again = take('right-index', how)
    const score = matchScore(index, again)
    expect(score).toBeGreaterThanOrEqual(SAME_FINGER)
    // Which of the two comes first changes little.
    expect(Math.abs(score - matchScore(again, index))).toBeLessThan(12)
  })

  it('knows a finger cut out of a slap by its roll, and no finger by the roll of another', () => {
    const slap = drawSlap({ seed: PERSON, step: 'right-four', rotation: 9 })
    const found = seeFingers(slap, 'right-four').fingers.filter(({ position }) => !position.endsWith('little'))
    expect(found.map(({ position }) => position)).toEqual(['right-index', 'right-middle', 'right-ring'])
    const rolls = found.map(({ position }) => take(position, { impression: 'rolled', attempt: 9 }))
    for (const { position, ...area } of found) {
      const print = read(cropFinger(slap, area), position)
      const same = rolls.map((roll) => matchScore(print, roll) >= SAME_FINGER)
      expect(same).toEqual(found.map((other) => other.position === position))
    }
  })

  it('knows it again on a small sensor', () => {
    const image = drawFinger({ seed: PERSON, finger: 'right-index', impression: 'flat', attempt: 11 })
    expect(matchScore(index, read(smallSensor(image, 11), 'right-index'))).toBeGreaterThanOrEqual(SAME_FINGER)
  })

  it('refuses other fingers of the person, of both hands, and those of others', () => {
    const others = [
      take('right-middle'),
      take('right-thumb'),
      take('left-index'),
      take('right-index', { seed: 22 }),
      take('right-index', { seed: 23, impression: 'rolled' }),
    ]
    for (const other of others) expect(matchScore(index, other)).toBeLessThan(SAME_FINGER)
  })

  it('refuses its mirror image', () => {
    const { width, height, dpi, pixels } = drawFinger({ seed: PERSON, finger: 'right-index', impression: 'flat' })
    const mirrored = pixels.map((_, at) => pixels[at - (at % width) + width - 1 - (at % width)]!)
    expect(matchScore(index, read({ width, height, dpi, pixels: mirrored }, 'right-index'))).toBeLessThan(SAME_FINGER)
  })

  it('tells two hands that were swapped: each finger is like its own and not like the one in its place', () => {
    const fingers: FingerPosition[] = ['right-index', 'right-middle', 'left-index', 'left-middle']
    const first = fingers.map((finger) => take(finger))
    const second = fingers.map((finger) => take(finger, { attempt: 12, rotation: -6 }))
    first.forEach((print, one) => {
      const same = second.map((other) => matchScore(print, other) >= SAME_FINGER)
      expect(same).toEqual(fingers.map((_, two) => one === two))
    })
  })

  it('says 0 when one of them shows nothing', () => {
    const nothing = read({ width: 300, height: 300, dpi: 500, pixels: new Uint8Array(90_000).fill(250) }, 'left-thumb')
    expect(matchScore(index, nothing)).toBe(0)
    expect(matchScore(nothing, index)).toBe(0)
    expect(matchScore(nothing, nothing)).toBe(0)
  })
})

describe('searching a finger among many prints', { timeout: PATIENCE_MS }, () => {
  it('finds every print of the finger and no other, the surest first', () => {
    const prints = [
      take('right-thumb'),
      take('right-middle', { attempt: 3, dryness: 0.45, pressure: 0.5 }),
      take('right-index'),
      take('right-middle', { attempt: 4 }),
      take('left-middle'),
      take('right-middle', { seed: 22 }),
    ]
    const searched = take('right-middle', { attempt: 5, rotation: 12 })
    const found = searchFinger(searched, prints)
    expect(new Set(found.map(({ index }) => index))).toEqual(new Set([1, 3]))
    expect(found).toHaveLength(2)
    expect(found[0]!.score).toBeGreaterThanOrEqual(found[1]!.score)
    for (const { index, score } of found) expect(score).toBe(matchScore(searched, prints[index]!))
  })

  it('finds nothing among none', () => {
    expect(searchFinger(take('right-index'), [])).toEqual([])
  })
})
