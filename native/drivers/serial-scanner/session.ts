import { tellOnce, textOfCode } from '../code-text.ts'
import type { ScannerClock } from '../scanner-clock.ts'
import { CodeCutter } from './codec.ts'
import type { LineLayout } from './layouts.ts'

/** A line this long silent has ended its code; USB-serial adapters hold bytes back for up to 16 ms. */
const gapMs = 200
const zoneLine = /^[A-Z0-9<]{30}$/u

/** From bytes to codes. The three lines of a zone, which a scanner may send as three codes, become one. */
export function lineSession(layout: LineLayout, clock: ScannerClock, tell: (text: string) => void) {
  const cutter = new CodeCutter(layout)
  const zone: string[] = []
  const once = tellOnce(() => clock.now(), tell)
  let callOff = () => {}

  function take(bytes: Uint8Array) {
    const text = textOfCode(bytes).replace(/[\r\n\t]+$/u, '')
    if (text === '') return
    if (zoneLine.test(text)) {
      // The same line again is a repetition.
      if (zone.at(-1) !== text) zone.push(text)
      if (zone.length === 3) giveZone()
      return
    }
    giveZone()
    once(text)
  }

  function giveZone() {
    if (zone.length > 0) once(zone.splice(0).join('\n'))
  }

  function silent() {
    const rest = cutter.flush()
    if (rest) take(rest)
    giveZone()
  }

  return {
    add(bytes: Uint8Array) {
      callOff()
      for (const code of cutter.push(bytes)) take(code)
      if (cutter.pending > 0 || zone.length > 0) callOff = clock.after(gapMs, silent)
    },
    /** The line was opened anew. */
    reset() {
      callOff()
      cutter.reset()
      zone.length = 0
    },
  }
}
