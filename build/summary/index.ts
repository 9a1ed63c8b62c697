import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  countCheck,
  countMissing,
  countPlaywright,
  countVitest,
  sum,
  type PlaywrightReport,
  type Tally,
  type VitestReport,
} from './count.ts'

const reports = resolve(import.meta.dirname, '../../artifacts/reports')
const vitestSuites = ['unit', 'integration', 'conformance', 'faults']
const playwrightSuites = ['visits', 'screens']

const rows = process.argv.slice(2).map((name) => ({ name, ...outcome(name) }))

console.log(
  `\n${'suite'.padEnd(16)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'skipped'.padStart(9)}${'s'.padStart(9)}`,
)
for (const { name, tally, seconds } of rows) {
  const figures = [tally.passed, tally.failed].map((figure) => String(figure).padStart(8)).join('')
  console.log(`${name.padEnd(16)}${figures}${String(tally.skipped).padStart(9)}${seconds.padStart(9)}`)
}
for (const { name, tally } of rows) {
  for (const problem of tally.problems) console.log(`✗ ${name}: ${problem}`)
  for (const title of tally.unsteady) console.log(`~ ${name}: passed only when run again: ${title}`)
}
const { passed, failed } = sum(rows.map(({ tally }) => tally))
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1

function outcome(name: string): { tally: Tally; seconds: string } {
  const path = resolve(reports, `${name}.job`)
  if (!existsSync(path)) return { tally: countMissing(), seconds: '-' }
  const [, code = '1', seconds = '-'] = readFileSync(path, 'utf8').trim().split('\t')
  const exitCode = Number(code)
  if (vitestSuites.includes(name)) return { tally: countVitest(readReport<VitestReport>(name), exitCode), seconds }
  if (playwrightSuites.includes(name))
    return { tally: countPlaywright(readReport<PlaywrightReport>(name), exitCode), seconds }
  return { tally: countCheck(exitCode), seconds }
}

function readReport<Report>(name: string): Report | undefined {
  const path = resolve(reports, `${name}.json`)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Report) : undefined
}
