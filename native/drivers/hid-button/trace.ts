import type { LineTracer, TracedPiece } from '#native/capability/trace.ts'
import { garbageRule } from '../frame-tracer.ts'
import { copyOf, hide } from '../mask.ts'
import { shippedMaps } from './report-map.ts'
import { createButtonDecoder, encodeLampReport } from './report.ts'

/**
 * Reports of a shutter button and its lamp. A press is nobody's secret; whatever is no report of a known map may be
 * from another device and counts as garbage.
 */
export function traceHidButton(): LineTracer {
  const garbage = garbageRule()
  let pending: number[] = []
  let loose: number[] = []

  function tellLoose(pieces: TracedPiece[]) {
    if (loose.length === 0) return
    const bytes = Uint8Array.from(loose)
    loose = []
    pieces.push({ way: 'in', bytes, name: 'garbage', fault: 'garbage', ...garbage.mask(bytes) })
  }

  function found():
    | { readonly length: number; readonly piece: Pick<TracedPiece, 'name' | 'detail' | 'masked' | 'bytes'> }
    | undefined {
    for (const { model, input } of shippedMaps) {
      const bytes = Uint8Array.from(pending.slice(0, input.length))
      const [report] = bytes.length === input.length ? createButtonDecoder(input).push(bytes) : []
      if (!report) continue
      let masked = 0
      for (const at of input.check ? [] : (input.free ?? [])) masked += hide(bytes.subarray(at, at + 1))
      const detail = `${model}${input.counter ? `, counter ${report.counter}` : ''}`
      const name = report.shutter ? 'shutter down' : 'shutter up'
      return { length: input.length, piece: { bytes, name, detail, ...(masked > 0 && { masked }) } }
    }
    return undefined
  }

  const longest = Math.max(...shippedMaps.map(({ input }) => input.length))

  function look(pieces: TracedPiece[], ended: boolean) {
    while (pending.length > 0) {
      const report = found()
      if (report) {
        tellLoose(pieces)
        garbage.reset()
        pieces.push({ way: 'in', ...report.piece })
        pending = pending.slice(report.length)
      } else if (pending.length >= longest || ended) loose.push(pending.shift()!)
      else return
      if (loose.length >= longestRun) tellLoose(pieces)
    }
  }

  return {
    push(way, bytes) {
      const pieces: TracedPiece[] = []
      if (way === 'out') return [lampPiece(bytes)]
      for (const byte of bytes) {
        pending.push(byte)
        look(pieces, false)
      }
      return pieces
    },
    flush() {
      const pieces: TracedPiece[] = []
      look(pieces, true)
      tellLoose(pieces)
      return pieces
    },
  }
}

const longestRun = 1024

function lampPiece(bytes: Uint8Array): TracedPiece {
  for (const { lamp } of shippedMaps) {
    if (!lamp || bytes.length !== lamp.length) continue
    const brightness = bytes[lamp.brightness.at]! / lamp.brightness.most
    if (!encodeLampReport(lamp, brightness).every((value, at) => value === bytes[at])) continue
    return { way: 'out', bytes: copyOf(bytes), name: 'lamp', detail: `${Math.round(brightness * 100)} %` }
  }
  const own = copyOf(bytes)
  return { way: 'out', bytes: own, name: 'report', ...garbageRule().mask(own) }
}
