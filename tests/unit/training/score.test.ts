import { describe, expect, test } from 'vitest'
import { capturePlanOn } from '#domain/biometrics/index.ts'
import { foldEvents, type DossierEvent } from '#domain/enrolment/index.ts'
import { lessonPoints, lessons, pointsOf, scoreOf, shareOf, type LessonPoint } from '#domain/training/index.ts'
import {
  answers,
  capture,
  child,
  childsMother,
  chipRead,
  declaredDetails,
  eventsUntil,
  opened,
  pageConfirmed,
  person,
  picture,
  shownPage,
  signed,
  witness,
} from '../enrolment/dossiers.ts'

/** Whether a visit with these events reached a point; asked in a lesson that looks for it. */
function reached(point: LessonPoint, events: readonly DossierEvent[]): boolean {
  const lesson = lessons.find((each) => pointsOf[each].includes(point))
  if (!lesson) throw new Error(`no lesson looks for ${point}`)
  const found = scoreOf(lesson, foldEvents(events), events, person).points.find((each) => each.point === point)
  if (!found) throw new Error(`${point} was not judged`)
  return found.reached
}

const steps = capturePlanOn({ day: '2026-11-12' }).steps
const prints = steps.flatMap((step) => capture(step))
/** All prints but those of the right hand, which was taken so often, never well. */
const poorRight = (tries: number) => [
  ...Array.from({ length: tries }, (_, at) => capture('right-four', `poor-${at}`, 20)).flat(),
  ...steps.filter((step) => step !== 'right-four').flatMap((step) => capture(step)),
]
const accepted: DossierEvent = { type: 'fingersAccepted', step: 'right-four', reason: 'tay chai, đã lau và xoa kem' }
const document = (kind: 'old-card-front' | 'old-card-back' | 'loss-report' | 'birth-certificate'): DossierEvent => ({
  type: 'documentTaken',
  kind,
  picture: picture(kind),
})
const portrait = (name: string, because?: string): DossierEvent => ({
  type: 'portraitTaken',
  picture: picture(name),
  ...(because !== undefined && { because }),
})
const qr = (residence: string): DossierEvent => ({
  type: 'qrScanned',
  qr: { details: { ...person, residence }, more: [] },
})
const compared: DossierEvent[] = [{ type: 'stepEntered', from: 'arrival', to: 'compare' }, { type: 'compared' }]
const differing = [opened, ...chipRead, qr('Bản Thử, Thuận Châu, Sơn La')]
const exported: DossierEvent = { type: 'exported', sha256: 'b'.repeat(64) }
const open = eventsUntil('compared')

/** For each point a visit that reaches it, and one that does not. */
const visits: Readonly<Record<LessonPoint, { good: readonly DossierEvent[]; bad: readonly DossierEvent[] }>> = {
  'card-scanned': { good: [opened, qr(person.residence ?? '')], bad: [opened, ...chipRead] },
  'chip-read': {
    good: [opened, ...chipRead],
    bad: [
      opened,
      { type: 'chipReadStarted', attempt: 'c1', device: 'reader' },
      { type: 'chipReadFailed', attempt: 'c1', code: 'CARD_REMOVED' },
    ],
  },
  compared: { good: open, bad: eventsUntil('chip') },
  'difference-settled-with-the-chip': {
    good: [...differing, ...compared],
    bad: [...differing, { type: 'chosen', field: 'residence', source: 'qr' }, ...compared],
  },
  'details-as-told': {
    good: [opened, ...declaredDetails(person), ...compared],
    bad: [opened, ...declaredDetails({ ...person, fullName: 'Lò Thị Mậu' }), ...compared],
  },
  'card-both-sides': {
    good: [...open, document('old-card-front'), document('old-card-back')],
    bad: [
      ...open,
      document('old-card-front'),
      document('old-card-back'),
      { type: 'documentDropped', name: 'old-card-back' },
    ],
  },
  'loss-report': { good: [...open, document('loss-report')], bad: [...open, document('old-card-front')] },
  'birth-certificate': { good: [...open, document('birth-certificate')], bad: [...open, document('loss-report')] },
  'portrait-without-refusal': {
    good: [...open, portrait('one', 'kính y tế'), portrait('two')],
    bad: [...open, portrait('one'), portrait('two', 'kính y tế')],
  },
  'portrait-compared-with-chip': {
    good: [...open, portrait('one'), { type: 'portraitJudged', name: 'one', same: 'yes' }],
    bad: [...open, portrait('one'), { type: 'portraitJudged', name: 'one', same: 'yes' }, portrait('two')],
  },
  'all-prints': { good: [...open, ...prints], bad: [...open, ...prints.slice(0, -2)] },
  'prints-tried-three-times': {
    good: [...open, ...poorRight(3), accepted],
    bad: [...open, ...poorRight(2), accepted],
  },
  'poor-prints-not-waved-through': {
    good: [...open, ...poorRight(3), accepted],
    bad: [...open, ...poorRight(1), accepted, ...capture('right-four', 'later'), ...capture('right-four', 'last')],
  },
  'no-finger-excepted-that-is-there': {
    good: [
      ...open,
      { type: 'fingerExcepted', finger: 'left-ring', reason: 'missing', photo: picture('hand') },
      { type: 'fingerExceptionDropped', finger: 'left-ring' },
    ],
    bad: [...open, { type: 'fingerExcepted', finger: 'left-ring', reason: 'missing', photo: picture('hand') }],
  },
  'representative-named': {
    good: [opened, ...declaredDetails(child), { type: 'representativeNamed', representative: childsMother }],
    bad: [opened, ...declaredDetails(child)],
  },
  'every-detail-answered-at-the-screen': {
    good: eventsUntil('page'),
    bad: [...eventsUntil('check'), ...answers(person, 'officer'), shownPage(), pageConfirmed('officer')],
  },
  'signed-at-the-screen': {
    good: [...eventsUntil('page'), signed],
    bad: [...eventsUntil('page'), { type: 'signingExcepted', reason: 'cannot-write', witness }],
  },
  sealed: { good: eventsUntil('sealed'), bad: eventsUntil('sealing') },
  exported: { good: [...eventsUntil('sealed'), exported], bad: eventsUntil('sealed') },
  'no-file-left-open': { good: eventsUntil('closed'), bad: eventsUntil('sealed') },
}

describe.each(lessonPoints)('%s', (point) => {
  test('is reached by the visit that does it', () => {
    expect(reached(point, visits[point].good)).toBe(true)
  })
  test('is missed by the visit that does not', () => {
    expect(reached(point, visits[point].bad)).toBe(false)
  })
})

test('prints that were good at once need no second try', () => {
  expect(reached('prints-tried-three-times', [...open, ...prints])).toBe(true)
})

test('a portrait that is refused reaches nothing, also where no reason was given for it', () => {
  const refused: DossierEvent = {
    type: 'portraitTaken',
    picture: picture('one'),
    findings: [{ check: 'glasses', value: 2 }],
  }
  expect(reached('portrait-without-refusal', [...open, refused])).toBe(false)
  expect(reached('portrait-without-refusal', [...open, refused, portrait('two')])).toBe(true)
})

test('a detail that the person told and nobody wrote down is missed; capitals are not', () => {
  const { religion: _, ...rest } = person
  expect(reached('details-as-told', [opened, ...declaredDetails(rest), ...compared])).toBe(false)
  const capitals = { ...person, fullName: person.fullName?.toUpperCase() ?? '' }
  expect(reached('details-as-told', [opened, ...declaredDetails(capitals), ...compared])).toBe(true)
})

test('a file that was abandoned with a reason is not left open', () => {
  expect(reached('no-file-left-open', [...open, { type: 'abandoned', reason: 'quên giấy tờ' }])).toBe(true)
})

test('no card that says anything else is no reason to miss a point, but no chip is', () => {
  expect(reached('difference-settled-with-the-chip', [opened, ...chipRead, ...compared])).toBe(true)
  expect(reached('difference-settled-with-the-chip', [opened, qr('Bản Thử'), ...compared])).toBe(false)
})

test('every point is looked for in some lesson, and none twice in one', () => {
  const all = Object.values(pointsOf)
  expect(lessonPoints.filter((point) => !all.some((points) => points.includes(point)))).toEqual([])
  for (const points of all) expect(new Set(points).size).toBe(points.length)
})

test('the share of a lesson is what was reached of what it looks for', () => {
  const nothing = scoreOf('first-adult', foldEvents([opened]), [opened], person)
  const some = nothing.points.filter(({ reached: done }) => done).length
  expect(shareOf(nothing)).toBe(some / pointsOf['first-adult'].length)
  expect(shareOf({ points: [] })).toBe(0)
  expect(shareOf({ points: [{ point: 'sealed', reached: true }] })).toBe(1)
})
