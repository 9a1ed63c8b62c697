import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { LessonId } from '#domain/training/index.ts'
import { takeLesson } from './follow-hints.ts'
import { startRehearsal, type Rehearsal } from './rehearsal.ts'

let folder = ''
let desk: Rehearsal
const usb = () => join(folder, 'usb')

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'qcc-lessons-'))
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

/** A visit that failed is not in the way of the next. */
afterEach(async () => {
  await desk.codeOf('abandonDossier', { reason: 'bỏ dở' })
  await desk.codeOf('closeDossier', {})
})

const best = async (lesson: LessonId) => (await desk.ask('lessons', {})).find((each) => each.lesson === lesson)?.best
const patience = { timeout: 300_000 }

test('who does what the hints say reaches every point with worn hands', patience, async () => {
  const { missed, hints } = await takeLesson(desk, 'worn-hands', usb())
  expect(missed).toEqual([])
  expect(hints).toEqual(expect.arrayContaining(['settle-difference', 'clean-hand', 'take-again']))
  expect(hints.filter((each) => each === 'accept-weak' || each === 'decide-doubt')).toEqual([])
  expect(await best('worn-hands')).toBe(1)
})

test('who does what the hints say reaches every point with a child of eight and its mother', patience, async () => {
  const { missed, hints } = await takeLesson(desk, 'child', usb())
  expect(missed).toEqual([])
  expect(hints).toEqual(expect.arrayContaining(['representative', 'show-birth-certificate', 'sign']))
  expect(await best('child')).toBe(1)
})

test('who does what the hints say reaches every point without a card', patience, async () => {
  const { missed, hints } = await takeLesson(desk, 'lost-card', usb())
  expect(missed).toEqual([])
  expect(hints).toEqual(expect.arrayContaining(['declare-details', 'show-loss-report']))
  expect(hints).not.toContain('read-chip')
  expect(await best('lost-card')).toBe(1)
})
