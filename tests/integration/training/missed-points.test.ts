import { expect, test } from 'vitest'
import { compareSources, fingerProgress } from '#domain/enrolment/index.ts'
import { inventedPng } from '../../support/invented.ts'
import { enter, stateOf, takeLesson } from './follow-hints.ts'
import { startInstantRehearsal } from './instant-rehearsal.ts'
import { lessonDesk } from './lesson-desk.ts'

const { desk, usb, best } = lessonDesk(startInstantRehearsal)

test('who takes worn hands for an excuse misses what the lesson teaches, and nothing else', async () => {
  const { ask } = desk()
  const { missed } = await takeLesson(desk(), 'worn-hands', usb(), {
    'settle-difference': async () => {
      for (const { field, differs } of compareSources(stateOf(desk())))
        if (differs) await ask('chooseSource', { field, source: 'qr' })
    },
    'to-fingers': async () => {
      await enter(desk(), 'fingers')
      await ask('exceptFinger', { finger: 'left-little', reason: 'missing', photo: inventedPng(4, 640, 480) })
    },
    'clean-hand': async () => {
      const { open } = fingerProgress(stateOf(desk()))
      if (open) await ask('acceptFingers', { step: open, reason: 'tay chai' })
      await ask('useHands', { act: 'lift-hand' })
      await ask('useHands', { act: 'clean-and-moisten-hand' })
    },
  })
  expect(missed).toEqual([
    'difference-settled-with-the-chip',
    'prints-tried-three-times',
    'poor-prints-not-waved-through',
    'all-prints',
    'no-finger-excepted-that-is-there',
  ])
  expect(await best('worn-hands')).toBeLessThan(1)
})

test('who does what the hints say with the same worn hands later that day has the better score from then on', async () => {
  const { missed } = await takeLesson(desk(), 'worn-hands', usb())
  expect(missed).toEqual([])
  expect(await best('worn-hands')).toBe(1)
})

test('a child for whom nobody acts cannot be sealed, and the lesson says what was missed', async () => {
  const { ask } = desk()
  await ask('setStationPolicy', { shortForChildren: true })
  const { missed } = await takeLesson(desk(), 'child', usb(), {
    representative: () => enter(desk(), 'compare'),
    'show-birth-certificate': () => enter(desk(), 'portrait'),
    'complete-review': () => ask('abandonDossier', { reason: 'không có người đại diện' }),
  })
  await ask('setStationPolicy', { shortForChildren: false })
  expect(missed).toEqual(['representative-named', 'birth-certificate', 'sealed', 'exported'])
})

test('who mishears, forgets the report and answers for the citizen misses that, and nothing else', async () => {
  const { ask, citizen } = desk()
  const { missed } = await takeLesson(desk(), 'lost-card', usb(), {
    'declare-details': async ({ fields = [] }) => {
      const says = desk().lesson()?.person.says ?? {}
      for (const field of fields) {
        const value = field === 'fullName' ? 'Quàng Văn Mậu' : (says[field] ?? '')
        await ask('declareDetail', { field, value })
      }
    },
    'show-loss-report': () => enter(desk(), 'portrait'),
    'answer-at-screen': async () => {
      const shown = await citizen()
      if (shown.scene === 'check') await ask('answerForCitizen', { ...shown.detail, answer: 'right' })
    },
    'confirm-page': () => ask('confirmPageForCitizen', {}),
  })
  expect(missed).toEqual(['details-as-told', 'loss-report', 'every-detail-answered-at-the-screen'])
})
