import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { EventData } from '#contract/index.ts'
import { forkWithNode } from '#core/devices/index.ts'
import type { CheckReport } from '#domain/diagnosis/index.ts'
import type { CheckPrompt } from '#native/capability/checks.ts'
import { parseTraceFile } from '#native/host/traces/index.ts'
import { startSimulators, type Stage } from '#native/sim/stage/index.ts'
import { setUpStation, type DeskOptions, type Station, type TestDesk } from '../../support/desk.ts'
import { personsMoment } from './person.ts'
import { checkAgain } from './replayed.ts'

// Simulated devices behind their real drivers, in a device process of its own. Lò Thị Mẫu, whose card and hand these
// are, is invented.

const entry = join(import.meta.dirname, '../../../build/development-host.ts')

let station: Station
let stage: Stage & { stop(): Promise<void> }
let desk: TestDesk & { readonly dataFolder: string }
let program: Partial<DeskOptions>
let usb: string

beforeAll(async () => {
  station = await setUpStation()
  usb = await mkdtemp(join(tmpdir(), 'technician-usb-'))
  const dir = join(station.folder, 'stage')
  stage = await startSimulators(dir, { arguments: ['--pace', '0', '--scanner', 'hid'] })
  program = {
    devices: await readFile(join(dir, 'devices.json'), 'utf8'),
    forkHost: () => forkWithNode(entry),
  }
  desk = await station.sitDown(program)
}, 120_000)
afterAll(async () => {
  desk.core.stop()
  await stage.stop()
  station.close()
  await rm(usb, { recursive: true, force: true })
})
afterEach(async () => {
  await desk.ask('stopChecking', {})
})

/** What the person at the desk does at each prompt. */
const hands: Readonly<Partial<Record<CheckPrompt, () => Promise<unknown>>>> = {
  'lay-test-card': () => stage.insertCard(),
  'take-card-away': () => stage.removeCard(),
  'clean-and-clear-platen': () => stage.liftFingers(),
  'lay-finger': () => stage.placeFingers(),
  'lift-finger': () => stage.liftFingers(),
  'scan-a-code': async () => {
    await personsMoment()
    await stage.scan('hid-scanner', 'A code that names nobody')
  },
}
/** Noticed by the device itself. */
const seenByDevice: readonly CheckPrompt[] = ['lay-test-card', 'take-card-away', 'lay-finger', 'scan-a-code']

async function check(device: string): Promise<{ report: CheckReport; prompts: readonly CheckPrompt[] }> {
  await vi.waitFor(
    async () => {
      const { devices } = await desk.ask('surroundings', {})
      expect(devices.find(({ id }) => id === device)?.state).toBe('ready')
    },
    { timeout: 20_000 },
  )
  const prompts: CheckPrompt[] = []
  let seen = desk.told.length
  let over = false
  const outcome = desk.ask('checkDevice', { device }).finally(() => (over = true))
  while (!over) {
    for (const { name, data } of desk.told.slice(seen)) {
      if (name !== 'checkPrompt') continue
      const prompt = (data as EventData<'checkPrompt'>).prompt as CheckPrompt
      if (prompt === 'nothing') continue
      prompts.push(prompt)
      await hands[prompt]?.()
      if (!seenByDevice.includes(prompt)) await desk.ask('goOnChecking', {})
    }
    seen = desk.told.length
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return { report: await outcome, prompts }
}

/** What a machine that does much at once makes of a sound device; tests/integration/checks has a clock of its own. */
const ofBusyMachines = ['answers-late', 'antenna-weak', 'preview-slow', 'reading-slow']
const wrongWith = (report: CheckReport) => foundOf(report).filter((cause) => !ofBusyMachines.includes(cause))

const foundOf = ({ found }: CheckReport) => found.map(({ cause }) => cause)

test('a card reader that works has nothing wrong with it, with what was measured', async () => {
  const { report, prompts } = await check('card-reader')
  expect(report).toMatchObject({ subject: 'card-reader', device: 'card-reader' })
  expect(report.verdict).toBe(report.found.length === 0 ? 'works' : 'limits')
  expect(wrongWith(report)).toEqual([])
  expect(report.figures).toMatchObject({ readsTried: 20, readsGood: 20, readsDifferent: 0, removalNoticed: 1 })
  expect(prompts).toEqual(['take-card-away'])
  expect(await desk.ask('checks', {})).toContainEqual(report)
}, 60_000)

test('a fingerprint scanner that works has nothing wrong with it, with what was measured', async () => {
  // Drawing a hand for the first time may take a busy machine longer than a scanner may take.
  await check('fingerprint')
  const { report, prompts } = await check('fingerprint')
  expect(report.verdict).toBe(report.found.length === 0 ? 'works' : 'limits')
  expect(wrongWith(report)).toEqual([])
  expect(report).toMatchObject({ subject: 'fingerprint-scanner', figures: { captures: 2, deadLines: 0 } })
  expect(prompts).toEqual(['clean-and-clear-platen', 'lay-finger', 'lift-finger', 'lay-target'])
}, 120_000)

test('a code scanner that works is said to work, and nothing that was scanned for it is the officer’s', async () => {
  const { report } = await check('hid-scanner')
  expect([report.verdict, report.figures['codesSeen']]).toEqual(['works', 2])
  expect(desk.told.filter(({ name }) => name === 'codeScanned')).toEqual([])
}, 60_000)

test.each([
  ['fingerprint', 'busy', 'taken-by-another-program'],
  ['fingerprint', 'previous-image', 'repeats-old-picture'],
  ['fingerprint', 'garbage', 'line-garbled'],
] as const)(
  'the test of %s with the fault %s says %s',
  async (device, fault, cause) => {
    await stage.addFault(`${fault}@${device}`)
    try {
      const { report } = await check(device)
      expect(foundOf(report)).toEqual([cause])
    } finally {
      await stage.takeFaultOff(`${fault}@${device}`)
    }
  },
  120_000,
)

/** A trace goes out as a file and comes back as one from anybody would. */
async function exported(device: string) {
  const { file } = await desk.ask('exportTrace', { device, folder: usb })
  return { file, trace: parseTraceFile(await readFile(file)) }
}

// Faults of the reader use themselves up, but for the last.
test.each([
  ['unplug', 'comes-and-goes'],
  ['silence:always+30', 'hangs'],
] as const)(
  'the trace of a card reader with the fault %s, exported, read and played again, leads to the same cause: %s',
  async (fault, cause) => {
    await stage.insertCard()
    // A new device process, whose trace has nothing else in it.
    desk = await station.restart(desk, program)
    await stage.addFault(`${fault}@card-reader`)
    const { report } = await check('card-reader')
    if (fault === 'unplug') await stage.plugReader()
    expect(foundOf(report)).toEqual([cause])
    const { file, trace } = await exported('card-reader')
    expect(foundOf(await checkAgain(trace))).toEqual([cause])
    const text = await readFile(file, 'utf8')
    for (const secret of ['014190000123', 'LO<<THI', Buffer.from('LO<<THI').toString('hex').toUpperCase()])
      expect(text).not.toContain(secret)
  },
  120_000,
)
