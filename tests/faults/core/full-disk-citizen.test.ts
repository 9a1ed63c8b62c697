import type { CallInput } from '#contract/index.ts'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { answerAll, confirmAll, look, showingOf, signature } from '../../support/citizen.ts'
import { setUpStation, type Station, type TestDesk } from '../../support/desk.ts'
import { fillDisk, freeDisk, onFullDisk } from '../../support/full-disk.ts'
import { capture } from '../../support/instant-host.ts'
import { giangAMau, loThiMau, quangVanMau } from '../../support/invented.ts'

let station: Station
beforeAll(async () => {
  station = await setUpStation()
})
afterEach(freeDisk)
afterAll(() => station.close())

const guardian = { ...quangVanMau, relation: 'guardian', reason: 'ward' } as const
const viewing = {
  language: 'en',
  textSize: 150,
  contrast: 'high',
  hand: 'left',
  sound: false,
  scanning: true,
} as const satisfies CallInput<'chooseViewing'>
const cannotSign = { reason: 'cannot-write', witness: giangAMau } as const
const report = async (desk: TestDesk) => {
  const showing = showingOf(await desk.ask('citizenView', {}))
  if (!showing) throw new Error('nothing is asked')
  return desk.codeOf('reportShown', showing)
}

const nothing = async () => {}
const named = (desk: TestDesk) => desk.ask('nameRepresentative', guardian)
const pageShown = async (desk: TestDesk) => {
  await answerAll(desk)
  await look(desk)
}
const excepted = async (desk: TestDesk) => {
  await confirmAll(desk)
  await desk.ask('exceptSigning', cannotSign)
}
const marked = async (desk: TestDesk) => {
  await excepted(desk)
  await desk.ask('takeMark', { finger: 'right-index' })
}
const signed = async (desk: TestDesk) => {
  await confirmAll(desk)
  await desk.ask('sign', signature)
}

describe('on a full disk', () => {
  test.each<[string, (desk: TestDesk) => Promise<unknown>, (desk: TestDesk) => Promise<string>]>([
    ['that a question was shown', nothing, report],
    [
      "the citizen's answer",
      look,
      (desk) => desk.codeOf('answerDetail', { field: 'fullName', value: loThiMau.fullName, answer: 'unsure' }),
    ],
    ['that the page was shown', answerAll, report],
    ['that the page is right', pageShown, (desk) => desk.codeOf('confirmPage', {})],
    ['that the page is right, said by the officer', answerAll, (desk) => desk.codeOf('confirmPageForCitizen', {})],
    ['a signature', confirmAll, (desk) => desk.codeOf('sign', signature)],
    ['the clearing of a signature', signed, (desk) => desk.codeOf('clearSignature', {})],
    ['how the screen speaks', nothing, (desk) => desk.codeOf('chooseViewing', viewing)],
    ['a form of address', nothing, (desk) => desk.codeOf('chooseAddress', { address: 'bà' })],
    ['a representative', nothing, (desk) => desk.codeOf('nameRepresentative', guardian)],
    ['that there is no representative', named, (desk) => desk.codeOf('dropRepresentative', {})],
    ['that somebody cannot sign', confirmAll, (desk) => desk.codeOf('exceptSigning', cannotSign)],
    ['that somebody can sign after all', excepted, (desk) => desk.codeOf('dropSigningException', {})],
    ['a mark', excepted, (desk) => desk.codeOf('takeMark', { finger: 'right-index' })],
    ['the signature of a witness', marked, (desk) => desk.codeOf('sign', signature)],
  ])(
    '%s is said not to be stored and changes nothing, on either screen, and is stored when there is room again',
    async (_title, prepare, act) => {
      const desk = await station.sitDown({}, 'check')
      await prepare(desk)
      const before = [desk.view(), await desk.ask('citizenView', {})]
      expect(await onFullDisk(() => act(desk))).toBe('DISK_FULL')
      expect([await desk.ask('currentDossier', {}), await desk.ask('citizenView', {})]).toEqual(before)
      expect(await act(desk)).toBe('done')
      const after = desk.view()
      expect((await station.restart(desk)).view()).toEqual(after)
    },
  )

  test('where cards are collected stays as it was', async () => {
    const desk = await station.sitDown()
    const contact = { place: 'Bộ phận một cửa', hours: '7:30–11:30', phone: '0212 3800 000' }
    await desk.ask('setStationContact', contact)
    const other = { ...contact, place: 'Nhà văn hoá' }
    expect(await onFullDisk(() => desk.codeOf('setStationContact', other))).toBe('DISK_FULL')
    expect(await desk.ask('station', {})).toMatchObject({ contact })
    expect(await desk.codeOf('setStationContact', other)).toBe('done')
    expect(await (await station.restart(desk)).ask('station', {})).toMatchObject({ contact: other })
  })
})

test('a disk that fills up while a finger is waited for costs the mark, not the dossier', async () => {
  let full = true
  const laidDown = () => {
    if (full) fillDisk()
    return capture(504, ['right-index'])
  }
  const desk = await station.sitDown({ answers: { 'finger.capture': laidDown } }, 'check')
  await excepted(desk)
  const before = desk.view()
  expect(await desk.codeOf('takeMark', { finger: 'right-index' })).toBe('DISK_FULL')
  expect(await desk.ask('currentDossier', {})).toEqual(before)
  full = false
  freeDisk()
  expect(await desk.codeOf('takeMark', { finger: 'right-index' })).toBe('done')
})
