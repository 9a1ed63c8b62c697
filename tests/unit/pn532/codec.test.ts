import { describe, expect, it } from 'vitest'
import { ackFrame, encodeFrame, nackFrame, Pn532Codec, refusedFrame, wakeUp } from '#native/drivers/pn532/codec.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytes = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))
const events = (...chunks: Uint8Array[]) => {
  const codec = new Pn532Codec()
  return chunks.flatMap((chunk) => codec.push(chunk))
}

/** From the chip's user manual. */
const golden = {
  getFirmware: '0000ff02fed4022a00',
  firmware: '0000ff06fad50332010607e800',
  samNormal: '0000ff05fbd4140114000300',
}

describe('frames of the PN532', () => {
  it('are those of the manual', () => {
    expect(hex(encodeFrame(true, 0x02, new Uint8Array()))).toBe(golden.getFirmware)
    expect(hex(encodeFrame(false, 0x03, bytes('32010607')))).toBe(golden.firmware)
    expect(hex(encodeFrame(true, 0x14, bytes('011400')))).toBe(golden.samNormal)
    expect([ackFrame, nackFrame, refusedFrame].map(hex)).toEqual(['0000ff00ff00', '0000ffff0000', '0000ff01ff7f8100'])
  })

  it('are read back with ACK and NACK between them, whatever the chunks', () => {
    const stream = Uint8Array.of(...wakeUp, ...ackFrame, ...bytes(golden.firmware), ...nackFrame, ...refusedFrame)
    const expected = [
      { kind: 'ack' },
      { kind: 'frame', fromHost: false, code: 0x03, data: bytes('32010607') },
      { kind: 'nack' },
      { kind: 'refused' },
    ]
    expect(events(stream)).toEqual(expected)
    expect(events(...[...stream].map((byte) => Uint8Array.of(byte)))).toEqual(expected)
  })

  it('take the extended form above 255 bytes, and never before', () => {
    const longest = encodeFrame(true, 0x42, new Uint8Array(253).fill(0xa5))
    expect(hex(longest.subarray(0, 5))).toBe('0000ffff01')
    const extended = encodeFrame(true, 0x42, new Uint8Array(254).fill(0xa5))
    expect(hex(extended.subarray(0, 8))).toBe('0000ffffff0100ff')
    for (const frame of [longest, extended, encodeFrame(false, 0x43, new Uint8Array(263))]) {
      const [event, ...more] = events(frame)
      expect(more).toEqual([])
      expect(event).toMatchObject({ kind: 'frame' })
    }
  })

  it('that are damaged anywhere are not taken, and the next one is', () => {
    const frame = encodeFrame(false, 0x41, bytes('00112233445566'))
    for (let at = 2; at < frame.length - 1; at++) {
      const broken = frame.slice()
      broken[at] = (broken[at] ?? 0) ^ 0x10
      const codec = new Pn532Codec()
      const first = codec.push(broken)
      expect(first.filter(({ kind }) => kind === 'frame')).toEqual([])
      codec.reset()
      expect(codec.push(frame).at(-1)).toEqual({
        kind: 'frame',
        fromHost: false,
        code: 0x41,
        data: bytes('00112233445566'),
      })
    }
  })

  it('are found again after noise, which is reported once', () => {
    const noise = bytes('8f 12 ff ff 33')
    expect(events(noise, bytes(golden.firmware))).toEqual([
      { kind: 'error', what: 'garbage' },
      { kind: 'frame', fromHost: false, code: 0x03, data: bytes('32010607') },
    ])
  })

  it('never keep more than one frame may hold, however long the noise', () => {
    const codec = new Pn532Codec()
    let seed = 5
    for (let round = 0; round < 200; round++) {
      const chunk = Uint8Array.from({ length: 500 }, () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 16)
      codec.push(chunk)
    }
    codec.reset()
    expect(codec.push(bytes(golden.firmware))).toHaveLength(1)
  })
})
