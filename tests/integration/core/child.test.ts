import { findings } from '#domain/enrolment/index.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { confirmAll, look, signature } from '../../support/citizen.ts'
import { setUpStation, type Station } from '../../support/desk.ts'
import { quangVanMau } from '../../support/invented.ts'

let station: Station
beforeAll(async () => {
  station = await setUpStation()
})
afterAll(() => station.close())

/** Invented, born in 2018. */
const loVanBeMau = {
  fullName: 'Lò Văn Bé Mẫu',
  personalNumber: '014218000018',
  birthDate: '02/06/2018',
  sex: 'Nam',
  nationality: 'Việt Nam',
  residence: 'Bản Mẫu, Thuận Châu, Sơn La',
} as const

async function childAtCheck() {
  const desk = await station.sitDown({ clock: () => new Date('2026-11-21T09:00:00') })
  await desk.ask('openDossier', {})
  for (const [field, value] of Object.entries(loVanBeMau))
    await desk.ask('declareDetail', { field: field as keyof typeof loVanBeMau, value })
  await desk.ask('goToStep', { from: 'arrival', to: 'compare' })
  await desk.ask('confirmComparison', {})
  await desk.ask('goToStep', { from: 'compare', to: 'check' })
  const lacks = () =>
    findings(desk.view().state)
      .filter(({ blocks }) => blocks)
      .map(({ code }) => code)
  return { ...desk, lacks }
}

test('a child who comes alone may look and answer, but nothing is sealed before somebody acts for them', async () => {
  const desk = await childAtCheck()
  await confirmAll(desk)
  await desk.ask('sign', signature)
  expect(desk.lacks()).toContain('representative-missing')
  expect(desk.lacks()).not.toContain('not-signed')
  expect(await desk.codeOf('sealDossier', {})).toBe('DOSSIER_INCOMPLETE')
})

test("the parent is asked about the child, line by line, and nothing of the child's own word counts", async () => {
  const desk = await childAtCheck()
  await confirmAll(desk)
  await desk.ask('nameRepresentative', { ...quangVanMau, relation: 'father', reason: 'under-14' })
  expect(desk.lacks()).not.toContain('representative-missing')
  expect(desk.lacks()).toContain('not-answered')
  const view = await look(desk)
  expect(view).toMatchObject({ scene: 'check', place: 1, address: 'anh', about: 'cháu' })
  await confirmAll(desk)
  expect(await desk.ask('citizenView', {})).toMatchObject({ scene: 'sign', who: 'representative' })
  await desk.ask('sign', signature)
  expect(desk.view().state.signature?.by).toBe('representative')
  expect(desk.lacks()).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/answered|page-not|not-signed|representative/u)]),
  )
})
