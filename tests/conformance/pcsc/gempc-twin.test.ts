import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { personalise, simulatedChip, type ChipImage } from '#native/sim/chip/index.ts'
import { startGempcTwin, type GempcTwinOptions, type GempcTwinSimulator } from '#native/sim/gempc-twin/index.ts'
import { people } from '#native/sim/people/people.ts'

// The outside judge: pcscd with Debian's unmodified libccidtwin drives our simulated reader. Runs as root, as pcscd does.
const driver = '/usr/lib/pcsc/drivers/serial/libccidtwin.so'
const readerName = 'Simulated Twin'
const run = promisify(execFile)

let image: ChipImage
let folder: string
let simulator: GempcTwinSimulator | undefined
let daemon: ChildProcess | undefined
let said = ''

beforeAll(async () => {
  image = await personalise(people.lo)
})

afterEach(async () => {
  if (daemon && daemon.exitCode === null) {
    const ended = new Promise((resolve) => daemon?.once('exit', resolve))
    daemon.kill()
    await ended
  }
  await simulator?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function startDaemon(options: Partial<GempcTwinOptions> = {}) {
  folder = await mkdtemp(join(tmpdir(), 'pcsc-'))
  const linkPath = join(folder, 'reader')
  simulator = await startGempcTwin({ linkPath, chip: simulatedChip(image), pace: 0, ...options })
  const configuration = [`FRIENDLYNAME "${readerName}"`, `DEVICENAME ${linkPath}:GemPCTwin`, `LIBPATH ${driver}`, '']
  const configurationFolder = await mkdtemp(join(folder, 'conf-'))
  await writeFile(join(configurationFolder, 'reader'), configuration.join('\n'))
  said = ''
  const started = spawn('pcscd', ['--foreground', '--debug', '--apdu', '--config', configurationFolder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  daemon = started
  for (const output of [started.stdout, started.stderr]) output.on('data', (text: Buffer) => (said += text.toString()))
  await new Promise<void>((resolve, reject) => {
    started.once('error', () => reject(new Error('pcscd is not installed (Debian package pcscd)')))
    started.once('exit', () => reject(new Error(`pcscd ended: ${said.slice(-600)}`)))
    started.stdout.on('data', () => {
      if (said.includes('daemon ready')) resolve()
    })
  })
  await vi.waitFor(async () => expect((await tool('--list-readers')).stdout).toContain(readerName), {
    timeout: 15_000,
    interval: 100,
  })
}

const tool = (...parts: string[]) => run('opensc-tool', parts, { timeout: 20_000 })

describe('pcscd with libccidtwin', () => {
  it('powers the card on and gets its answer to reset', async () => {
    await startDaemon()
    const { stdout } = await tool('--atr')
    const atr = Buffer.from(simulatedChip(image).atr).toString('hex').match(/../g)?.join(':')
    expect(stdout.trim()).toBe(atr)
    expect(said).toContain('GemTwin')
  })

  it('selects the application and gets a challenge over T=1', async () => {
    await startDaemon()
    const { stdout } = await tool('-s', '00A4040C07A0000002471001', '-s', '0084000008')
    expect(stdout).toMatch(
      /00 A4 04 0C[^]*SW1=0x90, SW2=0x00[^]*00 84 00 00 08[^]*SW1=0x90, SW2=0x00[^]*\n([0-9A-F]{2} ){8}/,
    )
    expect(said).toContain('Send Protocol: T=1')
  })

  it('gets two different challenges from a card that speaks T=0', async () => {
    await startDaemon({ card: { protocol: 0 } })
    const { stdout } = await tool('-s', '0084000008', '-s', '0084000008')
    const challenges = [...stdout.matchAll(/^((?:[0-9A-F]{2} ){8})/gm)].map((match) => match[1])
    expect(challenges).toHaveLength(2)
    expect(challenges[0]).not.toBe(challenges[1])
    expect(said).toContain('Send Protocol: T=0')
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
