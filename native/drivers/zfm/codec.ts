import { FrameCutter } from '../frame-cutter.ts'

/**
 * Packets of the fingerprint modules that GROW, ZhianTec and others make alike: `EF 01`, address (4), what it is (1),
 * length (2), content, checksum (2), numbers big-endian. The length counts content and checksum; the checksum is the sum
 * of what it is, length and content.
 */

export const packetKinds = { command: 0x01, data: 0x02, acknowledge: 0x07, end: 0x08 } as const
export type PacketKind = keyof typeof packetKinds

export type Packet = {
  readonly kind: PacketKind
  /** FFFFFFFF unless somebody gave the module another one. */
  readonly address: number
  readonly content: Uint8Array
}

export type ZfmEvent = Packet | { readonly kind: 'error'; readonly what: 'garbage' | 'checksum' }

/** Commands that this program gives. */
export const commands = {
  takeImage: 0x01,
  uploadImage: 0x0a,
  readParameters: 0x0f,
  verifyPassword: 0x13,
} as const

/** What a module answers to a command. */
export const acknowledges = {
  done: 0x00,
  receiveError: 0x01,
  noFinger: 0x02,
  captureFailed: 0x03,
  messy: 0x06,
  fewFeatures: 0x07,
  differs: 0x08,
  notFound: 0x09,
  combineFailed: 0x0a,
  cannotSend: 0x0f,
  wrongPassword: 0x13,
  noImage: 0x15,
  flashError: 0x18,
  verifyFirst: 0x21,
} as const

export const anyAddress = 0xffff_ffff
export const parametersLength = 16

const start = [0xef, 0x01] as const
const headerLength = 9
const checkLength = 2
/** Data packets hold 32 to 256 bytes. */
const largestContent = 256
const kindOf = new Map(Object.entries(packetKinds).map(([kind, code]) => [code as number, kind as PacketKind]))

export function encodePacket({ kind, address, content }: Packet): Uint8Array {
  const packet = new Uint8Array(headerLength + content.length + checkLength)
  const view = new DataView(packet.buffer)
  packet.set(start)
  view.setUint32(2, address)
  packet[6] = packetKinds[kind]
  view.setUint16(7, content.length + checkLength)
  packet.set(content, headerLength)
  view.setUint16(packet.length - checkLength, checksum(packet))
  return packet
}

export function encodeCommand(code: number, parameters: Uint8Array = new Uint8Array()): Uint8Array {
  return encodePacket({ kind: 'command', address: anyAddress, content: Uint8Array.of(code, ...parameters) })
}

/** Cuts packets out of the bytes of the line. The single 55 that a module sends after its reset is garbage like any. */
export class ZfmCodec extends FrameCutter<ZfmEvent> {
  protected override take(bytes: Uint8Array, events: ZfmEvent[]): number {
    if (bytes.length === 0) return 0
    if (bytes[0] !== start[0]) return this.skip(events)
    if (bytes.length === 1) return 0
    if (bytes[1] !== start[1]) return this.skip(events)
    if (bytes.length < headerLength) return 0
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    const kind = kindOf.get(view.getUint8(6))
    const length = view.getUint16(7)
    if (!kind || length < checkLength || length > largestContent + checkLength) return this.skip(events)
    const whole = headerLength + length
    if (bytes.length < whole) return 0
    const packet = bytes.subarray(0, whole)
    if (checksum(packet) !== view.getUint16(whole - checkLength)) return this.damaged(events)
    const content = packet.slice(headerLength, -checkLength)
    return this.found(events, { kind, address: view.getUint32(2), content }, whole)
  }
}

function checksum(packet: Uint8Array): number {
  return packet.subarray(6, -checkLength).reduce((sum, byte) => sum + byte, 0) & 0xffff
}

/** The 16 bytes of ReadSysPara. */
export type Parameters = {
  /** Status register: bit 0 busy, 1 found a match, 2 password given, 3 the image buffer holds an image. */
  readonly status: number
  readonly system: number
  /** Templates that the module has room for. */
  readonly room: number
  readonly security: number
  readonly address: number
  /** Bytes in one data packet. */
  readonly packetBytes: number
  readonly baudRate: number
}

const packetSizes = [32, 64, 128, 256] as const
const baudUnit = 9600

export function encodeParameters(parameters: Parameters): Uint8Array {
  const bytes = new Uint8Array(parametersLength)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, parameters.status)
  view.setUint16(2, parameters.system)
  view.setUint16(4, parameters.room)
  view.setUint16(6, parameters.security)
  view.setUint32(8, parameters.address)
  view.setUint16(
    12,
    packetSizes.findIndex((size) => size === parameters.packetBytes),
  )
  view.setUint16(14, parameters.baudRate / baudUnit)
  return bytes
}

/** Undefined when a length of packets is named that does not exist. */
export function decodeParameters(bytes: Uint8Array): Parameters | undefined {
  if (bytes.length !== parametersLength) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const packetBytes = packetSizes[view.getUint16(12)]
  if (packetBytes === undefined) return undefined
  return {
    status: view.getUint16(0),
    system: view.getUint16(2),
    room: view.getUint16(4),
    security: view.getUint16(6),
    address: view.getUint32(8),
    packetBytes,
    baudRate: view.getUint16(14) * baudUnit,
  }
}
