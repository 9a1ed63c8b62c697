import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fingerProgress } from '#domain/enrolment/index.ts'
import { printCard } from '#native/sim/stage/card.ts'
import { visitors } from '#build/training/lessons.ts'
import { startRehearsal, type Rehearsal } from './rehearsal.ts'

let folder = ''
let desk: Rehearsal

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'qcc-worn-'))
  desk = await startRehearsal(join(folder, 'data'))
  await desk.ask('setUpStation', {
    code: 'LT-0000',
    name: 'Quầy tập',
    passphrase: 'mua nep nuong tren doi',
    receiverCertificate: '',
  })
}, 60_000)

afterAll(() => {
  desk.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('worn hands give poor prints until they are cleaned and moistened', { timeout: 180_000 }, async () => {
  const { ask } = desk
  await ask('startLesson', { lesson: 'worn-hands' })
  await ask('openDossier', {})
  const { coming } = visitors['worn-hands']
  await ask('giveCode', { text: printCard(coming.printed ?? coming.person).qr })
  await ask('goToStep', { from: 'arrival', to: 'compare' })
  await ask('confirmComparison', {})
  await ask('goToStep', { from: 'compare', to: 'fingers' })
  const capture = async () => {
    await ask('useHands', { act: 'place-hand' })
    await ask('captureFingers', { step: 'right-four' })
    await ask('useHands', { act: 'lift-hand' })
    const state = desk.view()?.state
    console.log(JSON.stringify(state?.tries['right-four']?.map((each) => each.fingers.map(({ quality }) => quality))))
    return state && fingerProgress(state).steps['right-four']
  }
  expect(await capture()).toBe('weak')
  await ask('useHands', { act: 'clean-and-moisten-hand' })
  expect(await capture()).toBe('good')
})
