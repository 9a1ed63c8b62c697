import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { personalise, simulatedChip, type ChipImage } from '#native/sim/chip/index.ts'
import { startGempcTwin, type GempcTwinOptions, type GempcTwinSimulator } from '#native/sim/gempc-twin/index.ts'
import { people } from '#native/sim/people/people.ts'
import { startDaemon as startDaemonWith, type PcscDaemon } from './daemon.ts'

// The outside judge: pcscd with Debian's unmodified libccidtwin drives our simulated reader. Runs as root, as pcscd does.
const readerName = 'Simulated Twin'
const run = promisify(execFile)

let image: ChipImage
let folder: string
let simulator: GempcTwinSimulator | undefined
let daemon: PcscDaemon | undefined

beforeAll(async () => {
  image = await personalise(people.lo)
})

afterEach(async () => {
  await daemon?.stop()
  await simulator?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function startDaemon(options: Partial<GempcTwinOptions> = {}) {
  folder = await mkdtemp(join(tmpdir(), 'pcsc-'))
  const linkPath = join(folder, 'reader')
  simulator = await startGempcTwin({ linkPath, chip: simulatedChip(image), pace: 0, ...options })
  daemon = await startDaemonWith(folder, { [readerName]: linkPath })
  await vi.waitFor(async () => expect((await tool('--list-readers')).stdout).toContain(readerName), {
    timeout: 15_000,
    interval: 100,
  })
}

const tool = (...parts: string[]) =>
  run('opensc-tool', parts, { timeout: 20_000, env: { ...process.env, PCSCLITE_CSOCK_NAME: daemon?.socket } })

describe('pcscd with libccidtwin', () => {
  it('powers the card on and gets its answer to reset', async () => {
    await startDaemon()
    const { stdout } = await tool('--atr')
    const atr = Buffer.from(simulatedChip(image).atr).toString('hex').match(/../g)?.join(':')
    expect(stdout.trim()).toBe(atr)
    expect(daemon?.said()).toContain('GemTwin')
  })

  it('selects the application and gets a challenge over T=1', async () => {
    await startDaemon()
    const { stdout } = await tool('-s', '00A4040C07A0000002471001', '-s', '0084000008')
    expect(stdout).toMatch(
      /00 A4 04 0C[^]*SW1=0x90, SW2=0x00[^]*00 84 00 00 08[^]*SW1=0x90, SW2=0x00[^]*\n([0-9A-F]{2} ){8}/,
    )
    expect(daemon?.said()).toContain('Send Protocol: T=1')
  })

  it('gets two different challenges from a card that speaks T=0', async () => {
    await startDaemon({ card: { protocol: 0 } })
    const { stdout } = await tool('-s', '0084000008', '-s', '0084000008')
    const challenges = [...stdout.matchAll(/^((?:[0-9A-F]{2} ){8})/gm)].map((match) => match[1])
    expect(challenges).toHaveLength(2)
    expect(challenges[0]).not.toBe(challenges[1])
    expect(daemon?.said()).toContain('Send Protocol: T=0')
  })

  it('grants a card that asks for more time its wish', async () => {
    await startDaemon({ card: { asksForTime: true } })
    const { stdout } = await tool('-s', '00A4040C07A0000002471001', '-s', '0084000008')
    expect(stdout.match(/SW1=0x90, SW2=0x00/g)).toHaveLength(2)
  })

  it('sees a card go and come', async () => {
    await startDaemon()
    await simulator?.remove()
    await vi.waitFor(async () => expect((await tool('--list-readers')).stdout).toMatch(/0\s+No/), {
      timeout: 15_000,
      interval: 100,
    })
    await simulator?.insert(simulatedChip(image))
    await vi.waitFor(async () => expect((await tool('--list-readers')).stdout).toMatch(/0\s+Yes/), {
      timeout: 15_000,
      interval: 100,
    })
  })
})
