import { AppError } from '#domain/failure/index.ts'
import type { CodeScanner } from '#native/capability/code-scanner.ts'
import { linger, measuring, type CheckRun, type Measured } from './check-run.ts'

const patienceMs = 20_000
const codesWanted = 2
/** A scanner that says more than so many has been found out. */
const mostCodes = 64
/** Ends of a code on a serial line: CR LF, or STX and ETX. */
const endBytes = 2

/** The same code held before the scanner twice. Its text is compared and dropped. */
export function checkCodeScanner(scanner: CodeScanner, run: CheckRun): Promise<Measured> {
  return measuring(run, async (figures) => {
    const codes: string[] = []
    let gone = false
    const tooSoon = new Set<() => void>()
    const told = () => {
      for (const seen of tooSoon) seen()
    }
    const stopCodes = scanner.onCode((text) => {
      if (codes.length < mostCodes) codes.push(text)
      told()
    })
    const stopGone = scanner.onGone(() => {
      gone = true
      told()
    })
    try {
      for (let wanted = 1; wanted <= codesWanted && !gone; wanted++) {
        await run.ask('scan-a-code', (wanted - 1) / codesWanted, {
          patienceMs,
          watch(seen) {
            const look = () => (gone || codes.length >= wanted) && seen()
            tooSoon.add(look)
            look()
            return () => tooSoon.delete(look)
          },
        })
      }
      await linger(run)
    } finally {
      stopCodes()
      stopGone()
      figures['codesWanted'] = codesWanted
      figures['codesSeen'] = codes.length
      figures['codesDifferent'] = new Set(codes).size > 1 ? 1 : 0
      if (run.binding.transport === 'serial') figures['extraBytes'] = extraBytes(codes, run)
    }
    if (gone) throw new AppError('DEVICE_GONE', 'device.check')
  })
}

/** Bytes on the line beyond those of the codes. */
function extraBytes(codes: readonly string[], { line }: CheckRun): number {
  const { bytesIn = 0 } = line?.figures() ?? {}
  const own = codes.reduce((sum, text) => sum + Buffer.byteLength(text) + endBytes, 0)
  return Math.max(0, bytesIn - own)
}
