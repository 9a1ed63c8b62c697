import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { rolledSteps, singleSteps } from '#domain/biometrics/index.ts'
import { AppError } from '#domain/failure/index.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import { hidImage } from '#native/drivers/hid-image/index.ts'
import { blocksIn, encodeBlock } from '#native/drivers/hid-image/codec.ts'
import {
  messageTypes,
  type DeviceMessage,
  type HostMessage,
  type ImageHeader,
} from '#native/drivers/hid-image/messages.ts'
import { createFakeClock, createFakeLine, settled } from './fake-line.ts'

const binding: DeviceBinding = {
  id: 'f',
  kind: 'fingerprint-scanner',
  driver: 'hid-image',
  transport: 'hid',
  address: 'x',
}
const never = new AbortController().signal
const identity = { version: 1, maxWidth: 1600, maxHeight: 1500, dpi: 500, model: 'Test', single: true, rolled: true }

/** Striped like a finger's ridges, so that the driver sees something on the glass. */
function striped(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, at) => (Math.floor(at / width) % 9 < 4 ? 40 : 240))
}

function headerOf(kind: ImageHeader['kind'], transfer: number, pixels: Uint8Array, exposure = transfer): DeviceMessage {
  const [width, height] = [400, pixels.length / 400]
  const size = { bits: 8 as const, width, height, dpi: 500, bytes: pixels.length, blocks: blocksIn(pixels.length) }
  return {
    type: 'image',
    seq: 0,
    transfer,
    kind,
    step: 'right-four',
    ...size,
    crc: crc32(pixels),
    exposure,
    packed: false,
  }
}

type Answer = (message: HostMessage) => readonly (DeviceMessage | Uint8Array)[]

const acknowledge: Answer = (message) => {
  switch (message.type) {
    case 'identify':
      return [{ type: 'identity', seq: message.seq, ...identity }]
    case 'start':
    case 'shoot':
    case 'stop':
      return [{ type: 'ack', seq: message.seq, of: messageTypes[message.type] }]
    default:
      return []
  }
}

function setUp(answer: Answer = acknowledge) {
  const line = createFakeLine(answer)
  const clock = createFakeClock()
  return { ...line, clock, reader: hidImage(binding, () => line.transport, clock) }
}

/** Keeps letting time pass until the promise settles: nothing here waits for the real clock. */
async function outcome<T>(promise: Promise<T>, clock: ReturnType<typeof createFakeClock>): Promise<T | AppError> {
  let result: T | AppError | undefined
  void promise.then(
    (value) => (result = value),
    (error: AppError) => (result = error),
  )
  for (let rounds = 0; rounds < 200 && result === undefined; rounds++) {
    await settled()
    if (result === undefined) clock.pass(100)
  }
  if (result === undefined) throw new Error('never settled')
  return result
}

const slaps = ['right-four', 'left-four', 'two-thumbs'] as const
const pictures = striped(400, 300)
const capture = { step: 'right-four', signal: never, shoot: AbortSignal.abort(), onPreview: () => false } as const

describe('acquiring a slap scanner', () => {
  it('learns model and resolution', async () => {
    const { reader } = setUp()
    expect(await reader.acquire(never)).toEqual({ model: 'Test', dpi: 500, grade: 'enrolment' })
  })

  it.each([
    ['neither single nor rolled fingers', { single: false, rolled: false }, slaps],
    ['no rolled fingers', { single: true, rolled: false }, [...slaps, ...singleSteps]],
    ['no single fingers', { single: false, rolled: true }, [...slaps, ...rolledSteps]],
  ])('says what is left when it takes %s', async (_, captures, steps) => {
    const { reader } = setUp((message) => [{ type: 'identity', seq: message.seq, ...identity, ...captures }])
    expect(await reader.acquire(never)).toMatchObject({ grade: 'enrolment', steps })
  })

  it('asks three times with the same number before it calls the scanner silent', async () => {
    const { reader, heard, clock } = setUp(() => [])
    expect(await outcome(reader.acquire(never), clock)).toMatchObject({ code: 'DEVICE_SILENT' })
    expect(heard.map(({ type }) => type)).toEqual(['identify', 'identify', 'identify'])
    expect(new Set(heard.map(({ seq }) => seq)).size).toBe(1)
  })

  it('takes the late answer to its first question for the repeated one', async () => {
    const { reader, heard, say, clock } = setUp(() => [])
    const acquired = reader.acquire(never)
    await settled()
    clock.pass(1000)
    await settled()
    say({ type: 'identity', seq: heard[0]!.seq, ...identity })
    expect(await acquired).toMatchObject({ model: 'Test' })
  })

  it('does not take an answer to another question', async () => {
    const { reader, clock } = setUp((message) => [{ type: 'identity', seq: message.seq + 1, ...identity }])
    expect(await outcome(reader.acquire(never), clock)).toMatchObject({ code: 'DEVICE_SILENT' })
  })

  it.each([
    ['of another protocol version', { version: 2 }, 'DEVICE_UNKNOWN'],
    ['with less than 500 dpi', { dpi: 250 }, 'DEVICE_REFUSED'],
  ])('refuses a scanner %s', async (_, wrong, code) => {
    const { reader } = setUp((message) => [{ type: 'identity', seq: message.seq, ...identity, ...wrong }])
    await expect(reader.acquire(never)).rejects.toMatchObject({ code })
  })
})

describe('capturing', () => {
  it('never lets the scanner be more than eight blocks ahead, and keeps ahead of it', async () => {
    const limits: number[] = []
    const { reader, say } = setUp((message) => {
      if (message.type === 'credit') limits.push(message.blocks)
      return acknowledge(message)
    })
    await reader.acquire(never)
    const result = reader.capture(capture)
    await settled()
    const header = headerOf('full', 1, pictures)
    say(header)
    expect(limits).toEqual([8])
    const { blocks } = header as ImageHeader
    for (let block = 0; block < blocks; block++) {
      expect(limits.at(-1)).toBe(Math.min(blocks, block + 8))
      say(encodeBlock(1, block, pictures))
    }
    expect(await result).toMatchObject({ kind: 'whole', image: { pixels: pictures } })
  })

  it('asks for a lost block by its number and narrows its credit', async () => {
    const { reader, heard, say } = setUp()
    await reader.acquire(never)
    const result = reader.capture(capture)
    await settled()
    const header = headerOf('full', 1, pictures)
    say(header)
    for (const block of [0, 1, 2, 4]) say(encodeBlock(1, block, pictures))
    expect(heard.filter(({ type }) => type === 'resend')).toMatchObject([{ transfer: 1, blocks: [3], header: false }])
    // Credit already given stays given; what is new is counted with half the window.
    say(encodeBlock(1, 5, pictures), encodeBlock(1, 6, pictures))
    expect(heard.findLast(({ type }) => type === 'credit')).toMatchObject({ blocks: 11 })
    say(encodeBlock(1, 3, pictures))
    for (let block = 7; block < (header as ImageHeader).blocks; block++) say(encodeBlock(1, block, pictures))
    expect(await result).toMatchObject({ kind: 'whole', image: { pixels: pictures } })
    expect(heard.at(-1)).toMatchObject({ type: 'done', transfer: 1 })
  })

  it('asks for what is missing when the line falls quiet, and for the header when that was lost', async () => {
    const { reader, heard, say, clock } = setUp()
    await reader.acquire(never)
    const result = reader.capture(capture)
    await settled()
    clock.pass(500)
    expect(heard.at(-1)).toMatchObject({ type: 'resend', transfer: 0, header: true })
    const header = headerOf('full', 1, pictures)
    say(header)
    const last = (header as ImageHeader).blocks - 1
    for (let block = 0; block < last; block++) say(encodeBlock(1, block, pictures))
    clock.pass(500)
    expect(heard.find((message) => message.type === 'resend' && message.blocks.length > 0)).toMatchObject({
      blocks: [last],
    })
    say(encodeBlock(1, last, pictures))
    expect(await result).toMatchObject({ kind: 'whole', image: { pixels: pictures } })
  })

  it('calls the scanner garbled when every block keeps coming damaged', async () => {
    const { reader, say, clock } = setUp((message) => {
      if (message.type !== 'resend') return acknowledge(message)
      return message.blocks.map((block) => damagedBlock(block))
    })
    await reader.acquire(never)
    const result = outcome(reader.capture(capture), clock)
    await settled()
    say(headerOf('full', 1, pictures), damagedBlock(0))
    expect(await result).toMatchObject({ code: 'DEVICE_GARBLED' })
  })

  it('calls the scanner silent when no image comes, and says stop', async () => {
    const { reader, heard, clock } = setUp()
    await reader.acquire(never)
    expect(await outcome(reader.capture(capture), clock)).toMatchObject({ code: 'DEVICE_SILENT' })
    expect(heard.at(-1)).toMatchObject({ type: 'stop' })
    expect(clock.waiting).toBe(0)
  })

  it('gives a busy scanner two more tries, then says so', async () => {
    const { reader, heard, clock } = setUp((message) =>
      message.type === 'start' ? [{ type: 'error', seq: message.seq, of: 2, reason: 'busy' }] : acknowledge(message),
    )
    await reader.acquire(never)
    expect(await outcome(reader.capture(capture), clock)).toMatchObject({ code: 'DEVICE_BUSY' })
    expect(heard.filter(({ type }) => type === 'start')).toHaveLength(3)
  })

  it('refuses an image whose header asks for more than a scanner may send', async () => {
    const { reader, say } = setUp()
    await reader.acquire(never)
    const result = reader.capture(capture)
    await settled()
    say({
      ...(headerOf('full', 1, pictures) as ImageHeader & { type: 'image'; seq: number }),
      width: 20_000,
      height: 20_000,
    })
    await expect(result).rejects.toMatchObject({ code: 'DEVICE_GARBLED' })
  })

  it('says that the scanner is gone when the line breaks under an image', async () => {
    const { reader, say, close } = setUp()
    const gone: string[] = []
    reader.onGone(() => gone.push('gone'))
    await reader.acquire(never)
    const result = reader.capture(capture)
    await settled()
    say(headerOf('full', 1, pictures), encodeBlock(1, 0, pictures))
    close('unplugged')
    await expect(result).rejects.toMatchObject({ code: 'DEVICE_GONE' })
    expect(gone).toEqual(['gone'])
  })

  it('ends as cancelled when asked to, and tells the scanner to stop', async () => {
    const { reader, heard } = setUp()
    const cancel = new AbortController()
    await reader.acquire(never)
    const result = reader.capture({ ...capture, shoot: never, signal: cancel.signal })
    await settled()
    cancel.abort()
    await expect(result).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(heard.at(-1)).toMatchObject({ type: 'stop' })
  })

  it.each([
    ['with the same pixels', 2, 9],
    ['of the same exposure', 3, 1],
  ])('refuses a second image %s as an old one', async (_, fill, exposure) => {
    const { reader, say } = setUp()
    await reader.acquire(never)
    const take = async (transfer: number, pixels: Uint8Array, number: number) => {
      const result = reader.capture(capture)
      await settled()
      const header = headerOf('full', transfer, pixels, number)
      say(header)
      for (let block = 0; block < (header as ImageHeader).blocks; block++) say(encodeBlock(transfer, block, pixels))
      return result
    }
    await take(1, pictures, 1)
    const again = pictures.slice()
    if (fill === 3) again[0] = 3
    await expect(take(2, again, exposure)).rejects.toMatchObject({ code: 'PREVIOUS_IMAGE' })
  })

  it('refuses a picture of another step as an old one', async () => {
    const { reader, say } = setUp()
    await reader.acquire(never)
    const result = reader.capture({ ...capture, step: 'rolled-left-ring' })
    await settled()
    const header = headerOf('full', 1, pictures)
    say(header)
    for (let block = 0; block < (header as ImageHeader).blocks; block++) say(encodeBlock(1, block, pictures))
    await expect(result).rejects.toMatchObject({ code: 'PREVIOUS_IMAGE' })
  })

  it('tells the scanner which fingers will not come', async () => {
    const { reader, heard } = setUp()
    await reader.acquire(never)
    const cancel = new AbortController()
    const result = reader.capture({ ...capture, absent: ['right-ring'], shoot: never, signal: cancel.signal })
    await settled()
    expect(heard.find(({ type }) => type === 'start')).toMatchObject({ step: 'right-four', absent: ['right-ring'] })
    cancel.abort()
    await expect(result).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  it('calls the scanner garbled when a packed preview unpacks to another size', async () => {
    const { reader, say } = setUp()
    await reader.acquire(never)
    const result = reader.capture({ ...capture, shoot: never })
    await settled()
    const packed = Uint8Array.of(129, 255)
    const header = headerOf('preview', 1, pictures) as ImageHeader & { type: 'image'; seq: number }
    say({ ...header, packed: true, bytes: 2, blocks: 1, crc: crc32(packed) }, encodeBlock(1, 0, packed))
    await expect(result).rejects.toMatchObject({ code: 'DEVICE_GARBLED' })
  })
})

function damagedBlock(block: number): Uint8Array {
  const reports = encodeBlock(1, block, pictures)
  reports[10]! ^= 1
  return reports
}
