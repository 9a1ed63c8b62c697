import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  anyAddress,
  decodeParameters,
  encodeCommand,
  encodePacket,
  encodeParameters,
  ZfmCodec,
  type Packet,
  type PacketKind,
} from '#native/drivers/zfm/codec.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytes = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))

/** As the modules' manuals print them; the parameters of a ZFM-20 are summed up by hand. */
const golden = {
  verifyPassword: 'EF01 FFFFFFFF 01 0007 13 00000000 001B',
  takeImage: 'EF01 FFFFFFFF 01 0003 01 0005',
  uploadImage: 'EF01 FFFFFFFF 01 0003 0A 000E',
  readParameters: 'EF01 FFFFFFFF 01 0003 0F 0013',
  done: 'EF01 FFFFFFFF 07 0003 00 000A',
  noFinger: 'EF01 FFFFFFFF 07 0003 02 000C',
  parameters: 'EF01 FFFFFFFF 07 0013 00 0000 0009 03E8 0003 FFFFFFFF 0002 0006 0515',
}

const contents = fc.uint8Array({ minLength: 0, maxLength: 256 })
const packets: fc.Arbitrary<Packet> = fc.record({
  kind: fc.constantFrom<PacketKind>('command', 'data', 'acknowledge', 'end'),
  address: fc.integer({ min: 0, max: anyAddress }),
  content: contents,
})

/** The stream in pieces, cut wherever the numbers say. */
function inPieces(stream: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = []
  for (let at = 0, turn = 0; at < stream.length; turn++) {
    const end = at + (sizes[turn % sizes.length] ?? 1)
    pieces.push(stream.subarray(at, end))
    at = end
  }
  return pieces
}

describe('packets of GROW and ZFM modules', () => {
  it('are those of the manuals', () => {
    expect(hex(encodeCommand(0x13, new Uint8Array(4)))).toBe(hex(bytes(golden.verifyPassword)))
    expect(hex(encodeCommand(0x01))).toBe(hex(bytes(golden.takeImage)))
    expect(hex(encodeCommand(0x0a))).toBe(hex(bytes(golden.uploadImage)))
    expect(hex(encodeCommand(0x0f))).toBe(hex(bytes(golden.readParameters)))
  })

  it('are read with their code and what follows it', () => {
    const events = new ZfmCodec().push(bytes(golden.noFinger + golden.parameters))
    expect(events).toEqual([
      { kind: 'acknowledge', address: anyAddress, content: Uint8Array.of(2) },
      { kind: 'acknowledge', address: anyAddress, content: bytes('00 0000 0009 03E8 0003 FFFFFFFF 0002 0006') },
    ])
  })

  it('may follow the 55 of a module that has just got its power', () => {
    const events = new ZfmCodec().push(bytes(`55 ${golden.done}`))
    expect(events.map(({ kind }) => kind)).toEqual(['error', 'acknowledge'])
  })

  it('come out as they went in, whatever the pieces', () => {
    fc.assert(
      fc.property(
        fc.array(packets, { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        (all, sizes) => {
          const stream = Buffer.concat(all.map(encodePacket))
          const codec = new ZfmCodec()
          expect(inPieces(stream, sizes).flatMap((piece) => codec.push(piece))).toEqual(all)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('are found behind any noise once enough has come, and noise alone is none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), packets, (noise, packet) => {
        const codec = new ZfmCodec()
        const frame = encodePacket(packet)
        // What looks like a header can swallow a packet of the largest size before its checksum shows the mistake.
        const events = codec.push(Buffer.concat([noise, frame, frame, new Uint8Array(300)]))
        expect(events).toContainEqual(packet)
      }),
      { numRuns: 60 },
    )
  })

  it('that are damaged anywhere are not taken, and the next one is', () => {
    const whole = bytes(golden.parameters)
    for (let at = 0; at < whole.length; at++) {
      // The address is not under the checksum.
      if (at >= 2 && at < 6) continue
      const broken = whole.slice()
      broken[at] = (broken[at] ?? 0) ^ 0x20
      const codec = new ZfmCodec()
      expect(codec.push(broken).filter(({ kind }) => kind !== 'error')).toEqual([])
      codec.reset()
      expect(codec.push(whole).at(-1)).toMatchObject({ kind: 'acknowledge' })
    }
  })

  it('never claim more bytes than a packet can have', () => {
    const events = new ZfmCodec().push(bytes(`EF01 FFFFFFFF 07 FFFF ${golden.done}`))
    expect(events.map(({ kind }) => kind)).toEqual(['error', 'acknowledge'])
  })
})

describe('parameters of a module', () => {
  const parameters = {
    status: 4,
    system: 9,
    room: 1000,
    security: 3,
    address: anyAddress,
    packetBytes: 128,
    baudRate: 57_600,
  }

  it('are read from their sixteen bytes', () => {
    expect(decodeParameters(bytes('0004 0009 03E8 0003 FFFFFFFF 0002 0006'))).toEqual(parameters)
    expect(hex(encodeParameters(parameters))).toBe('0004000903e80003ffffffff00020006')
  })

  it('are nothing when too short or with a packet size that does not exist', () => {
    expect(decodeParameters(new Uint8Array(15))).toBeUndefined()
    expect(decodeParameters(bytes('0004 0009 03E8 0003 FFFFFFFF 0004 0006'))).toBeUndefined()
  })
})
