import { longestCode } from '../code-text.ts'
import { controls, type LineLayout } from './layouts.ts'

/** GS, RS and EOT stand inside GS1 and driving-licence codes. Other control characters are noise of the line. */
const controlsOfCodes: readonly number[] = [0x1d, 0x1e, 0x04]

/** Cuts the bytes of a serial line into codes. Without an end nothing comes out; `flush` gives what is there. */
export class CodeCutter {
  readonly #layout: LineLayout
  #pending: number[] = []
  /** Between begin and end, where the layout has a begin. */
  #inside = false

  constructor(layout: LineLayout) {
    this.#layout = layout
  }

  get pending(): number {
    return this.#pending.length
  }

  push(bytes: Uint8Array): Uint8Array[] {
    const codes: Uint8Array[] = []
    for (const byte of bytes) {
      const code = this.#layout.frame ? this.#takeOfFrame(byte) : this.#take(byte)
      if (code && code.length > 0) codes.push(code)
    }
    return codes
  }

  /** The line fell silent: what came is a code where the layout says so, and dropped where it does not. */
  flush(): Uint8Array | undefined {
    const code = this.#layout.gap && this.#pending.length > 0 ? Uint8Array.from(this.#pending) : undefined
    this.reset()
    return code
  }

  reset(): void {
    this.#pending = []
    this.#inside = false
  }

  #take(byte: number): Uint8Array | undefined {
    const { ends, begins } = this.#layout
    if (byte === begins) {
      this.#pending = []
      this.#inside = true
      return undefined
    }
    if (ends.includes(byte)) {
      const code = begins === undefined || this.#inside || ends.length > 1 ? Uint8Array.from(this.#pending) : undefined
      this.reset()
      return code
    }
    // The LF of a CR LF where CR alone ends a code.
    if (isBlank(byte) && this.#pending.length === 0) return undefined
    if (isNoise(byte)) {
      this.#pending = []
      return undefined
    }
    this.#pending.push(byte)
    // A flood without an end is none of ours.
    if (this.#pending.length > longestCode) this.#pending = []
    return undefined
  }

  /** SOH, length (2, low first), `OU`, STX, flag, line CR line CR line CR, ETX, check. */
  #takeOfFrame(byte: number): Uint8Array | undefined {
    const pending = this.#pending
    pending.push(byte)
    if (!beginsFrame(pending)) {
      // The next possible beginning may stand in the bytes at hand.
      do pending.shift()
      while (pending.length > 0 && !beginsFrame(pending))
      return undefined
    }
    if (pending.length > longestFrame) {
      this.reset()
      return undefined
    }
    // The check byte follows the end of text. How far it reaches is not published; the zone has check digits of its own.
    const end = pending.indexOf(controls.etx, headLength)
    if (end < 0 || pending.length < end + 2) return undefined
    const text = Uint8Array.from(pending.slice(headLength, end))
    this.reset()
    return tidyLines(text)
  }
}

const headLength = 7
const longestFrame = 512

function beginsFrame(bytes: readonly number[]): boolean {
  const fixed = [controls.soh, undefined, undefined, 0x4f, 0x55, controls.stx]
  return fixed.every((wanted, at) => wanted === undefined || at >= bytes.length || bytes[at] === wanted)
}

/** Lines that were not found are empty; the others, each with its line end. */
function tidyLines(text: Uint8Array): Uint8Array {
  const lines = Buffer.from(text).toString('latin1').split('\r')
  return Buffer.from(lines.filter((line) => line !== '').join('\n'), 'latin1')
}

function isBlank(byte: number): boolean {
  return byte === controls.cr || byte === controls.lf || byte === controls.tab
}

function isNoise(byte: number): boolean {
  return (byte < 0x20 && !isBlank(byte) && !controlsOfCodes.includes(byte)) || byte === 0x7f
}

/** For the simulator: the bytes of a code as a scanner with this layout sends them. */
export function encodeCode(layout: LineLayout, text: Uint8Array, end: Uint8Array = usualEnd(layout)): Uint8Array {
  if (layout.frame) return encodeFrame(text)
  return Uint8Array.from([
    ...(layout.begins === undefined || end[0] !== controls.etx ? [] : [layout.begins]),
    ...text,
    ...end,
  ])
}

function usualEnd({ ends }: LineLayout): Uint8Array {
  return Uint8Array.from(ends.length > 2 ? ends.slice(0, 1) : ends)
}

function encodeFrame(text: Uint8Array): Uint8Array {
  const lines = Buffer.from(text).toString('latin1').split('\n').slice(0, 3)
  while (lines.length < 3) lines.unshift('')
  const body = Buffer.from(`OU\x02 ${lines.map((line) => `${line}\r`).join('')}\x03`, 'latin1')
  const length = body.length + 3
  const frame = [controls.soh, length & 0x7f, length >> 7, ...body]
  return Uint8Array.from([...frame, frame.slice(1).reduce((sum, byte) => sum ^ byte, 0)])
}
