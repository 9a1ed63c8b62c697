import type { OfficerPrint, OfficerView, StationView, Surroundings } from '#contract/index.ts'
import {
  captureSteps,
  rolledSteps,
  type CaptureStep,
  type FingerDoubt,
  type FingerPosition,
} from '#domain/biometrics/index.ts'
import {
  foldEvents,
  next,
  proposedDetails,
  type BlobRef,
  type DossierEvent,
  type PictureRef,
} from '#domain/enrolment/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { parsePartialDate } from '#domain/person/index.ts'
import { exchangeOn } from '#domain/procedure/index.ts'
import { ok, type Answers, type Screen } from './harness.ts'
import {
  cardPicture,
  facePicture,
  fingerPicture,
  oneFinger,
  signaturePicture,
  slapFingers,
  slapPicture,
} from './pictures.ts'

/** The day on which the invented visits take place. */
export const today = '2026-11-23'

export const stationOpen: StationView = {
  phase: 'open',
  code: 'SL-0312',
  name: 'Công an xã Thuận Châu',
  receiver: { name: 'Trung tâm tiếp nhận mẫu', expires: '2028-01-01' },
  runtime: 'stand-in',
  simulated: true,
  today,
}

export const device = (
  id: string,
  kind: Surroundings['devices'][number]['kind'],
  driver: string,
  transport: Surroundings['devices'][number]['transport'],
) => ({ id, kind, driver, transport, address: id, state: 'ready', since: `${today}T07:40:00.000Z` }) as const

export const around: Surroundings = {
  host: 'running',
  devices: [
    { ...device('reader', 'card-reader', 'gempc-twin', 'serial'), cardPresent: true },
    device('prints', 'fingerprint-scanner', 'hid-image', 'socket'),
    device('papers', 'document-camera', 'browser', 'browser'),
    device('faces', 'portrait-camera', 'browser', 'browser'),
  ],
  citizenScreen: 'shown',
  waiting: 14,
}

const language = (id: string, name: string, recordings: number) =>
  ({ id, name, direction: 'ltr', sentences: 125, texts: recordings, recordings }) as const
export const languages = [
  language('vi', 'Tiếng Việt', 125),
  language('en', 'English', 125),
  language('blt-Latn', 'Tiếng Thái (chữ Latinh)', 0),
  language('mww', 'Tiếng Mông', 41),
]

// Invented officers.
export const officers: readonly OfficerPrint[] = [
  { badge: '112-345', name: 'Lò Thị Mẫu', fingers: ['right-index', 'left-index'] },
  { badge: '112-346', name: 'Giàng A Mẫu', fingers: ['right-thumb'] },
]

const hex = (seed: string) => Buffer.from(seed).toString('hex').padEnd(64, '0').slice(0, 64)
export const blob = (seed: string, mediaType = 'image/png'): BlobRef => ({
  name: hex(seed).slice(0, 32),
  sha256: hex(seed),
  size: 48_000,
  mediaType,
})
export const picture = (seed: string, width = 800, height = 460): PictureRef => ({ ...blob(seed), width, height })

export const blobs = {
  face: picture('face', 350, 450),
  chipFace: blob('chip-face'),
  front: picture('front', 856, 540),
  back: picture('back', 856, 540),
  original: picture('original', 1600, 1200),
  whole: picture('whole', 1280, 960),
  signature: picture('signature', 600, 200),
  slap: picture('slap'),
  roll: picture('roll', 500, 460),
  hand: picture('hand', 640, 480),
}

export const pictures: Readonly<Record<string, Uint8Array>> = {
  [`/blob/${blobs.face.name}`]: facePicture(),
  [`/blob/${blobs.chipFace.name}`]: facePicture(),
  [`/blob/${blobs.front.name}`]: cardPicture(),
  [`/blob/${blobs.back.name}`]: cardPicture(),
  [`/blob/${blobs.signature.name}`]: signaturePicture(),
  [`/blob/${blobs.slap.name}`]: slapPicture(),
  [`/blob/${blobs.roll.name}`]: slapPicture([oneFinger], 500),
  [`/blob/${blobs.hand.name}`]: facePicture(),
  '/live/a1/7.png': slapPicture(),
  '/live/a1/8.png': slapPicture([oneFinger], 500),
}

// Invented people, as all people in these tests.
const quang = {
  personalNumber: '014088004567',
  fullName: 'Quàng Văn Mẫu',
  birthDate: '01/06/1988',
  sex: 'Nam',
  residence: 'bản Thống Nhất, Thôm Mòn, Thuận Châu, Sơn La',
} as const

export const opened: DossierEvent = { type: 'opened', number: 'SL-0312-000147', station: 'SL-0312', day: today }
export const qrScanned: DossierEvent = {
  type: 'qrScanned',
  qr: { details: quang, oldNumber: '050123456', issued: '12/08/2022', more: [] },
}
const chipStarted: DossierEvent = { type: 'chipReadStarted', attempt: 'c1', device: 'reader' }
export const chipRead: readonly DossierEvent[] = [
  chipStarted,
  {
    type: 'chipRead',
    attempt: 'c1',
    details: {
      ...quang,
      nationality: 'Việt Nam',
      ethnicity: 'Thái',
      religion: 'Không',
      origin: 'Thôm Mòn, Thuận Châu, Sơn La',
    },
    issued: '12/08/2022',
    expires: '01/06/2028',
    trust: 'no-trust-anchor',
    access: 'bac',
    portrait: blobs.chipFace,
  },
]
export const differing: readonly DossierEvent[] = [
  { type: 'declared', field: 'fullName', value: 'Quàng Văn Mậu' },
  { type: 'declared', field: 'origin', value: 'Thom Mòn, Thuận Châu, Sơn La' },
  { type: 'declared', field: 'birthDate', value: '1988' },
]

type Step = OfficerView['state']['step']
export const enter = (from: Step, to: Step): DossierEvent => ({ type: 'stepEntered', from, to })

export const atCompare: readonly DossierEvent[] = [opened, qrScanned, ...chipRead, enter('arrival', 'compare')]
export const atDocuments: readonly DossierEvent[] = [...atCompare, { type: 'compared' }, enter('compare', 'documents')]
export const documentsTaken: readonly DossierEvent[] = [
  { type: 'documentTaken', kind: 'old-card-front', picture: blobs.front },
  { type: 'documentTaken', kind: 'old-card-back', picture: blobs.back },
]
export const atPortrait: readonly DossierEvent[] = [...atDocuments, ...documentsTaken, enter('documents', 'portrait')]
export const portraitTaken: DossierEvent = { type: 'portraitTaken', picture: blobs.face }
/** As the device process makes it: cut from the whole picture, with nothing wrong. */
export const portraitMade: DossierEvent = {
  type: 'portraitTaken',
  picture: blobs.face,
  original: blobs.whole,
  findings: [],
}
export const atFingers: readonly DossierEvent[] = [...atPortrait, portraitTaken, enter('portrait', 'fingers')]

export const captureStarted = (step: CaptureStep, attempt: string): DossierEvent => ({
  type: 'fingerCaptureStarted',
  attempt,
  device: 'prints',
  step,
})

/** Fingers of a step as found in a drawn slap, with these qualities; fewer qualities, fewer fingers. */
export const found = (step: CaptureStep, qualities: readonly number[]) => {
  const positions = captureSteps[step].fingers
  const places = positions.length === 1 ? [oneFinger] : slapFingers
  return qualities.flatMap((quality, index) => {
    const position = positions[index]
    const place = places[index]
    if (!position || !place) return []
    const { x, y, rx, ry, angle } = place
    return [
      { position, quality, angle, box: { x: x - rx - 8, y: y - ry - 8, width: 2 * rx + 16, height: 2 * ry + 16 } },
    ]
  })
}

/** A capture from its start to the comparison of its prints. */
export const taken = (
  step: CaptureStep,
  attempt: string,
  qualities: readonly number[],
  doubts: readonly FingerDoubt[] = [],
): readonly DossierEvent[] => [
  captureStarted(step, attempt),
  {
    type: 'fingersTaken',
    attempt,
    slap: captureSteps[step].fingers.length === 1 ? blobs.roll : blobs.slap,
    dpi: 500,
    fingers: found(step, qualities).map((finger) => ({ ...finger, print: printOf(attempt, finger.position) })),
  },
  { type: 'fingersCompared', attempt, doubts },
]
const printOf = (attempt: string, finger: FingerPosition) => picture(`${attempt}-${finger}`, 180, 260)
/** What `/blob/…` shows for the prints of these attempts of a step. */
export const printPictures = (step: CaptureStep, ...attempts: readonly string[]) =>
  Object.fromEntries(
    attempts.flatMap((attempt) =>
      captureSteps[step].fingers.map((finger) => [`/blob/${printOf(attempt, finger).name}`, fingerPicture()] as const),
    ),
  )

export const slapsTaken: readonly DossierEvent[] = [
  ...taken('right-four', 'f1', [78, 81, 64, 66]),
  ...taken('left-four', 'f2', [61, 70, 83, 77]),
  ...taken('two-thumbs', 'f3', [88, 84]),
]
export const allFingers: readonly DossierEvent[] = [
  ...slapsTaken,
  ...rolledSteps.flatMap((step, index) => taken(step, `r${index}`, [60 + 3 * index])),
]
export const atCheck: readonly DossierEvent[] = [...atFingers, ...allFingers, enter('fingers', 'check')]

export const sealedFile = {
  file: 'SL-0312-000147.p7m',
  sha256: '3fa4c1d29e0b77a65d1c08f2b94e6a7730d5e8f1c2b3a495867d0e1f2a3b4c5d',
  size: 3_214_567,
}
/** The view main would send after these events. */
export function viewOf(events: readonly DossierEvent[], drafts: Readonly<Record<string, string>> = {}): OfficerView {
  const state = foldEvents(events)
  const { birthDate } = proposedDetails(state)
  const issued = state.chip?.issued ?? state.qr?.issued
  const procedure = exchangeOn(
    state.day,
    birthDate === undefined ? undefined : parsePartialDate(birthDate),
    issued === undefined ? undefined : parsePartialDate(issued),
  )
  return {
    id: 'd1',
    state: structuredClone(state) as OfficerView['state'],
    drafts,
    savedAt: '2026-11-23T03:42:07.000Z',
    procedure,
  }
}

/** What the device process sees while nobody sits before the camera and nothing lies under it. */
export const nobodySeen = {
  width: 640,
  height: 480,
  faces: [],
  findings: [{ check: 'face-missing', value: 0 }],
} as const
const aroundPictures: Answers = {
  cameraChoice: () => ok(null),
  pictureSources: () => ok({ folders: [], offered: [] }),
  lookAtPortrait: () => ok(nobodySeen),
  lookAtPage: () => ok({ width: 640, height: 480, problems: [{ problem: 'page-missing', value: 0 }] }),
  compareWithChip: () => ok({ likeness: 82 }),
  readPage: () => ok({ codes: [], texts: [] }),
}

const aroundScreens: Answers = {
  curtain: () => ok({ drawn: false }),
  displays: () =>
    ok([
      { key: 'edid-1', label: 'Màn hình trong máy', width: 1366, height: 768, touch: false, use: 'officer' },
      { key: 'edid-2', label: 'ACR 15"', width: 1024, height: 768, touch: true, use: 'citizen' },
    ]),
  noticeFolder: () => ok({ folder: '', shown: 0, left: [] }),
}

/** What main would answer around a dossier that stands after these events; nothing happens on a call. */
export function answersAround(
  events: readonly DossierEvent[] | undefined,
  drafts: Readonly<Record<string, string>> = {},
): Answers {
  return {
    station: () => ok(stationOpen),
    surroundings: () => ok(around),
    currentDossier: () => ok(events ? viewOf(events, drafts) : null),
    listDossiers: () => ok([]),
    saveDraft: () => ok({ savedAt: '2026-11-23T03:42:09.000Z' }),
    giveCode: () => ok({ found: 'qr' }),
    placeCandidates: () => ok({ known: 'unchanged', candidates: [] }),
    ...aroundPictures,
    ...aroundScreens,
    listOfficers: () => ok(officers),
    stationPolicy: () => ok({ shortForChildren: false }),
    exportSealed: () => ok({ written: 14, already: 0, damaged: 0 }),
    languages: () => ok(languages),
  }
}

/** A dossier that lives: calls become events of the real state machine, and the new view is sent back. */
export function liveDossier(start: readonly DossierEvent[]) {
  const events: DossierEvent[] = [...start]
  const drafts: Record<string, string> = {}
  let screen: Screen | undefined
  let captures = 0
  const show = () => screen?.emit('dossierChanged', events.length > 0 ? viewOf(events, drafts) : null)
  const happen = async (...more: readonly DossierEvent[]) => {
    try {
      for (const event of more) {
        next(foldEvents(events), event)
        events.push(event)
      }
    } catch (error) {
      if (error instanceof AppError) return { ok: false, error: error.toFailure() } as const
      throw error
    }
    await show()
    return ok({})
  }
  const answers: Answers = {
    ...answersAround(undefined),
    currentDossier: () => ok(events.length > 0 ? viewOf(events, drafts) : null),
    openDossier: () => happen(opened),
    saveDraft: ({ field, text }) => {
      drafts[field] = text
      return ok({ savedAt: '2026-11-23T03:42:09.000Z' })
    },
    declareDetail: ({ field, value }) => happen({ type: 'declared', field, value }),
    giveCode: async () => {
      await happen(qrScanned)
      return ok({ found: 'qr' })
    },
    readChip: () => happen(...chipRead),
    chooseSource: ({ field, source }) => happen({ type: 'chosen', field, source }),
    confirmComparison: () => happen({ type: 'compared' }),
    goToStep: ({ from, to }) => happen(enter(from, to)),
    addDocument: ({ kind }) =>
      happen({ type: 'documentTaken', kind, picture: kind === 'old-card-front' ? blobs.front : blobs.back }),
    dropDocument: ({ name }) => happen({ type: 'documentDropped', name }),
    addPortrait: () => happen(portraitTaken),
    takePortrait: () => happen(portraitMade),
    acceptPortrait: ({ name, because }) => happen({ type: 'portraitAccepted', name, because }),
    judgePortrait: (judged) => happen({ type: 'portraitJudged', ...judged }),
    takePage: ({ kind, colour, turn, page }) =>
      happen({
        type: 'documentTaken',
        kind,
        colour,
        turn,
        ...(page !== undefined && { page }),
        picture:
          kind === 'old-card-front'
            ? blobs.front
            : kind === 'old-card-back'
              ? blobs.back
              : picture(`${kind}-${page}-${turn}`),
        original: blobs.original,
      }),
    captureFingers: ({ step }) => happen(...taken(step, `g${++captures}`, [78, 81, 64, 66])),
    dropFingerTry: ({ attempt }) => happen({ type: 'fingerTryDropped', attempt }),
    dismissFingerDoubt: ({ attempt, reason }) => happen({ type: 'fingerDoubtDismissed', attempt, reason }),
    exceptFinger: ({ finger, reason, photo }) =>
      happen({ type: 'fingerExcepted', finger, reason, ...(photo && { photo: blobs.hand }) }),
    dropFingerException: ({ finger }) => happen({ type: 'fingerExceptionDropped', finger }),
    chooseBedside: ({ reason }) => happen({ type: 'bedsideChosen', reason }),
    acceptFingers: ({ step, reason }) => happen({ type: 'fingersAccepted', step, reason }),
    answerForCitizen: ({ field, value, answer }) => happen({ type: 'answered', field, value, answer, by: 'officer' }),
    clearSignature: () => happen({ type: 'signatureCleared' }),
    sealDossier: () =>
      happen({ type: 'sealRequested', attempt: 's1' }, { type: 'sealed', attempt: 's1', ...sealedFile }),
    closeDossier: async () => {
      events.length = 0
      await show()
      return ok({})
    },
  }
  return {
    answers,
    happen,
    attach: (opened: Screen) => {
      screen = opened
    },
  }
}
