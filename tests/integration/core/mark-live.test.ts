import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { forkWithNode } from '#core/devices/index.ts'
import { startSimulators, type Stage } from '#native/sim/stage/index.ts'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { confirmAll, signature } from '../../support/citizen.ts'
import { setUpStation, type Station, type TestDesk } from '../../support/desk.ts'
import { giangAMau, quangVanMau } from '../../support/invented.ts'

// Simulated fingers on a simulated scanner behind its real driver, in a device process of its own.

const entry = join(import.meta.dirname, '../../../build/development-host.ts')
const finger = 'right-index'

let station: Station
let stage: Stage & { stop(): Promise<void> }
let desk: TestDesk & { readonly dataFolder: string }

beforeAll(async () => {
  station = await setUpStation()
  const dir = join(station.folder, 'stage')
  stage = await startSimulators(dir, { arguments: ['--pace', '0'] })
  const devices = await readFile(join(dir, 'devices.json'), 'utf8')
  const fresh = await station.sitDown({}, 'arrival')
  fresh.core.stop()
  desk = await station.sitDown({ dataFolder: fresh.dataFolder, devices, forkHost: () => forkWithNode(entry) })
  // Prints of the simulated person, not the invented ones of the instant device process.
  await desk.carryOn((view) => view?.state.step === 'fingers')
  // Drawing a hand for the first time may take a busy machine longer than a scanner may be silent.
  await vi.waitFor(
    async () => {
      await ready()
      expect(await desk.codeOf('captureFingers', { step: 'right-four' })).toBe('done')
    },
    { timeout: 60_000 },
  )
  await desk.ask('goToStep', { from: 'fingers', to: 'check' })
  await confirmAll(desk)
  await desk.ask('exceptSigning', { reason: 'cannot-write', witness: giangAMau })
}, 120_000)
afterAll(async () => {
  desk.core.stop()
  await stage.stop()
  station.close()
})
beforeEach(async () => {
  await ready()
  await desk.ask('clearSignature', {})
})

const ready = () =>
  vi.waitFor(
    async () => {
      const { devices } = await desk.ask('surroundings', {})
      expect(devices.find(({ id }) => id === 'fingerprint')).toMatchObject({ state: 'ready' })
    },
    { timeout: 20_000 },
  )
const mark = () => desk.view().state.signingException?.mark

test('the finger that is in the dossier is taken as a mark, with how alike it is', async () => {
  expect(await desk.codeOf('takeMark', { finger })).toBe('done')
  expect(mark()).toMatchObject({ finger, print: { mediaType: 'image/png' } })
  expect(mark()?.score).toBeGreaterThan(40)
  const print = await desk.core.picture('officer', mark()?.print.name ?? '')
  expect(print?.bytes.length).toBe(mark()?.print.size)
})

test.each([
  ['the finger beside it', 'right-middle', 'same-finger:1@fingerprint'],
  ['that finger of the other hand', finger, 'wrong-hand:1@fingerprint'],
  ["somebody else's finger", finger, 'officers-finger:1@fingerprint'],
] as const)(
  '%s is not taken, nothing has changed, and the right finger is taken after it',
  async (_what, asked, fault) => {
    await stage.addFault(fault)
    const before = desk.view()
    expect(await desk.codeOf('takeMark', { finger: asked })).toBe('FINGER_DIFFERS')
    expect(desk.view()).toEqual(before)
    expect(await desk.codeOf('takeMark', { finger: asked })).toBe('done')
  },
)

test('nobody laying a finger down can be waited for as long as the officer likes', async () => {
  await stage.addFault('empty-platen@fingerprint')
  const before = desk.view()
  const seen = desk.told.length
  const waiting = desk.codeOf('takeMark', { finger })
  await vi.waitFor(() => expect(desk.told.slice(seen).some(({ name }) => name === 'fingerPreview')).toBe(true), {
    timeout: 20_000,
  })
  await desk.ask('stopOfficerCapture', {})
  expect(await waiting).toBe('CANCELLED')
  expect(desk.view()).toEqual(before)
  await stage.takeFaultOff('empty-platen@fingerprint')
  await ready()
  expect(await desk.codeOf('takeMark', { finger })).toBe('done')
})

test('a cable pulled in the middle costs the try only', async () => {
  await stage.addFault('unplug@fingerprint')
  const before = desk.view()
  expect(await desk.codeOf('takeMark', { finger })).toBe('DEVICE_GONE')
  expect(desk.view()).toEqual(before)
  await stage.takeFaultOff('unplug@fingerprint').catch(() => {})
  await ready()
  expect(await desk.codeOf('takeMark', { finger })).toBe('done')
  const stored = (await desk.ask('currentDossier', {}))?.state
  expect(stored?.signingException?.mark).toEqual(mark())
})

test('any finger of a representative is taken, without a comparison, and the witness signs', async () => {
  await desk.ask('nameRepresentative', { ...quangVanMau, relation: 'guardian', reason: 'ward' })
  // The ward was excused from signing; now the representative is.
  await confirmAll(desk)
  await desk.ask('exceptSigning', { reason: 'cannot-write', witness: giangAMau })
  await stage.addFault('officers-finger:1@fingerprint')
  expect(await desk.codeOf('takeMark', { finger })).toBe('done')
  expect(mark()).not.toHaveProperty('score')
  expect(await desk.codeOf('sign', signature)).toBe('done')
  expect(desk.view().state.signingException?.witnessed).toBeDefined()
})
