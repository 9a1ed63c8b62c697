import { AppError } from '#domain/failure/index.ts'

export const mostBytes = 1024 * 1024
/** Seconds: shorter is a click on the wrong button, longer is no sentence. */
const shortest = 0.2
const longest = 30

export type RecordingFault =
  | 'too-large'
  | 'not-webm'
  | 'not-opus'
  | 'several-tracks'
  | 'encoded'
  | 'cut-off'
  | 'laced'
  | 'too-short'
  | 'too-long'

// Elements of EBML (RFC 8794) and Matroska (RFC 9559), with the marker bits of their ids.
const id = {
  ebml: 0x1a45dfa3,
  docType: 0x4282,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackType: 0x83,
  codec: 0x86,
  contentEncodings: 0x6d80,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
}
/** Entered; everything else is passed over as a whole. */
const containers = new Set([id.ebml, id.segment, id.info, id.tracks, id.trackEntry, id.cluster, id.blockGroup])
/** MediaRecorder does not know their size when it begins them. */
const open = new Set([id.segment, id.cluster])
const audioTrack = 2

/**
 * Looks at a recording as MediaRecorder makes it: WebM with one track of Opus, blocks without lacing. Seconds are
 * counted from the blocks. Throws RECORDING_UNUSABLE with `context.reason`, a RecordingFault.
 */
export function inspectRecording(bytes: Uint8Array): { readonly seconds: number } {
  if (bytes.length > mostBytes) throw unusable('too-large')
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.length < 16 || view.readUInt32BE(0) !== id.ebml) throw unusable('not-webm')
  let docType = ''
  let tracks = 0
  let codec = ''
  let type = 0
  let scale = 1_000_000
  let cluster = 0
  let first: number | undefined
  let end = 0
  for (const element of elements(view)) {
    const { data } = element
    if (element.id === id.docType) docType = data.toString('latin1').replace(/\0+$/u, '')
    else if (element.id === id.timestampScale) scale = unsigned(data)
    else if (element.id === id.trackEntry) tracks++
    else if (element.id === id.codec) codec = data.toString('latin1')
    else if (element.id === id.trackType) type = unsigned(data)
    else if (element.id === id.contentEncodings) throw unusable('encoded')
    else if (element.id === id.timestamp) cluster = unsigned(data)
    else if (element.id === id.simpleBlock || element.id === id.block) {
      const block = readBlock(data)
      const at = ((cluster + block.offset) * scale) / 1e9
      first ??= at
      end = Math.max(end, at + block.seconds)
    }
  }
  if (docType !== 'webm') throw unusable('not-webm')
  if (tracks > 1) throw unusable('several-tracks')
  if (tracks === 0 || type !== audioTrack || codec !== 'A_OPUS') throw unusable('not-opus')
  const seconds = Math.round((end - (first ?? 0)) * 1000) / 1000
  if (!(seconds >= shortest)) throw unusable('too-short')
  if (seconds > longest) throw unusable('too-long')
  return { seconds }
}

type Element = { readonly id: number; readonly data: Buffer }

/** Containers come before what is in them, without content. */
function* elements(view: Buffer): Generator<Element> {
  let at = 0
  while (at < view.length) {
    const name = variable(view, at, 4)
    const size = variable(view, at + name.length, 8)
    at += name.length + size.length
    const container = containers.has(name.marked)
    if (size.unknown && !open.has(name.marked)) throw unusable('not-webm')
    if (container) {
      yield { id: name.marked, data: Buffer.alloc(0) }
      continue
    }
    if (at + size.value > view.length) throw unusable('cut-off')
    yield { id: name.marked, data: view.subarray(at, at + size.value) }
    at += size.value
  }
}

/** A number whose leading zeros say how long it is (RFC 8794 4). */
function variable(view: Buffer, at: number, longestLength: number) {
  const head = view[at]
  if (head === undefined) throw unusable('cut-off')
  const length = Math.clz32(head) - 23
  if (length > longestLength) throw unusable('not-webm')
  if (at + length > view.length) throw unusable('cut-off')
  let value = head & (0xff >> length)
  let marked = head
  let ones = value === 0xff >> length
  for (const byte of view.subarray(at + 1, at + length)) {
    value = value * 256 + byte
    marked = marked * 256 + byte
    ones &&= byte === 0xff
  }
  return { length, value, marked, unknown: ones }
}

function unsigned(data: Buffer): number {
  return data.length === 0 || data.length > 6 ? 0 : data.readUIntBE(0, data.length)
}

/** RFC 9559 10: track number, offset from the cluster, flags, then the packet. */
function readBlock(data: Buffer): { readonly offset: number; readonly seconds: number } {
  const track = variable(data, 0, 8)
  const packet = data.subarray(track.length + 3)
  if (packet.length === 0) throw unusable('cut-off')
  if (((data[track.length + 2] ?? 0) & 0x06) !== 0) throw unusable('laced')
  return { offset: data.readInt16BE(track.length), seconds: packetSeconds(packet) }
}

/** RFC 6716 3.1: five bits say how long a frame is, two how many there are. */
function packetSeconds(packet: Buffer): number {
  const head = packet[0] ?? 0
  const config = head >> 3
  const silk = [10, 20, 40, 60]
  const hybrid = [10, 20]
  const celt = [2.5, 5, 10, 20]
  const milliseconds = (config < 12 ? silk[config % 4] : config < 16 ? hybrid[config % 2] : celt[config % 4]) ?? 0
  const code = head & 3
  const frames = code === 0 ? 1 : code === 3 ? (packet[1] ?? 0) & 0x3f : 2
  return (milliseconds * frames) / 1000
}

function unusable(reason: RecordingFault): AppError {
  return new AppError('RECORDING_UNUSABLE', 'language.recording', { context: { reason } })
}
