import { compareTemplates, verifyPrint } from './compare.ts'
import { keepIrises } from './irises.ts'
import { finishCapture, judgePreview } from './work.ts'

/** What the thread can be asked to do; each takes one message and gives one answer. */
export const tasks = {
  preview: judgePreview,
  finish: finishCapture,
  verify: verifyPrint,
  compare: compareTemplates,
  irises: keepIrises,
} as const

export type Tasks = typeof tasks
