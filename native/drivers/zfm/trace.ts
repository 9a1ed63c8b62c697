import { crc32 } from 'node:zlib'
import type { LineTracer } from '#native/capability/trace.ts'
import { frameTracer, type Cut, type Shown } from '../frame-tracer.ts'
import { hexOf, hidden, hide, mark, numbering, words } from '../mask.ts'
import { acknowledges, commands, parametersLength, ZfmCodec, type Packet, type ZfmEvent } from './codec.ts'

const nameOfCommand = new Map<number, string>(Object.entries(commands).map(([name, code]) => [code, name]))
const nameOfAnswer = new Map<number, string>(Object.entries(acknowledges).map(([name, code]) => [code, name]))
const kindAt = 6
const lengthAt = 7
const contentStart = 9

class Cutter extends ZfmCodec {
  cut(bytes: Uint8Array): Cut<ZfmEvent> {
    const events: ZfmEvent[] = []
    const taken = this.take(bytes, events)
    return { taken, event: events.at(-1) }
  }
}

/** Packets of a fingerprint module. Hidden are pictures, passwords, and whatever a command carries that is not known here. */
export function traceZfm(): LineTracer {
  let asked: number | undefined
  let sum = 0
  const numberOf = numbering()

  function showPacket({ kind, content }: Packet, frame: Uint8Array, way: 'out' | 'in'): Shown {
    const place = frame.subarray(contentStart, -2)
    const [code = 0] = place
    if (way === 'out' && kind === 'command') asked = code
    const shown = kind === 'command' || kind === 'acknowledge' ? 1 : 0
    const known = kind === 'acknowledge' && asked === commands.readParameters && content.length === 1 + parametersLength
    if (kind === 'acknowledge') sum = 0
    else sum = crc32(place, sum)
    const masked = known ? 0 : hide(place.subarray(shown))
    // Two pictures that differed still differ.
    if (kind === 'end' && way === 'in' && place.length >= 4) mark(place, numberOf(sum))
    mend(frame, 0)
    const name = kind === 'command' ? (nameOfCommand.get(code) ?? `command ${code.toString(16)}`) : kind
    const said = kind === 'acknowledge' ? (nameOfAnswer.get(code) ?? `code ${code.toString(16)}`) : undefined
    const detail = words(said, known ? hexOf(place.subarray(1)) : masked > 0 ? hidden(masked) : undefined)
    return { name, ...(detail && { detail }), ...(masked > 0 && { masked }) }
  }

  return frameTracer<ZfmEvent>({
    cutter() {
      const cutter = new Cutter()
      return (bytes) => cutter.cut(bytes)
    },
    show: (event, frame, way) => (event.kind === 'error' ? { name: 'garbage' } : showPacket(event, frame, way)),
    showBroken(bytes) {
      if (bytes.length <= contentStart) return { name: 'packet', whole: false }
      const end = contentStart + new DataView(bytes.buffer, bytes.byteOffset).getUint16(lengthAt)
      const whole = end <= bytes.length
      const wrong = whole ? difference(bytes.subarray(0, end)) : 0
      let masked = hide(bytes.subarray(contentStart, Math.max(contentStart, end - 2)))
      if (whole) {
        mend(bytes.subarray(0, end), wrong)
        masked += hide(bytes.subarray(end))
      }
      return { name: 'packet', whole, ...(masked > 0 && { masked }) }
    },
  })
}

function checksum(packet: Uint8Array): number {
  return packet.subarray(kindAt, -2).reduce((sum, byte) => sum + byte, 0) & 0xffff
}

function difference(packet: Uint8Array): number {
  return (packet[packet.length - 2]! << 8) + packet[packet.length - 1]! - checksum(packet)
}

/** Writes the check, wrong by so much. */
function mend(packet: Uint8Array, wrong: number): void {
  new DataView(packet.buffer, packet.byteOffset).setUint16(packet.length - 2, (checksum(packet) + wrong) & 0xffff)
}
