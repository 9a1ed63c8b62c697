import type { LineTracer, TracedPiece } from '#native/capability/trace.ts'
import { garbageRule } from '../frame-tracer.ts'
import { copyOf, filler, hide } from '../mask.ts'
import { decodePart, type CodePart } from './codec.ts'
import { reportMaps, type ReportMap } from './report-maps.ts'

/** Two kinds of filler take turns: two parts of a code that were not alike must not look like one that came twice. */
const fillers = [filler, filler ^ 0x11] as const
const longestRun = 1024

/** Reports of a code scanner: what was scanned is filler, its kind and length stay. */
export function traceHidPos(): LineTracer {
  let pending = new Uint8Array()
  let loose: number[] = []
  let last: { readonly part: Uint8Array; readonly turn: 0 | 1 } | undefined

  function tellLoose(pieces: TracedPiece[], fault: 'garbage' | 'cut' = 'garbage') {
    if (loose.length === 0) return
    const bytes = new Uint8Array(loose.length).fill(filler)
    if (fault === 'cut') bytes[0] = loose[0]!
    loose = []
    pieces.push({ way: 'in', bytes, name: fault === 'cut' ? 'report' : 'garbage', fault, masked: bytes.length })
  }

  function tellPart(map: ReportMap, report: Uint8Array, part: CodePart, pieces: TracedPiece[]) {
    tellLoose(pieces)
    const same = last !== undefined && Buffer.compare(last.part, report) === 0
    const turn = last === undefined ? 0 : same ? last.turn : last.turn === 0 ? 1 : 0
    last = { part: report, turn }
    const bytes = report.slice()
    const { at, room } = map.data
    const masked = hide(bytes.subarray(at, at + part.data.length), fillers[turn])
    // What stands behind the count may be the rest of an earlier code.
    if (bytes.subarray(at + part.data.length, at + room).some((byte) => byte !== 0))
      hide(bytes.subarray(at + part.data.length, at + room))
    const kind = /^\][A-Za-z]\d$/u.test(part.symbology) ? part.symbology : ''
    if (kind === '') bytes.fill(0, map.symbology.at, map.symbology.at + 3)
    const detail = [kind, `${part.data.length} bytes`, part.more ? 'more to come' : ''].filter(Boolean).join(', ')
    pieces.push({ way: 'in', bytes, name: 'code', detail, masked })
  }

  function take(pieces: TracedPiece[]) {
    while (pending.length > 0) {
      const found = wholeReport(pending)
      if (found) {
        tellPart(found.map, pending.slice(0, found.length), found.part, pieces)
        pending = pending.slice(found.length)
      } else if (pending[0] === reportMaps.counted.id && pending.length < reportMaps.counted.length) return
      else {
        loose.push(pending[0]!)
        pending = pending.slice(1)
        if (loose.length >= longestRun) tellLoose(pieces)
      }
    }
  }

  return {
    push(way, bytes) {
      const pieces: TracedPiece[] = []
      if (way === 'out') {
        const own = copyOf(bytes)
        return [{ way, bytes: own, name: 'report', ...garbageRule().mask(own) }]
      }
      pending = Uint8Array.from(Buffer.concat([pending, bytes]))
      take(pieces)
      return pieces
    },
    flush() {
      const pieces: TracedPiece[] = []
      tellLoose(pieces)
      loose = [...pending]
      pending = new Uint8Array()
      tellLoose(pieces, 'cut')
      return pieces
    },
  }
}

/** Whole reports come from HID lines, filled up with zeros on Windows; a stream has only those with a count. */
function wholeReport(bytes: Uint8Array): { map: ReportMap; part: CodePart; length: number } | undefined {
  for (const map of [reportMaps.counted, reportMaps.plain]) {
    const length =
      map === reportMaps.plain || bytes.subarray(map.length).every((byte) => byte === 0) ? bytes.length : map.length
    if (
      bytes.length < map.length ||
      (map === reportMaps.plain && bytes.subarray(map.length).some((byte) => byte !== 0))
    )
      continue
    const part = decodePart(map, bytes.subarray(0, map.length))
    if (part && part.data.length > 0) return { map, part, length }
  }
  return undefined
}
