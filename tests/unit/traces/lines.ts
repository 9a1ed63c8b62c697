import { crc32 } from 'node:zlib'
import { encodeMessage as acs, encodeSlotChange, encodeStatus } from '#native/drivers/acr122s/codec.ts'
import { encodeMessage as twin, nakFrame } from '#native/drivers/gempc-twin/codec.ts'
import { encodeBlock as t1Block } from '#native/drivers/gempc-twin/t1.ts'
import { shippedMaps } from '#native/drivers/hid-button/report-map.ts'
import { encodeButtonReport } from '#native/drivers/hid-button/report.ts'
import { blocksIn, encodeBlock, encodeMessage as hid } from '#native/drivers/hid-image/codec.ts'
import type { ImageHeader } from '#native/drivers/hid-image/messages.ts'
import { encodePart } from '#native/drivers/hid-pos/codec.ts'
import { reportMaps } from '#native/drivers/hid-pos/report-maps.ts'
import { ackFrame, encodeFrame, wakeUp } from '#native/drivers/pn532/codec.ts'
import { anyAddress, encodeCommand, encodePacket, encodeParameters } from '#native/drivers/zfm/codec.ts'

export type Said = readonly (readonly ['out' | 'in', Uint8Array])[]

/** Of an invented person. */
export const secrets = {
  name: 'Lò Thị Mẫu',
  number: '014190000123',
  zone: 'IDVNM1900001234014190000123<<2',
  row: Uint8Array.from({ length: 64 }, (_, at) => (at * 37 + 11) & 0xff),
}
export const personal = Buffer.from(`${secrets.zone}\n${secrets.name}\n${secrets.number}`)
export const qr = Buffer.from(`${secrets.number}|050000123|${secrets.name}|15031990|Nữ|Bản Mẫu|01082024`)
const none = new Uint8Array()

export const apdus = {
  select: Uint8Array.of(0x00, 0xa4, 0x02, 0x0c, 0x02, 0x01, 0x1e),
  read: Uint8Array.of(0x00, 0xb0, 0x00, 0x00, 0x00),
  ok: Uint8Array.of(0x90, 0x00),
  answer: Uint8Array.from([...personal, 0x90, 0x00]),
  /** Keys of the card from what is printed on it. */
  authenticate: Uint8Array.from([0x00, 0x82, 0x00, 0x00, 0x28, ...personal.subarray(0, 40), 0x28]),
}
export const atr = Uint8Array.of(0x3b, 0x88, 0x80, 0x01, 0x53, 0x49, 0x4d, 0x2d, 0x43, 0x48, 0x49, 0x50, 0x5c)

const twinSays = (type: number, sequence: number, data: Uint8Array = none, status = 0) =>
  twin({ type, slot: 0, sequence, parameters: [status, 0, 0], data })
const block = (pcb: number, inf: Uint8Array) => t1Block({ pcb, inf })

export function gempcTwinSaid(): Said {
  const ask = (sequence: number, type: number, data: Uint8Array = none): Said => {
    const frame = twinSays(type, sequence, data)
    // The reader echoes.
    return [
      ['out', frame],
      ['in', frame],
    ]
  }
  const long = apdus.answer
  return [
    ...ask(1, 0x6b, Uint8Array.of(2)),
    ['in', twinSays(0x83, 1, Buffer.from('GemTwin-V2.00'))],
    ...ask(2, 0x62),
    ['in', twinSays(0x80, 2, atr)],
    ...ask(3, 0x6f, block(0x00, apdus.select)),
    ['in', twinSays(0x80, 3, block(0x00, apdus.ok))],
    ['in', Uint8Array.of(0x50, 0x03)],
    ...ask(4, 0x6f, block(0x40, apdus.read)),
    ['in', twinSays(0x80, 4, block(0x60, long.subarray(0, 32)))],
    ...ask(5, 0x6f, block(0x90, none)),
    ['in', twinSays(0x80, 5, block(0x00, long.subarray(32)))],
    ['in', nakFrame],
    ...ask(6, 0x6f, block(0x20, apdus.authenticate.subarray(0, 20))),
    ['in', twinSays(0x80, 6, block(0x90, none))],
    ...ask(7, 0x6f, block(0x40, apdus.authenticate.subarray(20))),
    // The card has not heard it: the last piece comes again.
    ...ask(8, 0x6f, block(0x40, apdus.authenticate.subarray(20))),
    ['in', twinSays(0x80, 8, block(0x40, apdus.ok))],
  ]
}

export function acr122sSaid(): Said {
  const says = (type: number, sequence: number, data: Uint8Array) =>
    acs({ type, slot: 0, sequence, parameters: [0, 0x81, 0], data })
  const direct = (command: readonly number[]) => Uint8Array.of(0xff, 0, 0, 0, command.length + 1, 0xd4, ...command)
  const chip = (answer: readonly number[]) => Uint8Array.of(0xd5, ...answer, 0x90, 0x00)
  const asked = (sequence: number, data: Uint8Array, answer: Uint8Array): Said => [
    ['out', says(0x6f, sequence, data)],
    ['in', encodeStatus(0)],
    ['in', says(0x80, sequence, answer)],
  ]
  return [
    ...asked(1, Uint8Array.of(0xff, 0, 0x48, 0, 0), Buffer.from('ACR122S101')),
    ...asked(2, direct([0x4a, 1, 0]), chip([0x4b, 1, 1, 0, 4, 0x20, 4, ...secrets.row.subarray(0, 4)])),
    ...asked(3, direct([0x42, 0xe0, 0x80]), chip([0x43, 0, 0x06, 0x75, 0x77, 0x81, 0x02, 0x80])),
    ...asked(4, direct([0x42, 0x02, ...apdus.select]), chip([0x43, 0, 0x02, ...apdus.ok])),
    ...asked(5, direct([0x42, 0x03, ...apdus.read]), chip([0x43, 0, 0x03, ...apdus.answer])),
    ['in', encodeSlotChange(3)],
    ...asked(6, apdus.read, apdus.answer),
    ...asked(7, direct([0x40, 1, ...apdus.read]), chip([0x41, 0, ...apdus.answer])),
  ]
}

export function pn532Said(): Said {
  const asked = (command: readonly number[], answer: readonly number[]): Said => [
    ['out', encodeFrame(true, command[0]!, Uint8Array.from(command.slice(1)))],
    ['in', ackFrame],
    ['in', encodeFrame(false, command[0]! + 1, Uint8Array.from(answer))],
  ]
  return [
    ['out', wakeUp],
    ...asked([0x02], [0x32, 1, 6, 7]),
    ...asked([0x4a, 1, 0], [1, 1, 0, 4, 0x20, 7, ...secrets.row.subarray(0, 7)]),
    ...asked([0x4a, 1, 3], [1, 1, 0x50, ...secrets.row.subarray(0, 4), 0, 0, 0, 0, 0, 0x81, 0xc1, 1, 0]),
    ...asked([0x42, 0xe0, 0x80], [0, 0x06, 0x75, 0x77, 0x81, 0x02, 0x80]),
    ...asked([0x42, 0x02, ...apdus.select], [0, 0x02, ...apdus.ok]),
    ...asked([0x42, 0x03, ...apdus.read], [0, 0x13, ...apdus.answer.subarray(0, 40)]),
    ...asked([0x42, 0xa2], [0, 0x02, ...apdus.answer.subarray(40)]),
    ...asked([0x40, 0x41, ...apdus.authenticate.subarray(0, 20)], [0]),
    ...asked([0x40, 0x01, ...apdus.authenticate.subarray(20)], [0, ...apdus.answer]),
    ...asked([0x42, 0x02, 0x00, 0xb0, 0x00, 0x00, 0x00, 0x01, 0x2c], [0, 0x02, ...long, 0x90, 0x00]),
  ]
}
const long = Uint8Array.from({ length: 250 }, (_, at) => personal[at % personal.length]!)

export function zfmSaid(): Said {
  const packet = (kind: 'data' | 'end' | 'acknowledge', content: Uint8Array) =>
    encodePacket({ kind, address: anyAddress, content })
  const acknowledge = (...content: number[]) => packet('acknowledge', Uint8Array.from(content))
  const parameters = encodeParameters({
    status: 4,
    system: 9,
    room: 1000,
    security: 3,
    address: anyAddress,
    packetBytes: 128,
    baudRate: 57_600,
  })
  const row = Uint8Array.from([...secrets.row, ...secrets.row])
  return [
    ['in', Uint8Array.of(0x55)],
    ['out', encodeCommand(0x13, Buffer.from('geh1'))],
    ['in', acknowledge(0)],
    ['out', encodeCommand(0x0f)],
    ['in', acknowledge(0, ...parameters)],
    ['out', encodeCommand(0x01)],
    ['in', acknowledge(2)],
    ['out', encodeCommand(0x0a)],
    ['in', acknowledge(0)],
    ...Array.from({ length: 20 }, () => ['in', packet('data', row)] as const),
    ['in', packet('end', row)],
    // Nothing that this program asks for: a template.
    ['in', acknowledge(0, ...secrets.row.subarray(0, 20))],
  ]
}

export function headerOf(kind: ImageHeader['kind'], transfer: number, pixels: Uint8Array): ImageHeader {
  const [width, height] = [64, pixels.length / 64]
  const size = { bits: 8 as const, width, height, dpi: 500, bytes: pixels.length, blocks: blocksIn(pixels.length) }
  return { transfer, kind, step: 'right-four', ...size, crc: crc32(pixels), exposure: transfer, packed: false }
}

/** Every row of the picture is the secret one. */
export const fingers = Uint8Array.from({ length: 64 * 200 }, (_, at) => secrets.row[at % 64]!)

export function pictureSaid(header: ImageHeader, pixels: Uint8Array): Said {
  const { transfer, blocks } = header
  return [
    ['in', hid({ type: 'image', seq: 0, ...header })],
    ['out', hid({ type: 'credit', seq: 9, transfer, blocks: 8 })],
    ...Array.from({ length: blocks }, (_, at) => ['in', encodeBlock(transfer, at, pixels)] as const),
    ['out', hid({ type: 'done', seq: 10, transfer })],
  ]
}

export function hidImageSaid(): Said {
  const identity = { version: 1, maxWidth: 1600, maxHeight: 1500, dpi: 500, model: 'Sim', single: true, rolled: true }
  const small = fingers.subarray(0, 64 * 40)
  const previews = Array.from({ length: 70 }, (_, at) => pictureSaid(headerOf('preview', 1 + at, small), small))
  return [
    ['out', hid({ type: 'identify', seq: 1, version: 1 })],
    ['in', hid({ type: 'identity', seq: 1, ...identity })],
    [
      'out',
      hid({ type: 'start', seq: 2, step: 'right-four', scale: 5, bits: 4, packed: true, absent: ['right-ring'] }),
    ],
    ['in', hid({ type: 'ack', seq: 2, of: 2 })],
    ...previews.flat(),
    ['out', hid({ type: 'shoot', seq: 3 })],
    ['in', hid({ type: 'ack', seq: 3, of: 4 })],
    ...pictureSaid(headerOf('full', 100, fingers), fingers),
  ]
}

export function hidPosSaid(): Said {
  const map = reportMaps.counted
  const part = (data: Uint8Array, more: boolean) => encodePart(map, { symbology: ']Q1', data, more })
  return [
    ['in', part(qr.subarray(0, 56), true)],
    ['in', part(qr.subarray(56), false)],
    ['in', part(qr.subarray(56), false)],
  ]
}

export function serialScannerSaid(): Said {
  const zone = Buffer.from(`\x01\x2a\x00OU\x02 ${secrets.zone}\r${secrets.zone}\r\x03\x41`, 'latin1')
  return [
    ['in', Buffer.from(`${secrets.number}\r\n`)],
    ['in', Buffer.concat([qr, Uint8Array.of(0x0d)])],
    ['in', zone],
    ['in', Uint8Array.of(0x05, 0x7f)],
  ]
}

export function hidButtonSaid(): Said {
  const { input } = shippedMaps[0]
  return [
    ['in', encodeButtonReport(input, { shutter: true, counter: 1 })],
    ['in', encodeButtonReport(input, { shutter: false, counter: 2 })],
    // From a device that is none: a keyboard.
    ['in', Buffer.from(secrets.number)],
  ]
}

/** The same line with bytes lost, inserted or changed here and there; always the same ones. */
export function* brokenLines(said: () => Said, rounds: number): Generator<Said> {
  let seed = 1
  const random = (below: number) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % below
  for (let round = 0; round < rounds; round++) {
    yield said().map(([way, bytes]): Said[number] => {
      if (way === 'out' || random(4) > 0) return [way, bytes]
      const at = random(bytes.length)
      const how = random(3)
      if (how === 0) return [way, Uint8Array.from([...bytes].toSpliced(at, 1 + random(3)))]
      if (how === 1) return [way, Uint8Array.from([...bytes].toSpliced(at, 0, random(256)))]
      const changed = bytes.slice()
      changed[at]! ^= 1 + random(255)
      return [way, changed]
    })
  }
}

export const saidOf: Record<string, () => Said> = {
  'gempc-twin': gempcTwinSaid,
  acr122s: acr122sSaid,
  acr1281s: acr122sSaid,
  pn532: pn532Said,
  zfm: zfmSaid,
  'hid-image': hidImageSaid,
  'hid-pos': hidPosSaid,
  'serial-scanner': serialScannerSaid,
  'hid-button': hidButtonSaid,
  pcsc: () => [
    ['out', apdus.select],
    ['in', apdus.ok],
    ['out', apdus.read],
    ['in', apdus.answer],
    ['out', apdus.authenticate],
  ],
}
