import { remedies, visitParts } from '#domain/enrolment/index.ts'
import { z } from 'zod'
import { deviceKind, transportKind } from './common.ts'
import {
  blobRef,
  captureStep,
  details,
  dossierState,
  failureCode,
  fingerFound,
  fingerPosition,
  formOfAddress,
  isoDate,
  isoTime,
  shownDetail,
  slapProblem,
  text,
  viewing,
} from './dossier-schema.ts'

/** What the officer's window shows of the open dossier; comparison, findings and marks are derived there with `domain`. */
export const officerView = z.strictObject({
  id: text,
  state: dossierState,
  /** Text under the officer's hands that is stored but not yet declared, by field name. */
  drafts: z.record(z.string(), z.string()),
  savedAt: isoTime,
  procedure: z.strictObject({
    reason: z.enum(['age-threshold', 'old-card']),
    age: z.int().exactOptional(),
    fee: z.int().nonnegative(),
    due: isoDate,
    source: text,
  }),
})
export type OfficerView = z.infer<typeof officerView>

/** The person spoken to, how the screen speaks to them, and the bars of progress. */
const visit = {
  address: formOfAddress,
  /** How the citizen is called where somebody else is spoken to. */
  about: formOfAddress.exactOptional(),
  viewing,
  done: z.int(),
  total: z.int(),
}

/** The laptop was turned to the citizen, whose part is done for now. */
const turned = { handBack: z.literal(true).exactOptional() }

/** What the citizen sees: one thought at a time, and nothing of what is not theirs. */
export const citizenView = z.discriminatedUnion('scene', [
  z.strictObject({ scene: z.literal('idle') }),
  z.strictObject({ scene: z.literal('curtain') }),
  /** The technician's test of the screen; `number` tells one picture from the next. */
  z.strictObject({
    scene: z.literal('screen-test'),
    number: z.int().nonnegative(),
    picture: z.enum(['edges', 'white', 'black', 'red', 'green', 'blue', 'cross']),
    /** Of `crossesOf`, from 0. */
    cross: z.int().min(0).max(4).exactOptional(),
  }),
  z.strictObject({
    scene: z.literal('greeting'),
    ...visit,
    parts: z.array(z.enum(visitParts)).readonly(),
    minutes: z.int().positive(),
  }),
  z.strictObject({ scene: z.literal('wait'), ...visit, ...turned }),
  z.strictObject({ scene: z.literal('portrait'), ...visit }),
  z.strictObject({
    scene: z.literal('fingers'),
    ...visit,
    step: captureStep,
    phase: z.enum(['ready', 'place', 'taken', 'again']),
    fingers: z.array(fingerPosition).readonly(),
    remedy: z.enum(remedies).exactOptional(),
  }),
  z.strictObject({
    scene: z.literal('check'),
    ...visit,
    detail: shownDetail,
    /** 1-based place of this detail among all. */
    place: z.int().positive(),
    of: z.int().positive(),
  }),
  z.strictObject({
    scene: z.literal('page'),
    ...visit,
    details: z.array(shownDetail),
    portrait: blobRef.exactOptional(),
  }),
  z.strictObject({ scene: z.literal('correcting'), ...visit, ...turned }),
  z.strictObject({
    scene: z.literal('sign'),
    ...visit,
    who: z.enum(['citizen', 'representative', 'witness']),
    details: z.array(shownDetail),
    portrait: blobRef.exactOptional(),
  }),
  z.strictObject({ scene: z.literal('mark'), ...visit }),
  z.strictObject({ scene: z.literal('thanks'), ...visit, ...turned, due: isoDate }),
])
export type CitizenView = z.infer<typeof citizenView>

export const stationContact = z.strictObject({ place: text, hours: text, phone: text })

export const stationView = z.strictObject({
  /** `new`: no key yet, set up first; `locked`: passphrase wanted; `failed`: the data folder cannot be used. */
  phase: z.enum(['new', 'locked', 'open', 'failed']),
  failure: failureCode.exactOptional(),
  code: text.exactOptional(),
  name: text.exactOptional(),
  /** The receiving centre whose certificate files are sealed to. */
  receiver: z.strictObject({ name: text, expires: isoDate }).exactOptional(),
  /** Where cards are collected and whom to ask; '' where nobody has said so. */
  contact: stationContact.exactOptional(),
  runtime: z.enum(['electron', 'stand-in']),
  /** True when a bound device hangs on a development-only transport: shown on every screen. */
  simulated: z.boolean(),
  /** The training program: invented people, files that nobody may use. */
  training: z.literal(true).exactOptional(),
  today: isoDate,
})
export type StationView = z.infer<typeof stationView>

const deviceStatus = z.strictObject({
  id: text,
  kind: deviceKind,
  driver: text,
  transport: transportKind,
  address: text,
  state: z.enum(['absent', 'opening', 'ready', 'busy', 'failed']),
  since: isoTime,
  problem: failureCode.exactOptional(),
  model: text.exactOptional(),
  grade: z.enum(['enrolment', 'verification']).exactOptional(),
  cardPresent: z.boolean().exactOptional(),
  cardSession: z.int().exactOptional(),
})

/**
 * `unchosen`: a display is there that nobody has given to the citizens yet. `turned`: on the officer's own display,
 * because there is no other.
 */
export const citizenScreen = z.enum(['shown', 'restarting', 'no-display', 'unchosen', 'turned'])

/** Devices and screens in words for the footer. */
export const surroundings = z.strictObject({
  /** The device process: after a crash it restarts by itself. */
  host: z.enum(['running', 'restarting', 'failed']),
  devices: z.array(deviceStatus).readonly(),
  citizenScreen,

  /** Sealed files not yet exported. */
  waiting: z.int().nonnegative(),
  /** Devices of the station that get worse from day to day: told before they fail. */
  wearing: z
    .array(
      z.strictObject({
        device: text,
        kind: deviceKind,
        how: z.enum(['slower', 'fails-more-often', 'needs-more-tries', 'comes-and-goes']),
      }),
    )
    .readonly()
    .exactOptional(),
})
export type Surroundings = z.infer<typeof surroundings>

/** `several`: the officer chooses, also from one candidate that is not sure. Said in Vietnamese. */
export const placesFound = z.strictObject({
  known: z.enum(['unchanged', 'one', 'several', 'unknown']),
  candidates: z.array(z.strictObject({ address: z.string(), because: z.string() })).readonly(),
})

/** `text` is cut to what a window can sensibly show. */
export const scannedCode = z.strictObject({
  device: text,
  found: z.enum(['qr', 'mrz', 'none']),
  problem: failureCode.exactOptional(),
  text: z.string().max(1000).exactOptional(),
})
export type ScannedCode = z.infer<typeof scannedCode>

export const chipProgress = z.strictObject({
  attempt: text,
  stage: z.enum(['connect', 'access', 'read', 'check']),
  file: text.exactOptional(),
  bytesRead: z.int().nonnegative(),
  bytesTotal: z.int().nonnegative().exactOptional(),
  /** The chip's text, from the moment it is known. */
  details: details.exactOptional(),
  /** The portrait is there: `/live/<attempt>/portrait` of the window's own origin. */
  portrait: z.boolean().exactOptional(),
})

/** The picture itself is fetched from `/live/<attempt>/<number>.png` of the window's own origin. */
export const fingerPreview = z.strictObject({
  attempt: text,
  number: z.int().nonnegative(),
  width: z.int().positive(),
  height: z.int().positive(),
  fingers: z.array(fingerFound).readonly(),
  missing: z.array(fingerPosition).readonly(),
  problem: slapProblem.exactOptional(),
})

export const dossierRow = z.strictObject({
  id: text,
  number: text,
  status: z.enum(['none', 'open', 'sealing', 'sealed', 'abandoned', 'closed']),
  openedAt: isoTime,
  changedAt: isoTime,
})

/** An officer of this station whose print is on file. */
export const officerPrint = z.strictObject({ badge: text, name: text, fingers: z.array(fingerPosition).readonly() })
export type OfficerPrint = z.infer<typeof officerPrint>

/** What the station decides for itself. */
export const stationPolicy = z.strictObject({ shortForChildren: z.boolean() })
export type StationPolicy = z.infer<typeof stationPolicy>
