import { describe, expect, it } from 'vitest'
import { createDecoder, encodeBlock, encodeMessage, type Decoder } from '#native/drivers/hid-image/codec.ts'
import type { Frame, Message } from '#native/drivers/hid-image/messages.ts'

/** Reports written by hand from docs/protocols/hid-image.md: the bytes, filled up with 0, and the CRC-32. */
const golden: readonly (readonly [bytes: string, crc: string, message: Message])[] = [
  ['01 07 01', '82 17 93 41', { type: 'identify', seq: 7, version: 1 }],
  [
    '02 08 0d 04 04',
    '54 f6 b8 23',
    { type: 'start', seq: 8, step: 'right-four', scale: 4, bits: 4, absent: [], packed: false },
  ],
  [
    '02 08 0e 05 04 00 40 02 01',
    '8a c5 4c 19',
    {
      type: 'start',
      seq: 8,
      step: 'left-four',
      scale: 5,
      bits: 4,
      absent: ['left-index', 'left-little'],
      packed: true,
    },
  ],
  [
    '02 08 03 05 04 01',
    '50 c6 59 47',
    { type: 'start', seq: 8, step: 'rolled-right-middle', scale: 5, bits: 4, absent: [], packed: false },
  ],
  [
    '02 08 03 05 04 00',
    '40 75 5a 65',
    { type: 'start', seq: 8, step: 'flat-right-middle', scale: 5, bits: 4, absent: [], packed: false },
  ],
  ['03 09 03 00 05 01', '0d c5 52 83', { type: 'credit', seq: 9, transfer: 3, blocks: 261 }],
  [
    '04 0a 03 01 02 00 05 00 2c 01',
    '69 2b 52 56',
    { type: 'resend', seq: 10, transfer: 3, header: true, blocks: [5, 300] },
  ],
  ['05 0b', '20 1c 3b 14', { type: 'shoot', seq: 11 }],
  ['06 0c', '66 96 ab 55', { type: 'stop', seq: 12 }],
  ['07 0d 03', 'ad 0d 7d 29', { type: 'done', seq: 13, transfer: 3 }],
  [
    '41 07 01 00 40 06 dc 05 f4 01 53 6c 61 70 20 31',
    '09 b1 4f 5c',
    {
      type: 'identity',
      seq: 7,
      version: 1,
      maxWidth: 1600,
      maxHeight: 1500,
      dpi: 500,
      model: 'Slap 1',
      single: false,
      rolled: false,
    },
  ],
  [
    `41 07 01 00 40 06 dc 05 f4 01 52 6f 6c 6c ${'00 '.repeat(28)}03`,
    '3e 63 7a 37',
    {
      type: 'identity',
      seq: 7,
      version: 1,
      maxWidth: 1600,
      maxHeight: 1500,
      dpi: 500,
      model: 'Roll',
      single: true,
      rolled: true,
    },
  ],
  ['42 08 02', '97 ee 47 4f', { type: 'ack', seq: 8, of: 2 }],
  ['43 08 02 01', '7c b2 3e 9d', { type: 'error', seq: 8, of: 2, reason: 'busy' }],
]
const header: Message = {
  type: 'image',
  seq: 0,
  transfer: 5,
  kind: 'preview',
  step: 'right-four',
  bits: 8,
  width: 3,
  height: 2,
  dpi: 500,
  blocks: 1,
  bytes: 6,
  crc: 0x3c02891b,
  exposure: 42,
  packed: false,
}
const headerReport = report(
  '44 00 05 01 0d 08 03 00 02 00 f4 01 01 00 06 00 00 00 1b 89 02 3c 2a 00 00 00',
  '5c 65 b1 0d',
)
const pixels = Uint8Array.of(0, 255, 128, 1, 2, 3)
const dataReport = report('c0 05 00 00 00 ff 80 01 02 03 1b 89 02 3c', '00 00 00 00')

function report(bytes: string, crc: string): Uint8Array {
  const whole = Buffer.alloc(64)
  Buffer.from(bytes.replaceAll(' ', ''), 'hex').copy(whole)
  Buffer.from(crc.replaceAll(' ', ''), 'hex').copy(whole, 60)
  return new Uint8Array(whole)
}

function pushAll(decoder: Decoder, bytes: Uint8Array, size: number): Frame[] {
  const frames: Frame[] = []
  for (let at = 0; at < bytes.length; at += size) frames.push(...decoder.push(bytes.subarray(at, at + size)))
  return frames
}

const withoutNoise = (frames: Frame[]) => frames.filter((frame) => frame.kind !== 'noise')

describe('the HID image codec', () => {
  it.each(golden)('writes and reads %s as the document says', (bytes, crc, message) => {
    expect(encodeMessage(message)).toEqual(report(bytes, crc))
    expect(createDecoder().push(report(bytes, crc))).toEqual([{ kind: 'message', message }])
  })

  it('writes and reads the header of an image and its data as the document says', () => {
    expect(encodeMessage(header)).toEqual(headerReport)
    expect(encodeBlock(5, 0, pixels)).toEqual(dataReport)
    const frames = createDecoder().push(Buffer.concat([headerReport, dataReport]))
    expect(frames[0]).toEqual({ kind: 'message', message: header })
    expect(frames[1]).toMatchObject({ kind: 'data', transfer: 5, block: 0, index: 0 })
  })

  it('puts 1,916 bytes of image into a block of 32 reports', () => {
    const image = Uint8Array.from({ length: 2000 }, (_, at) => at)
    expect(encodeBlock(1, 0, image)).toHaveLength(32 * 64)
    // 84 bytes and the CRC.
    expect(encodeBlock(1, 1, image)).toHaveLength(2 * 64)
    expect([...encodeBlock(1, 0, image).subarray(31 * 64, 31 * 64 + 4)]).toEqual([0xc0 + 31, 1, 0, 0])
    expect([...encodeBlock(1, 1, image).subarray(0, 4)]).toEqual([0xc0, 1, 1, 0])
  })

  it.each([1, 2, 63, 64, 65, 127, 1000])('finds the same reports in chunks of %i bytes', (size) => {
    const stream = Buffer.concat([headerReport, dataReport, ...golden.map(([bytes, crc]) => report(bytes, crc))])
    const frames = pushAll(createDecoder(), stream, size)
    expect(frames.map((frame) => frame.kind)).toEqual(['message', 'data', ...golden.map(() => 'message')])
  })

  it('skips garbage before, between and inside reports and says how much', () => {
    const noise = Uint8Array.from({ length: 37 }, (_, at) => at * 7)
    const ack = report('42 08 02', '97 ee 47 4f')
    const frames = createDecoder().push(Buffer.concat([noise, ack, noise, ack.subarray(0, 20), ack]))
    expect(frames).toEqual([
      { kind: 'noise', bytes: 37 },
      { kind: 'message', message: { type: 'ack', seq: 8, of: 2 } },
      { kind: 'noise', bytes: 57 },
      { kind: 'message', message: { type: 'ack', seq: 8, of: 2 } },
    ])
  })

  it('ignores a control report with a damaged byte', () => {
    for (const at of [0, 1, 2, 30, 60, 63]) {
      const damaged = report('42 08 02', '97 ee 47 4f')
      damaged[at]! ^= 0x04
      expect(withoutNoise(createDecoder().push(damaged))).toEqual([])
    }
  })

  it('believes data only of an announced transfer and inside its blocks', () => {
    expect(withoutNoise(createDecoder().push(dataReport))).toEqual([])
    const announced = createDecoder()
    announced.push(headerReport)
    const other = dataReport.slice()
    other[1] = 6
    const beyond = dataReport.slice()
    beyond[2] = 1
    expect(withoutNoise(announced.push(Buffer.concat([other, beyond])))).toEqual([])
    expect(withoutNoise(announced.push(dataReport))).toHaveLength(1)
  })

  it('stays in step after a megabyte of noise', () => {
    const decoder = createDecoder()
    let state = 1
    const noise = Uint8Array.from({ length: 1_000_000 }, () => (state = (state * 48271) % 2147483647) & 0xff)
    const found = withoutNoise(pushAll(decoder, Buffer.concat([noise, report('42 08 02', '97 ee 47 4f')]), 4096))
    expect(found).toEqual([{ kind: 'message', message: { type: 'ack', seq: 8, of: 2 } }])
  })

  it('refuses to write more block numbers than a report holds', () => {
    const blocks = Array.from({ length: 28 }, (_, at) => at)
    expect(() => encodeMessage({ type: 'resend', seq: 0, transfer: 1, header: false, blocks })).toThrow(RangeError)
  })
})
