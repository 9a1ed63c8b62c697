import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import jpeg from 'jpeg-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectHost, forkWithNode, type DeviceHost } from '#core/devices/index.ts'
import { systemClock } from '#native/host/clock.ts'
import { portraitsInWorker, type Portraits } from '#native/host/pictures/portrait.ts'
import { decodePicture, type ColourImage } from '#native/imaging/face/index.ts'
import { inventedJpeg } from '../../support/pictures.ts'
import { drawnPicture } from '../../unit/imaging/face/drawn.ts'
import { withOrientation } from '../../unit/imaging/face/orientation.ts'
import {
  asJpeg,
  faceSheet,
  groupPicture,
  onWall,
  part,
  sheetFace,
  straightFace,
} from '../../unit/imaging/face/samples.ts'
import { blurred, brighter } from '../../unit/imaging/face/vary.ts'

const entry = join(import.meta.dirname, '../../../build/development-host.ts')
const { signal } = new AbortController()
const drawn = drawnPicture()
const nobody = onWall({ width: 0, height: 0, pixels: new Uint8Array() }, 320, 240)

let portraits: Portraits
beforeAll(() => {
  portraits = portraitsInWorker(pathToFileURL(entry), systemClock)
})
afterAll(() => portraits.close())

const look = async (picture: ColourImage) => portraits.look({ frame: asJpeg(picture) }, signal)

describe('a frame', () => {
  test('of one straight head on white has nothing to be said about, and a crop', async () => {
    const seen = await look(onWall(drawn, 853, 640))
    expect(seen.findings).toEqual([])
    expect(seen).toMatchObject({ width: 853, height: 640 })
    expect(seen.faces).toHaveLength(1)
    expect(seen.crop!.width / seen.crop!.height).toBeCloseTo(35 / 45, 3)
    expect(seen.landmarks!.rightEye.x).toBeLessThan(seen.landmarks!.leftEye.x)
    expect(seen.landmarks!.crown.y).toBeLessThan(seen.landmarks!.chin.y)
  })

  test('of a real face that looks straight ahead finds its eyes and its mouth in order', async () => {
    const checks = (await look(onWall(straightFace(), 340, 320))).findings.map(({ check }) => check)
    for (const check of ['turned', 'tilted', 'eyes-closed', 'mouth-open', 'glasses', 'blurred'] as const) {
      expect(checks).not.toContain(check)
    }
  })

  test('of a group says that there are several', async () => {
    const seen = await portraits.look({ frame: groupPicture(1) }, signal)
    expect(seen.faces.length).toBeGreaterThan(1)
    expect(seen.findings.map(({ check }) => check)).toContain('several-faces')
  })

  test('of an empty wall says that nobody is there', async () => {
    expect(await look(nobody)).toEqual({
      width: 320,
      height: 240,
      faces: [],
      findings: [{ check: 'face-missing', value: 0 }],
    })
  })
})

describe('a portrait', () => {
  test('is cut from the whole picture and has nothing to be said about when looked at again', async () => {
    const made = await portraits.make({ picture: asJpeg(onWall(drawn, 1280, 720)) }, signal)
    expect(made.exposure).toBe(0)
    const portrait = decodePicture(made.portrait, 'test')
    expect(portrait).toMatchObject({ width: made.width, height: made.height })
    expect(made.height).toBeLessThanOrEqual(Math.round(made.crop.height))
    const again = await portraits.look({ frame: made.portrait }, signal)
    expect(again.faces).toHaveLength(1)
    const eyes = (again.landmarks!.leftEye.y + again.landmarks!.rightEye.y) / 2 / made.height
    expect(eyes).toBeGreaterThan(0.3)
    expect(eyes).toBeLessThan(0.5)
  })

  test('stands upright although the camera lay on its side', async () => {
    // Turned by a quarter to the left; orientation 6 says: turn it back.
    const { width, height, pixels } = drawn
    const lying = { width: height, height: width, pixels: new Uint8Array(pixels.length) }
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const to = ((width - 1 - x) * height + y) * 3
        lying.pixels.set(pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3), to)
      }
    }
    const upright = await portraits.make({ picture: asJpeg(drawn) }, signal)
    const turned = await portraits.make({ picture: withOrientation(asJpeg(lying), 6) }, signal)
    expect(Math.abs(turned.crop.y - upright.crop.y)).toBeLessThan(6)
    expect(Math.abs(turned.crop.angle)).toBeLessThan(3)
  })

  test('of a dark picture gets some light, and no more than is allowed', async () => {
    const made = await portraits.make({ picture: asJpeg(brighter(drawn, 0.35)) }, signal)
    expect(made.exposure).toBeGreaterThan(0.3)
    expect(made.exposure).toBeLessThanOrEqual(0.7)
  })

  test.each([
    ['nobody on it', () => asJpeg(nobody), 'FACE_MISSING'],
    ['a PDF named as a JPEG', () => Buffer.from(`%PDF-1.7\n${'x'.repeat(500)}`), 'IMAGE_UNREADABLE'],
    ['a header of 200 megapixels', () => inventedJpeg(20_000, 10_000), 'IMAGE_TOO_LARGE'],
  ] as const)('of a picture with %s is refused', async (_, bytes, code) => {
    await expect(portraits.make({ picture: bytes() }, signal)).rejects.toMatchObject({ code })
  })
})

describe('two portraits', () => {
  const likeness = async (one: ColourImage, other: ColourImage) =>
    (await portraits.compare({ one: asJpeg(one), other: asJpeg(other) }, signal)).likeness

  test('of one person are alike although one is small, soft and darker, as on a chip', async () => {
    const face = straightFace()
    const poor = brighter(blurred(part(face, { left: 8, top: 0, width: 240, height: 250 }), 1), 0.8)
    expect(await likeness(face, poor)).toBeGreaterThan(60)
  })

  test('of one man on other days are more alike than those of other people', async () => {
    const sheet = faceSheet()
    const man = sheetFace(0, sheet)
    const same = [await likeness(man, sheetFace(1, sheet)), await likeness(man, sheetFace(3, sheet))]
    const others = [await likeness(man, sheetFace(27, sheet)), await likeness(man, sheetFace(71, sheet))]
    expect(Math.min(...same)).toBeGreaterThan(50)
    expect(Math.max(...others)).toBeLessThan(50)
  })

  test('are not compared when one shows nobody', async () => {
    const call = portraits.compare({ one: asJpeg(straightFace()), other: asJpeg(nobody) }, signal)
    await expect(call).rejects.toMatchObject({ code: 'FACE_MISSING', context: { picture: 'other' } })
  })
})

test('an attempt that was called off has no answer', async () => {
  await expect(portraits.look({ frame: asJpeg(drawn) }, AbortSignal.abort())).rejects.toMatchObject({
    code: 'CANCELLED',
  })
})

test('the device-host process answers, and keeps its heartbeat while it looks', async () => {
  const states: string[] = []
  const host: DeviceHost = connectHost({
    fork: () => forkWithNode(entry),
    onEvent: () => {},
    onState: (state) => states.push(JSON.stringify(state)),
  })
  try {
    const frames = Array.from({ length: 3 }, () => host.call('portrait.look', { frame: asJpeg(drawn) }))
    for (const seen of await Promise.all(frames)) expect(seen.faces).toHaveLength(1)
    const read = jpeg.decode((await host.call('portrait.make', { picture: asJpeg(drawn) })).portrait, {
      useTArray: true,
    })
    expect(read.height).toBeGreaterThan(read.width)
    expect(states.filter((state) => state.includes('gone'))).toEqual([])
  } finally {
    await host.close()
  }
})
