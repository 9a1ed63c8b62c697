import { crc32 } from 'node:zlib'
import {
  BLOCK_DATA,
  BLOCK_REPORTS,
  captureBits,
  errorReasons,
  messageTypes,
  REPORT,
  REPORT_PAYLOAD,
  RESEND_MAX,
  type ErrorReason,
  type Frame,
  type Message,
} from './messages.ts'
import { fingersOf, maskOf, stepBytes, stepOf } from './steps.ts'

const DATA = 0xc0
const CRC_AT = REPORT - 4
const BODY = 2
const MODEL_AT = 10
const MODEL_BYTES = 32
const CAPTURES_AT = MODEL_AT + MODEL_BYTES
const knownTypes: ReadonlySet<number> = new Set(Object.values(messageTypes))

/** One control report of 64 bytes. Throws RangeError when a list of blocks is longer than a report holds. */
export function encodeMessage(message: Message): Uint8Array {
  const report = new Uint8Array(REPORT)
  const view = new DataView(report.buffer)
  report[0] = messageTypes[message.type]
  report[1] = message.seq
  writeBody(message, report, view)
  view.setUint32(CRC_AT, crc32(report.subarray(0, CRC_AT)), true)
  return report
}

function writeBody(message: Message, report: Uint8Array, view: DataView): void {
  switch (message.type) {
    case 'identify':
      report[BODY] = message.version
      return
    case 'start': {
      const { position, manner } = stepBytes(message.step)
      report[BODY] = position
      report[3] = message.scale
      report[4] = message.bits
      report[5] = manner
      view.setUint16(6, maskOf(message.absent), true)
      report[8] = message.packed ? 1 : 0
      return
    }
    case 'credit':
      report[BODY] = message.transfer
      view.setUint16(4, message.blocks, true)
      return
    case 'resend':
      if (message.blocks.length > RESEND_MAX) throw new RangeError('too many blocks in one resend')
      report[BODY] = message.transfer
      report[3] = message.header ? 1 : 0
      report[4] = message.blocks.length
      message.blocks.forEach((block, at) => view.setUint16(6 + 2 * at, block, true))
      return
    case 'shoot':
    case 'stop':
      return
    case 'done':
      report[BODY] = message.transfer
      return
    case 'identity':
      report[BODY] = message.version
      view.setUint16(4, message.maxWidth, true)
      view.setUint16(6, message.maxHeight, true)
      view.setUint16(8, message.dpi, true)
      new TextEncoder().encodeInto(message.model, report.subarray(MODEL_AT, MODEL_AT + MODEL_BYTES))
      report[CAPTURES_AT] = (message.single ? captureBits.single : 0) | (message.rolled ? captureBits.rolled : 0)
      return
    case 'ack':
      report[BODY] = message.of
      return
    case 'error':
      report[BODY] = message.of
      report[3] = Number(Object.entries(errorReasons).find(([, reason]) => reason === message.reason)?.[0])
      return
    case 'image': {
      const { position, manner } = stepBytes(message.step)
      report[BODY] = message.transfer
      report[3] = message.kind === 'preview' ? 1 : 2
      report[4] = position
      report[5] = message.bits
      view.setUint16(6, message.width, true)
      view.setUint16(8, message.height, true)
      view.setUint16(10, message.dpi, true)
      view.setUint16(12, message.blocks, true)
      view.setUint32(14, message.bytes, true)
      view.setUint32(18, message.crc, true)
      view.setUint32(22, message.exposure, true)
      report[26] = manner
      report[27] = message.packed ? 1 : 0
    }
  }
}

/** The reports of one block of an image, back to back: up to 32 × 64 bytes. */
export function encodeBlock(transfer: number, block: number, image: Uint8Array): Uint8Array {
  const data = image.subarray(block * BLOCK_DATA, (block + 1) * BLOCK_DATA)
  const payload = new Uint8Array(reportsIn(data.length) * REPORT_PAYLOAD)
  payload.set(data)
  new DataView(payload.buffer).setUint32(data.length, crc32(data), true)
  const reports = new Uint8Array((payload.length / REPORT_PAYLOAD) * REPORT)
  for (let index = 0; index * REPORT < reports.length; index++) {
    const at = index * REPORT
    reports[at] = DATA | index
    reports[at + 1] = transfer
    reports[at + 2] = block & 0xff
    reports[at + 3] = block >> 8
    reports.set(payload.subarray(index * REPORT_PAYLOAD, (index + 1) * REPORT_PAYLOAD), at + 4)
  }
  return reports
}

/** Blocks of an image of so many bytes. */
export function blocksIn(bytes: number): number {
  return Math.ceil(bytes / BLOCK_DATA)
}

/** Reports of a block with so many image bytes. */
export function reportsIn(data: number): number {
  return Math.ceil((data + 4) / REPORT_PAYLOAD)
}

export type Decoder = { push(bytes: Uint8Array): Frame[] }

/**
 * Finds reports in chunks of any size. Keeps less than one report; what is no report is skipped byte by byte.
 *
 * A data report carries no check of its own, so it is believed only after the header of its transfer
 * was seen and when its block number lies inside it; its content is judged by the CRC of the block.
 */
export function createDecoder(): Decoder {
  let rest = new Uint8Array(0)
  let transfer = 0
  let blocks = 0

  function isData(bytes: Uint8Array, at: number): boolean {
    if (transfer === 0 || bytes[at + 1] !== transfer) return false
    return (bytes[at + 2]! | (bytes[at + 3]! << 8)) < blocks
  }

  return {
    push(chunk) {
      const bytes = rest.length === 0 ? chunk : joined(rest, chunk)
      const frames: Frame[] = []
      let noise = 0
      let at = 0
      const flush = () => {
        if (noise > 0) frames.push({ kind: 'noise', bytes: noise })
        noise = 0
      }
      while (bytes.length - at >= REPORT) {
        const first = bytes[at]!
        if (first >> 5 === DATA >> 5 && isData(bytes, at)) {
          flush()
          frames.push({
            kind: 'data',
            transfer,
            block: bytes[at + 2]! | (bytes[at + 3]! << 8),
            index: first & (BLOCK_REPORTS - 1),
            payload: bytes.subarray(at + 4, at + REPORT),
          })
          at += REPORT
          continue
        }
        const message = knownTypes.has(first) ? decodeMessage(bytes.subarray(at, at + REPORT)) : undefined
        if (!message) {
          noise++
          at++
          continue
        }
        flush()
        if (message.type === 'image') {
          transfer = message.transfer
          blocks = message.blocks
        }
        frames.push({ kind: 'message', message })
        at += REPORT
      }
      flush()
      rest = bytes.slice(at)
      return frames
    },
  }
}

/** One control report, or undefined when its CRC or a field is wrong. */
function decodeMessage(report: Uint8Array): Message | undefined {
  const view = new DataView(report.buffer, report.byteOffset, REPORT)
  if (view.getUint32(CRC_AT, true) !== crc32(report.subarray(0, CRC_AT))) return undefined
  const seq = report[1]!
  const argument = report[BODY]!
  switch (report[0]) {
    case messageTypes.identify:
      return { type: 'identify', seq, version: argument }
    case messageTypes.start: {
      const step = stepOf(argument, report[5]!)
      const bits = bitsOf(report[4])
      if (!step || !bits) return undefined
      const absent = fingersOf(view.getUint16(6, true))
      return { type: 'start', seq, step, scale: report[3]!, bits, absent, packed: (report[8]! & 1) === 1 }
    }
    case messageTypes.credit:
      return { type: 'credit', seq, transfer: argument, blocks: view.getUint16(4, true) }
    case messageTypes.resend: {
      const count = report[4]!
      if (count > RESEND_MAX) return undefined
      const blocks = Array.from({ length: count }, (_, at) => view.getUint16(6 + 2 * at, true))
      return { type: 'resend', seq, transfer: argument, header: (report[3]! & 1) === 1, blocks }
    }
    case messageTypes.shoot:
      return { type: 'shoot', seq }
    case messageTypes.stop:
      return { type: 'stop', seq }
    case messageTypes.done:
      return { type: 'done', seq, transfer: argument }
    case messageTypes.identity:
      return {
        type: 'identity',
        seq,
        version: argument,
        maxWidth: view.getUint16(4, true),
        maxHeight: view.getUint16(6, true),
        dpi: view.getUint16(8, true),
        model: textOf(report.subarray(MODEL_AT, MODEL_AT + MODEL_BYTES)),
        single: (report[CAPTURES_AT]! & captureBits.single) !== 0,
        rolled: (report[CAPTURES_AT]! & captureBits.rolled) !== 0,
      }
    case messageTypes.ack:
      return { type: 'ack', seq, of: argument }
    case messageTypes.error:
      return { type: 'error', seq, of: argument, reason: reasonOf(report[3]!) }
    case messageTypes.image:
      return decodeHeader(report, view)
    default:
      return undefined
  }
}

function decodeHeader(report: Uint8Array, view: DataView): Message | undefined {
  const step = stepOf(report[4]!, report[26]!)
  const bits = bitsOf(report[5])
  const kind = report[3] === 1 ? 'preview' : report[3] === 2 ? 'full' : undefined
  const transfer = report[BODY]!
  if (!step || !bits || !kind || transfer === 0) return undefined
  return {
    type: 'image',
    seq: report[1]!,
    transfer,
    kind,
    step,
    bits,
    width: view.getUint16(6, true),
    height: view.getUint16(8, true),
    dpi: view.getUint16(10, true),
    blocks: view.getUint16(12, true),
    bytes: view.getUint32(14, true),
    crc: view.getUint32(18, true),
    exposure: view.getUint32(22, true),
    packed: (report[27]! & 1) === 1,
  }
}

function bitsOf(value: number | undefined): 4 | 8 | undefined {
  return value === 4 || value === 8 ? value : undefined
}

/** A reason this version does not know is a fault of the device. */
function reasonOf(code: number): ErrorReason {
  return code in errorReasons ? errorReasons[code as keyof typeof errorReasons] : 'fault'
}

function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end))
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  const both = new Uint8Array(left.length + right.length)
  both.set(left)
  both.set(right, left.length)
  return both
}
