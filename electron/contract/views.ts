import { remedies } from '#domain/enrolment/index.ts'
import { z } from 'zod'
import {
  blobRef,
  captureStep,
  detailField,
  details,
  dossierState,
  failureCode,
  fingerFound,
  fingerPosition,
  isoDate,
  isoTime,
  slapProblem,
  text,
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

const formOfAddress = z.enum(['ông', 'bà', 'bác', 'anh', 'chị', 'em', 'cháu', 'ông/bà'])

const shownDetail = z.strictObject({ field: detailField, value: text })

/** What the citizen sees: one thought at a time, and nothing of what is not theirs. `done`/`total` are the bars of progress. */
export const citizenView = z.discriminatedUnion('scene', [
  z.strictObject({ scene: z.literal('idle') }),
  z.strictObject({ scene: z.literal('greeting'), address: formOfAddress, done: z.int(), total: z.int() }),
  z.strictObject({ scene: z.literal('wait'), address: formOfAddress, done: z.int(), total: z.int() }),
  z.strictObject({ scene: z.literal('portrait'), address: formOfAddress, done: z.int(), total: z.int() }),
  z.strictObject({
    scene: z.literal('fingers'),
    address: formOfAddress,
    done: z.int(),
    total: z.int(),
    step: captureStep,
    phase: z.enum(['ready', 'place', 'taken', 'again']),
    fingers: z.array(fingerPosition).readonly(),
    remedy: z.enum(remedies).exactOptional(),
  }),
  z.strictObject({
    scene: z.literal('check'),
    address: formOfAddress,
    done: z.int(),
    total: z.int(),
    detail: shownDetail,
    /** 1-based place of this detail among all. */
    place: z.int().positive(),
    of: z.int().positive(),
  }),
  z.strictObject({ scene: z.literal('correcting'), address: formOfAddress, done: z.int(), total: z.int() }),
  z.strictObject({
    scene: z.literal('sign'),
    address: formOfAddress,
    done: z.int(),
    total: z.int(),
    details: z.array(shownDetail),
    portrait: blobRef.exactOptional(),
  }),
  z.strictObject({ scene: z.literal('thanks'), address: formOfAddress, done: z.int(), total: z.int(), due: isoDate }),
])
export type CitizenView = z.infer<typeof citizenView>

export const stationView = z.strictObject({
  /** `new`: no key yet, set up first; `locked`: passphrase wanted; `failed`: the data folder cannot be used. */
  phase: z.enum(['new', 'locked', 'open', 'failed']),
  failure: failureCode.exactOptional(),
  code: text.exactOptional(),
  name: text.exactOptional(),
  /** The receiving centre whose certificate files are sealed to. */
  receiver: z.strictObject({ name: text, expires: isoDate }).exactOptional(),
  runtime: z.enum(['electron', 'stand-in']),
  /** True when a bound device hangs on a development-only transport: shown on every screen. */
  simulated: z.boolean(),
  today: isoDate,
})
export type StationView = z.infer<typeof stationView>

const deviceStatus = z.strictObject({
  id: text,
  kind: z.enum([
    'card-reader',
    'fingerprint-scanner',
    'iris-camera',
    'document-camera',
    'portrait-camera',
    'code-scanner',
    'signature-pad',
  ]),
  driver: text,
  transport: z.enum(['serial', 'hid', 'pcsc', 'http', 'socket', 'browser']),
  address: text,
  state: z.enum(['absent', 'opening', 'ready', 'busy', 'failed']),
  since: isoTime,
  problem: failureCode.exactOptional(),
  model: text.exactOptional(),
  grade: z.enum(['enrolment', 'verification']).exactOptional(),
  cardPresent: z.boolean().exactOptional(),
  cardSession: z.int().exactOptional(),
})

/** Devices and screens in words for the footer. */
export const surroundings = z.strictObject({
  /** The device process: after a crash it restarts by itself. */
  host: z.enum(['running', 'restarting', 'failed']),
  devices: z.array(deviceStatus).readonly(),
  citizenScreen: z.enum(['shown', 'restarting', 'no-display']),
  /** Sealed files not yet exported. */
  waiting: z.int().nonnegative(),
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
