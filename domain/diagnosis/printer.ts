import type { Found } from './causes.ts'
import { because, type Figures } from './station.ts'

/** What a person says of the test page: it came out right, crooked or cut, pale or streaked, or not at all. */
export const printAnswers = ['right', 'crooked', 'pale', 'nothing'] as const
export type PrintAnswer = (typeof printAnswers)[number]

/** 1 is yes. */
export type PrinterFigures = Figures<
  /** That the system has installed. */
  | 'printers'
  /** The system took the page. */
  | 'printTaken'
  | 'printMs'
  /** By the person's answer. */
  | 'pageCame'
  | 'pageStraight'
  | 'pageDark'
>

/** One test page: whether it could be given away, and how it came out. What was not asked is not judged. */
export function judgePrinter(measured: PrinterFigures): Found[] {
  if (!measured.printers) return [because('no-printer', measured, 'printers')]
  if (measured.printTaken === 0) return [because('print-refused', measured, 'printTaken')]
  if (measured.pageCame === 0) return [because('nothing-printed', measured, 'printTaken', 'pageCame')]
  const found: Found[] = []
  if (measured.pageStraight === 0) found.push(because('print-crooked', measured, 'pageStraight'))
  if (measured.pageDark === 0) found.push(because('print-pale', measured, 'pageDark'))
  return found
}

/** The answer as figures. */
export function figuresOfPrint(answer: PrintAnswer): PrinterFigures {
  if (answer === 'nothing') return { pageCame: 0 }
  return { pageCame: 1, pageStraight: answer === 'crooked' ? 0 : 1, pageDark: answer === 'pale' ? 0 : 1 }
}
