import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeReceiver } from '#build/receiver/index.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'qcc-kill-'))
let certificate = ''

beforeAll(() => {
  certificate = makeReceiver(join(folder, 'receiver')).certificate
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Line = { resumed?: string; killed?: string; step?: string; done?: true; failed?: string; code?: string }

function run(changes: number): { lines: Line[]; signal: NodeJS.Signals | null; stderr: string } {
  const child = spawnSync(
    process.execPath,
    ['tests/support/desk-process.ts', join(folder, 'data'), certificate, String(changes)],
    {
      encoding: 'utf8',
      timeout: 60_000,
    },
  )
  const lines = child.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line)
  return { lines, signal: child.signal, stderr: child.stderr }
}

test(
  'a visit whose program is killed after every stored change goes on at the same step and loses nothing',
  { timeout: 900_000 },
  () => {
    const steps = new Set<string>()
    let before: string | undefined
    let kills = 0
    // A device act stores its start and its end. Killed between the two it starts over, so the next life gets one change more.
    let changes = 1
    for (let round = 0; round < 200; round++) {
      const { lines, signal, stderr } = run(changes)
      const resumed = lines.find((line) => line.resumed !== undefined)
      expect(resumed, stderr).toBeDefined()
      if (before !== undefined) expect(resumed?.resumed, `round ${round}`).toBe(before)
      if (resumed?.step !== undefined) steps.add(resumed.step)
      if (lines.some(({ done }) => done)) break
      expect(signal, stderr).toBe('SIGKILL')
      const after = lines.find((line) => line.killed !== undefined)?.killed
      expect(after).toBeDefined()
      changes = after === before ? changes + 1 : 1
      before = after
      kills++
    }
    expect(kills).toBeGreaterThan(30)
    expect([...steps]).toEqual(
      expect.arrayContaining(['arrival', 'compare', 'documents', 'portrait', 'fingers', 'check', 'review']),
    )
    expect(readdirSync(join(folder, 'data', 'station', 'sealed'))).toHaveLength(1)
  },
)
