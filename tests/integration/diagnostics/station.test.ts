import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { makeReceiver } from '#build/receiver/index.ts'
import { contract } from '#contract/index.ts'
import type { Keystore } from '#core/access/index.ts'
import { openDiagnostics } from '#core/diagnostics/index.ts'
import { openStation } from '#core/station/index.ts'
import type { CheckReport, Subject } from '#domain/diagnosis/index.ts'
import { authority, startCentre, takesUploads } from './centre.ts'

const root = join(import.meta.dirname, '../../..')
const passphrase = 'mật khẩu thử nghiệm 2026'
const dayMs = 86_400_000
const run = () => Promise.resolve(undefined)

const keystore: Keystore = {
  available: () => true,
  protect: (bytes) => bytes.map((byte) => byte ^ 0x5a),
  unprotect: (bytes) => bytes.map((byte) => byte ^ 0x5a),
}

let dir: string
let template: string
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'quay-diagnose-'))
  template = join(dir, 'template')
  const receiver = makeReceiver(join(dir, 'receiver'))
  writeFileSync(join(dir, 'authority.pem'), authority.certificate)
  const station = openStation({ dataFolder: template, clock: () => new Date(), keystore, onOpen: () => {} })
  const receiverCertificate = readFileSync(receiver.certificate, 'utf8')
  await station.setUp({ code: 'SL-0312', name: 'Công an xã Mẫu', passphrase, receiverCertificate })
  station.close()
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

let copies = 0
function freshData(): string {
  const dataFolder = join(dir, `data-${++copies}`)
  cpSync(template, dataFolder, { recursive: true, preserveTimestamps: true })
  return dataFolder
}

type Given = { readonly clock?: () => Date; readonly locked?: boolean; readonly keystore?: Keystore | 'none' }

async function stationWith({ clock = () => new Date(), locked = false, keystore: held = keystore }: Given = {}) {
  const dataFolder = freshData()
  const station = openStation({ dataFolder, clock, onOpen: () => {} })
  onTestFinished(() => station.close())
  if (!locked) await station.unlock(passphrase)
  const diagnostics = openDiagnostics({ dataFolder, clock, station, run, keystore: held })
  const causes = async (...subjects: readonly Subject[]) => {
    const reports = await diagnostics.check(subjects)
    return Object.fromEntries(reports.map(({ subject, found }) => [subject, found.map(({ cause }) => cause)]))
  }
  return { dataFolder, station, diagnostics, causes }
}

const later = (days: number) => () => new Date(Date.now() + days * dayMs)

test('a station just set up has sound keys, a whole database and nothing waiting', async () => {
  const { diagnostics } = await stationWith()
  const reports = await diagnostics.check(['keys', 'database', 'backlog'])
  expect(reports.map(({ subject, verdict, found }) => [subject, verdict, found])).toEqual([
    ['keys', 'works', []],
    ['database', 'works', []],
    ['backlog', 'works', []],
  ])
  const [keys, database] = reports
  expect(keys?.figures).toMatchObject({ vaultCopies: 2, keystoreHolds: 1, keystoreOpens: 1 })
  expect(keys?.figures['escrowBytes']).toBeGreaterThan(100)
  expect(keys?.figures['stationDaysLeft']).toBeGreaterThan(3_600)
  expect(database?.figures).toMatchObject({ damagedPlaces: 0, strayRows: 0, auditHolds: 1 })
})

test('every report has the shape of the contract, and is what is remembered', async () => {
  const { diagnostics } = await stationWith()
  const { handlers } = diagnostics
  const reports = contract.checkStation.output.parse(await handlers.checkStation({}))
  expect(reports.map(({ subject }) => subject)).toEqual(['disk', 'clock', 'network', 'keys', 'database', 'backlog'])
  expect(contract.checks.output.parse(await handlers.checks({}))).toEqual(reports)
  const report: CheckReport = {
    subject: 'sound',
    verdict: 'limits',
    found: [{ cause: 'no-voice' }],
    figures: {},
    at: new Date().toISOString(),
    took: 900,
  }
  await handlers.keepCheck({ report })
  expect(await handlers.checks({})).toEqual([...reports, report])
})

test('a locked station tests its disk, clock and network, and says nothing of what it cannot see', async () => {
  const { causes } = await stationWith({ locked: true })
  expect(Object.keys(await causes('disk', 'clock', 'network', 'keys', 'database', 'backlog'))).toEqual([
    'disk',
    'clock',
    'network',
  ])
})

test('a certificate of the receiver is told a month before its end, and after it', async () => {
  const { station } = await stationWith()
  const ends = new Date(station.view().receiver?.expires ?? '').getTime()
  const on = (days: number) => () => new Date(ends + days * dayMs)
  expect(await (await stationWith({ clock: on(-40) })).causes('keys')).toEqual({ keys: [] })
  expect(await (await stationWith({ clock: on(-20) })).causes('keys')).toMatchObject({
    keys: expect.arrayContaining(['receiver-certificate-expiring']),
  })
  expect(await (await stationWith({ clock: on(2) })).causes('keys')).toMatchObject({
    keys: expect.arrayContaining(['receiver-certificate-expired']),
  })
})

test('a keystore that no longer opens the key, and a lost escrow file and copy, are told', async () => {
  const deaf: Keystore = { ...keystore, unprotect: () => new Uint8Array(3) }
  expect(await (await stationWith({ keystore: deaf })).causes('keys')).toEqual({ keys: ['keystore-weak'] })
  expect(await (await stationWith({ keystore: 'none' })).causes('keys')).toEqual({ keys: ['keystore-weak'] })
  const { dataFolder, diagnostics } = await stationWith()
  rmSync(join(dataFolder, 'station/escrow.p7m'))
  writeFileSync(join(dataFolder, 'station/vault.copy.json'), '{')
  const [keys] = await diagnostics.check(['keys'])
  expect(keys?.found.map(({ cause }) => cause)).toEqual(['escrow-missing'])
  expect(keys?.figures['vaultCopies']).toBe(1)
})

test('a clock set back behind the last act of the station is told without any network', async () => {
  const { station, causes } = await stationWith({ clock: later(-3) })
  expect(await causes('clock')).toEqual({ clock: ['clock-behind'] })
  expect(station.view().phase).toBe('open')
})

test('a clock set ahead is told by the centre, and so is one set back', async () => {
  const port = await startCentre()
  for (const [days, cause] of [
    [3, 'clock-ahead'],
    [-3, 'clock-behind'],
  ] as const) {
    const { diagnostics, causes, station } = await stationWith({ clock: later(days) })
    station.store().setSetting('centre.authorities', authority.certificate)
    await diagnostics.handlers.setCentre({ address: `https://localhost:${port}/` })
    expect(await causes('clock')).toEqual({ clock: [cause] })
  }
})

test('the centre is kept in the station with an entry in the audit chain, and tested from then on', async () => {
  const port = await startCentre()
  const { diagnostics, station, causes } = await stationWith()
  const { handlers } = diagnostics
  expect(await handlers.centre({})).toEqual({ address: '' })
  expect(await causes('network')).toEqual({ network: ['centre-not-set'] })
  await handlers.setCentre({ address: ` https://localhost:${port}/ ` })
  expect(await handlers.centre({})).toEqual({ address: `https://localhost:${port}/` })
  expect(station.store().auditTail(1)[0]).toMatchObject({ act: 'centre.set', window: 'technician' })
  expect(await causes('network')).toEqual({ network: ['server-unknown'] })
  diagnostics.setAuthorities(authority.certificate)
  expect(await causes('network')).toEqual({ network: [] })
  expect(() => handlers.setCentre({ address: 'http://centre.invalid/' })).toThrow(
    expect.objectContaining({ code: 'FIELD_FORMAT' }),
  )
  await handlers.setCentre({ address: '' })
  expect(await handlers.centre({})).toEqual({ address: '' })
})

test('a locked station has no centre to tell', async () => {
  const { diagnostics } = await stationWith({ locked: true })
  expect(() => diagnostics.handlers.centre({})).toThrow(expect.objectContaining({ code: 'STATION_LOCKED' }))
})

test('clock and network of one test ask the centre once', async () => {
  let asked = 0
  const port = await startCentre((request, response) => {
    asked++
    response.setHeader('connection', 'close')
    takesUploads(request, response)
  })
  const { diagnostics, causes } = await stationWith()
  diagnostics.setAuthorities(authority.certificate)
  await diagnostics.handlers.setCentre({ address: `https://localhost:${port}/` })
  expect(await causes('clock', 'network')).toEqual({ clock: [], network: [] })
  expect(asked).toBe(1)
})

async function desk(words: readonly string[], secret = '') {
  const child = spawn(process.execPath, [join(root, 'build/desk/index.ts'), 'diagnose', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, QCC_PASSPHRASE: secret, https_proxy: '', HTTPS_PROXY: '', all_proxy: '', ALL_PROXY: '' },
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()))
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
  const code = await new Promise((resolve) => child.once('close', resolve))
  return { code, stdout, stderr }
}

test('the command line tests a station with its passphrase, for machines and for people', async () => {
  const port = await startCentre()
  const data = freshData()
  const more = ['--centre', `https://localhost:${port}/`, '--ca', join(dir, 'authority.pem')]
  const { code, stdout } = await desk(['station', '--data', data, ...more, '--json'], passphrase)
  const { ok, value } = JSON.parse(stdout) as { ok: boolean; value: CheckReport[] }
  expect(ok).toBe(true)
  expect(contract.checkStation.output.parse(value).map(({ subject }) => subject)).toEqual([
    'disk',
    'clock',
    'network',
    'keys',
    'database',
    'backlog',
  ])
  for (const each of ['network', 'keys', 'database', 'backlog'])
    expect(value.find(({ subject }) => subject === each)).toMatchObject({ verdict: 'works' })
  expect(code).toBe(value.some(({ verdict }) => verdict === 'fails') ? 1 : 0)
  expect(statSync(join(data, 'checks.json')).size).toBeGreaterThan(100)
})

test('the command line says in Vietnamese what to do, and ends with 1 when something does not work', async () => {
  const expired = await startCentre((_, response) => response.writeHead(404).end())
  const words = ['station', '--data', dir, '--centre', `https://localhost:${expired}/`, '--only', 'network']
  const before = readdirSync(dir)
  const { code, stdout } = await desk(words)
  expect(code).toBe(1)
  expect(stdout).toContain('✗ Đường mạng tới trung tâm: Không hoạt động')
  expect(stdout).toContain('Không xác nhận được chứng thư của trung tâm. Không gửi gì;')
  expect(stdout).toContain('(server-unknown)')
  expect(stdout).toMatch(/Chứng thư đáng tin {2,}0 +trusted/u)
  expect(readdirSync(dir)).toEqual(before)
})

test('without a passphrase the command line tests what it can and says so; a wrong one is refused', async () => {
  const data = freshData()
  const { stdout, stderr } = await desk(['station', '--data', data, '--json'])
  const { value } = JSON.parse(stdout) as { value: CheckReport[] }
  expect(value.map(({ subject }) => subject)).toEqual(['disk', 'clock', 'network'])
  expect(stderr).toContain('no passphrase')
  const wrong = await desk(['station', '--data', data, '--json'], 'không phải mật khẩu này')
  expect(JSON.parse(wrong.stdout)).toMatchObject({ ok: false, error: { code: 'WRONG_PASSPHRASE' } })
  expect(wrong.code).toBe(1)
})

test('beside a running program the command line leaves the store alone and says so', async () => {
  const { dataFolder } = await stationWith()
  const { stdout, stderr } = await desk(['station', '--data', dataFolder, '--json'], passphrase)
  const { value } = JSON.parse(stdout) as { value: CheckReport[] }
  expect(value.map(({ subject }) => subject)).toEqual(['disk', 'clock', 'network'])
  expect(stderr).toContain('STORE_IN_USE')
})

test('the command line sets the centre and its authority for the station', async () => {
  const port = await startCentre()
  const data = freshData()
  const address = `https://localhost:${port}/`
  const set = await desk(['centre', address, '--ca', join(dir, 'authority.pem'), '--data', data, '--json'], passphrase)
  expect(JSON.parse(set.stdout)).toEqual({ ok: true, value: { address } })
  const { stdout } = await desk(['station', '--only', 'network', '--data', data, '--json'], passphrase)
  expect(JSON.parse(stdout)).toMatchObject({ value: [{ subject: 'network', verdict: 'works' }] })
})

test('what is not understood is told as usage', async () => {
  for (const words of [
    ['station', '--only', 'printer'],
    ['station', '--centre', 'http://centre.invalid/'],
    ['station', '--data', join(dir, 'nowhere')],
    ['station', '--ca', join(dir, 'nothing.pem')],
    ['centre', 'https://centre.invalid/'],
    ['nonsense'],
  ])
    expect((await desk(words)).code, words.join(' ')).toBe(2)
})

test('diagnose alone lists what can be tested, the station and the devices', async () => {
  const { stdout } = await desk(['--data', dir, '--json'])
  const { value } = JSON.parse(stdout) as {
    value: { subjects: string[]; reports: CheckReport[]; devices: unknown[] }
  }
  expect(value.subjects).toContain('fingerprint-scanner')
  expect(value.reports.map(({ subject }) => subject)).toEqual(['disk', 'clock', 'network'])
  expect(value.devices).toEqual([])
})
