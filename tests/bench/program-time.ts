import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ms, type Figure } from './figure.ts'

/** The program's share of the demo's visit: devices' and people's waiting taken out, the driving of the windows left in. */
export async function programTime(): Promise<readonly Figure[]> {
  const out = mkdtempSync(join(tmpdir(), 'qcc-bench-'))
  try {
    const demo = spawnSync(process.execPath, ['build/visit/demo.ts', '--out', out], { encoding: 'utf8' })
    if (demo.status !== 0) throw new Error(`the demo failed: ${demo.stderr}`)
    const { total } = JSON.parse(readFileSync(join(out, 'timeline.json'), 'utf8')) as { total: { program: number } }
    return [
      {
        name: 'program time of a whole visit over 3 s',
        ours: ms(total.program),
        beside: '3 s',
        ratio: total.program / 3000,
        wanted: 1,
        better: 'lower',
      },
    ]
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}
