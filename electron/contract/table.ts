import { z } from 'zod'
import { citizenCalls } from './citizen-calls.ts'
import { everyone, nothing, ofCapture, ofDossier, officer, picture } from './common.ts'
import {
  captureStep,
  detailField,
  exceptionReason,
  fingerPosition,
  isoDate,
  page,
  paperKind,
  source,
  step,
  text,
} from './dossier-schema.ts'
import { call, event } from './kinds.ts'
import { languageCalls } from './language-calls.ts'
import { partCalls } from './part-calls.ts'
import { pictureCalls } from './picture-calls.ts'
import { screenCalls } from './screen-calls.ts'
import { technicianCalls } from './technician-calls.ts'
import { trainingCalls } from './training-calls.ts'
import {
  chipProgress,
  dossierRow,
  fingerPreview,
  officerPrint,
  officerView,
  placesFound,
  scannedCode,
  stationPolicy,
  stationView,
  surroundings,
} from './views.ts'

/**
 * All that passes between main and the windows. Handlers, preloads, client types and test doubles are derived from it.
 * Every dossier act answers with nothing: the new view follows as `dossierChanged`, once it is safely stored.
 */
export const contract = {
  station: call({ from: everyone, input: nothing, output: stationView, errors: [] }),
  stationChanged: event({ to: everyone, data: stationView }),
  setUpStation: call({
    from: officer,
    input: z.strictObject({
      code: z.string().regex(/^[A-Z]{2}-\d{4}$/u),
      name: text.min(1),
      passphrase: z.string().max(200),
      receiverCertificate: z.string().max(64 * 1024),
    }),
    output: nothing,
    errors: [
      'STATION_EXISTS',
      'PASSPHRASE_WEAK',
      'CERTIFICATE_UNREADABLE',
      'CERTIFICATE_UNSUITABLE',
      'TRAINING_ONLY',
      'FIELD_FORMAT',
      'DISK_FULL',
      'STORE_IN_USE',
      'STORE_DAMAGED',
    ],
  }),
  unlockStation: call({
    from: officer,
    input: z.strictObject({ passphrase: z.string().max(200) }),
    output: nothing,
    errors: [
      'WRONG_PASSPHRASE',
      'STORE_FROM_FUTURE',
      'STORE_DAMAGED',
      'STORE_IN_USE',
      'STATION_INCOMPLETE',
      'OTHER_PROFILE',
      'DISK_FULL',
    ],
  }),

  surroundings: call({ from: ['officer', 'technician'], input: nothing, output: surroundings, errors: [] }),
  surroundingsChanged: event({ to: ['officer', 'technician'], data: surroundings }),

  /** The dossier under way, or null between citizens. */
  currentDossier: call({ from: officer, input: nothing, output: officerView.nullable(), errors: ['STATION_LOCKED'] }),
  dossierChanged: event({ to: officer, data: officerView.nullable() }),
  listDossiers: call({
    from: officer,
    input: nothing,
    output: z.array(dossierRow).readonly(),
    errors: ['STATION_LOCKED', 'STORE_DAMAGED'],
  }),
  openDossier: call({ from: officer, input: nothing, output: nothing, errors: ofDossier }),
  resumeDossier: call({ from: officer, input: z.strictObject({ id: text }), output: nothing, errors: ofDossier }),
  /** Stores text as it is typed; costs a lost keystroke at most. Answers with the time of the save. */
  saveDraft: call({
    from: officer,
    input: z.strictObject({ field: z.string().max(40), text: z.string().max(4096) }),
    output: z.strictObject({ savedAt: z.string() }),
    errors: ofDossier,
  }),
  declareDetail: call({
    from: officer,
    input: z.strictObject({ field: detailField, value: text }),
    output: nothing,
    errors: [...ofDossier, 'NUMBER_FORMAT', 'FIELD_FORMAT'],
  }),
  /** Text from a code scanner, a camera or the keyboard: a card's QR code, or the three lines of an MRZ. */
  giveCode: call({
    from: officer,
    input: z.strictObject({ text: z.string().max(2 * 1024 * 1024) }),
    output: z.strictObject({ found: z.enum(['qr', 'mrz']) }),
    errors: [...ofDossier, 'QR_FORMAT', 'QR_TOO_LARGE', 'MRZ_FORMAT', 'MRZ_CHECK_DIGIT'],
  }),
  /**
   * A scanner read a code. `qr` and `mrz` are in the dossier already. `none`: the code was not taken, and `problem` says
   * why; `text` is there when it was no card's. It comes from a stranger: show it as text, never open it.
   */
  codeScanned: event({ to: officer, data: scannedCode }),
  /** Where an address of before July 2025 lies now. `day`: when it was written down (a card's date of issue), or empty. */
  placeCandidates: call({
    from: officer,
    input: z.strictObject({ address: text, day: isoDate.or(z.literal('')) }),
    output: placesFound,
    errors: [],
  }),
  /** Reads the chip with the MRZ given, or with the values that the QR code and the declared number lead to. */
  readChip: call({
    from: officer,
    input: z.strictObject({
      /** Try although the chip said that one attempt is left. */ lastAttempt: z.boolean().exactOptional(),
    }),
    output: nothing,
    errors: [
      ...ofDossier,
      'STATION_INCOMPLETE',
      'CANCELLED',
      'HOST_GONE',
      'DEVICE_ABSENT',
      'DEVICE_GONE',
      'DEVICE_SILENT',
      'DEVICE_GARBLED',
      'DEVICE_REFUSED',
      'DEVICE_BUSY',
      'DEVICE_UNKNOWN',
      'TRANSPORT_MISSING',
      'CARD_ABSENT',
      'CARD_REMOVED',
      'CARD_MUTE',
      'CARD_LEFT_BEHIND',
      'CHIP_ACCESS_DENIED',
      'CHIP_TAMPERED',
      'CHIP_MALFORMED',
      'CHIP_FILE_MISSING',
      'MRZ_FORMAT',
      'LATE_REPLY',
    ],
  }),
  chipProgress: event({ to: officer, data: chipProgress }),
  chooseSource: call({
    from: officer,
    input: z.strictObject({ field: detailField, source }),
    output: nothing,
    errors: ofDossier,
  }),
  confirmComparison: call({ from: officer, input: nothing, output: nothing, errors: ofDossier }),
  goToStep: call({
    from: officer,
    input: z.strictObject({ from: step, to: step }),
    output: nothing,
    errors: ofDossier,
  }),
  /** JPEG or PNG as taken. */
  addDocument: call({
    from: officer,
    input: z.strictObject({ kind: paperKind, page: page.exactOptional(), bytes: picture }),
    output: nothing,
    errors: [...ofDossier, 'IMAGE_UNREADABLE', 'IMAGE_TOO_LARGE'],
  }),
  dropDocument: call({ from: officer, input: z.strictObject({ name: text }), output: nothing, errors: ofDossier }),
  addPortrait: call({
    from: officer,
    input: z.strictObject({ bytes: picture }),
    output: nothing,
    errors: [...ofDossier, 'IMAGE_UNREADABLE', 'IMAGE_TOO_LARGE'],
  }),
  ...pictureCalls,
  /** The camera's shutter button. */
  shutterPressed: event({ to: officer, data: z.strictObject({ device: text }) }),
  captureFingers: call({
    from: officer,
    input: z.strictObject({ step: captureStep }),
    output: nothing,
    errors: [...ofDossier, ...ofCapture],
  }),
  fingerPreview: event({ to: officer, data: fingerPreview }),
  shootFingers: call({ from: officer, input: nothing, output: nothing, errors: [...ofDossier, 'HOST_GONE'] }),
  stopCapture: call({ from: officer, input: nothing, output: nothing, errors: ofDossier }),
  acceptFingers: call({
    from: officer,
    input: z.strictObject({ step: captureStep, reason: text.min(1) }),
    output: nothing,
    errors: ofDossier,
  }),
  /** None of the try's prints is used; it stays in the file. */
  dropFingerTry: call({ from: officer, input: z.strictObject({ attempt: text }), output: nothing, errors: ofDossier }),
  /** The try is used in spite of its doubts, with the officer's reason. */
  dismissFingerDoubt: call({
    from: officer,
    input: z.strictObject({ attempt: text, reason: text.min(1) }),
    output: nothing,
    errors: ofDossier,
  }),
  /** A finger that cannot be taken; `photo` shows why. Said again it replaces what was said before. */
  exceptFinger: call({
    from: officer,
    input: z.strictObject({ finger: fingerPosition, reason: exceptionReason, photo: picture.exactOptional() }),
    output: nothing,
    errors: [...ofDossier, 'IMAGE_UNREADABLE', 'IMAGE_TOO_LARGE'],
  }),
  dropFingerException: call({
    from: officer,
    input: z.strictObject({ finger: fingerPosition }),
    output: nothing,
    errors: ofDossier,
  }),
  /** Waits for a registered officer to lay a finger down, on the small reader if there is one. */
  approveFingerException: call({
    from: officer,
    input: z.strictObject({ finger: fingerPosition, badge: text }),
    output: nothing,
    errors: [...ofDossier, ...ofCapture, 'FINGER_DIFFERS'],
  }),
  /** Single fingers, longer windows and a lower threshold; an empty reason goes back. */
  chooseBedside: call({ from: officer, input: z.strictObject({ reason: text }), output: nothing, errors: ofDossier }),
  /** Both eyes, with an iris camera; the better picture of each is used. */
  captureIrises: call({ from: officer, input: nothing, output: nothing, errors: [...ofDossier, ...ofCapture] }),
  listOfficers: call({
    from: officer,
    input: nothing,
    output: z.array(officerPrint).readonly(),
    errors: ['STATION_LOCKED', 'STORE_DAMAGED'],
  }),
  /** Takes one finger of an officer of this station; said again with the same badge it adds or replaces that finger. */
  registerOfficer: call({
    from: officer,
    input: z.strictObject({ badge: text.min(1), name: text.min(1), finger: fingerPosition }),
    output: nothing,
    errors: ['STATION_LOCKED', 'DISK_FULL', 'STORE_DAMAGED', 'LOW_QUALITY', ...ofCapture],
  }),
  removeOfficer: call({
    from: officer,
    input: z.strictObject({ badge: text }),
    output: nothing,
    errors: ['STATION_LOCKED', 'DISK_FULL', 'STORE_DAMAGED'],
  }),
  /** Ends the taking of an officer's finger. */
  stopOfficerCapture: call({ from: officer, input: nothing, output: nothing, errors: [] }),
  stationPolicy: call({ from: officer, input: nothing, output: stationPolicy, errors: ['STATION_LOCKED'] }),
  setStationPolicy: call({
    from: officer,
    input: stationPolicy,
    output: nothing,
    errors: ['STATION_LOCKED', 'DISK_FULL', 'STORE_DAMAGED'],
  }),
  sealDossier: call({
    from: officer,
    input: nothing,
    output: nothing,
    errors: [
      ...ofDossier,
      'DOSSIER_INCOMPLETE',
      'SEAL_FAILED',
      'BLOB_DAMAGED',
      'CERTIFICATE_UNSUITABLE',
      'STATION_INCOMPLETE',
    ],
  }),
  /** Copies sealed files that were not exported yet into a folder and reads them back. */
  exportSealed: call({
    from: officer,
    input: z.strictObject({ folder: z.string().min(1).max(1024) }),
    /** `damaged`: sealed files on this disk that are no longer what was sealed, and were not copied. */
    output: z.strictObject({ written: z.int(), already: z.int(), damaged: z.int() }),
    errors: ['EXPORT_FAILED', 'DISK_FULL', 'STATION_LOCKED', 'STORE_DAMAGED'],
  }),
  closeDossier: call({ from: officer, input: nothing, output: nothing, errors: ofDossier }),
  abandonDossier: call({
    from: officer,
    input: z.strictObject({ reason: text.min(1) }),
    output: nothing,
    errors: ofDossier,
  }),

  ...citizenCalls,
  ...screenCalls,
  ...languageCalls,
  ...technicianCalls,
  ...partCalls,
  ...trainingCalls,
} as const
