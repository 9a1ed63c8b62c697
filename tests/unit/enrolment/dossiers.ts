import { capturePlanOn, captureSteps, type CaptureStep } from '#domain/biometrics/index.ts'
import {
  foldEvents,
  usualViewing,
  type Answer,
  type AnsweredBy,
  type DossierEvent,
  type DossierEventType,
  type DossierState,
  type PictureRef,
} from '#domain/enrolment/index.ts'
import {
  detailFields,
  type DetailField,
  type PersonDetails,
  type Representative,
  type Witness,
} from '#domain/person/index.ts'

/** An invented citizen. */
export const person: PersonDetails = {
  fullName: 'Lò Thị Mẫu',
  personalNumber: '014190000123',
  birthDate: '01/06/1990',
  sex: 'Nữ',
  nationality: 'Việt Nam',
  ethnicity: 'Thái',
  religion: 'Không',
  origin: 'Thôm Mòn, Thuận Châu, Sơn La',
  residence: 'Bản Mẫu, Thuận Châu, Sơn La',
}

/** An invented child of 8, with its invented mother. */
export const child: PersonDetails = {
  fullName: 'Lò Văn Bé Mẫu',
  personalNumber: '014218000018',
  birthDate: '05/02/2018',
  sex: 'Nam',
  nationality: 'Việt Nam',
  residence: 'Bản Mẫu, Thuận Châu, Sơn La',
}

/** Invented; acts for a ward. */
export const mother: Representative = {
  name: 'Quàng Thị Mẫu',
  number: '014188004561',
  relation: 'mother',
  reason: 'ward',
}

/** Invented. */
export const witness: Witness = { name: 'Giàng A Mẫu', number: '012201000045' }

export const childsMother: Representative = { ...mother, reason: 'under-14' }

export function declaredDetails(details: PersonDetails): DossierEvent[] {
  return detailFields.flatMap((field): DossierEvent[] => {
    const value = details[field]
    return value === undefined ? [] : [{ type: 'declared', field, value }]
  })
}

export const picture = (name: string): PictureRef => ({
  name,
  sha256: name.padEnd(64, '0'),
  size: 1000,
  mediaType: 'image/png',
  width: 600,
  height: 800,
})

export const taken = (attempt: string, step: CaptureStep, quality = 80): DossierEvent => ({
  type: 'fingersTaken',
  attempt,
  slap: picture(`${attempt}-slap`),
  dpi: 500,
  fingers: captureSteps[step].fingers.map((position) => ({
    position,
    quality,
    box: { x: 0, y: 0, width: 100, height: 150 },
    angle: 0,
    print: picture(`${attempt}-${position}`),
  })),
})

export const capture = (step: CaptureStep, attempt = `f-${step}`, quality = 80): DossierEvent[] => [
  { type: 'fingerCaptureStarted', attempt, device: 'scanner', step },
  taken(attempt, step, quality),
]

export const opened: DossierEvent = { type: 'opened', number: 'SL-0312-000001', station: 'SL-0312', day: '2026-11-12' }

export const chipRead: DossierEvent[] = [
  { type: 'chipReadStarted', attempt: 'c1', device: 'reader' },
  { type: 'chipRead', attempt: 'c1', details: person, issued: '15/08/2021', trust: 'no-trust-anchor', access: 'bac' },
]

/** How a thing is shown to somebody who hears Vietnamese. */
const showing = { language: 'vi', lines: ['Chị xem giúp.'], heard: 'voice' } as const

export const shownDetail = (field: DetailField, value: string): DossierEvent => ({
  type: 'shown',
  what: { kind: 'detail', field, value },
  ...showing,
})

/** A detail is shown, and then answered. */
export const asked = (
  field: DetailField,
  answer: Answer = 'right',
  from = person,
  by: AnsweredBy = 'citizen',
): DossierEvent[] => {
  const value = from[field] ?? ''
  return [shownDetail(field, value), { type: 'answered', field, value, answer, by }]
}

export const answers = (from = person, by: AnsweredBy = 'citizen'): DossierEvent[] =>
  detailFields.filter((field) => from[field] !== undefined).flatMap((field) => asked(field, 'right', from, by))

/** `portrait` '' for nobody's picture. */
export const shownPage = (from = person, portrait = 'portrait'): DossierEvent => ({
  type: 'shown',
  what: {
    kind: 'page',
    details: detailFields.flatMap((field) => {
      const value = from[field]
      return value === undefined ? [] : [{ field, value }]
    }),
    ...(portrait !== '' && { portrait }),
  },
  ...showing,
})

export const pageConfirmed = (by: AnsweredBy = 'citizen'): DossierEvent => ({ type: 'pageConfirmed', by })

export const ink = (name: string) => ({
  picture: picture(name),
  strokes: { name: `${name}-strokes`, sha256: 'a'.repeat(64), size: 100, mediaType: 'application/json' },
  vector: { name: `${name}-vector`, sha256: 'e'.repeat(64), size: 100, mediaType: 'image/svg+xml' },
  pointer: 'pen' as const,
})

export const signed: DossierEvent = { type: 'signed', ...ink('signature'), by: 'citizen' }

/** The routine visit, as far as the named point; each part holds its events. */
const parts = {
  opened: [opened],
  chip: chipRead,
  compared: [{ type: 'stepEntered', from: 'arrival', to: 'compare' }, { type: 'compared' }],
  documents: [
    { type: 'stepEntered', from: 'compare', to: 'documents' },
    { type: 'documentTaken', kind: 'old-card-front', picture: picture('front') },
  ],
  portrait: [
    { type: 'stepEntered', from: 'documents', to: 'portrait' },
    { type: 'portraitTaken', picture: picture('portrait') },
  ],
  fingers: [
    { type: 'stepEntered', from: 'portrait', to: 'fingers' },
    ...capturePlanOn({ day: '2026-11-12' }).steps.flatMap((step) => capture(step)),
  ],
  check: [{ type: 'stepEntered', from: 'fingers', to: 'check' }],
  answers: answers(),
  page: [shownPage(), pageConfirmed()],
  signed: [signed],
  review: [{ type: 'stepEntered', from: 'check', to: 'review' }],
  sealing: [{ type: 'sealRequested', attempt: 's1' }],
  sealed: [{ type: 'sealed', attempt: 's1', file: 'SL-0312-000001.qcc', sha256: 'b'.repeat(64), size: 3_000_000 }],
  closed: [{ type: 'closed' }],
} satisfies Record<string, DossierEvent[]>

export function eventsUntil(part: keyof typeof parts): DossierEvent[] {
  const names = Object.keys(parts) as (keyof typeof parts)[]
  return names.slice(0, names.indexOf(part) + 1).flatMap((name): DossierEvent[] => parts[name])
}

export function dossierAt(part: keyof typeof parts, ...more: readonly DossierEvent[]): DossierState {
  return foldEvents([...eventsUntil(part), ...more])
}

/** A visit of the invented child, whose mother confirms and signs; each part holds its events. */
const childParts = {
  declared: [opened, ...declaredDetails(child), { type: 'representativeNamed', representative: childsMother }],
  compared: [{ type: 'stepEntered', from: 'arrival', to: 'compare' }, { type: 'compared' }],
  portrait: [
    { type: 'stepEntered', from: 'compare', to: 'portrait' },
    { type: 'portraitTaken', picture: picture('portrait') },
  ],
  fingers: [
    { type: 'stepEntered', from: 'portrait', to: 'fingers' },
    ...capturePlanOn({ day: '2026-11-12', age: 8 }).steps.flatMap((step) => capture(step)),
  ],
  check: [{ type: 'stepEntered', from: 'fingers', to: 'check' }],
  answers: answers(child, 'representative'),
  page: [shownPage(child), pageConfirmed('representative')],
  signed: [{ type: 'signed', ...ink('signature'), by: 'representative' }],
} satisfies Record<string, DossierEvent[]>

export function childAt(part: keyof typeof childParts, ...more: readonly DossierEvent[]): DossierState {
  const names = Object.keys(childParts) as (keyof typeof childParts)[]
  const events = names.slice(0, names.indexOf(part) + 1).flatMap((name): DossierEvent[] => childParts[name])
  return foldEvents([...events, ...more])
}

/** One event of each type. */
export const samples: { readonly [Type in DossierEventType]: DossierEvent & { readonly type: Type } } = {
  opened: { type: 'opened', number: 'SL-0312-000002', station: 'SL-0312', day: '2026-11-12' },
  declared: { type: 'declared', field: 'religion', value: 'Không' },
  qrScanned: { type: 'qrScanned', qr: { details: { fullName: 'Lò Thị Mẫu' }, more: [] } },
  mrzGiven: { type: 'mrzGiven', lines: ['<'.repeat(30), '<'.repeat(30), '<'.repeat(30)] },
  chipReadStarted: { type: 'chipReadStarted', attempt: 'c9', device: 'reader' },
  chipReadFailed: { type: 'chipReadFailed', attempt: 'c9', code: 'CARD_REMOVED' },
  chipRead: { type: 'chipRead', attempt: 'c9', details: person, trust: 'verified', access: 'pace' },
  chosen: { type: 'chosen', field: 'origin', source: 'declared' },
  compared: { type: 'compared' },
  documentTaken: { type: 'documentTaken', kind: 'other', picture: picture('other') },
  documentDropped: { type: 'documentDropped', name: 'other' },
  portraitTaken: { type: 'portraitTaken', picture: picture('portrait2') },
  portraitAccepted: { type: 'portraitAccepted', name: 'portrait', because: 'kính y tế' },
  portraitJudged: { type: 'portraitJudged', name: 'portrait', same: 'yes', likeness: 81 },
  fingerCaptureStarted: { type: 'fingerCaptureStarted', attempt: 'f9', device: 'scanner', step: 'left-four' },
  fingerCaptureFailed: { type: 'fingerCaptureFailed', attempt: 'f9', code: 'DEVICE_GONE' },
  fingersTaken: { type: 'fingersTaken', attempt: 'f9', slap: picture('slap'), dpi: 500, fingers: [] },
  fingersCompared: { type: 'fingersCompared', attempt: 'f-right-four', doubts: [{ kind: 'wrong-hand' }] },
  fingerTryDropped: { type: 'fingerTryDropped', attempt: 'f-right-four' },
  fingerDoubtDismissed: { type: 'fingerDoubtDismissed', attempt: 'f-right-four', reason: 'đã xem lại' },
  fingerExcepted: { type: 'fingerExcepted', finger: 'left-ring', reason: 'missing', photo: picture('hand') },
  fingerExceptionDropped: { type: 'fingerExceptionDropped', finger: 'left-ring' },
  fingerExceptionApproved: {
    type: 'fingerExceptionApproved',
    finger: 'left-ring',
    badge: '014-207',
    name: 'Quàng Văn Mẫu',
    score: 80,
  },
  irisesTaken: { type: 'irisesTaken', irises: [{ eye: 'left', quality: 71, picture: picture('iris') }] },
  bedsideChosen: { type: 'bedsideChosen', reason: 'tay chai' },
  fingersAccepted: { type: 'fingersAccepted', step: 'left-four', reason: 'vết thương' },
  addressChosen: { type: 'addressChosen', address: 'bác' },
  viewingChosen: { type: 'viewingChosen', viewing: { ...usualViewing, textSize: 200 } },
  representativeNamed: { type: 'representativeNamed', representative: mother },
  representativeDropped: { type: 'representativeDropped' },
  shown: { type: 'shown', what: { kind: 'detail', field: 'fullName', value: 'Lò Thị Mẫu' }, ...showing },
  answered: { type: 'answered', field: 'fullName', value: 'Lò Thị Mẫu', answer: 'right', by: 'citizen' },
  pageConfirmed: { type: 'pageConfirmed', by: 'citizen' },
  signed: { type: 'signed', ...ink('signature2') },
  signatureCleared: { type: 'signatureCleared' },
  signingExcepted: { type: 'signingExcepted', reason: 'hand-injured', witness },
  signingExceptionDropped: { type: 'signingExceptionDropped' },
  markTaken: { type: 'markTaken', finger: 'right-index', print: picture('mark'), score: 90 },
  witnessSigned: { type: 'witnessSigned', ...ink('witness') },
  stepEntered: { type: 'stepEntered', from: 'arrival', to: 'documents' },
  sealRequested: { type: 'sealRequested', attempt: 's9' },
  sealFailed: { type: 'sealFailed', attempt: 's9', code: 'DISK_FULL' },
  sealed: { type: 'sealed', attempt: 's9', file: 'x.qcc', sha256: 'd'.repeat(64), size: 1 },
  exported: { type: 'exported', sha256: 'd'.repeat(64) },
  abandoned: { type: 'abandoned', reason: 'công dân về' },
  closed: { type: 'closed' },
}
