import jpeg from 'jpeg-js'
import { describe, expect, test } from 'vitest'
import {
  cutPortrait,
  encodePortrait,
  expose,
  exposureFor,
  judge,
  likenessOf,
  LARGEST,
  type ColourImage,
  type Face,
} from '#native/imaging/face/index.ts'
import { drawnFace, drawnPicture, turnedHead, windowOn } from './drawn.ts'
import { brighter } from './vary.ts'

const picture = drawnPicture()
const face = drawnFace()

function seen(of: ColourImage = picture, faces: readonly Face[] = [face]) {
  const judged = judge(of, faces, 3)
  if (!judged.crop || !judged.landmarks || !judged.view) throw new Error('no face')
  return { crop: judged.crop, landmarks: judged.landmarks, view: judged.view }
}

describe('the crop', () => {
  const { crop, landmarks } = seen()

  test('has the proportions of 35 × 45', () => {
    expect(crop.width / crop.height).toBeCloseTo(35 / 45, 5)
  })

  test('shows crown to chin on 70 to 80 % of its height', () => {
    const share = (landmarks.chin.y - landmarks.crown.y) / crop.height
    expect(share).toBeGreaterThan(0.7)
    expect(share).toBeLessThan(0.8)
  })

  test('has the eyes between 30 and 50 % below its upper edge and the face in its middle', () => {
    const eyes = (landmarks.leftEye.y + landmarks.rightEye.y) / 2
    expect((eyes - crop.y) / crop.height).toBeGreaterThan(0.3)
    expect((eyes - crop.y) / crop.height).toBeLessThan(0.5)
    const centre = (landmarks.leftEye.x + landmarks.rightEye.x) / 2
    expect((centre - crop.x) / crop.width).toBeCloseTo(0.5, 1)
  })

  test('lies along a head that leans', () => {
    expect(seen(picture, [turnedHead(face, 'roll', 7)]).crop.angle - crop.angle).toBeCloseTo(7, 1)
  })

  test('never leaves the picture', () => {
    for (const left of [0, 60, 140]) {
      for (const top of [0, 70]) {
        const part = windowOn(picture, face, { left, top, width: 300, height: 380 })
        for (const roll of [-7, 0, 7]) {
          const { crop: box } = seen(part.picture, [turnedHead(part.face, 'roll', roll)])
          const turn = (Math.abs(box.angle) * Math.PI) / 180
          const reach = (box.width * Math.cos(turn) + box.height * Math.sin(turn)) / 2
          const middle = box.x + box.width / 2
          expect(middle - reach).toBeGreaterThanOrEqual(-1e-6)
          expect(middle + reach).toBeLessThanOrEqual(300 + 1e-6)
        }
      }
    }
  })
})

describe('the portrait', () => {
  test('is never larger than it was in the picture', () => {
    const { crop } = seen()
    const cut = cutPortrait(picture, crop)
    expect(cut.width).toBeLessThanOrEqual(Math.round(crop.width))
    expect(cut.height).toBeLessThanOrEqual(Math.round(crop.height))
  })

  test('is never larger than the largest', () => {
    const wide: ColourImage = { width: 2000, height: 2000, pixels: new Uint8Array(2000 * 2000 * 3) }
    expect(cutPortrait(wide, { x: 100, y: 0, width: 1400, height: 1800, angle: 0 })).toMatchObject(LARGEST)
  })

  test('is the pixels of the picture and nothing else', () => {
    const cut = cutPortrait(picture, { x: 100, y: 120, width: 210, height: 270, angle: 0 })
    const from = (120 + 100) * picture.width + 100 + 50
    expect(cut.pixels.subarray((100 * 210 + 50) * 3, (100 * 210 + 50) * 3 + 3)).toEqual(
      picture.pixels.subarray(from * 3, from * 3 + 3),
    )
  })

  test('has the eyes on one level when the head leaned', () => {
    const spot = { width: 200, height: 200, pixels: new Uint8Array(200 * 200 * 3) }
    // Two white eyes on a line that leans by 10° clockwise.
    for (const side of [-40, 40]) {
      const turn = (10 * Math.PI) / 180
      const centre = { x: 100 + side * Math.cos(turn), y: 100 + side * Math.sin(turn) }
      for (let y = -4; y <= 4; y++) {
        for (let x = -4; x <= 4; x++)
          spot.pixels.fill(
            255,
            (Math.round(centre.y + y) * 200 + Math.round(centre.x + x)) * 3,
            (Math.round(centre.y + y) * 200 + Math.round(centre.x + x)) * 3 + 3,
          )
      }
    }
    const cut = cutPortrait(spot, { x: 30, y: 10, width: 140, height: 180, angle: 10 })
    const rowOf = (from: number, to: number) => {
      let sum = 0
      let weight = 0
      for (let y = 0; y < cut.height; y++) {
        for (let x = from; x < to; x++) {
          const light = cut.pixels[(y * cut.width + x) * 3]!
          sum += light * y
          weight += light
        }
      }
      return sum / weight
    }
    expect(Math.abs(rowOf(0, 70) - rowOf(70, 140))).toBeLessThan(1)
  })

  test('is a JPEG that says its size on paper', () => {
    const file = encodePortrait(cutPortrait(picture, seen().crop))
    const read = jpeg.decode(file, { useTArray: true })
    const view = new DataView(file.buffer, file.byteOffset)
    expect(view.getUint8(13)).toBe(1)
    expect(Math.abs((read.width / view.getUint16(14)) * 25.4 - 35)).toBeLessThan(0.2)
  })
})

describe('exposure', () => {
  test('a well exposed face is left alone, to the byte', () => {
    expect(exposureFor(seen().view)).toBe(0)
    expect(expose(picture, 0).pixels).toBe(picture.pixels)
  })

  test.each([
    ['dark', 0.4, 1],
    ['bright', 1.3, -1],
  ])('a %s face is moved towards the middle', (_, light, sign) => {
    const off = brighter(picture, light)
    const add = exposureFor(seen(off).view)
    expect(Math.sign(add)).toBe(sign)
    expect(Math.sign(expose(off, add).pixels[(300 * 480 + 240) * 3]! - off.pixels[(300 * 480 + 240) * 3]!)).toBe(sign)
  })

  test('never by more than 0.7 stops', () => {
    expect(exposureFor(seen(brighter(picture, 0.1)).view)).toBe(0.7)
  })
})

describe('likeness', () => {
  test('is 100 for the same and 0 for nothing in common', () => {
    expect(likenessOf([1, 2, 3], [1, 2, 3])).toBe(100)
    expect(likenessOf([1, 0, 0], [0, 1, 0])).toBe(0)
    expect(likenessOf([0, 0, 0], [0, 0, 0])).toBe(0)
  })

  test('grows with the cosine and does not depend on the order', () => {
    const at = (degrees: number) =>
      likenessOf([1, 0], [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)])
    const falling = [0, 15, 30, 45, 55, 65, 75].map(at)
    expect(falling).toEqual(falling.toSorted((one, other) => other - one))
    expect(new Set(falling).size).toBe(falling.length)
    expect(likenessOf([3, 1], [1, 2])).toBe(likenessOf([1, 2], [3, 1]))
  })
})
