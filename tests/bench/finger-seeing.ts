import type { FingerPosition, SlapStep } from '#domain/biometrics/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { scaleDown, seeFingers } from '#native/imaging/index.ts'
import { drawFinger, drawSlap, placeFingers, type FingerPlace } from '#native/sim/hands/index.ts'
import { createRandom } from '#native/sim/hands/random.ts'
import { median, ms, type Figure } from './figure.ts'

const STEPS = ['right-four', 'left-four', 'two-thumbs'] as const
const PEOPLE = [1, 2, 3]
/** How the hands of each person are put down: light and dry, as usual, hard and wet, child. */
const WAYS = [
  { pressure: 0.25, dryness: 0.45 },
  {},
  { pressure: 0.9, dryness: -0.6 },
  { scale: 0.72, pressure: 0.5 },
] as const
const SLAPS = 500
const MOST_TURN = 20
/** Of a finger found, its centre lies this near to where it was put, in pixels: 3 mm. */
const NEAR = 60
const PREVIEW = 5
const LIMITS = { slapMs: 150, previewMs: 15 }

type Base = { readonly step: SlapStep; readonly image: GrayImage; readonly places: readonly FingerPlace[] }

/** Fingers found and named, how quality follows what was done to the skin, and the time that both take on one core. */
export function fingerSeeing(): readonly Figure[] {
  const bases = STEPS.flatMap((step) =>
    PEOPLE.flatMap((seed) =>
      WAYS.map((way, attempt): Base => {
        const request = { seed, step, attempt, rotation: 0, ...way }
        return { step, image: drawSlap(request), places: placeFingers(request) }
      }),
    ),
  )
  return [...placements(bases), ...ranks()]
}

function placements(bases: readonly Base[]): readonly Figure[] {
  const random = createRandom(2026)
  const full: number[] = []
  const preview: number[] = []
  const right = { full: 0, preview: 0 }
  // Each is seen twice, the second time in a mirror as the other hand: turning takes longer than seeing.
  for (let slap = 0; slap < SLAPS / 2; slap++) {
    const base = bases[slap % bases.length]!
    const turn = (2 * random() - 1) * MOST_TURN
    // Every other slap lacks a finger.
    const lacking = slap % 2 === 0 ? undefined : base.places[Math.floor(random() * base.places.length)]
    const places = base.places.filter((place) => place !== lacking).map((place) => turnedPlace(place, base.image, turn))
    const own = { step: base.step, image: turned(base.image, turn, lacking), places }
    for (const { step, image, places: placed } of [own, mirrored(own)]) {
      if (isRight(timedSee(image, step, full), placed, 1)) right.full++
      if (isRight(timedSee(scaleDown(image, PREVIEW), step, preview), placed, PREVIEW)) right.preview++
    }
  }
  const found = (name: string, count: number): Figure => ({
    name: `fingers found and named, ${name}, up to 20° and with a finger missing`,
    ours: `${count}`,
    beside: `${SLAPS} slaps`,
    ratio: count / SLAPS,
    wanted: 0.98,
    better: 'higher',
  })
  const time = (name: string, value: number, limit: number): Figure => ({
    name,
    ours: ms(value),
    beside: ms(limit),
    ratio: value / limit,
    wanted: 1,
    better: 'lower',
  })
  return [
    found('500 dpi', right.full),
    found('previews', right.preview),
    time('fingers and quality of a slap of 1600 × 1500', median(full), LIMITS.slapMs),
    time('fingers and quality of a preview of 320 × 300', median(preview), LIMITS.previewMs),
  ]
}

function timedSee(image: GrayImage, step: SlapStep, times: number[]) {
  // Time of this thread, so that other work on the machine does not count.
  const started = process.threadCpuUsage()
  const seen = seeFingers(image, step)
  const { user, system } = process.threadCpuUsage(started)
  times.push((user + system) / 1000)
  return seen
}

function isRight(seen: ReturnType<typeof seeFingers>, placed: readonly FingerPlace[], factor: number): boolean {
  return (
    seen.problem === undefined &&
    seen.fingers.length === placed.length &&
    seen.fingers.every(({ position, box }, at) => {
      const { finger, x, y } = placed[at]!
      const off = Math.hypot((box.x + box.width / 2) * factor - x, (box.y + box.height / 2) * factor - y)
      return position === finger && off < NEAR
    })
  )
}

/** The slap turned about its middle, one finger wiped away. */
function turned(image: GrayImage, degrees: number, lacking: FingerPlace | undefined): GrayImage {
  const { width, height, pixels } = image
  const from = lacking ? wiped(image, lacking) : pixels
  const result = new Uint8Array(pixels.length).fill(250)
  const cos = Math.cos((degrees * Math.PI) / 180)
  const sin = Math.sin((degrees * Math.PI) / 180)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - width / 2, y - height / 2]
      const u = dx * cos + dy * sin + width / 2
      const v = dy * cos - dx * sin + height / 2
      const [left, top] = [Math.floor(u), Math.floor(v)]
      if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) continue
      const at = top * width + left
      const [right, down] = [u - left, v - top]
      const above = from[at]! * (1 - right) + from[at + 1]! * right
      const below = from[at + width]! * (1 - right) + from[at + width + 1]! * right
      result[y * width + x] = above * (1 - down) + below * down
    }
  }
  return { ...image, pixels: result }
}

function mirrored({ step, image, places }: Base): Base {
  const pixels = image.pixels.slice()
  for (let at = 0; at < pixels.length; at += image.width) pixels.subarray(at, at + image.width).reverse()
  const other = (name: string) => name.replace(/left|right/, (side) => (side === 'left' ? 'right' : 'left'))
  return {
    step: step === 'two-thumbs' ? step : (other(step) as SlapStep),
    image: { ...image, pixels },
    places: places
      .map((place) => ({ ...place, finger: other(place.finger) as FingerPosition, x: image.width - place.x }))
      .toReversed(),
  }
}

/** Without one finger: an upright ellipse of paper that reaches no neighbour. */
function wiped({ width, height, pixels }: GrayImage, { x, y, finger }: FingerPlace): Uint8Array {
  const result = pixels.slice()
  const [reachX, reachY] = finger.endsWith('thumb') ? [245, 320] : [190, 275]
  for (let row = Math.max(0, Math.floor(y - reachY)); row < Math.min(height, y + reachY); row++) {
    const half = reachX * Math.sqrt(Math.max(0, 1 - ((row - y) / reachY) ** 2))
    result.fill(250, row * width + Math.max(0, Math.round(x - half)), row * width + Math.round(x + half))
  }
  return result
}

function turnedPlace(place: FingerPlace, { width, height }: GrayImage, degrees: number): FingerPlace {
  const cos = Math.cos((degrees * Math.PI) / 180)
  const sin = Math.sin((degrees * Math.PI) / 180)
  const [dx, dy] = [place.x - width / 2, place.y - height / 2]
  return { ...place, x: dx * cos - dy * sin + width / 2, y: dx * sin + dy * cos + height / 2 }
}

/** Spearman's rank correlation of quality with how much was done to the skin of many fingers. */
function ranks(): readonly Figure[] {
  const harms = {
    'light pressure': (share: number) => ({ pressure: 0.65 * (1 - share) }),
    dryness: (share: number) => ({ dryness: 0.15 + 0.85 * share }),
    smear: (share: number) => ({ smear: share }),
  }
  return Object.entries(harms).map(([name, harm]) => {
    const random = createRandom(7)
    const tries = Array.from({ length: 60 }, (_, attempt) => {
      const share = random()
      const finger = (['right-index', 'left-middle', 'right-ring'] as const)[attempt % 3]!
      const seed = PEOPLE[Math.floor(attempt / 3) % PEOPLE.length]!
      const image = drawFinger({ seed, finger, impression: 'flat', attempt, ...harm(share) })
      return { share, quality: seeFingers(image, `flat-${finger}`).fingers[0]?.quality ?? 0 }
    })
    const ratio = correlation(ranked(tries.map(({ share }) => -share)), ranked(tries.map(({ quality }) => quality)))
    return {
      name: `rank correlation of quality with planted ${name}`,
      ours: ratio.toFixed(3),
      beside: '1',
      ratio,
      wanted: 0.8,
      better: 'higher',
    }
  })
}

/** Ranks from 0; equal values share their mean rank. */
function ranked(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((each) => each < value).length
    return below + (values.filter((each) => each === value).length - 1) / 2
  })
}

function correlation(one: readonly number[], other: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [a, b] = [mean(one), mean(other)]
  let [both, first, second] = [0, 0, 0]
  for (let at = 0; at < one.length; at++) {
    both += (one[at]! - a) * (other[at]! - b)
    first += (one[at]! - a) ** 2
    second += (other[at]! - b) ** 2
  }
  return both / Math.sqrt(first * second)
}
