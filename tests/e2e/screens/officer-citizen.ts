import { foldEvents, pageOf, shownDetails, type DossierEvent, type ShownThing } from '#domain/enrolment/index.ts'
import type { Representative } from '#domain/person/index.ts'
import type { Answers } from './harness.ts'
import { atCheck, blob, blobs, enter, opened, picture, pictures, sealedFile, type liveDossier } from './officer-desk.ts'
import { fingerPicture } from './pictures.ts'

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

// Invented people.
const child = {
  fullName: 'Lò Văn Bé Mẫu',
  personalNumber: '014218000018',
  birthDate: '12/05/2018',
  sex: 'Nam',
  nationality: 'Việt Nam',
  residence: 'Thôm Mòn, Thuận Châu',
} as const
export const mother: Representative = {
  name: 'Lò Thị Mẫu',
  number: '014190000123',
  relation: 'mother',
  reason: 'under-14',
}
export const witness = { name: 'Giàng A Mẫu', number: '012080000456' }

/** A child of eight at the desk, by what is declared. */
export const childHere: readonly DossierEvent[] = [
  opened,
  ...Object.entries(child).map(
    ([field, value]) => ({ type: 'declared', field: field as keyof typeof child, value }) as const,
  ),
]
export const motherNamed: DossierEvent = { type: 'representativeNamed', representative: mother }
export const childAtCheck: readonly DossierEvent[] = [
  ...childHere,
  motherNamed,
  { type: 'compared' },
  enter('arrival', 'check'),
]

export const cannotWrite: DossierEvent & { type: 'signingExcepted' } = {
  type: 'signingExcepted',
  reason: 'cannot-write',
  witness,
}
const mark = picture('mark', 180, 260)
export const marked: DossierEvent = { type: 'markTaken', finger: 'right-index', print: mark, score: 71 }
export const witnessed: DossierEvent = {
  type: 'witnessSigned',
  picture: blobs.signature,
  strokes: blob('witness', 'application/json'),
  pointer: 'touch',
}
export const markPictures = { ...pictures, [`/blob/${mark.name}`]: fingerPicture() }

/** What main does with the calls about the citizen, for a dossier that lives. */
export function citizenActs({ happen }: Pick<ReturnType<typeof liveDossier>, 'happen'>): Answers {
  return {
    chooseViewing: (viewing) => happen({ type: 'viewingChosen', viewing }),
    chooseAddress: ({ address }) => happen({ type: 'addressChosen', address }),
    nameRepresentative: (representative) => happen({ type: 'representativeNamed', representative }),
    dropRepresentative: () => happen({ type: 'representativeDropped' }),
    confirmPageForCitizen: () => happen({ type: 'pageConfirmed', by: 'officer' }),
    exceptSigning: (exception) => happen({ type: 'signingExcepted', ...exception }),
    dropSigningException: () => happen({ type: 'signingExceptionDropped' }),
    takeMark: ({ finger }) => happen({ type: 'markTaken', finger, print: mark, score: 71 }),
  }
}
