import { describe, expect, test } from 'vitest'
import type { PortraitCheck } from '#domain/biometrics/index.ts'
import { judge, type ColourImage, type Face } from '#native/imaging/face/index.ts'
import { drawnFace, drawnPicture, moved, turnedHead, windowOn } from './drawn.ts'
import { blurred, brighter, repaint, shaded, withCloth, withGlasses } from './vary.ts'

const picture = drawnPicture()
const face = drawnFace()
/** The drawing stands for a picture three times as large. */
const ROWS = 3

function found(seen: { picture?: ColourImage; faces?: readonly Face[]; rows?: number }): readonly PortraitCheck[] {
  return judge(seen.picture ?? picture, seen.faces ?? [face], seen.rows ?? ROWS).findings.map(({ check }) => check)
}

const upperLids = [160, 159, 158, 387, 386, 385]
const wall = (change: (x: number, y: number) => readonly [number, number, number]) =>
  repaint(picture, ([red, green, blue], x, y) => (red + green + blue === 765 ? change(x, y) : undefined))

test('a straight, well lit head on white has nothing to be said about', () => {
  expect(found({})).toEqual([])
})

type Case = { readonly check: PortraitCheck; readonly what: string } & Parameters<typeof found>[0]

const close = windowOn(picture, face, { left: 115, top: 100, width: 250, height: 320 })
const aside = windowOn(picture, face, { left: 110, top: 0, width: 370, height: 640 })
const cases: readonly Case[] = [
  { check: 'face-missing', what: 'nobody is there', faces: [] },
  {
    check: 'several-faces',
    what: 'a second head is as large',
    faces: [face, { ...face, box: { ...face.box, x: face.box.x - 60 } }],
  },
  { check: 'too-far', what: 'the portrait would have too few rows', rows: 1 },
  { check: 'too-near', what: 'the head fills the picture', picture: close.picture, faces: [close.face] },
  { check: 'off-centre', what: 'the head is at the edge', picture: aside.picture, faces: [aside.face] },
  { check: 'turned', what: 'the head is turned to the right by 20°', faces: [turnedHead(face, 'yaw', 20)] },
  { check: 'turned', what: 'the head is turned to the left by 20°', faces: [turnedHead(face, 'yaw', -20)] },
  { check: 'turned', what: 'the head is bent down by 25°', faces: [turnedHead(face, 'pitch', 25)] },
  { check: 'turned', what: 'the head is bent back by 25°', faces: [turnedHead(face, 'pitch', -25)] },
  { check: 'tilted', what: 'the head lies on a shoulder', faces: [turnedHead(face, 'roll', 12)] },
  { check: 'eyes-closed', what: 'the lids are down', faces: [moved(face, upperLids, { y: 17 })] },
  { check: 'eyes-closed', what: 'one lid is down', faces: [moved(face, upperLids.slice(0, 3), { y: 17 })] },
  { check: 'mouth-open', what: 'the lips are apart', faces: [moved(face, [14], { y: 20 })] },
  {
    check: 'ears-hidden',
    what: 'hair falls over one ear',
    picture: repaint(picture, (_, x, y) => (x > 340 && x < 380 && y > 200 && y < 400 ? [24, 18, 16] : undefined)),
  },
  { check: 'glasses', what: 'dark frames', picture: withGlasses(picture, face) },
  { check: 'glasses', what: 'thin grey frames', picture: withGlasses(picture, face, { frame: [190, 185, 180] }) },
  { check: 'glasses', what: 'dark glass', picture: withGlasses(picture, face, { tint: 0.75 }) },
  { check: 'head-covered', what: 'a red scarf', picture: withCloth(picture, face, () => [170, 30, 40]) },
  { check: 'head-covered', what: 'a white scarf', picture: withCloth(picture, face, () => [238, 236, 235]) },
  { check: 'blurred', what: 'out of focus', picture: blurred(picture, 2) },
  { check: 'too-dark', what: 'a quarter of the light', picture: brighter(picture, 0.25) },
  { check: 'too-bright', what: 'burnt out', picture: brighter(picture, 1.6) },
  { check: 'shadow', what: 'one cheek is dark', picture: shaded(picture, face, 0.5) },
  { check: 'shadow', what: 'the lower half is dark', picture: shaded(picture, face, 0.15, 'down') },
  {
    check: 'background-uneven',
    what: 'a wall that falls off',
    picture: wall((_, y) => [255 - y / 2, 255 - y / 2, 255 - y / 2]),
  },
  {
    check: 'background-uneven',
    what: 'a cupboard on one side',
    picture: wall((x) => (x < 130 ? [150, 110, 70] : [255, 255, 255])),
  },
  { check: 'background-not-white', what: 'a blue wall', picture: wall(() => [120, 160, 230]) },
  { check: 'background-not-white', what: 'a grey wall', picture: wall(() => [140, 140, 140]) },
]

test.each(cases)('$check is said when $what', ({ check, ...seen }) => {
  expect(found(seen)).toContain(check)
})

const hazy = blurred(picture, 0.5).pixels
const soft = { ...picture, pixels: picture.pixels.map((value, at) => (value + hazy[at]!) / 2) }
const fine: readonly Case[] = [
  {
    check: 'several-faces',
    what: 'a small face far away beside the portrait',
    faces: [face, { ...face, box: { x: 0, y: 600, width: 30, height: 30 } }],
  },
  { check: 'turned', what: 'the head is turned by 3°', faces: [turnedHead(face, 'yaw', 3)] },
  { check: 'turned', what: 'the head is bent by 3°', faces: [turnedHead(face, 'pitch', 3)] },
  { check: 'tilted', what: 'the head leans by 4°', faces: [turnedHead(face, 'roll', 4)] },
  { check: 'eyes-closed', what: 'the eyes are a little narrow', faces: [moved(face, upperLids, { y: 5 })] },
  { check: 'mouth-open', what: 'the lips part a little', faces: [moved(face, [14], { y: 2 })] },
  { check: 'blurred', what: 'the picture is a little soft', picture: soft },
  {
    check: 'too-dark',
    what: 'skin is dark',
    picture: repaint(picture, ([r, g, b]) =>
      r > 130 && r < 250 && r > b ? [r * 0.45, g * 0.45, b * 0.45] : undefined,
    ),
  },
  { check: 'too-bright', what: 'skin is fair', picture: brighter(picture, 1.15) },
  { check: 'shadow', what: 'light comes a little from one side', picture: shaded(picture, face, 0.85) },
  {
    check: 'background-uneven',
    what: 'the wall falls off a little',
    picture: wall((_, y) => [255 - y / 24, 255 - y / 24, 255 - y / 24]),
  },
  { check: 'background-not-white', what: 'the wall is a little grey', picture: wall(() => [205, 205, 205]) },
]

test.each(fine)('$check is not said when $what', ({ check, ...seen }) => {
  expect(found(seen)).not.toContain(check)
})

describe('what is told with a finding', () => {
  test('a mark lies inside the picture and on the part that is meant', () => {
    const closed = judge(picture, [moved(face, upperLids, { y: 17 })], ROWS).findings.find(
      ({ check }) => check === 'eyes-closed',
    )
    const eye = face.mesh[159]!
    expect(closed?.mark).toBeDefined()
    const { x, y, width, height } = closed!.mark!
    expect(x).toBeLessThan(eye.x)
    expect(x + width).toBeGreaterThan(face.mesh[386]!.x)
    expect(y).toBeLessThan(eye.y)
    expect(y + height).toBeGreaterThan(eye.y)
    expect(height).toBeLessThan(face.box.height / 2)
  })

  test('no mark reaches beyond the picture', () => {
    for (const seen of cases) {
      const of = seen.picture ?? picture
      for (const { mark } of judge(of, seen.faces ?? [face], seen.rows ?? ROWS).findings) {
        if (!mark) continue
        expect(mark.x).toBeGreaterThanOrEqual(0)
        expect(mark.y).toBeGreaterThanOrEqual(0)
        expect(mark.x + mark.width).toBeLessThanOrEqual(of.width + 1e-6)
        expect(mark.y + mark.height).toBeLessThanOrEqual(of.height + 1e-6)
      }
    }
  })

  test('the value of a turned head is about the degrees by which it is turned', () => {
    const turned = judge(picture, [turnedHead(face, 'yaw', 20)], ROWS).findings.find(({ check }) => check === 'turned')
    expect(turned?.value).toBeGreaterThan(17)
    expect(turned?.value).toBeLessThan(23)
  })

  test('the ear that is marked is the one that is hidden', () => {
    const { findings } = judge(cases.find(({ check }) => check === 'ears-hidden')!.picture!, [face], ROWS)
    expect(findings.find(({ check }) => check === 'ears-hidden')?.mark?.x).toBeGreaterThan(picture.width / 2)
  })
})
