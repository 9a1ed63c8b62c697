import type { LineTracer } from '#native/capability/trace.ts'
import { apduMask, hideAll, showAll, type Masked } from '../apdu-mask.ts'
import { frameTracer, type Cut, type Shown } from '../frame-tracer.ts'
import { lrc } from '../gempc-twin/codec.ts'
import { brokenMessage, ccidNames } from '../gempc-twin/trace.ts'
import { hexOf, words } from '../mask.ts'
import { pn532Mask } from '../pn532/trace.ts'
import { AcsCodec, type AcsEvent, type AcsMessage } from './codec.ts'

const dataStart = 11
const longest = { atr: 33, escape: 64, pseudo: 40 } as const
/** What the last command to the card was, so that its answer can be read. */
type Asked = { readonly sequence: number; readonly what: 'reset' | 'direct' | 'pseudo' | 'apdu' | 'other' }

class Cutter extends AcsCodec {
  cut(bytes: Uint8Array): Cut<AcsEvent> {
    const events: AcsEvent[] = []
    const taken = this.take(bytes, events)
    return { taken, event: events.at(-1) }
  }
}

/** Frames of ACS's serial readers: both that take APDUs and that pass commands to their PN532. */
export function traceAcr122s(): LineTracer {
  const apdus = apduMask()
  const chip = pn532Mask()
  let asked: Asked | undefined

  function showMessage({ type, sequence, parameters }: AcsMessage, frame: Uint8Array, way: 'out' | 'in'): Shown {
    const data = frame.subarray(dataStart, -2)
    if (way === 'out') asked = { sequence, what: whatIs(type, data) }
    const what = asked?.sequence === sequence ? asked.what : undefined
    const { masked, text } =
      way === 'out' ? command(type, data) : type < 0x80 ? hideAll(data) : answer(type, data, what)
    frame[frame.length - 2] = lrc(frame.subarray(1, -2))
    return {
      name: ccidNames[type] ?? `type ${type.toString(16)}`,
      detail: words(`seq ${sequence}`, hexOf(Uint8Array.from(parameters)), text),
      ...(masked > 0 && { masked }),
    }
  }

  function command(type: number, data: Uint8Array): Masked {
    switch (whatIs(type, data)) {
      case 'direct': {
        const { masked, text } = chip.command(data[6] ?? 0, data.subarray(7))
        return { masked, text: words(hexOf(data.subarray(0, 7)), text) }
      }
      case 'pseudo':
        return showAll(data, 5)
      case 'apdu':
        return apdus.command(data, 'whole')
      case 'reset':
        apdus.reset()
        return showAll(data, 0)
      case 'other':
        return type === 0x6b ? showAll(data, longest.escape) : hideAll(data)
    }
  }

  function answer(type: number, data: Uint8Array, what: Asked['what'] | undefined): Masked {
    if (type === 0x83 && what === 'other') return showAll(data, longest.escape)
    if (type !== 0x80) return hideAll(data)
    switch (what) {
      case 'reset':
        return showAll(data, data[0] === 0x3b ? longest.atr : 0)
      case 'pseudo':
        return showAll(data, longest.pseudo)
      case 'apdu':
        return apdus.response(data, 'whole', true)
      case 'direct': {
        if (data[0] !== 0xd5 || data.length < 4) return showAll(data, 2)
        const { masked, text } = chip.response((data[1] ?? 1) - 1, data.subarray(2, -2))
        return { masked, text: words(hexOf(data.subarray(0, 2)), text, hexOf(data.subarray(-2))) }
      }
      default:
        return hideAll(data)
    }
  }

  return frameTracer<AcsEvent>({
    cutter() {
      const cutter = new Cutter()
      return (bytes) => cutter.cut(bytes)
    },
    show(event, frame, way) {
      if (event.kind === 'message') return showMessage(event.message, frame, way)
      if (event.kind === 'status') return { name: 'status', detail: event.status.toString(16).padStart(2, '0') }
      if (event.kind === 'slot-change') return { name: 'slot change', detail: event.bits.toString(16) }
      return { name: 'repeat' }
    },
    showBroken: (bytes) => brokenMessage(bytes, { dataStart, lengthAt: 2, checkFrom: 1, typeAt: 1 }),
  })
}

function whatIs(type: number, data: Uint8Array): Asked['what'] {
  if (type === 0x62) return 'reset'
  if (type !== 0x6f) return 'other'
  if (data[0] !== 0xff) return 'apdu'
  const direct = data[1] === 0 && data[2] === 0 && data[3] === 0 && data[5] === 0xd4
  return direct ? 'direct' : 'pseudo'
}
