import type { DeviceBinding } from '#native/capability/device.ts'
import { AcsCodec, status as acsStatus } from '#native/drivers/acr122s/codec.ts'
import { TwinCodec } from '#native/drivers/gempc-twin/codec.ts'
import { createButtonDecoder } from '#native/drivers/hid-button/report.ts'
import { reportMapFor } from '#native/drivers/hid-button/report-map.ts'
import { createDecoder } from '#native/drivers/hid-image/codec.ts'
import { BLOCK_REPORTS, messageTypes } from '#native/drivers/hid-image/messages.ts'
import { ReportCutter } from '#native/drivers/hid-pos/codec.ts'
import { reportMaps } from '#native/drivers/hid-pos/report-maps.ts'
import { Pn532Codec } from '#native/drivers/pn532/codec.ts'
import { acknowledges, commands, ZfmCodec } from '#native/drivers/zfm/codec.ts'

/** What a stretch of a line was. `key` leads an answer to its question, where the protocol numbers them. */
export type LinePiece =
  | { readonly kind: 'ask' | 'answer'; readonly key: string }
  /** A part of a picture, or a word that nobody asked for and that may come. */
  | { readonly kind: 'block' | 'word' }
  /** The program asked for something once more. */
  | { readonly kind: 'again' }
  | { readonly kind: 'resent'; readonly blocks: number }
  /** Came, though it had come before. */
  | { readonly kind: 'twice' }
  /** It lost its power: it no longer knows what it was told. */
  | { readonly kind: 'restarted' }
  | { readonly kind: 'noise' | 'damaged' }

export type LineFrames = { push(way: 'out' | 'in', bytes: Uint8Array): readonly LinePiece[] }

const nothing: LineFrames = { push: () => [] }

/** Cuts what a driver says and hears, with codecs of its own. Lines of drivers that are not known here have no frames. */
export function framesOf(binding: DeviceBinding): LineFrames {
  switch (binding.driver) {
    case 'gempc-twin':
      return gempcTwin()
    case 'acr122s':
    case 'acr1281s':
      return acs()
    case 'pn532':
      return pn532()
    case 'zfm':
      return zfm()
    case 'hid-image':
      return hidImage()
    case 'hid-button':
      return hidButton(binding)
    case 'hid-pos':
      return hidPos(binding)
    default:
      return nothing
  }
}

/** A codec for each direction. */
function both<Event>(
  make: () => { push(bytes: Uint8Array): readonly Event[] },
  read: (event: Event, way: 'out' | 'in') => LinePiece | readonly LinePiece[] | undefined,
): LineFrames {
  const codecs = { out: make(), in: make() }
  return {
    push: (way, bytes) => codecs[way].push(bytes).flatMap((event) => read(event, way) ?? []),
  }
}

type Fault = { readonly kind: 'error'; readonly what: 'garbage' | 'checksum' }

/** What we say ourselves is not judged. */
function faultOf({ what }: Fault, way: 'out' | 'in'): LinePiece | undefined {
  return way === 'out' ? undefined : { kind: what === 'checksum' ? 'damaged' : 'noise' }
}

function gempcTwin(): LineFrames {
  return both(
    () => new TwinCodec(),
    (event, way) => {
      switch (event.kind) {
        case 'error':
          return faultOf(event, way)
        case 'nak':
          return { kind: way === 'out' ? 'again' : 'damaged' }
        case 'slot-change':
          return { kind: 'word' }
        case 'message': {
          const key = String(event.message.sequence)
          if (way === 'out') return { kind: 'ask', key }
          // The reader echoes what it hears.
          return event.message.type < 0x80 ? { kind: 'word' } : { kind: 'answer', key }
        }
      }
    },
  )
}

function acs(): LineFrames {
  return both(
    () => new AcsCodec(),
    (event, way) => {
      switch (event.kind) {
        case 'error':
          return faultOf(event, way)
        case 'repeat':
          return { kind: 'again' }
        case 'status':
          return { kind: event.status === acsStatus.taken ? 'word' : 'damaged' }
        case 'slot-change':
          return { kind: 'word' }
        case 'message':
          return { kind: way === 'out' ? 'ask' : 'answer', key: String(event.message.sequence) }
      }
    },
  )
}

function pn532(): LineFrames {
  return both(
    () => new Pn532Codec(),
    (event, way) => {
      switch (event.kind) {
        case 'error':
          return faultOf(event, way)
        case 'nack':
          return { kind: 'again' }
        case 'frame':
          // An answer has the code of its question and one more.
          return way === 'out'
            ? { kind: 'ask', key: String(event.code) }
            : { kind: 'answer', key: String(event.code - 1) }
        default:
          return { kind: 'word' }
      }
    },
  )
}

/** Packets are not numbered: an answer is that to the last question. */
function zfm(): LineFrames {
  const packets = 288
  let uploads = 0
  let verified = false
  return both(
    () => new ZfmCodec(),
    (event, way) => {
      switch (event.kind) {
        case 'error':
          return faultOf(event, way)
        case 'acknowledge': {
          const forgot = verified && event.content[0] === acknowledges.verifyFirst
          if (event.content[0] === acknowledges.done) verified = true
          return forgot ? [{ kind: 'answer', key: '' }, { kind: 'restarted' }] : { kind: 'answer', key: '' }
        }
        case 'data':
        case 'end':
          return { kind: 'block' }
        case 'command': {
          if (way === 'in') return { kind: 'word' }
          const [command] = event.content
          if (command === commands.takeImage) uploads = 0
          // The same picture is asked for once more: it did not come whole.
          if (command === commands.uploadImage && ++uploads > 1) return { kind: 'resent', blocks: packets }
          return { kind: 'ask', key: '' }
        }
      }
    },
  )
}

function hidImage(): LineFrames {
  return both(createDecoder, (event, way) => {
    if (event.kind === 'noise') return way === 'in' ? { kind: 'noise' } : undefined
    if (event.kind === 'data') return { kind: 'block' }
    const { message } = event
    const key = (type: number) => `${type} ${message.seq}`
    switch (message.type) {
      case 'identify':
      case 'start':
      case 'shoot':
      case 'stop':
        return { kind: 'ask', key: key(messageTypes[message.type]) }
      case 'resend':
        return message.header ? { kind: 'again' } : { kind: 'resent', blocks: message.blocks.length * BLOCK_REPORTS }
      case 'identity':
        return { kind: 'answer', key: key(messageTypes.identify) }
      case 'ack':
      case 'error':
        return { kind: 'answer', key: key(message.of) }
      default:
        return { kind: 'word' }
    }
  })
}

/** Its decoder passes over noise in silence: bytes beyond those of a report are noise. */
function hidButton(binding: DeviceBinding): LineFrames {
  const { input } = reportMapFor(binding)
  const decoder = createButtonDecoder(input)
  let since = 0
  let last: number | undefined
  return {
    push(way, bytes) {
      if (way === 'out') return []
      const pieces: LinePiece[] = []
      for (const byte of bytes) {
        since++
        const [report] = decoder.push(Uint8Array.of(byte))
        if (!report && since < 2 * input.length) continue
        if (!report || since > input.length) pieces.push({ kind: 'noise' })
        if (report) pieces.push({ kind: input.counter && report.counter === last ? 'twice' : 'word' })
        last = report?.counter ?? last
        since = 0
      }
      return pieces
    },
  }
}

/** On a HID line each report is whole; which map it follows is not known here. */
function hidPos(binding: DeviceBinding): LineFrames {
  const [map] = Object.values(reportMaps)
  const name = binding.settings?.['report']
  const named = Object.entries(reportMaps).find(([known]) => known === name)?.[1] ?? map
  if (binding.transport === 'hid' || !named) return nothing
  const cutter = new ReportCutter(named)
  let last = ''
  return {
    push(way, bytes) {
      if (way === 'out') return []
      return cutter.push(bytes).map((event): LinePiece => {
        if (event.kind === 'error') return { kind: event.what === 'checksum' ? 'damaged' : 'noise' }
        const part = `${event.more} ${Buffer.from(event.data).toString('latin1')}`
        const repeated = part === last
        // The whole code again is the person's doing; the same report at once is the line's.
        last = repeated ? '' : part
        return { kind: repeated ? 'twice' : 'word' }
      })
    },
  }
}
