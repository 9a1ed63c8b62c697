import { expect, test } from 'vitest'
import { takeLesson } from './follow-hints.ts'
import { lessonDesk } from './lesson-desk.ts'
import { startRehearsal } from './rehearsal.ts'

const { desk, usb, best } = lessonDesk(startRehearsal)
const patience = { timeout: 300_000 }

test('who does what the hints say reaches every point with worn hands', patience, async () => {
  const { missed, hints } = await takeLesson(desk(), 'worn-hands', usb())
  expect(missed).toEqual([])
  expect(hints).toEqual(expect.arrayContaining(['settle-difference', 'clean-hand', 'take-again']))
  expect(hints.filter((each) => each === 'accept-weak' || each === 'decide-doubt')).toEqual([])
  expect(await best('worn-hands')).toBe(1)
})

test('who does what the hints say reaches every point with a child of eight and its mother', patience, async () => {
  const { missed, hints } = await takeLesson(desk(), 'child', usb())
  expect(missed).toEqual([])
  expect(hints).toEqual(expect.arrayContaining(['representative', 'show-birth-certificate', 'sign']))
  expect(await best('child')).toBe(1)
})

test('who does what the hints say reaches every point without a card', patience, async () => {
  const { missed, hints } = await takeLesson(desk(), 'lost-card', usb())
  expect(missed).toEqual([])
  expect(hints).toEqual(expect.arrayContaining(['declare-details', 'show-loss-report']))
  expect(hints).not.toContain('read-chip')
  expect(await best('lost-card')).toBe(1)
})
