import type { Found } from './causes.ts'
import { judgeEnd, pick, type Figures, type Trouble } from './line.ts'

/** Codes in the time of two that no hand shows. */
const mostCodes = 20
/** Bytes beyond the code and its ends. */
const mostExtra = 6

/**
 * Of a code scanner: `codesWanted`, `codesSeen`, `codesDifferent` (1 when they should be the same),
 * `extraBytes` (on the line beyond the codes).
 */
export function judgeCodeScanner(figures: Figures, line: Figures, trouble?: Trouble): readonly Found[] {
  const { codesWanted = 0, codesSeen = 0, codesDifferent = 0, extraBytes = 0 } = figures
  const { bytesIn = 0 } = line
  // The same code again was asked for.
  const unasked = Math.max(0, (line['unasked'] ?? 0) - Math.max(0, codesSeen - 1))
  const found: Found[] = [...judgeEnd(trouble, { ...line, unasked })]
  // Of what comes in a flood nothing can be told.
  if (found.some(({ cause }) => cause === 'floods')) return found
  if (codesSeen > mostCodes) return [{ cause: 'floods', figures: { codesSeen } }, ...found]
  const add = (one: Found) => {
    if (!found.some(({ cause }) => cause === one.cause)) found.push(one)
  }
  if (codesDifferent > 0 || (codesSeen === codesWanted && extraBytes > mostExtra))
    add({ cause: 'line-garbled', figures: { ...pick(figures, ['extraBytes']), codesDifferent } })
  if (!trouble && codesSeen === 0)
    add(bytesIn > 0 ? { cause: 'line-unreadable', figures: { bytesIn } } : { cause: 'nothing-scanned' })
  else if (!trouble && codesSeen < codesWanted) add({ cause: 'answers-late', figures: { codesSeen, codesWanted } })
  return found
}
