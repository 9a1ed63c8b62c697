import type { DeviceStatus } from '#native/capability/device.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { setUpStation, type Station, type TestDesk } from '../../support/desk.ts'
import { instantBindings } from '../../support/instant-host.ts'
import { loThiMau } from '../../support/invented.ts'

let station: Station
beforeAll(async () => {
  station = await setUpStation()
})
afterAll(() => station.close())

const binding = instantBindings.find(({ kind }) => kind === 'card-reader')!

/** What the reader says of its card; undefined: it is empty. */
function showCard(desk: TestDesk, session: number | undefined) {
  const card = session === undefined ? { cardPresent: false } : { cardPresent: true, cardSession: session }
  const status: DeviceStatus = { ...binding, state: 'ready', since: '2026-11-21T08:00:00.000Z', ...card }
  desk.host.emit('deviceChanged', status)
}

async function openFor(desk: TestDesk) {
  await desk.ask('openDossier', {})
  await desk.ask('giveCode', { text: loThiMau.qr })
}

test('a card that the person before left in the reader is not read for the next, until it has been taken out', async () => {
  const desk = await station.sitDown({})
  await openFor(desk)
  showCard(desk, 1)
  expect(await desk.codeOf('readChip', {})).toBe('done')
  await desk.ask('abandonDossier', { reason: 'thử nghiệm' })

  await openFor(desk)
  expect(await desk.codeOf('readChip', {})).toBe('CARD_LEFT_BEHIND')
  expect(desk.view().state).not.toHaveProperty('chip')
  expect(desk.view().state).not.toHaveProperty('chipAttempt')
  showCard(desk, undefined)
  showCard(desk, 2)
  expect(await desk.codeOf('readChip', {})).toBe('done')
  await desk.ask('abandonDossier', { reason: 'thử nghiệm' })
})

test('a card that is put in before the dossier is opened is read', async () => {
  const desk = await station.sitDown({})
  showCard(desk, undefined)
  showCard(desk, 5)
  await openFor(desk)
  expect(await desk.codeOf('readChip', {})).toBe('done')
  await desk.ask('abandonDossier', { reason: 'thử nghiệm' })
})
