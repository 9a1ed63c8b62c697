import type { LineTracer } from '#native/capability/trace.ts'
import { apduMask, chainRoles, hideAll, showAll, type Masked } from '../apdu-mask.ts'
import { frameTracer, type Cut, type Shown } from '../frame-tracer.ts'
import { hexOf, hidden, hide, words } from '../mask.ts'
import { Pn532Codec, type Pn532Event } from './codec.ts'
import { pcb } from './iso-dep.ts'

/** Names of UM0701-02. */
const names: Readonly<Record<number, string>> = {
  0x00: 'Diagnose',
  0x02: 'GetFirmwareVersion',
  0x08: 'WriteRegister',
  0x12: 'SetParameters',
  0x14: 'SAMConfiguration',
  0x32: 'RFConfiguration',
  0x40: 'InDataExchange',
  0x42: 'InCommunicateThru',
  0x4a: 'InListPassiveTarget',
  0x4e: 'InPSL',
}
/** Of commands that carry nothing of a card. */
const longestOwn = 16
const longestAts = 32

class Cutter extends Pn532Codec {
  cut(bytes: Uint8Array): Cut<Pn532Event> {
    const events: Pn532Event[] = []
    const taken = this.take(bytes, events)
    return { taken, event: events.at(-1) }
  }
}

/** Frames of a PN532's line. Hidden are the data of APDUs and the numbers of cards. */
export function tracePn532(): LineTracer {
  const mask = pn532Mask()
  return frameTracer<Pn532Event>({
    cutter() {
      const cutter = new Cutter()
      return (bytes) => cutter.cut(bytes)
    },
    show(event, frame) {
      if (event.kind === 'ack') return { name: 'ACK' }
      if (event.kind === 'nack') return { name: 'NACK' }
      if (event.kind !== 'frame') return { name: 'syntax error' }
      const start = bodyStart(frame)
      const { fromHost, code } = event
      const data = frame.subarray(start + 2, -1)
      const { masked, text } = fromHost ? mask.command(code, data) : mask.response(code - 1, data)
      frame[frame.length - 1] = -sum(frame.subarray(start, -1)) & 0xff
      return { name: nameOf(code, fromHost), ...(text && { detail: text }), ...(masked > 0 && { masked }) }
    },
    showBroken,
    idle: (byte) => byte === 0x00 || byte === 0x55,
  })
}

/** What the chip is told and says, whatever line it hangs on. `code` is the command's, also for its response. */
export function pn532Mask() {
  const apdus = apduMask()
  const blocks = { command: chainRoles(), response: chainRoles() }
  const exchanges = { command: chainRoles(), response: chainRoles() }
  let through: 'rats' | 'pps' | 'block' | undefined

  function inThrough(data: Uint8Array, way: 'command' | 'response'): Masked {
    if (way === 'command') through = data[0] === 0xe0 ? 'rats' : data[0] === 0xd0 ? 'pps' : 'block'
    if (through === 'rats') {
      return showAll(data, way === 'command' ? 2 : data[0] === data.length ? longestAts : 0)
    }
    if (through === 'pps') return showAll(data, way === 'command' ? 3 : 1)
    return through === 'block' ? block(data, way) : hideAll(data)
  }

  /** A block of ISO/IEC 14443-4: PCB, INF. */
  function block(data: Uint8Array, way: 'command' | 'response'): Masked {
    const control = data[0] ?? 0
    const information = data.subarray(1)
    if ((control & 0xe2) !== pcb.i) return showAll(data, 2)
    const more = (control & pcb.more) !== 0
    const role = blocks[way].next(String(control & 1), more)
    const { masked, text } =
      way === 'command' ? apdus.command(information, role) : apdus.response(information, role, !more)
    return { masked, text: words(`I(${control & 1})${more ? '+' : ''}`, text) }
  }

  function exchange(data: Uint8Array, way: 'command' | 'response'): Masked {
    const more = ((data[0] ?? 0) & 0x40) !== 0
    const piece = data.subarray(1)
    if (way === 'command' && piece.length === 0) return showAll(data, 1)
    const role = exchanges[way].next(hexOf(data), more)
    const { masked, text } = way === 'command' ? apdus.command(piece, role) : apdus.response(piece, role, !more)
    return { masked, text: words(hexOf(data.subarray(0, 1)), text) }
  }

  return {
    command(code: number, data: Uint8Array): Masked {
      if (code === 0x42) return inThrough(data, 'command')
      if (code === 0x40) return exchange(data, 'command')
      if (code === 0x4a) {
        apdus.reset()
        for (const chain of [blocks, exchanges]) for (const way of Object.values(chain)) way.reset()
      }
      return names[code] ? showAll(data, longestOwn) : hideAll(data)
    },

    response(code: number, data: Uint8Array): Masked {
      if (code === 0x42) {
        const status = hexOf(data.subarray(0, 1))
        const { masked, text } = inThrough(data.subarray(1), 'response')
        return { masked, text: words(status, text) }
      }
      if (code === 0x40) return exchange(data, 'response')
      if (code === 0x4a) return listed(data)
      return names[code] ? showAll(data, longestOwn) : hideAll(data)
    },
  }
}

/** One target: of type A with the number that it gives itself, of type B with its pseudo-unique one. */
function listed(data: Uint8Array): Masked {
  const [count, , first, , , length = 0] = data
  if (count === 0 && data.length === 1) return showAll(data, 1)
  const isB = first === 0x50
  const start = isB ? 3 : 6
  const end = isB ? 7 : 6 + length
  const rest = data.length - end
  if (count !== 1 || length > 10 || rest < 0 || rest > longestAts) return hideAll(data)
  const masked = hide(data.subarray(start, end))
  return { masked, text: words(hexOf(data.subarray(0, start)), hidden(masked), hexOf(data.subarray(end))) }
}

function bodyStart(frame: Uint8Array): number {
  return frame[2] === 0xff && frame[3] === 0xff ? 7 : 4
}

function showBroken(bytes: Uint8Array): Shown & { readonly whole: boolean } {
  const start = bodyStart(bytes)
  const length = start === 7 ? ((bytes[4] ?? 0) << 8) | (bytes[5] ?? 0) : (bytes[2] ?? 0)
  if (bytes.length <= start + 2) return { name: 'frame', whole: false }
  const [tfi, code = 0] = bytes.subarray(start, start + 2)
  const check = start + length
  const whole = check < bytes.length
  const wrong = whole ? sum(bytes.subarray(start, check + 1)) : 0
  let masked = hide(bytes.subarray(start + 2, check))
  if (whole) {
    bytes[check] = (wrong - sum(bytes.subarray(start, check))) & 0xff
    masked += hide(bytes.subarray(check + 1))
  }
  return { name: nameOf(code, tfi === 0xd4), whole, ...(masked > 0 && { masked }) }
}

function nameOf(code: number, fromHost: boolean): string {
  const command = fromHost ? code : code - 1
  return `${names[command] ?? `command ${command.toString(16)}`}${fromHost ? '' : ' answer'}`
}

function sum(bytes: Uint8Array): number {
  let total = 0
  for (const byte of bytes) total += byte
  return total
}
