import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openSealed } from '#build/receiver/index.ts'
import { captureSteps } from '#domain/biometrics/index.ts'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { look } from '../../support/citizen.ts'
import { passphrase, setUpStation, startDesk, type Station, type TestDesk } from '../../support/desk.ts'
import { fillDisk, freeDisk, onFullDisk } from '../../support/full-disk.ts'
import { capture, chipOfLoThiMau } from '../../support/instant-host.ts'
import { inventedPng, loThiMau } from '../../support/invented.ts'

let station: Station
beforeAll(async () => {
  station = await setUpStation()
})
afterEach(freeDisk)
afterAll(() => station.close())

const stored = async (desk: TestDesk & { readonly dataFolder: string }) => (await station.restart(desk)).view()

describe('on a full disk', () => {
  test.each([
    ['typing', 'mrz', (desk: TestDesk) => desk.codeOf('saveDraft', { field: 'declared.religion', text: 'Tin' })],
    [
      'a declared detail',
      'mrz',
      (desk: TestDesk) => desk.codeOf('declareDetail', { field: 'religion', value: 'Tin Lành' }),
    ],
    ['a scanned code', 'mrz', (desk: TestDesk) => desk.codeOf('giveCode', { text: loThiMau.qr })],
    ['a step', 'mrz', (desk: TestDesk) => desk.codeOf('goToStep', { from: 'arrival', to: 'compare' })],
    [
      'a picture of a document',
      'documents',
      (desk: TestDesk) => desk.codeOf('addDocument', { kind: 'other', bytes: inventedPng(50, 640, 480) }),
    ],
    ['a portrait', 'portrait', (desk: TestDesk) => desk.codeOf('addPortrait', { bytes: inventedPng(51, 480, 640) })],
    ['a capture of prints', 'fingers', (desk: TestDesk) => desk.codeOf('captureFingers', { step: 'right-four' })],
    ['a reading of the chip', 'mrz', (desk: TestDesk) => desk.codeOf('readChip', {})],
    [
      'an answer of the citizen',
      'check',
      (desk: TestDesk) =>
        desk.codeOf('answerForCitizen', { field: 'fullName', value: loThiMau.fullName, answer: 'right' }),
    ],
    ['the request to seal', 'review', (desk: TestDesk) => desk.codeOf('sealDossier', {})],
    ['giving up', 'mrz', (desk: TestDesk) => desk.codeOf('abandonDossier', { reason: 'x' })],
  ] as const)(
    '%s says that the disk is full and changes nothing, and works when there is room again',
    async (_title, stage, act) => {
      const desk = await station.sitDown({}, stage)
      const before = desk.view()
      expect(await onFullDisk(() => act(desk))).toBe('DISK_FULL')
      expect(await desk.ask('currentDossier', {})).toEqual(before)
      expect(await act(desk)).toBe('done')
    },
  )

  test('the dossier can still be read, and what was stored is there after a restart', async () => {
    const desk = await station.sitDown({}, 'check')
    await look(desk)
    const before = desk.view()
    await onFullDisk(async () => {
      for (let attempt = 0; attempt < 3; attempt++) {
        expect(
          await desk.codeOf('answerDetail', { field: 'fullName', value: loThiMau.fullName, answer: 'right' }),
        ).toBe('DISK_FULL')
      }
      expect(await desk.ask('currentDossier', {})).toEqual(before)
      expect((await desk.core.picture('officer', before.state.portrait?.name ?? ''))?.bytes.length).toBe(
        before.state.portrait?.size,
      )
    })
    expect(await stored(desk)).toEqual(before)
  })

  test('a station cannot be set up, nothing is left half done, and it can when there is room again', async () => {
    const dataFolder = join(station.folder, 'fresh-on-full')
    const desk = await startDesk({ dataFolder })
    const input = { code: 'SL-0312', name: 'Công an xã Mẫu', passphrase, receiverCertificate: station.certificate }
    expect(await onFullDisk(() => desk.codeOf('setUpStation', input))).toBe('DISK_FULL')
    expect(desk.last('stationChanged')).toMatchObject({ phase: 'new' })
    expect(existsSync(join(dataFolder, 'station'))).toBe(false)
    expect(await desk.codeOf('setUpStation', input)).toBe('done')
    expect(desk.last('stationChanged')).toMatchObject({ phase: 'open' })
    desk.core.stop()
  })

  test('on the stick, not here, an export says so and can be done again', async () => {
    const desk = await station.sitDown({}, 'review')
    await desk.carryOn()
    const folder = join(station.folder, 'stick')
    mkdirSync(folder)
    expect(await onFullDisk(() => desk.codeOf('exportSealed', { folder }))).toBe('DISK_FULL')
    expect(desk.last('surroundingsChanged')).toMatchObject({ waiting: 1 })
    expect(await desk.ask('exportSealed', { folder })).toEqual({ written: 1, already: 0, damaged: 0 })
  })
})

describe('a disk that fills up while', () => {
  test('the chip is being read: the officer is told, nothing waits for ever, and the next reading works', async () => {
    const desk = await station.sitDown({ answers: { 'chip.read': () => (fillDisk(), chipOfLoThiMau()) } }, 'mrz')
    expect(await desk.codeOf('readChip', {})).toBe('DISK_FULL')
    expect(desk.view().state).toMatchObject({ chipFailure: 'DISK_FULL', status: 'open' })
    expect(desk.view().state).not.toHaveProperty('chipAttempt')
    freeDisk()
    const again = await station.restart(desk)
    expect(again.view().state).not.toHaveProperty('chip')
    expect(again.view().state).not.toHaveProperty('chipAttempt')
    expect(await again.codeOf('readChip', {})).toBe('done')
  })

  test('prints are being taken: the citizen is asked to lift the hand, and the failure is stored before what comes next', async () => {
    let full = true
    const taken = () => capture(captureSteps['right-four'].fgp, captureSteps['right-four'].fingers)
    const desk = await station.sitDown(
      { answers: { 'finger.capture': () => ((full ? fillDisk : freeDisk)(), taken()) } },
      'fingers',
    )
    expect(await desk.codeOf('captureFingers', { step: 'right-four' })).toBe('DISK_FULL')
    expect(await desk.ask('citizenView', {})).toMatchObject({ scene: 'fingers', phase: 'again' })
    full = false
    freeDisk()
    expect(await desk.codeOf('captureFingers', { step: 'right-four' })).toBe('done')
    const shown = desk.view()
    expect(shown.state.tries['right-four']).toHaveLength(1)
    expect(await stored(desk)).toEqual(shown)
  })

  test('the dossier is being sealed: it is open again, nothing is lost, and the seal is made when there is room', async () => {
    const desk = await station.sitDown({}, 'review')
    const before = desk.view()
    const sealing = desk.codeOf('sealDossier', {})
    // The request is stored by now; the file is not yet written.
    fillDisk()
    expect(desk.view().state.status).toBe('sealing')
    expect(await sealing).toBe('DISK_FULL')
    expect(desk.view().state).toEqual({ ...before.state, sealFailure: 'DISK_FULL' })
    expect(await desk.codeOf('sealDossier', {})).toBe('DISK_FULL')
    freeDisk()
    expect(await desk.codeOf('sealDossier', {})).toBe('done')
    expect(desk.view().state.status).toBe('sealed')
    const sealed = join(desk.dataFolder, 'station', 'sealed')
    expect(readdirSync(sealed)).toEqual([`${desk.view().state.number}.p7m`])
    const { key, certificate } = station.receiver
    const opened = openSealed({
      file: join(sealed, `${desk.view().state.number}.p7m`),
      key,
      certificate,
      outFolder: join(station.folder, 'opened'),
    })
    expect(opened.number).toBe(before.state.number)
    const shown = desk.view()
    expect(await stored(desk)).toEqual(shown)
  })

  test('the dossier is being sealed, and the program is ended before there is room: the seal is made at the next start', async () => {
    const desk = await station.sitDown({}, 'review')
    const sealing = desk.codeOf('sealDossier', {})
    fillDisk()
    expect(await sealing).toBe('DISK_FULL')
    freeDisk()
    const again = await station.restart(desk)
    await expect.poll(() => again.view().state.status, { timeout: 30_000 }).toBe('sealed')
  })
})
