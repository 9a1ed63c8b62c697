import type { PortraitCheck } from '#domain/biometrics/index.ts'
import { loadFaceModel } from '#native/host/pictures/portrait-model.ts'
import { comparePortraits, lookAt, makePortrait } from '#native/host/pictures/portrait-work.ts'
import { decodePicture, judge, type ColourImage, type Face, type FaceFinder } from '#native/imaging/face/index.ts'
import { drawPortrait } from '#native/sim/people/portrait.ts'
import {
  asJpeg,
  faceSheet,
  groupPicture,
  onWall,
  part,
  SHEET,
  sheetFace,
  straightFace,
} from '../unit/imaging/face/samples.ts'
import { blurred, brighter, repaint, shaded, tilted, withCloth, withGlasses } from '../unit/imaging/face/vary.ts'
import { median, type Figure } from './figure.ts'

type Group = 1 | 2 | 3 | 4 | 5 | 6
/** Faces of the group pictures: picture, left, top and side of the face, pixels. By eye, as are all truths here. */
const openEyed = [
  [1, 333, 315, 360],
  [3, 585, 330, 255],
  [3, 1060, 250, 280],
  [5, 780, 120, 240],
  [6, 177, 456, 360],
  [6, 579, 300, 387],
  [6, 1404, 237, 375],
] as const
const closedEyed = [
  [1, 774, 381, 330],
  [2, 801, 183, 372],
  [2, 1380, 105, 348],
] as const
const openMouthed = [
  [1, 1431, 186, 285],
  [4, 1290, 130, 260],
] as const
const lookingAside = [
  [1, 774, 381, 330],
  [2, 264, 120, 340],
  [4, 975, 160, 260],
] as const

type Seen = { readonly picture: ColourImage; readonly face: Face }
type Change = (seen: Seen) => ColourImage

const scaleOf = ({ face }: Seen) =>
  Math.hypot(face.mesh[263]!.x - face.mesh[33]!.x, face.mesh[263]!.y - face.mesh[33]!.y) / 90
const white = (picture: ColourImage, wall: (x: number, y: number) => readonly [number, number, number]) =>
  repaint(picture, ([red, green, blue], x, y) => (red + green + blue === 765 ? wall(x, y) : undefined))

/** What is done to each good picture, and the check that must then speak. */
const changes: readonly (readonly [PortraitCheck, Change])[] = [
  ['glasses', ({ picture, face }) => withGlasses(picture, face, { thickness: 0.03 })],
  ['glasses', ({ picture, face }) => withGlasses(picture, face, { thickness: 0.08 })],
  ['glasses', ({ picture, face }) => withGlasses(picture, face, { thickness: 0.03, frame: [190, 180, 160] })],
  ['glasses', ({ picture, face }) => withGlasses(picture, face, { tint: 0.75 })],
  ['head-covered', ({ picture, face }) => withCloth(picture, face, () => [170, 30, 40])],
  ['head-covered', ({ picture, face }) => withCloth(picture, face, () => [235, 235, 235])],
  ['head-covered', ({ picture, face }) => withCloth(picture, face, () => [25, 25, 28])],
  ['blurred', (seen) => blurred(seen.picture, 1.5 * scaleOf(seen))],
  ['blurred', (seen) => blurred(seen.picture, 2.5 * scaleOf(seen))],
  ['too-dark', ({ picture }) => brighter(picture, 0.25)],
  ['too-bright', ({ picture }) => brighter(picture, 1.9)],
  ['shadow', ({ picture, face }) => shaded(picture, face, 0.4)],
  ['tilted', ({ picture }) => tilted(picture, 14)],
]
/** Those that need a white wall to paint on, so only the drawings have them. */
const wallChanges: readonly (readonly [PortraitCheck, Change])[] = [
  ['background-uneven', ({ picture }) => white(picture, (_, y) => [255 - y / 3, 255 - y / 3, 255 - y / 3])],
  [
    'background-uneven',
    ({ picture }) => white(picture, (x) => (x < picture.width * 0.32 ? [150, 110, 70] : [255, 255, 255])),
  ],
  ['background-not-white', ({ picture }) => white(picture, () => [120, 160, 230])],
  ['background-not-white', ({ picture }) => white(picture, () => [140, 140, 140])],
]

/**
 * Portraits of the face packages and drawn ones, as they are and changed: how often faces are found, how often each
 * check is silent when it should speak and speaks when it should not, and the time of one core.
 */
export async function portrait(): Promise<readonly Figure[]> {
  const finder = await loadFaceModel()
  const drawn = [1, 2, 3, 4, 5, 6].map(drawing)
  const good = [...drawn, onWall(straightFace(), 340, 320), ...openEyed.map(cutOut)]
  const tally = new Map<PortraitCheck, { missed: number; asked: number; wrong: number; free: number }>()
  const of = (check: PortraitCheck) => {
    const entry = tally.get(check) ?? { missed: 0, asked: 0, wrong: 0, free: 0 }
    tally.set(check, entry)
    return entry
  }
  let faces = 0
  let pictures = 0

  async function checksOf(picture: ColourImage): Promise<ReadonlySet<PortraitCheck>> {
    const found = await finder.find(picture)
    pictures++
    if (found.length > 0) faces++
    return new Set(judge(picture, found, 3).findings.map(({ check }) => check))
  }
  async function mustSpeak(check: PortraitCheck, picture: ColourImage) {
    const entry = of(check)
    entry.asked++
    if (!(await checksOf(picture)).has(check)) entry.missed++
  }

  const always: readonly PortraitCheck[] = [
    'eyes-closed',
    'glasses',
    'head-covered',
    'blurred',
    'too-dark',
    'too-bright',
  ]
  for (const [index, picture] of good.entries()) {
    const checks = await checksOf(picture)
    const silent: readonly PortraitCheck[] =
      index < drawn.length
        ? [...always, 'shadow', 'tilted', 'turned', 'mouth-open', 'background-uneven', 'background-not-white']
        : always
    for (const check of silent) {
      of(check).free++
      if (checks.has(check)) of(check).wrong++
    }
    const face = (await finder.find(picture))[0]
    if (!face) continue
    const seen = { picture, face }
    for (const [check, change] of [...changes, ...(index < drawn.length ? wallChanges : [])]) {
      await mustSpeak(check, change(seen))
    }
  }
  for (const place of closedEyed) await mustSpeak('eyes-closed', cutOut(place))
  for (const place of openMouthed) await mustSpeak('mouth-open', cutOut(place))
  for (const place of lookingAside) await mustSpeak('turned', cutOut(place))
  const sheet = faceSheet()
  for (let number = 0; number < SHEET.faces; number++) {
    pictures++
    if ((await finder.find(sheetFace(number, sheet))).length > 0) faces++
  }

  const missed = [...tally].map(([check, { missed: count, asked }]) =>
    share(`portrait: ${check} not noticed`, count, asked),
  )
  const wrong = [...tally].map(([check, { wrong: count, free }]) =>
    share(`portrait: ${check} said wrongly`, count, free),
  )
  return [
    share('portrait: faces found', faces, pictures, 'higher'),
    ...missed.filter(({ beside }) => beside !== '0'),
    ...wrong.filter(({ beside }) => beside !== '0'),
    ...(await likenessFigures(finder, sheet)),
    ...(await timeFigures(finder)),
  ]
}

function drawing(seed: number): ColourImage {
  const { width, height, data } = drawPortrait({ seed, width: 480, height: 640 })
  const pixels = new Uint8Array(width * height * 3)
  for (let from = 0, to = 0; to < pixels.length; from += 4, to += 3) pixels.set(data.subarray(from, from + 3), to)
  return { width, height, pixels }
}

const groups = new Map<Group, ColourImage>()
/** The face with half its side around it. */
function cutOut([group, x, y, side]: readonly [Group, number, number, number]): ColourImage {
  const whole = groups.get(group) ?? decodePicture(groupPicture(group), 'bench')
  groups.set(group, whole)
  const left = Math.max(0, x - side / 2)
  const top = Math.max(0, y - side / 2)
  const width = Math.min(whole.width - left, side * 2)
  const height = Math.min(whole.height - top, side * 2)
  return part(whole, {
    left: Math.round(left),
    top: Math.round(top),
    width: Math.round(width),
    height: Math.round(height),
  })
}

function share(name: string, count: number, of: number, better: Figure['better'] = 'lower'): Figure {
  return { name, ours: String(count), beside: String(of), ratio: of === 0 ? 0 : count / of, better }
}

/** Pairs of the sheet whose likeness is on the wrong side of 50. */
async function likenessFigures(finder: FaceFinder, sheet: ColourImage): Promise<readonly Figure[]> {
  const jpegs = Array.from({ length: 36 }, (_, number) => asJpeg(sheetFace(number, sheet)))
  const likeness = async (one: number, other: number) =>
    (await comparePortraits({ one: jpegs[one]!, other: jpegs[other]! }, finder)).likeness
  const same: number[] = []
  const others: number[] = []
  for (let other = 1; other < SHEET.sameMan; other++) same.push(await likeness(0, other))
  // From 27 on they are other people, without dark glasses but for two.
  for (const other of [27, 28, 29, 30, 31, 32, 34, 35]) others.push(await likeness(0, other), await likeness(3, other))
  return [
    share('portrait: one man, likeness under 50', same.filter((value) => value < 50).length, same.length),
    share('portrait: two people, likeness from 50', others.filter((value) => value >= 50).length, others.length),
  ]
}

async function timeFigures(finder: FaceFinder): Promise<readonly Figure[]> {
  const frame = asJpeg(onWall(drawing(1), 853, 640))
  const picture = asJpeg(onWall(drawing(1), 1920, 1080))
  const small = asJpeg(drawing(2))
  const cpu = async (work: () => Promise<unknown>) => {
    const times: number[] = []
    for (let run = 0; run < 9; run++) {
      const before = process.cpuUsage()
      await work()
      const { user, system } = process.cpuUsage(before)
      times.push((user + system) / 1000)
    }
    return median(times)
  }
  const figure = (name: string, value: number, limit?: number): Figure => ({
    name: `portrait: ${name}, time of one core`,
    ours: `${value.toFixed(0)} ms`,
    beside: limit === undefined ? 'as it is' : `${limit} ms`,
    ratio: limit === undefined ? value : value / limit,
    ...(limit !== undefined && { wanted: 1 }),
    better: 'lower',
  })
  return [
    figure('a look', await cpu(() => lookAt({ frame }, finder)), 120),
    figure('a portrait of 1920 × 1080', await cpu(() => makePortrait({ picture }, finder))),
    figure('a comparison', await cpu(() => comparePortraits({ one: small, other: small }, finder))),
  ]
}
