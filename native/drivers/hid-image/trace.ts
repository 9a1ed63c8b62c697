import { crc32 } from 'node:zlib'
import type { LineTracer, TracedPiece } from '#native/capability/trace.ts'
import { copyOf, filler, numbering } from '../mask.ts'
import { createDecoder } from './codec.ts'
import { messageTypes, REPORT, type Frame, type Message } from './messages.ts'
import { tracedPicture, type TracedPicture } from './picture-tracer.ts'

/** Of previews that went well one in so many is kept. */
const previewsPerKept = 32
const absentAt = 6
const reportCrcAt = REPORT - 4
const longestNoise = 4096
const typeNames = new Map<number, string>(Object.entries(messageTypes).map(([name, code]) => [code, name]))

/**
 * Reports of a slap scanner. Pictures are filler of the same length, whose checks hold where they held; their blocks
 * become few pieces, and of previews that went well most are left out. Credit, which only paces the line, is not told.
 */
export function traceHidImage(): LineTracer {
  const sides = { in: reports(), out: reports() }
  const noise = { in: { bytes: [] as number[], count: 0 }, out: { bytes: [] as number[], count: 0 } }
  let picture: TracedPicture | undefined
  const numberOf = numbering()
  let previews = 0
  let leftOut = 0
  let pieces: TracedPiece[] = []

  function tell(piece: TracedPiece) {
    const more = leftOut > 0 ? `${leftOut} previews left out before` : ''
    leftOut = 0
    if (more === '') pieces.push(piece)
    else pieces.push({ ...piece, detail: piece.detail ? `${piece.detail}, ${more}` : more })
  }

  function tellPicture(ended: boolean) {
    const told: TracedPiece[] = []
    picture?.tell(told, ended)
    for (const piece of told) tell(piece)
  }

  function tellNoise(way: 'out' | 'in') {
    const { bytes, count } = noise[way]
    noise[way] = { bytes: [], count: 0 }
    if (count === 0) return
    tellPicture(true)
    // A control report whose check is wrong; where it ends is not known for certain.
    const name = count >= REPORT ? typeNames.get(bytes[0]!) : undefined
    const kept = new Uint8Array(bytes.length).fill(filler)
    if (name) kept[0] = bytes[0]!
    const detail = count > kept.length ? { detail: `${count} bytes` } : {}
    tell({
      way,
      bytes: kept,
      name: name ?? 'garbage',
      fault: name ? 'checksum' : 'garbage',
      masked: kept.length,
      ...detail,
    })
  }

  function addNoise(way: 'out' | 'in', bytes: Uint8Array) {
    noise[way].count += bytes.length
    noise[way].bytes.push(...bytes.subarray(0, longestNoise - noise[way].bytes.length))
  }

  function message(way: 'out' | 'in', said: Message, report: Uint8Array) {
    if (said.type === 'credit') return
    if (said.type === 'image' && way === 'in') {
      tellPicture(true)
      picture = tracedPicture(said, report.slice(), said.kind === 'full' ? numberOf(said.crc) : 0)
      return
    }
    if (said.type === 'done' && way === 'out' && isDispensable(said.transfer)) return
    tellPicture(way === 'in')
    const bytes = report.slice()
    if (said.type === 'start') {
      previews = 0
      // Which fingers somebody has lost is nobody's business.
      bytes.fill(0, absentAt, absentAt + 2)
      new DataView(bytes.buffer).setUint32(reportCrcAt, crc32(bytes.subarray(0, reportCrcAt)), true)
    }
    const masked = said.type === 'start' ? { masked: 2 } : {}
    tell({ way, bytes, name: said.type, detail: detailOf(said), ...masked })
  }

  function isDispensable(transfer: number): boolean {
    if (picture?.header.kind !== 'preview' || picture.header.transfer !== transfer || !picture.isWhole) return false
    if (previews++ % previewsPerKept === 0) return false
    picture = undefined
    leftOut++
    return true
  }

  return {
    push(way, bytes) {
      pieces = []
      if (way === 'out') tellNoise('in')
      for (const { frame, raw } of sides[way].push(copyOf(bytes))) {
        if (frame.kind === 'noise') {
          addNoise(way, raw)
          continue
        }
        tellNoise(way)
        if (frame.kind === 'message') message(way, frame.message, raw)
        else picture?.take(frame)
      }
      return pieces
    },
    flush() {
      pieces = []
      tellPicture(true)
      for (const way of ['in', 'out'] as const) {
        addNoise(way, sides[way].flush())
        tellNoise(way)
      }
      return pieces
    },
  }
}

/** The decoder's frames with the bytes they stand for. */
function reports() {
  let decoder = createDecoder()
  let rest: Uint8Array = new Uint8Array()
  let header: Uint8Array | undefined
  return {
    push(bytes: Uint8Array): { readonly frame: Frame; readonly raw: Uint8Array }[] {
      const buffer = rest.length === 0 ? bytes : Uint8Array.from(Buffer.concat([rest, bytes]))
      let at = 0
      const found = decoder.push(bytes).map((frame) => {
        const raw = buffer.subarray(at, (at += frame.kind === 'noise' ? frame.bytes : REPORT))
        if (frame.kind === 'message' && frame.message.type === 'image') header = raw.slice()
        return { frame, raw }
      })
      rest = buffer.slice(at)
      return found
    },
    /** Gives up what is not whole; the transfer under way goes on. */
    flush(): Uint8Array {
      const left = rest
      if (left.length === 0) return left
      rest = new Uint8Array()
      decoder = createDecoder()
      if (header) decoder.push(header)
      return left
    },
  }
}

function detailOf({ type: _, seq, ...fields }: Message): string {
  const told = Object.entries(fields).flatMap(([name, value]) => {
    if (name === 'absent') return []
    return [`${name} ${Array.isArray(value) ? value.join(' ') : String(value)}`]
  })
  return [`seq ${seq}`, ...told].join(', ')
}
