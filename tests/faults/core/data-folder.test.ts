import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openVault } from '#core/access/index.ts'
import { bindingsOf } from '#core/devices/bindings.ts'
import { startCore } from '#core/index.ts'
import { openDatabase } from '#core/store/database.ts'
import { migrations } from '#core/store/migrations/index.ts'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  keystore,
  passphrase,
  setUpStation,
  startDesk,
  type DeskOptions,
  type Station,
  type TestDesk,
} from '../../support/desk.ts'
import { noScreens } from '../../support/screens.ts'
import { instantHost } from '../../support/instant-host.ts'
import { loThiMau } from '../../support/invented.ts'

let station: Station
const desks: TestDesk[] = []
beforeAll(async () => {
  station = await setUpStation()
})
afterEach(() => {
  for (const { core } of desks.splice(0)) core.stop()
})
afterAll(() => station.close())

async function start(options: DeskOptions): Promise<TestDesk> {
  const desk = await startDesk(options)
  desks.push(desk)
  return desk
}

const phase = (desk: TestDesk) => desk.last('stationChanged')?.phase

function contents(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .toSorted()
    .map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ])
}

describe('a data folder that a newer version wrote', () => {
  const fromFuture = async () => {
    const dataFolder = station.freshData()
    const folder = join(dataFolder, 'station')
    const { key } = await openVault({ folder, keystore })
    openDatabase(folder, key, [
      ...migrations,
      { name: '9999-invented', sql: 'CREATE TABLE of_the_future (a TEXT) STRICT' },
    ]).close()
    return dataFolder
  }

  test('is refused in so many words, again at each start, and nothing in it is changed', async () => {
    const dataFolder = await fromFuture()
    const before = contents(dataFolder)
    for (let starts = 0; starts < 2; starts++) {
      const desk = await start({ dataFolder })
      expect(phase(desk)).toBe('locked')
      expect(await desk.codeOf('unlockStation', { passphrase })).toBe('STORE_FROM_FUTURE')
      expect(await desk.ask('station', {})).toMatchObject({ phase: 'failed', failure: 'STORE_FROM_FUTURE' })
      expect(phase(desk)).toBe('failed')
      expect(await desk.codeOf('openDossier', {})).toBe('STATION_LOCKED')
      desk.core.stop()
    }
    expect(contents(dataFolder)).toEqual(before)
  })

  test("is refused also where the system's keystore opens it without asking", async () => {
    const desk = await start({ dataFolder: await fromFuture(), keystore })
    expect(await desk.ask('station', {})).toMatchObject({ phase: 'failed', failure: 'STORE_FROM_FUTURE' })
  })
})

describe('a data folder that another program has open', () => {
  test('is refused in so many words, does no harm to the first, and opens when that one has ended', async () => {
    const dataFolder = station.freshData()
    const first = await start({ dataFolder, keystore })
    await first.carryOn((view) => view?.state.qr !== undefined)
    const second = await start({ dataFolder, keystore })
    expect(await second.ask('station', {})).toMatchObject({ phase: 'failed', failure: 'STORE_IN_USE' })
    expect(await second.codeOf('unlockStation', { passphrase })).toBe('STORE_IN_USE')
    await first.carryOn((view) => view?.state.mrz !== undefined)
    const shown = first.view()
    first.core.stop()
    expect(await second.codeOf('unlockStation', { passphrase })).toBe('done')
    expect(phase(second)).toBe('open')
    expect(second.view()).toEqual(shown)
  })
})

describe('a locked station', () => {
  test('refuses every act on a dossier, shows the citizen nothing, and opens with the right passphrase after a wrong one', async () => {
    const desk = await start({ dataFolder: station.freshData() })
    expect(await desk.codeOf('unlockStation', { passphrase: 'mật khẩu thử nghiệm 2025' })).toBe('WRONG_PASSPHRASE')
    expect(await desk.codeOf('currentDossier', {})).toBe('STATION_LOCKED')
    expect(await desk.codeOf('saveDraft', { field: 'x', text: loThiMau.fullName })).toBe('STATION_LOCKED')
    expect(await desk.codeOf('exportSealed', { folder: '/tmp' })).toBe('STATION_LOCKED')
    expect(await desk.codeOf('sealDossier', {})).toBe('STATION_LOCKED')
    expect(await desk.ask('citizenView', {})).toEqual({ scene: 'idle' })
    expect(await desk.codeOf('unlockStation', { passphrase })).toBe('done')
    expect(phase(desk)).toBe('open')
  })

  test('is not set up a second time', async () => {
    const desk = await start({ dataFolder: station.freshData() })
    const input = {
      code: 'SL-0312',
      name: 'Kẻ khác',
      passphrase: 'một cụm mật khẩu khác',
      receiverCertificate: station.certificate,
    }
    expect(await desk.codeOf('setUpStation', input)).toBe('STATION_EXISTS')
    expect(await desk.codeOf('unlockStation', { passphrase })).toBe('done')
    expect(await desk.ask('station', {})).toMatchObject({ name: 'Công an xã Mẫu' })
  })

  test('whose database was lost says that it is damaged, and is not set up over what is left', async () => {
    const dataFolder = station.freshData()
    for (const name of readdirSync(join(dataFolder, 'station')))
      if (name.startsWith('store.db')) rmSync(join(dataFolder, 'station', name))
    const desk = await start({ dataFolder })
    expect(await desk.codeOf('unlockStation', { passphrase })).toBe('STORE_DAMAGED')
    expect(await desk.ask('station', {})).toMatchObject({ phase: 'failed', failure: 'STORE_DAMAGED' })
    const input = { code: 'SL-0312', name: 'Kẻ khác', passphrase, receiverCertificate: station.certificate }
    expect(await desk.codeOf('setUpStation', input)).toBe('STATION_EXISTS')
  })
})

describe('a certificate of the receiving centre that has run out', () => {
  const inElevenYears = () => new Date(Date.now() + 11 * 365.25 * 86_400_000)

  test('refuses the set-up', async () => {
    const desk = await start({ dataFolder: join(station.folder, 'late'), clock: inElevenYears })
    const input = { code: 'SL-0312', name: 'Công an xã Mẫu', passphrase, receiverCertificate: station.certificate }
    expect(await desk.codeOf('setUpStation', input)).toBe('CERTIFICATE_UNSUITABLE')
    expect(phase(desk)).toBe('new')
  })

  test('refuses the seal; the dossier stays open and whole, and is sealed once a certificate is valid', async () => {
    let clock = () => new Date()
    const desk = await station.sitDown({ clock: () => clock() }, 'review')
    const before = desk.view()
    clock = inElevenYears
    expect(await desk.codeOf('sealDossier', {})).toBe('CERTIFICATE_UNSUITABLE')
    expect(desk.view().state).toEqual({ ...before.state, sealFailure: 'CERTIFICATE_UNSUITABLE' })
    expect(await desk.ask('station', {})).not.toHaveProperty('receiver')
    expect((await desk.ask('surroundings', {})).waiting).toBe(0)
    clock = () => new Date()
    expect(await desk.codeOf('sealDossier', {})).toBe('done')
    expect(desk.view().state).not.toHaveProperty('sealFailure')
  })
})

describe('a list of devices', () => {
  test('with a field that nobody knows gives the device without it', () => {
    const known = { id: 'a', kind: 'card-reader', driver: 'x', transport: 'hid', address: 'y' } as const
    expect(bindingsOf([{ ...known, run: 'rm' }])).toEqual([known])
  })

  test.each([
    ['that is no JSON', '{ "id": '],
    ['that is no list', '{"id":"card-reader"}'],
    ['with a device of unknown kind', '[{"id":"a","kind":"toaster","driver":"x","transport":"hid","address":"y"}]'],
    ['of noise', '\u0000\ufffd\u0001'],
    ['that is empty', ''],
  ])('%s is said on the log and passed over: no devices, and the desk works', async (_title, devices) => {
    const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const desk = await start({ dataFolder: station.freshData(), keystore, devices })
    const said = log.mock.calls.map(([text]) => String(text))
    log.mockRestore()
    expect(said).toEqual([expect.stringContaining('devices.json') as string])
    expect((await desk.ask('surroundings', {})).devices).toEqual([])
    await desk.carryOn((view) => view?.state.mrz !== undefined)
    expect(await desk.codeOf('readChip', {})).toBe('DEVICE_ABSENT')
    expect(await desk.codeOf('captureFingers', { step: 'right-four' })).toBe('DEVICE_ABSENT')
  })

  test('that is missing, or a folder, means no devices yet', async () => {
    const dataFolder = join(station.folder, 'no-list')
    mkdirSync(join(station.folder, 'a-folder'))
    for (const devicesFile of [join(dataFolder, 'nowhere.json'), join(station.folder, 'a-folder')]) {
      const forkHost = () => instantHost({ 'devices.bind': () => [] })
      const core = startCore({
        dataFolder,
        devicesFile,
        runtime: 'stand-in',
        version: '0',
        clock: () => new Date(),
        forkHost,
        notify: () => {},
        screens: noScreens(),
      })
      expect(await core.handlers.surroundings({})).toMatchObject({ devices: [] })
      core.stop()
    }
  })
})

test('a file where the folder of the station should be is said, not crashed on', async () => {
  const dataFolder = join(station.folder, 'file-in-the-way')
  mkdirSync(dataFolder)
  writeFileSync(join(dataFolder, 'station'), 'a file')
  const desk = await start({ dataFolder })
  const input = { code: 'SL-0312', name: 'Công an xã Mẫu', passphrase, receiverCertificate: station.certificate }
  expect(await desk.codeOf('setUpStation', input)).toBe('STORE_DAMAGED')
  expect(readFileSync(join(dataFolder, 'station'), 'utf8')).toBe('a file')
})
