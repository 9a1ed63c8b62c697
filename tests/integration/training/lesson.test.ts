import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSealed } from '#build/receiver/index.ts'
import { fingerProgress } from '#domain/enrolment/index.ts'
import { people } from '#native/sim/people/people.ts'
import { printCard } from '#native/sim/stage/card.ts'
import { readItl } from '../../conformance/itl/reading.ts'
import { signature, showingOf } from '../../support/citizen.ts'
import { inventedPng } from '../../support/invented.ts'
import { startRehearsal, type Rehearsal } from './rehearsal.ts'

let folder = ''
let desk: Rehearsal
const passphrase = 'mua nep nuong tren doi'

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'qcc-lesson-'))
  desk = await startRehearsal(join(folder, 'data'))
}, 60_000)

afterAll(() => {
  desk.stop()
  rmSync(folder, { recursive: true, force: true })
})

const setUp = { code: 'SL-0312', name: 'Công an xã Mẫu', passphrase, receiverCertificate: '' }

test('a lesson before the desk is set up is refused', async () => {
  expect(await desk.codeOf('startLesson', { lesson: 'first-adult' })).toBe('STATION_LOCKED')
  expect(await desk.codeOf('lessons', {})).toBe('STATION_LOCKED')
})

test('the training desk is set up without a certificate only, and with the reserved code whatever was typed', async () => {
  const receiverCertificate = '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n'
  expect(await desk.codeOf('setUpStation', { ...setUp, receiverCertificate })).toBe('TRAINING_ONLY')
  await desk.ask('setUpStation', setUp)
  expect(await desk.ask('station', {})).toMatchObject({
    phase: 'open',
    training: true,
    simulated: true,
    code: 'LT-0000',
    name: 'LUYỆN TẬP · Công an xã Mẫu',
  })
})

test('no centre can be set, and the network is not asked', async () => {
  expect(await desk.codeOf('setCentre', { address: 'https://centre.example/in' }, 'technician')).toBe('TRAINING_ONLY')
  expect(await desk.ask('checkStation', { subjects: ['network', 'database'] }, 'technician')).toMatchObject([
    { subject: 'database' },
  ])
})

test('hands do what they can do now, and nothing without a lesson', async () => {
  expect(await desk.codeOf('useHands', { act: 'place-hand' })).toBe('EVENT_NOT_ALLOWED')
  await desk.ask('startLesson', { lesson: 'lost-card' })
  expect(desk.lesson()).toMatchObject({ lesson: 'lost-card', holds: [], person: { fullName: 'Quàng Văn Mẫu' } })
  expect(desk.lesson()?.hands).not.toContain('lay-card-on-reader')
  expect(await desk.codeOf('useHands', { act: 'lay-card-on-reader' })).toBe('EVENT_NOT_ALLOWED')
  await desk.ask('leaveLesson', {})
  expect(desk.lesson()).toBeNull()
})

test('a child comes with its mother, and says what it has no card for', async () => {
  await desk.ask('startLesson', { lesson: 'child' })
  expect(desk.lesson()?.person).toMatchObject({
    fullName: 'Lò Văn Bé Mẫu',
    age: 8,
    says: { birthDate: '09/05/2018', sex: 'Nam' },
    companion: { fullName: 'Lò Thị Mẫu', personalNumber: '014190000123' },
  })
})

test(
  'the first lesson ends with a file for the training centre that every other receiver refuses, and with its score',
  { timeout: 300_000 },
  async () => {
    const { ask, until } = desk
    const card = printCard(people.lo)
    await ask('startLesson', { lesson: 'first-adult' })
    await ask('openDossier', {})
    await until(() => desk.lesson()?.dossier === 'LT-0000-000001')
    expect(await desk.codeOf('startLesson', { lesson: 'child' })).toBe('EVENT_NOT_ALLOWED')

    await ask('giveCode', { text: card.qr })
    await ask('useHands', { act: 'lay-card-on-reader' })
    expect(desk.lesson()?.hands).toContain('take-card-away')
    await until(() => desk.devices().some(({ cardPresent }) => cardPresent === true))
    await ask('readChip', {})
    expect(desk.view()?.state.chip).toMatchObject({ access: 'pace', details: { fullName: 'Lò Thị Mẫu' } })
    await ask('useHands', { act: 'take-card-away' })
    await until(() => desk.devices().every(({ cardPresent }) => cardPresent !== true))

    await ask('goToStep', { from: 'arrival', to: 'compare' })
    await ask('confirmComparison', {})
    await ask('goToStep', { from: 'compare', to: 'documents' })
    await ask('addDocument', { kind: 'old-card-front', bytes: inventedPng(1, 640, 480) })
    await ask('goToStep', { from: 'documents', to: 'portrait' })
    await ask('addPortrait', { bytes: inventedPng(2, 480, 640) })
    await ask('goToStep', { from: 'portrait', to: 'fingers' })
    await ask('useHands', { act: 'place-hand' })
    for (let step = next(); step !== undefined; step = next()) await ask('captureFingers', { step })
    await ask('useHands', { act: 'lift-hand' })
    await ask('goToStep', { from: 'fingers', to: 'check' })
    await answerAndSign()
    await ask('goToStep', { from: 'check', to: 'review' })
    await ask('sealDossier', {})
    await ask('exportSealed', { folder: join(folder, 'usb') })
    expect(desk.lesson()?.score).toBeUndefined()
    await ask('closeDossier', {})

    const score = desk.lesson()?.score?.points ?? []
    expect(score.length).toBeGreaterThan(10)
    expect(score.filter(({ reached }) => !reached).map(({ point }) => point)).toEqual([
      'card-both-sides',
      'portrait-compared-with-chip',
    ])
    const [first] = await ask('lessons', {})
    expect(first).toEqual({ lesson: 'first-adult', best: (score.length - 2) / score.length })

    const centre = join(folder, 'data/station/training-centre')
    const sealed = {
      file: join(folder, 'usb/LT-0000-000001.p7m'),
      key: join(centre, 'receiver.key'),
      certificate: join(centre, 'receiver.pem'),
      outFolder: join(folder, 'opened'),
    }
    expect(() => openSealed(sealed)).toThrow('a file of the training program')
    expect(existsSync(join(folder, 'opened/content'))).toBe(false)
    const opened = openSealed({ ...sealed, training: true })
    expect(opened.number).toBe('LT-0000-000001')
    expect(opened.station.subject).toContain('LUYỆN TẬP')
    const dossier = JSON.parse(readFileSync(join(opened.contentFolder, 'dossier.json'), 'utf8')) as object
    expect(dossier).toMatchObject({ training: true, station: { code: 'LT-0000' } })
    const exchange = readFileSync(join(opened.contentFolder, 'biometrics/dossier.an2'))
    expect(() => readItl(exchange)).toThrow('a file of the training program')
    expect(readItl(exchange, { training: true })).toMatchObject({ destination: 'LUYEN-TAP', origin: 'LT-0000' })
  },
)

test('simulated devices that died are told, and come back with the next lesson', { timeout: 60_000 }, async () => {
  await desk.ask('startLesson', { lesson: 'first-adult' })
  const first = desk.stagePids.at(-1) ?? 0
  process.kill(first, 'SIGKILL')
  await desk.until(() => desk.devices().some(({ state }) => state !== 'ready'))
  await desk.ask('startLesson', { lesson: 'lost-card' })
  expect(desk.stagePids.at(-1)).not.toBe(first)
  expect(desk.lesson()?.lesson).toBe('lost-card')
  await desk.until(() =>
    desk
      .devices()
      .filter(({ transport }) => transport === 'socket')
      .every(({ state }) => state === 'ready'),
  )
})

function next() {
  const state = desk.view()?.state
  return state && fingerProgress(state).open
}

/** What the citizen does at the screen: looks, finds everything right, signs. */
async function answerAndSign(): Promise<void> {
  for (;;) {
    const shown = await desk.citizen()
    if (shown.scene === 'sign') return void (await desk.ask('sign', signature, 'citizen'))
    const input = showingOf(shown)
    if (!input) throw new Error(`nothing is asked on ${shown.scene}`)
    await desk.ask('reportShown', input, 'citizen')
    if (shown.scene === 'page') await desk.ask('confirmPage', {}, 'citizen')
    if (shown.scene === 'check') {
      const { field, value } = shown.detail
      await desk.ask('answerDetail', { field, value, answer: 'right' }, 'citizen')
    }
  }
}
