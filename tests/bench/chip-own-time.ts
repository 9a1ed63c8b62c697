import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { connectHost, forkWithNode } from '#core/devices/index.ts'
import { fullChip, type ChipQuirks } from '#native/sim/chip/index.ts'
import { startSimulators } from '#native/sim/stage/index.ts'
import { median, ms, timed, type Figure } from './figure.ts'

const rounds = 3

/**
 * A card with PACE, chip and active authentication behind the GemPC Twin, as slow as the real ones: what of a whole read
 * is neither line nor card, and how soon there is text to read. Once with short length only, once with a card that knows
 * extended length; the bytes a read that came of it are in the figure.
 */
export async function chipOwnTime(): Promise<readonly Figure[]> {
  return [
    ...(await measure('short length', {})),
    ...(await measure('a card of extended length', { extendedLength: true })),
  ]
}

async function measure(kind: string, quirks: ChipQuirks): Promise<readonly Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'qcc-bench-'))
  const card = join(dir, 'card.json')
  writeFileSync(card, JSON.stringify({ person: 'lo', options: fullChip, quirks }))
  const stage = await startSimulators(join(dir, 'devices'), { arguments: ['--person', card] })
  let text: number | undefined
  const host = connectHost({
    fork: () => forkWithNode(resolve('build/development-host.ts')),
    onEvent: (event) => {
      if (event.name === 'chipProgress' && event.data.details) text = performance.now()
    },
  })
  try {
    await host.call('devices.bind', { bindings: stage.devices })
    const access = { kind: 'can', can: stage.card.can } as const
    const reads: { readonly whole: number; readonly wire: number; readonly text: number; readonly length: number }[] =
      []
    for (let round = 0; round <= rounds; round++) {
      const before = (await stage.figures()).cardReaderMs
      const started = performance.now()
      const { ms: whole, value } = await timed(() =>
        host.call('chip.read', { attempt: `bench-${round}`, device: 'card-reader', access }),
      )
      const wire = (await stage.figures()).cardReaderMs - before
      if (text === undefined) throw new Error('no text came')
      const portrait = value.timings.find(({ file }) => file === 'DG2')
      // Its first bytes are the proof of chip authentication.
      const length = Math.round((portrait?.bytes ?? 0) / (1 + (portrait?.apdus ?? 0)))
      // The first read also starts the process.
      if (round > 0) reads.push({ whole, wire, text: text - started, length })
    }
    const middle = (of: (read: (typeof reads)[number]) => number) => median(reads.map(of))
    const whole = middle((read) => read.whole)
    const own = middle((read) => read.whole - read.wire)
    const first = middle((read) => read.text)
    const label = `${kind}, ${middle((read) => read.length)} bytes a read`
    return [
      {
        name: `own time of a full chip read over the whole (${label})`,
        ours: ms(own),
        beside: ms(whole),
        ratio: own / whole,
        wanted: 0.05,
        better: 'lower',
      },
      {
        name: `first text on screen over the whole read (${label})`,
        ours: ms(first),
        beside: ms(whole),
        ratio: first / whole,
        wanted: 0.35,
        better: 'lower',
      },
    ]
  } finally {
    await host.close()
    await stage.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}
