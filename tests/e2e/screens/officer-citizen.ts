import { foldEvents, pageOf, shownDetails, type DossierEvent, type ShownThing } from '#domain/enrolment/index.ts'
import { atCheck, blob, blobs, enter, sealedFile } from './officer-desk.ts'

export const shown = (what: ShownThing): DossierEvent => ({
  type: 'shown',
  what,
  language: 'vi',
  lines: ['Đúng'],
  heard: 'voice',
})

/** Details that the citizen of `before` is asked about. */
const asked = (before: readonly DossierEvent[]) => shownDetails(foldEvents(before))

/** The question at this place (0 is the first) stands on the citizen's screen. */
export const questionShown = (place: number, before = atCheck): DossierEvent => {
  const detail = asked(before)[place]
  if (!detail) throw new Error('no such question')
  return shown({ kind: 'detail', ...detail })
}

/** Each of the first details is shown, read and found right. */
export const answersTo = (
  count: number,
  by: 'citizen' | 'representative' = 'citizen',
  before = atCheck,
): readonly DossierEvent[] =>
  asked(before)
    .slice(0, count)
    .flatMap((detail) => [
      shown({ kind: 'detail', ...detail }),
      { type: 'answered', ...detail, answer: 'right', by } as const,
    ])

const answered = [...atCheck, ...answersTo(9)]
export const pageShown = shown({ kind: 'page', ...pageOf(foldEvents(answered)) })
export const allAnswered: readonly DossierEvent[] = [...answersTo(9), pageShown]
export const allRight: readonly DossierEvent[] = [...allAnswered, { type: 'pageConfirmed', by: 'citizen' }]
export const signed: DossierEvent = {
  type: 'signed',
  picture: blobs.signature,
  strokes: blob('strokes', 'application/json'),
  by: 'citizen',
}
export const atReview: readonly DossierEvent[] = [...atCheck, ...allRight, signed, enter('check', 'review')]
export const sealedUp: readonly DossierEvent[] = [
  ...atReview,
  { type: 'sealRequested', attempt: 's1' },
  { type: 'sealed', attempt: 's1', ...sealedFile },
]
