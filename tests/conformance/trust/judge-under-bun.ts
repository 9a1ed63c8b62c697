/** Runs under bun: judges every security object of a JSON file and says what it found. */
import { readFileSync } from 'node:fs'
import { judgeSod } from '#native/chip/trust/index.ts'

export type Case = { readonly sod: string; readonly anchor: string; readonly groups: Readonly<Record<string, string>> }

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))
const [file = ''] = process.argv.slice(2)
const cases = JSON.parse(readFileSync(file, 'utf8')) as readonly Case[]
const verdicts = cases.map(({ sod, anchor, groups }) => {
  const read = Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, bytes(text)]))
  const anchors = { certificates: [bytes(anchor)], crls: [] }
  return judgeSod({ sod: bytes(sod), groups: read, anchors, at: new Date('2026-11-21T00:00:00Z') })
})
process.stdout.write(JSON.stringify({ runtime: process.versions.bun === undefined ? 'node' : 'bun', verdicts }))
