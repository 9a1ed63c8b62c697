import { describe, expect, it } from 'vitest'
import { AcsCodec, encodeMessage, encodeSlotChange, encodeStatus, repeatFrame } from '#native/drivers/acr122s/codec.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytes = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))
const message = (type: number, slot: number, data = '') =>
  ({ type, slot, sequence: 0, parameters: [0, 0, 0], data: bytes(data) }) as const

/** As printed in ACS's manuals. */
const golden = {
  powerOn: '02 62 00000000 00 00 000000 62 03',
  to115200: '02 6B 02000000 01 00 000000 4404 28 03',
  firmware: '02 6B 05000000 01 00 000000 E000001800 97 03',
  challenge: '02 6F 05000000 01 00 000000 8084000008 67 03',
  atr: '02 80 10000000 00 00 008100 3B8B80014A434F50333133364744544C 2A 03',
}

describe('frames of ACS readers', () => {
  it('are those of the manuals', () => {
    expect(hex(encodeMessage(message(0x62, 0)))).toBe(hex(bytes(golden.powerOn)))
    expect(hex(encodeMessage(message(0x6b, 1, '4404')))).toBe(hex(bytes(golden.to115200)))
    expect(hex(encodeMessage(message(0x6b, 1, 'e000001800')))).toBe(hex(bytes(golden.firmware)))
    expect(hex(encodeMessage(message(0x6f, 1, '8084000008')))).toBe(hex(bytes(golden.challenge)))
    expect(hex(encodeStatus(0))).toBe('02000003')
    expect(hex(repeatFrame)).toBe('02000000000000000000000003')
  })

  it('are read back with status, notices and requests to repeat between them, whatever the chunks', () => {
    const stream = Uint8Array.of(
      ...encodeStatus(0),
      ...bytes(golden.atr),
      ...encodeSlotChange(0x07),
      ...repeatFrame,
      ...encodeStatus(0xff),
    )
    const expected = [
      { kind: 'status', status: 0 },
      {
        kind: 'message',
        message: {
          type: 0x80,
          slot: 0,
          sequence: 0,
          parameters: [0, 0x81, 0],
          data: bytes('3B8B80014A434F50333133364744544C'),
        },
      },
      { kind: 'slot-change', bits: 0x07 },
      { kind: 'repeat' },
      { kind: 'status', status: 0xff },
    ]
    expect(new AcsCodec().push(stream)).toEqual(expected)
    const codec = new AcsCodec()
    expect([...stream].flatMap((byte) => codec.push(Uint8Array.of(byte)))).toEqual(expected)
  })

  it('that are damaged anywhere are not taken, and the next one is', () => {
    const whole = bytes(golden.atr)
    for (let at = 0; at < whole.length; at++) {
      const broken = whole.slice()
      broken[at] = (broken[at] ?? 0) ^ 0x20
      const codec = new AcsCodec()
      expect(codec.push(broken).filter(({ kind }) => kind === 'message')).toEqual([])
      codec.reset()
      expect(codec.push(whole).at(-1)).toMatchObject({ kind: 'message', message: { type: 0x80 } })
    }
  })

  it('are found again after noise, which is reported once', () => {
    const events = new AcsCodec().push(Uint8Array.of(0xff, 0x91, 0x17, ...bytes(golden.atr)))
    expect(events.map(({ kind }) => kind)).toEqual(['error', 'message'])
  })
})
