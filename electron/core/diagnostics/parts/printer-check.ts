import { figuresOfPrint, judgePrinter, printAnswers, type Found, type PrinterFigures } from '#domain/diagnosis/index.ts'
import type { Asking } from './asking.ts'

/** The printers of the system, as the shell reaches them. */
export type Printers = {
  list(): Promise<readonly { readonly name: string; readonly label: string; readonly usual: boolean }[]>
  /** One test page, which names nobody; false when the system did not take it. */
  printTestPage(name: string): Promise<boolean>
}

/** Prints one page and asks how it came out. Throws CANCELLED. */
export async function checkPrinter(
  printers: Printers | undefined,
  wanted: string | undefined,
  asking: Asking,
): Promise<{ readonly figures: PrinterFigures; readonly found: readonly Found[]; readonly printer?: string }> {
  const all = (await printers?.list().catch(() => [])) ?? []
  const chosen =
    wanted === undefined ? (all.find(({ usual }) => usual) ?? all[0]) : all.find(({ name }) => name === wanted)
  if (!printers || !chosen) return outcome({ printers: 0 })
  const begun = performance.now()
  const taken = await printers.printTestPage(chosen.name).catch(() => false)
  const figures = { printers: all.length, printTaken: taken ? 1 : 0, printMs: Math.round(performance.now() - begun) }
  if (!taken) return { ...outcome(figures), printer: chosen.name }
  const said = await asking.answer({ ask: 'print', place: 1, of: 1 })
  const answer = printAnswers.find((each) => each === said) ?? (said === 'yes' ? 'right' : 'nothing')
  return { ...outcome({ ...figures, ...figuresOfPrint(answer) }), printer: chosen.name }
}

function outcome(figures: PrinterFigures) {
  return { figures, found: judgePrinter(figures) }
}
