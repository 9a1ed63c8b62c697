import type { Found } from './causes.ts'
import { judgeEnd, type Figures, type Trouble } from './line.ts'

/** Presses in the time of one that no finger makes. */
const mostPresses = 20

/** Of the button and lamp of a document camera: `presses` that were heard, `hasLamp`; of the line `bytesIn`. */
export function judgeDocumentCamera(figures: Figures, line: Figures, trouble?: Trouble): readonly Found[] {
  const { presses = 0 } = figures
  const { bytesIn = 0 } = line
  const found: Found[] = [...judgeEnd(trouble, line)]
  if (found.some(({ cause }) => cause === 'floods')) return found
  if (presses > mostPresses) return [{ cause: 'floods', figures: { presses } }, ...found]
  if (trouble || presses > 0) return found
  const heard: Found = bytesIn > 0 ? { cause: 'line-unreadable', figures: { bytesIn } } : { cause: 'no-answer' }
  return [heard, ...found.filter(({ cause }) => cause !== heard.cause && cause !== 'line-garbled')]
}
