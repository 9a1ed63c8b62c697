import type { LineTracer, TracedPiece } from '#native/capability/trace.ts'
import { longestCode } from '../code-text.ts'
import { copyOf, filler, hide } from '../mask.ts'
import { controls } from './layouts.ts'

const { soh, stx, etx, tab, lf, cr } = controls
const kept: readonly number[] = [soh, stx, etx, tab, lf, cr]
const ends: readonly number[] = [etx, tab, lf, cr]
/** What the driver takes for noise of the line stays noise. */
const noise = 0x00
/** `OU`, which every frame of an RTE6701 has. */
const frameMark = [0x4f, 0x55, stx] as const
const headLength = 6

/**
 * Bytes of a code scanner on a serial line: the control characters that codes end and begin with stay, and the head of
 * an RTE6701's frame; all else is filler. One piece a line.
 */
export function traceSerialScanner(): LineTracer {
  let line: number[] = []
  let masked = 0
  let head: number[] = []

  function tell(pieces: TracedPiece[]) {
    if (line.length === 0) return
    const name = masked > 0 ? 'code' : 'control'
    const detail = masked > 0 ? { detail: `${masked} bytes`, masked } : {}
    pieces.push({ way: 'in', bytes: Uint8Array.from(line), name, ...detail })
    line = []
    masked = 0
  }

  function take(byte: number, pieces: TracedPiece[]) {
    head = byte === soh ? [byte] : head.length > 0 && head.length < headLength ? [...head, byte] : []
    line.push(maskOf(byte))
    if (!kept.includes(byte)) masked++
    const isHead = head.length === headLength && frameMark.every((wanted, at) => head[at + 3] === wanted)
    if (isHead && line.length >= headLength) {
      const shown = head.filter((each) => !kept.includes(each)).length
      line.splice(-headLength, headLength, ...head)
      masked -= shown
    }
    if (ends.includes(byte) || line.length >= longestCode) tell(pieces)
  }

  return {
    push(way, bytes) {
      const pieces: TracedPiece[] = []
      if (way === 'out') {
        const own = copyOf(bytes)
        return [{ way, bytes: own, name: 'bytes', masked: hide(own) }]
      }
      for (const byte of bytes) take(byte, pieces)
      return pieces
    },
    flush() {
      const pieces: TracedPiece[] = []
      tell(pieces)
      head = []
      return pieces
    },
  }
}

function maskOf(byte: number): number {
  if (kept.includes(byte)) return byte
  const isControl = byte < 0x20 && ![0x1d, 0x1e, 0x04].includes(byte)
  return isControl || byte === 0x7f ? noise : filler
}
