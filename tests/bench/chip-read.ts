import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { connectHost, forkWithNode } from '#core/devices/index.ts'
import { bacInputs, parseMrz } from '#domain/person/mrz.ts'
import { startSimulators } from '#native/sim/stage/index.ts'
import { median, ms, timed, type Figure } from './figure.ts'

const rounds = 3

/** A whole read through the device-host process, over what the simulated line and card take for the same read. */
export async function chipRead(): Promise<readonly Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'qcc-bench-'))
  const stage = await startSimulators(join(dir, 'devices'))
  const host = connectHost({ fork: () => forkWithNode(resolve('build/development-host.ts')), onEvent: () => {} })
  try {
    await host.call('devices.bind', { bindings: stage.devices })
    const access = { kind: 'mrz', ...bacInputs(parseMrz(stage.card.mrz.join('\n'))) } as const
    const reads: { own: number; line: number }[] = []
    for (let round = 0; round <= rounds; round++) {
      const before = (await stage.figures()).cardReaderMs
      const { ms: own } = await timed(() =>
        host.call('chip.read', { attempt: `bench-${round}`, device: 'card-reader', access }),
      )
      // The first read also starts the process.
      if (round > 0) reads.push({ own, line: (await stage.figures()).cardReaderMs - before })
    }
    const own = median(reads.map((read) => read.own))
    const line = median(reads.map((read) => read.line))
    return [
      {
        name: 'chip read over simulated wire and card time',
        ours: ms(own),
        beside: ms(line),
        ratio: own / line,
        wanted: 1.1,
        better: 'lower',
      },
    ]
  } finally {
    await host.close()
    await stage.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}
