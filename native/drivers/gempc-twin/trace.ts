import type { LineTracer } from '#native/capability/trace.ts'
import { apduMask, chainRoles, hideAll, showAll, type Masked } from '../apdu-mask.ts'
import { frameTracer, type Cut, type Shown } from '../frame-tracer.ts'
import { hexOf, hide, words } from '../mask.ts'
import { parseAtr } from './atr.ts'
import { lrc, TwinCodec, type TwinEvent, type TwinMessage } from './codec.ts'
import { pcb } from './t1.ts'

/** Names of CCID 1.1. */
export const ccidNames: Readonly<Record<number, string>> = {
  0x61: 'SetParameters',
  0x62: 'IccPowerOn',
  0x63: 'IccPowerOff',
  0x65: 'GetSlotStatus',
  0x6b: 'Escape',
  0x6c: 'GetParameters',
  0x6f: 'XfrBlock',
  0x80: 'DataBlock',
  0x81: 'SlotStatus',
  0x82: 'Parameters',
  0x83: 'Escape answer',
}

const dataStart = 12
const longest = { atr: 33, escape: 64, parameters: 7, pps: 6 } as const

class Cutter extends TwinCodec {
  cut(bytes: Uint8Array): Cut<TwinEvent> {
    const events: TwinEvent[] = []
    const taken = this.take(bytes, events)
    return { taken, event: events.at(-1) }
  }
}

/** Frames of a GemPC Twin's line. Shown is what native/chip/trace.ts shows of the APDUs, and the answer to reset. */
export function traceGempcTwin(): LineTracer {
  const mask = cardMask()
  let asked: { readonly type: number; readonly sequence: number } | undefined
  let said: { readonly plain: Uint8Array; readonly masked: Uint8Array; readonly shown: Shown } | undefined

  function showMessage({ type, sequence, parameters, data }: TwinMessage, frame: Uint8Array, way: 'out' | 'in'): Shown {
    const plain = frame.slice()
    if (way === 'in' && type < 0x80 && said && Buffer.compare(said.plain, frame) === 0) {
      frame.set(said.masked)
      return { ...said.shown, name: `${said.shown.name} echo` }
    }
    if (way === 'out') asked = { type, sequence }
    const to = asked?.sequence === sequence ? asked.type : 0
    const place = frame.subarray(dataStart, -1)
    const { masked, text } = way === 'in' && type < 0x80 ? hideAll(place) : maskData(place, type, to)
    frame[frame.length - 1] = lrc(frame.subarray(0, -1))
    const shown = {
      name: ccidNames[type] ?? `type ${type.toString(16)}`,
      detail: words(`seq ${sequence}`, hexOf(Uint8Array.from(parameters)), data.length > 0 ? text : undefined),
      ...(masked > 0 && { masked }),
    }
    if (way === 'out') said = { plain, masked: frame.slice(), shown }
    return shown
  }

  /** `to`: the type of the command that this answers. */
  function maskData(data: Uint8Array, type: number, to: number): Masked {
    if (type === 0x6f) return mask.command(data)
    if (type === 0x62) mask.reset()
    if (type === 0x80 && to === 0x6f) return mask.response(data)
    if (type === 0x80 && to === 0x62) return mask.answerToReset(data)
    if (type === 0x6b || type === 0x83) return showAll(data, longest.escape)
    if (type === 0x61 || type === 0x82) return showAll(data, longest.parameters)
    return hideAll(data)
  }

  return frameTracer<TwinEvent>({
    cutter() {
      const cutter = new Cutter()
      return (bytes) => cutter.cut(bytes)
    },
    show(event, frame, way) {
      if (event.kind === 'message') return showMessage(event.message, frame, way)
      if (event.kind === 'slot-change') return { name: 'slot change', detail: event.present ? 'card' : 'no card' }
      return { name: 'not understood' }
    },
    showBroken: (bytes) => brokenMessage(bytes, { dataStart, lengthAt: 3, checkFrom: 0, typeAt: 2 }),
  })
}

/** What a reader with contacts and the card say to each other: blocks of T=1, TPDUs of T=0, PPS, the answer to reset. */
function cardMask() {
  const apdus = apduMask()
  const roles = { command: chainRoles(), response: chainRoles() }
  let protocol: 0 | 1 | undefined

  function reset() {
    apdus.reset()
    roles.command.reset()
    roles.response.reset()
    protocol = undefined
  }

  function exchange(data: Uint8Array, way: 'command' | 'response'): Masked {
    if (data[0] === 0xff && data.length <= longest.pps && lrc(data) === 0) return showAll(data, longest.pps)
    const fits = data.length >= 4 && data[0] === 0 && data[2] === data.length - 4
    if (fits && (protocol === 1 || (protocol === undefined && lrc(data) === 0))) return block(data, way)
    if (protocol !== 0) return hideAll(data)
    return way === 'command' ? apdus.command(data, 'whole') : apdus.response(data, 'whole', true)
  }

  /** NAD, PCB, LEN, INF, LRC (ISO/IEC 7816-3 11). */
  function block(data: Uint8Array, way: 'command' | 'response'): Masked {
    const control = data[1] ?? 0
    const information = data.subarray(3, -1)
    const wrong = lrc(data)
    const { masked, text } = inBlock(information, control, way)
    data[data.length - 1] = lrc(data.subarray(0, -1)) ^ wrong
    return { masked, text: words(blockName(control), text) }
  }

  function inBlock(information: Uint8Array, control: number, way: 'command' | 'response'): Masked {
    if ((control & 0x80) !== 0) {
      if ((control & 0xdf) === pcb.resynchRequest) for (const chain of Object.values(roles)) chain.reset()
      return showAll(information, 1)
    }
    const more = (control & pcb.more) !== 0
    const role = roles[way].next(String(control & 0x40), more)
    return way === 'command' ? apdus.command(information, role) : apdus.response(information, role, !more)
  }

  return {
    reset,
    command: (data: Uint8Array) => exchange(data, 'command'),
    response: (data: Uint8Array) => exchange(data, 'response'),
    answerToReset(data: Uint8Array): Masked {
      try {
        protocol = parseAtr(data).protocol
        return showAll(data, longest.atr)
      } catch {
        return hideAll(data)
      }
    },
  }
}

function blockName(control: number): string {
  if ((control & 0x80) === 0) return `I(${(control >> 6) & 1})${(control & pcb.more) === 0 ? '' : '+'}`
  if ((control & 0x40) === 0) return `R(${(control >> 4) & 1})`
  return `S(${(control & 0x3f).toString(16)})`
}

/** A message laid out as in CCID that is broken: its data are hidden, and its check is as wrong as it was. */
export function brokenMessage(
  bytes: Uint8Array,
  at: { readonly dataStart: number; readonly lengthAt: number; readonly checkFrom: number; readonly typeAt: number },
): Shown & { readonly whole: boolean } {
  const type = bytes[at.typeAt] ?? 0
  const name = ccidNames[type] ?? 'frame'
  if (bytes.length <= at.dataStart) return { name, whole: false }
  const check = at.dataStart + new DataView(bytes.buffer, bytes.byteOffset).getUint32(at.lengthAt, true)
  const whole = check < bytes.length
  const wrong = whole ? lrc(bytes.subarray(at.checkFrom, check + 1)) : 0
  let masked = hide(bytes.subarray(at.dataStart, check))
  if (whole) {
    bytes[check] = lrc(bytes.subarray(at.checkFrom, check)) ^ wrong
    // The end of the frame, where there is one, and what follows it.
    masked += hide(bytes.subarray(check + 1 + at.checkFrom))
  }
  return { name, whole, ...(masked > 0 && { masked }) }
}
