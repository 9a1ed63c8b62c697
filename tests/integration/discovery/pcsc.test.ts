import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { personalise, simulatedChip } from '#native/sim/chip/index.ts'
import { startGempcTwin } from '#native/sim/gempc-twin/index.ts'
import { people } from '#native/sim/people/people.ts'
import { startDaemon } from '../../conformance/pcsc/daemon.ts'

const root = join(import.meta.dirname, '../../..')
const run = promisify(execFile)
/** What a process lists that talks to this smart-card service. */
const script = `
  import { pcscListing } from ${JSON.stringify(join(root, 'native/host/discovery/card-readers.ts'))}
  process.stdout.write(JSON.stringify((await pcscListing().list()).map(({ address }) => address)))
  process.exit(0)`

it('the readers of a running pcscd are listed the first time they are asked for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pcsc-list-'))
  const chip = simulatedChip(await personalise(people.lo))
  const reader = await startGempcTwin({ linkPath: join(folder, 'reader'), chip, pace: 0 })
  const daemon = await startDaemon(folder, { 'Simulated Twin': join(folder, 'reader') })
  try {
    const env = { ...process.env, PCSCLITE_CSOCK_NAME: daemon.socket }
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: root, env })
    expect(JSON.parse(stdout)).toEqual([expect.stringContaining('Simulated Twin')])
  } finally {
    await daemon.stop()
    await reader.stop()
    await rm(folder, { recursive: true, force: true })
  }
})
