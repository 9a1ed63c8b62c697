import { describe, expect, it } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { zfm } from '#native/drivers/zfm/index.ts'
import { packImage, unpackImage } from '#native/drivers/zfm/sensors.ts'
import { acknowledge, parameters, patient, scripted, upload, type Script } from './module.ts'

const step = 'flat-right-index'
const binding = { id: 'z', kind: 'fingerprint-scanner', driver: 'zfm', transport: 'serial', address: '/dev/x' } as const
/** 256 × 288, and 192 × 192, of two pixels a byte. */
const large = Uint8Array.from({ length: 36_864 }, (_, at) => at % 256)
const small = Uint8Array.from({ length: 18_432 }, (_, at) => (at * 7) % 256)
const pictured = (bytes: Uint8Array): readonly Uint8Array[] => [acknowledge(0), ...upload(bytes)]

function bench(script: Script = {}) {
  const line = scripted(script)
  const rates: number[] = []
  const reader = zfm(
    binding,
    (_binding, { baudRate }) => {
      rates.push(baudRate)
      return line.transport
    },
    line.clock,
  )
  const capture = (options: { shoot?: AbortSignal; signal?: AbortSignal; seen?: (image: GrayImage) => boolean } = {}) =>
    reader.capture({
      step,
      signal: options.signal ?? patient,
      shoot: options.shoot ?? patient,
      onPreview: options.seen ?? (() => false),
    })
  return { ...line, reader, rates, capture }
}

async function acquired(script: Script = {}) {
  const made = bench(script)
  await made.reader.acquire(patient)
  made.heard.length = 0
  return made
}

async function codeOf(act: Promise<unknown>) {
  return act.then(
    () => 'nothing went wrong',
    (error: unknown) => (error instanceof AppError ? error.code : error),
  )
}

describe('a fingerprint module', () => {
  it('gives its password first, and says what it is and that it is for verification only', async () => {
    const { reader, heard, rates } = bench()
    const facts = await reader.acquire(patient)
    expect(heard).toEqual(['verifyPassword', 'readParameters'])
    expect(rates).toEqual([57_600])
    expect(facts).toMatchObject({ model: 'ZFM/R30x (0009)', dpi: 500, grade: 'verification' })
    expect(facts.steps).toHaveLength(10)
    expect(facts.steps).toContain(step)
    const other = bench({ readParameters: [[parameters(4, 0)]] })
    expect(await other.reader.acquire(patient)).toMatchObject({ model: 'R503 (0000)', dpi: 508 })
  })

  it('is looked for at other rates only when it does not answer at the usual one', async () => {
    const { reader, rates, pass } = bench({ verifyPassword: [[], [], [], [acknowledge(0)]] })
    const found = reader.acquire(patient)
    await pass(4000)
    await found
    expect(rates).toEqual([57_600, 115_200, 38_400])
    const none = bench({ verifyPassword: [[]] })
    const silence = codeOf(none.reader.acquire(patient))
    await none.pass(10_000)
    expect(await silence).toBe('DEVICE_SILENT')
    expect(none.rates).toEqual([57_600, 115_200, 38_400, 19_200, 9600])
  })

  it('with another password is refused at once', async () => {
    const { reader, rates } = bench({ verifyPassword: [[acknowledge(0x13)]] })
    await expect(reader.acquire(patient)).rejects.toMatchObject({
      code: 'DEVICE_REFUSED',
      context: { acknowledge: 0x13 },
    })
    expect(rates).toEqual([57_600])
  })

  it('waits for a finger, looks twice, and gives its picture, the left pixel in the high half', async () => {
    const no = [acknowledge(2)]
    const yes = [acknowledge(0)]
    const { capture, heard, pass } = await acquired({
      takeImage: [no, no, yes, no, yes, yes],
      uploadImage: [pictured(large)],
    })
    const seen: GrayImage[] = []
    const running = capture({ seen: (image) => seen.push(image) > 99 })
    await pass(1000)
    const got = await running
    if (got.kind !== 'whole') throw new Error('not a whole picture')
    expect([got.image.width, got.image.height, got.image.dpi]).toEqual([256, 288, 500])
    expect([...got.image.pixels.subarray(0, 6)]).toEqual([0, 0, 0, 17, 0, 34])
    expect(got.image.pixels.at(-1)).toBe(255)
    expect(seen).toEqual([got.image])
    expect(heard).toEqual([...Array<string>(6).fill('takeImage'), 'uploadImage'])
  })

  it('tells its size by its picture, whatever it says of itself', async () => {
    const { capture } = await acquired({ uploadImage: [pictured(small)] })
    expect(await capture()).toMatchObject({ image: { width: 192, height: 192, dpi: 508 } })
  })

  it('takes what lies there when told to, and says so when nothing does', async () => {
    const shoot = new AbortController()
    shoot.abort()
    const one = await acquired({ uploadImage: [pictured(small)] })
    await one.capture({ shoot: shoot.signal })
    expect(one.heard).toEqual(['takeImage', 'uploadImage'])
    const none = await acquired({ takeImage: [[acknowledge(2)]] })
    const later = new AbortController()
    const waiting = codeOf(none.capture({ shoot: later.signal }))
    await none.pass(350)
    later.abort()
    expect(await waiting).toBe('NO_FINGER')
    expect(none.timers.size).toBe(0)
  })

  it.each([
    [0x03, 4, 'LOW_QUALITY'],
    [0x03, 5, 'DEVICE_BUSY'],
    [0x18, 4, 'DEVICE_REFUSED'],
  ])('whose sensor says %i with status %i ends in %s', async (code, status, failure) => {
    const shoot = new AbortController()
    shoot.abort()
    const { capture } = await acquired({ takeImage: [[acknowledge(code)]], readParameters: [[parameters(status)]] })
    expect(await codeOf(capture({ shoot: shoot.signal }))).toBe(failure)
  })

  it('that cannot send its picture, or sends one of a size that no sensor has, is told so', async () => {
    const cannot = await acquired({ uploadImage: [[acknowledge(0x0f)]] })
    expect(await codeOf(cannot.capture())).toBe('DEVICE_REFUSED')
    const odd = await acquired({ uploadImage: [pictured(large.subarray(0, 1000))] })
    const running = codeOf(odd.capture())
    await odd.pass(1000)
    expect(await running).toBe('DEVICE_GARBLED')
  })

  it('that sends the picture of the person before is told so', async () => {
    const { capture } = await acquired({ uploadImage: [pictured(small), pictured(small), pictured(large)] })
    await capture()
    expect(await codeOf(capture())).toBe('PREVIOUS_IMAGE')
    expect(await capture()).toMatchObject({ kind: 'whole' })
  })

  it('makes no slaps and no rolls', async () => {
    const { reader } = await acquired()
    const given = { signal: patient, shoot: patient, onPreview: () => true }
    for (const other of ['right-four', 'two-thumbs', 'rolled-right-index'] as const)
      expect(await codeOf(reader.capture({ ...given, step: other }))).toBe('DEVICE_GRADE')
  })

  it('does one capture at a time, ends it when cancelled, and can capture again', async () => {
    const { capture, pass } = await acquired({
      takeImage: [[acknowledge(2)], [acknowledge(2)], [acknowledge(0)]],
      uploadImage: [pictured(small)],
    })
    const cancel = new AbortController()
    const first = codeOf(capture({ signal: cancel.signal }))
    expect(await codeOf(capture())).toBe('DEVICE_BUSY')
    await pass(10)
    cancel.abort()
    expect(await first).toBe('CANCELLED')
    const second = capture()
    await pass(1000)
    expect(await second).toMatchObject({ kind: 'whole' })
  })

  it('is gone when its line ends, and says so', async () => {
    const { reader, capture, end } = await acquired()
    let gone = 0
    reader.onGone(() => gone++)
    end()
    expect(gone).toBe(1)
    expect(await codeOf(capture())).toBe('DEVICE_GONE')
  })
})

describe('pixels of two to a byte', () => {
  it('come back within half a step of what they were', () => {
    const pixels = Uint8Array.from({ length: 192 * 192 }, (_, at) => at % 256)
    const back = unpackImage(packImage({ width: 192, height: 192, dpi: 508, pixels }))
    expect(back?.pixels.every((value, at) => Math.abs(value - pixels[at]!) <= 8)).toBe(true)
  })
})
