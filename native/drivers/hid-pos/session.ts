import { longestCode, tellOnce, textOfCode } from '../code-text.ts'
import type { ScannerClock } from '../scanner-clock.ts'
import type { CodePart } from './codec.ts'

/** How long the next part of a code may take. Reports follow each other within some milliseconds. */
const nextPartMs = 1000
/** A report that comes again within this time is a repetition: there is nothing in it to tell the two apart. */
const sameReportMs = 250

/**
 * Puts codes together from their parts. A code whose rest does not come is dropped, and so is one that grows longer than
 * any code: half a code could be taken for a whole one.
 */
export function codeAssembly(clock: ScannerClock, tell: (text: string) => void) {
  const parts: Uint8Array[] = []
  let size = 0
  let last: { readonly part: CodePart; readonly at: number } | undefined
  let callOff = () => {}
  const once = tellOnce(() => clock.now(), tell)

  function drop() {
    callOff()
    parts.length = 0
    size = 0
  }

  return {
    add(part: CodePart) {
      const at = clock.now()
      if (last && at - last.at < sameReportMs && samePart(last.part, part)) return
      last = { part, at }
      callOff()
      parts.push(part.data)
      size += part.data.length
      if (size > longestCode) return drop()
      if (part.more) {
        callOff = clock.after(nextPartMs, drop)
        return
      }
      const bytes = Buffer.concat(parts)
      drop()
      if (bytes.length > 0) once(textOfCode(bytes))
    },
    /** The line was opened anew. */
    reset() {
      drop()
      last = undefined
    },
  }
}

function samePart(one: CodePart, other: CodePart): boolean {
  return one.more === other.more && one.symbology === other.symbology && Buffer.compare(one.data, other.data) === 0
}
