import { examples } from './examples.ts'
import { fingerprint } from './round-trips.ts'

// Run by bun.test.ts: one line of JSON on the standard output.
const outcomes: Record<string, string> = {}
for (const { title, run } of examples) {
  try {
    await run()
    outcomes[title] = 'as printed'
  } catch (error) {
    outcomes[title] = error instanceof Error ? error.message : String(error)
  }
}
console.log(JSON.stringify({ runtime: process.versions['bun'] ? 'bun' : 'node', outcomes, fingerprint: fingerprint() }))
