import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { CapturedPrints, FingerprintReader, GrayImage } from '#native/capability/fingerprint-reader.ts'
import { hidButton } from '#native/drivers/hid-button/index.ts'
import { hidImage } from '#native/drivers/hid-image/index.ts'
import { seeFingers } from '#native/imaging/index.ts'
import { drawSlap } from '#native/sim/hands/index.ts'
import { startHidButton, type HidButtonFault, type HidButtonSimulator } from '#native/sim/hid-button/index.ts'
import {
  LINK_BYTES_PER_SECOND,
  startHidImage,
  type HidImageFault,
  type HidImageSimulator,
} from '#native/sim/hid-image/index.ts'
import { socketTransport } from '#native/transport/socket.ts'

const SEED = 5
const step = 'right-four'
const never = new AbortController().signal

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scanner-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

const openSocket = (binding: DeviceBinding) => socketTransport(binding.address)

describe('a slap scanner at the other end of a line', () => {
  let scanner: HidImageSimulator
  let reader: FingerprintReader
  let gone: number

  async function plugIn(...faults: HidImageFault[]) {
    scanner = await startHidImage({ address: join(folder, 's'), hand: SEED, faults, pace: 0 })
    reader = hidImage(
      { id: 'f', kind: 'fingerprint-scanner', driver: 'hid-image', transport: 'socket', address: scanner.address },
      openSocket,
    )
    gone = 0
    reader.onGone(() => gone++)
  }
  afterEach(async () => {
    await reader.release()
    await scanner.stop()
  })

  /** The one picture that this scanner gives. */
  async function taken(prints: Promise<CapturedPrints>): Promise<GrayImage> {
    const print = await prints
    if (print.kind !== 'whole') throw new Error('the scanner cut the fingers itself')
    return print.image
  }

  /** Takes the picture as soon as so many fingers are seen. */
  const capture = (fingers = 4) =>
    taken(
      reader.capture({
        step,
        signal: never,
        shoot: never,
        onPreview: (image) => seeFingers(image, step).fingers.length === fingers,
      }),
    )

  /** What the simulator shows, but for the sensor's noise of two grey levels. */
  function expectTheHand(image: GrayImage) {
    const hand = drawSlap({ seed: SEED, step })
    expect([image.width, image.height, image.dpi]).toEqual([1600, 1500, 500])
    expect(image.pixels.findIndex((value, at) => Math.abs(value - hand.pixels[at]!) > 2)).toBe(-1)
  }

  it('shows an empty platen, then the hand, and gives the whole image', async () => {
    await plugIn()
    expect(await reader.acquire(never)).toEqual({ model: 'Simulated slap scanner', dpi: 500, grade: 'enrolment' })
    const seen: number[] = []
    const image = await taken(
      reader.capture({
        step,
        signal: never,
        shoot: never,
        onPreview: (frame) => {
          expect([frame.width, frame.height, frame.dpi]).toEqual([320, 300, 100])
          seen.push(seeFingers(frame, step).fingers.length)
          return seen.at(-1) === 4
        },
      }),
    )
    expect(seen).toEqual([0, 0, 0, 4])
    expectTheHand(image)
  })

  it.each<HidImageFault>(['one-byte-chunks', 'garbage', 'bad-checksum', 'lost-block', 'duplicate', 'late'])(
    'gives the whole image in spite of %s',
    async (fault) => {
      await plugIn(fault)
      await reader.acquire(never)
      expectTheHand(await capture())
    },
    20_000,
  )

  it('sends more than 85 % image over the simulated link, resent blocks aside', async () => {
    await plugIn()
    await reader.acquire(never)
    const image = await capture()
    const figures = await appearing(() => scanner.lastTransfer())
    expect(figures.bytes).toBe(image.pixels.length)
    expect(figures.bytes / (LINK_BYTES_PER_SECOND * (figures.linkMs / 1000))).toBeGreaterThan(0.9)
  })

  it('calls a scanner that does not answer silent', async () => {
    await plugIn('silence')
    await expect(reader.acquire(never)).rejects.toMatchObject({ code: 'DEVICE_SILENT' })
  })

  it('calls a busy scanner busy, and captures when it has time again', async () => {
    await plugIn()
    const relieve = scanner.addFault('busy')
    await reader.acquire(never)
    await expect(capture()).rejects.toMatchObject({ code: 'DEVICE_BUSY' })
    relieve()
    expectTheHand(await capture())
  })

  it('says that the scanner is gone when it is unplugged in the middle of an image, and captures when it is back', async () => {
    await plugIn('unplug')
    await reader.acquire(never)
    await expect(capture()).rejects.toMatchObject({ code: 'DEVICE_GONE' })
    expect(gone).toBe(1)
    await reader.acquire(never)
    expectTheHand(await capture())
  })

  it('says that there is no finger when the picture is taken of an empty platen', async () => {
    await plugIn('empty-platen')
    await reader.acquire(never)
    const shoot = new AbortController()
    let frames = 0
    const capturing = reader.capture({
      step,
      signal: never,
      shoot: shoot.signal,
      onPreview: () => {
        if (++frames === 3) shoot.abort()
        return false
      },
    })
    await expect(capturing).rejects.toMatchObject({ code: 'NO_FINGER' })
  })

  it('takes the picture at once when told to, whatever it looks like', async () => {
    await plugIn()
    scanner.place(() => drawSlap({ seed: SEED, step, missing: ['right-index'] }))
    await reader.acquire(never)
    const shoot = new AbortController()
    let frames = 0
    const image = await taken(
      reader.capture({
        step,
        signal: never,
        shoot: shoot.signal,
        onPreview: () => {
          if (++frames === 5) shoot.abort()
          return false
        },
      }),
    )
    expect(frames).toBe(5)
    expect(seeFingers(image, step).fingers.map(({ position }) => position)).toEqual([
      'right-middle',
      'right-ring',
      'right-little',
    ])
  })

  it('refuses the picture of the person before', async () => {
    await plugIn('previous-image')
    await reader.acquire(never)
    await capture()
    scanner.place(6)
    await expect(capture()).rejects.toMatchObject({ code: 'PREVIOUS_IMAGE' })
  })

  it('shows three fingers and names them when one is kept back', async () => {
    await plugIn('three-fingers')
    await reader.acquire(never)
    const image = await capture(3)
    expect(seeFingers(image, step).fingers.map(({ position }) => position)).toEqual([
      'right-index',
      'right-middle',
      'right-little',
    ])
  })

  it('shows every finger below 40 when they are dry and hardly pressed', async () => {
    await plugIn('low-quality')
    await reader.acquire(never)
    for (const { quality } of seeFingers(await capture(), step).fingers) expect(quality).toBeLessThan(40)
  })

  it('stops when cancelled and can capture again', async () => {
    await plugIn()
    await reader.acquire(never)
    const cancel = new AbortController()
    let frames = 0
    const capturing = reader.capture({
      step,
      signal: cancel.signal,
      shoot: never,
      onPreview: () => {
        if (++frames === 2) cancel.abort()
        return false
      },
    })
    await expect(capturing).rejects.toMatchObject({ code: 'CANCELLED' })
    expectTheHand(await capture())
  })

  it('calls a scanner that is not there absent', async () => {
    await plugIn()
    await scanner.stop()
    await expect(reader.acquire(never)).rejects.toMatchObject({ code: 'DEVICE_ABSENT' })
  })
})

describe('a shutter button at the other end of a line', () => {
  it.each<HidButtonFault | 'nothing'>(['nothing', 'one-byte-chunks', 'garbage', 'duplicate'])(
    'is heard once for each press, with %s',
    async (fault) => {
      const { button, simulator } = await plugInButton(fault === 'nothing' ? [] : [fault])
      let presses = 0
      button.onPressed(() => presses++)
      await simulator.press()
      await simulator.press()
      expect(await appearing(() => presses === 2)).toBe(true)
      await button.release()
      await simulator.stop()
    },
  )

  it('is gone when it is unplugged in the middle of a report', async () => {
    const { button, simulator } = await plugInButton(['unplug'])
    const gone = new Promise<void>((resolve) => button.onGone(resolve))
    await simulator.press()
    await gone
    await simulator.stop()
  })

  async function plugInButton(
    faults: HidButtonFault[],
  ): Promise<{ button: ReturnType<typeof hidButton>; simulator: HidButtonSimulator }> {
    const simulator = await startHidButton({ address: join(folder, 'b'), faults })
    const button = hidButton(
      { id: 'b', kind: 'document-camera', driver: 'hid-button', transport: 'socket', address: simulator.address },
      openSocket,
    )
    await button.acquire(never)
    return { button, simulator }
  }
})

/** What the look finds, as soon as it finds something. */
async function appearing<T>(look: () => T | undefined | false): Promise<T> {
  for (;;) {
    const found = look()
    if (found) return found
    await new Promise((resolve) => setImmediate(resolve))
  }
}
