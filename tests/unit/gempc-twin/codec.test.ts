import { describe, expect, it } from 'vitest'
import {
  encodeMessage,
  encodeSlotChange,
  nakFrame,
  TwinCodec,
  type TwinEvent,
} from '#native/drivers/gempc-twin/codec.ts'

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'))
const shown = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

const slotStatus = hex('0306 65 00000000 00 01 000000 61')
const atrReply = hex('0306 80 02000000 00 07 000000 3b3f 84')

function inPieces(bytes: Uint8Array, size: number): TwinEvent[] {
  const codec = new TwinCodec()
  const events: TwinEvent[] = []
  for (let at = 0; at < bytes.length; at += size) events.push(...codec.push(bytes.subarray(at, at + size)))
  return events
}

describe('frames of the GemPC Twin', () => {
  it('are written as the line wants them', () => {
    const message = { type: 0x65, slot: 0, sequence: 1, parameters: [0, 0, 0] as const, data: new Uint8Array() }
    expect(shown(encodeMessage(message))).toBe(shown(slotStatus))
    const escape = { type: 0x6b, slot: 0, sequence: 2, parameters: [0, 0, 0] as const, data: hex('010101') }
    expect(shown(encodeMessage(escape))).toBe('03066b030000000002000000010101' + '6e')
    expect(shown(nakFrame)).toBe('031516')
    expect(shown(encodeSlotChange(true))).toBe('5003')
  })

  it.each([1, 2, 5, 100])('are found in chunks of %i bytes', (size) => {
    const line = new Uint8Array([...slotStatus, ...atrReply, ...nakFrame, ...encodeSlotChange(false)])
    expect(inPieces(line, size)).toEqual([
      { kind: 'message', message: { type: 0x65, slot: 0, sequence: 1, parameters: [0, 0, 0], data: new Uint8Array() } },
      { kind: 'message', message: { type: 0x80, slot: 0, sequence: 7, parameters: [0, 0, 0], data: hex('3b3f') } },
      { kind: 'nak' },
      { kind: 'slot-change', present: false },
    ])
  })

  it('are found behind garbage, also garbage that begins like a frame', () => {
    for (const garbage of ['00ff1234', '03', '0306', '030651', '0303', '5004', '030680ffffffff0001000000', '0315']) {
      const events = inPieces(new Uint8Array([...hex(garbage), ...atrReply]), 1)
      expect(events.at(-1), garbage).toMatchObject({ kind: 'message', message: { sequence: 7 } })
      expect(events, garbage).toContainEqual({ kind: 'error', what: 'garbage' })
    }
  })

  it('are refused with a wrong check byte, and the next one is found', () => {
    for (let at = 2; at < atrReply.length; at++) {
      const broken = new Uint8Array(atrReply)
      broken[at] = (broken[at] ?? 0) ^ 0x10
      const events = inPieces(new Uint8Array([...broken, ...atrReply, ...slotStatus]), 3)
      const whole = events.filter((event) => event.kind === 'message')
      expect(whole.at(-1), `byte ${at}`).toMatchObject({ message: { type: 0x65 } })
      expect(
        events.some((event) => event.kind === 'error'),
        `byte ${at}`,
      ).toBe(true)
    }
  })

  it('are found after a frame that was cut off, once the codec is reset', () => {
    const codec = new TwinCodec()
    expect(codec.push(atrReply.subarray(0, 9))).toEqual([])
    codec.reset()
    expect(codec.push(slotStatus)).toHaveLength(1)
  })

  it('never make the codec keep more than one frame, whatever comes', () => {
    const codec = new TwinCodec()
    let state = 99
    const noise = Uint8Array.from(
      { length: 200_000 },
      () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 24,
    )
    const started = performance.now()
    for (let at = 0; at < noise.length; at += 64) codec.push(noise.subarray(at, at + 64))
    // A quadratic search would take minutes.
    expect(performance.now() - started).toBeLessThan(5000)
    const flushed = new Uint8Array(600)
    codec.push(flushed)
    expect(codec.push(slotStatus).filter((event) => event.kind === 'message')).toHaveLength(1)
  })
})
