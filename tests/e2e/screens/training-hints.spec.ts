import { expect } from '@playwright/test'
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { LessonView } from '#contract/index.ts'
import type { DossierEvent } from '#domain/enrolment/index.ts'
import { handActs, lessonPoints, lessons, type HandAct } from '#domain/training/index.ts'
import { hintOf, hintWords, type Hint } from '../../../renderer/officer/training/hint.ts'
import { test } from './harness.ts'
import { atReview, sealedUp } from './officer-citizen.ts'
import {
  allFingers,
  atCheck,
  atCompare,
  atDocuments,
  atFingers,
  atPortrait,
  blobs,
  captureStarted,
  chipRead,
  differing,
  documentsTaken,
  enter,
  opened,
  portraitMade,
  qrScanned,
  taken,
  viewOf,
} from './officer-desk.ts'
import { lessonWith } from './training-desk.ts'

const weak = (step: 'right-four', ...attempts: readonly string[]) =>
  attempts.flatMap((attempt) => taken(step, attempt, [78, 81, 12, 66]))
const judged: DossierEvent = { type: 'portraitJudged', name: blobs.face.name, same: 'yes' }

/** Where a visit stands, what the hands hold, and the next step of a good one. */
const nextSteps: readonly (readonly [
  about: string,
  lesson: LessonView['lesson'],
  holds: readonly HandAct[],
  events: readonly DossierEvent[] | null,
  hint: Hint,
])[] = [
  ['somebody has just sat down', 'first-adult', [], null, { words: 'receive' }],
  ['nothing is known', 'first-adult', [], [opened], { words: 'show-front', act: 'show-card-front' }],
  [
    'the card’s front is seen',
    'first-adult',
    ['show-card-front'],
    [opened],
    { words: 'scan-code', act: 'show-card-back' },
  ],
  ['the card’s back is seen', 'first-adult', ['show-card-back'], [opened], { words: 'scan-code' }],
  ['the code was read', 'first-adult', [], [opened, qrScanned], { words: 'lay-card', act: 'lay-card-on-reader' }],
  ['the card lies there', 'first-adult', ['lay-card-on-reader'], [opened, qrScanned], { words: 'read-chip' }],
  ['the chip is being read', 'first-adult', [], [opened, qrScanned, ...chipRead.slice(0, 1)], { words: 'reading' }],
  ['the chip was read', 'first-adult', [], [opened, qrScanned, ...chipRead], { words: 'to-compare' }],
  ['nobody has a card', 'lost-card', [], [opened], { words: 'declare-number' }],
  [
    'only the number was said',
    'child',
    [],
    [opened, { type: 'declared', field: 'personalNumber', value: '012201000045' }],
    { words: 'declare-details', fields: ['fullName', 'birthDate', 'sex'] },
  ],
  [
    'a child came with somebody who is not named yet',
    'child',
    [],
    [
      opened,
      { type: 'declared', field: 'personalNumber', value: '012201000045' },
      { type: 'declared', field: 'fullName', value: 'Giàng A Mẫu' },
      { type: 'declared', field: 'birthDate', value: '09/05/2018' },
      { type: 'declared', field: 'sex', value: 'Nam' },
    ],
    { words: 'representative' },
  ],
  ['two sources differ', 'first-adult', [], [...atCompare, ...differing], { words: 'settle-difference' }],
  ['the sources agree', 'first-adult', [], atCompare, { words: 'accept-compare' }],
  ['the card is to be photographed', 'first-adult', [], atDocuments, { words: 'show-front', act: 'show-card-front' }],
  [
    'the card lies below the camera',
    'first-adult',
    ['show-card-front'],
    atDocuments,
    { words: 'shoot-page', act: 'press-shutter' },
  ],
  [
    'its front was taken',
    'first-adult',
    ['show-card-front'],
    [...atDocuments, ...documentsTaken.slice(0, 1)],
    { words: 'show-back', act: 'show-card-back' },
  ],
  ['there is a report only', 'lost-card', [], atDocuments, { words: 'show-loss-report', act: 'show-paper' }],
  ['both sides were taken', 'first-adult', [], [...atDocuments, ...documentsTaken], { words: 'to-portrait' }],
  ['nobody sits before the camera', 'first-adult', [], atPortrait, { words: 'show-face', act: 'show-face' }],
  ['the face is seen', 'first-adult', ['show-face'], atPortrait, { words: 'shoot-face' }],
  ['the portrait was taken', 'first-adult', ['show-face'], [...atPortrait, portraitMade], { words: 'compare-faces' }],
  ['the faces were compared', 'first-adult', [], [...atPortrait, portraitMade, judged], { words: 'to-fingers' }],
  ['no print was taken', 'first-adult', [], atFingers, { words: 'start-capture' }],
  [
    'the scanner waits',
    'first-adult',
    [],
    [...atFingers, captureStarted('right-four', 'f1')],
    { words: 'place-hand', act: 'place-hand' },
  ],
  [
    'the hand lies there',
    'first-adult',
    ['place-hand'],
    [...atFingers, captureStarted('right-four', 'f1')],
    { words: 'hold-still' },
  ],
  [
    'a print is weak',
    'worn-hands',
    [],
    [...atFingers, ...weak('right-four', 'f1')],
    { words: 'clean-hand', act: 'clean-and-moisten-hand' },
  ],
  [
    'a print is weak and the hand still lies there',
    'worn-hands',
    ['place-hand'],
    [...atFingers, ...weak('right-four', 'f1')],
    { words: 'clean-hand', act: 'lift-hand' },
  ],
  [
    'the fingers are moist',
    'worn-hands',
    ['clean-and-moisten-hand'],
    [...atFingers, ...weak('right-four', 'f1')],
    { words: 'take-again' },
  ],
  [
    'three tries were weak',
    'worn-hands',
    [],
    [...atFingers, ...weak('right-four', 'f1', 'f2', 'f3')],
    { words: 'accept-weak' },
  ],
  ['all prints were taken', 'first-adult', [], [...atFingers, ...allFingers], { words: 'to-check' }],
  ['the citizen is being asked', 'first-adult', [], atCheck, { words: 'answer-at-screen' }],
  ['the file is complete', 'first-adult', [], atReview, { words: 'seal' }],
  ['something is missing', 'first-adult', [], [opened, enter('arrival', 'review')], { words: 'complete-review' }],
  ['it is sealed', 'first-adult', [], sealedUp, { words: 'export' }],
  [
    'it is exported',
    'first-adult',
    [],
    [...sealedUp, { type: 'exported', sha256: '0'.repeat(64) }],
    { words: 'close' },
  ],
]

for (const [about, lesson, holds, events, hint] of nextSteps)
  test(`in the lesson ${lesson}, when ${about}, the hint is “${hint.words}”`, () => {
    expect(hintOf(lessonWith(lesson, holds), events && viewOf(events))).toMatchObject(hint)
  })

test('no other screen of the officer’s has a use for Alt, and every hand has a digit of its own', () => {
  const folder = resolve(import.meta.dirname, '../../../renderer/officer')
  const others = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => /\.tsx?$/u.test(path) && !path.startsWith('training'),
  )
  expect(others.length).toBeGreaterThan(50)
  expect(others.filter((path) => readFileSync(resolve(folder, path), 'utf8').includes('Alt+'))).toEqual([])
  expect(handActs.length).toBeLessThanOrEqual(10)
})

test('both languages hold the same words of the training, for every lesson, hand and point, and the screens ask for no others', () => {
  const root = resolve(import.meta.dirname, '../../..')
  const words = (language: string) =>
    flatten(JSON.parse(readFileSync(resolve(root, `resources/languages/${language}/training.json`), 'utf8')) as Words)
  const vietnamese = words('vi')
  expect([...words('en')].filter((key) => !key.endsWith('_one')).toSorted()).toEqual([...vietnamese].toSorted())
  const folder = resolve(root, 'renderer/officer')
  const asked = [
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.tsx'))
      .flatMap((path) => [...readFileSync(resolve(folder, path), 'utf8').matchAll(/'training:([\w.-]+)'/gu)])
      .map(([, key = '']) => key),
    ...hintWords.map((each) => `hint.${each}`),
    ...lessons.flatMap((each) => ['title', 'teaches', 'scene', 'says'].map((key) => `lesson.${each}.${key}`)),
    ...handActs.flatMap((each) => [`hand.${each}`, `held.${each}`]),
    ...lessonPoints.flatMap((each) => ['title', 'missed', 'next'].map((key) => `point.${each}.${key}`)),
  ]
  expect(asked.filter((key) => !vietnamese.has(key) && !vietnamese.has(`${key}_other`))).toEqual([])
  const unasked = [...vietnamese].filter((key) => !/^(?:home\.first-|lesson\.child\.scene-alone)/u.test(key))
  expect(unasked.filter((key) => !asked.includes(key.replace(/_other$/u, '')))).toEqual([])
})

type Words = { readonly [key: string]: string | Words }

function flatten(words: Words, before = ''): Set<string> {
  return new Set(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string' ? [before + key] : [...flatten(value, `${before}${key}.`)],
    ),
  )
}
