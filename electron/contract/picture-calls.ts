import { z } from 'zod'
import { nothing, ofAnalysis, ofDossier, officer, picture } from './common.ts'
import { colour, likeness, page, paperKind, samePerson, text, turn } from './dossier-schema.ts'
import { call, event } from './kinds.ts'
import { cameraChoice, cameraRole, pageRead, pageSeen, pictureSources, portraitSeen } from './pictures.ts'

/** Portraits, papers, cameras and watched folders. */
export const pictureCalls = {
  /** What is seen on a frame of the portrait camera; nothing of it is kept. */
  lookAtPortrait: call({
    from: officer,
    input: z.strictObject({ frame: picture }),
    output: portraitSeen,
    errors: [...ofAnalysis, 'STATION_LOCKED'],
  }),
  /**
   * Makes the portrait from a whole picture and stores both. Without the device process, or without a face, nothing is
   * stored: `addPortrait` takes the picture as it is.
   */
  takePortrait: call({
    from: officer,
    input: z.strictObject({ picture, because: text.min(1).exactOptional() }),
    output: nothing,
    errors: [...ofDossier, ...ofAnalysis, 'FACE_MISSING'],
  }),
  /** The portrait in use goes on in spite of a refusal. */
  acceptPortrait: call({
    from: officer,
    input: z.strictObject({ name: text, because: text.min(1) }),
    output: nothing,
    errors: ofDossier,
  }),
  /** How alike the portrait in use and the chip's are, 0–100. */
  compareWithChip: call({
    from: officer,
    input: nothing,
    output: z.strictObject({ likeness }),
    errors: [...ofDossier, ...ofAnalysis, 'FACE_MISSING', 'BLOB_DAMAGED'],
  }),
  /** What the officer says of the two faces. */
  judgePortrait: call({
    from: officer,
    input: z.strictObject({ name: text, same: samePerson, likeness: likeness.exactOptional() }),
    output: nothing,
    errors: ofDossier,
  }),
  /** What is seen on a frame of the document camera; nothing of it is kept. */
  lookAtPage: call({
    from: officer,
    input: z.strictObject({ frame: picture }),
    output: pageSeen,
    errors: [...ofAnalysis, 'STATION_LOCKED'],
  }),
  /** Cuts the page out of a whole picture and stores both; `addDocument` stores one as it is. */
  takePage: call({
    from: officer,
    input: z.strictObject({ picture, kind: paperKind, colour, turn, page: page.exactOptional() }),
    output: nothing,
    errors: [...ofDossier, ...ofAnalysis],
  }),
  /** Codes, machine-readable zone or text of a stored page. Nothing of it becomes part of the dossier by itself. */
  readPage: call({
    from: officer,
    input: z.strictObject({ name: text, wanted: z.enum(['codes', 'mrz', 'text']) }),
    output: pageRead,
    errors: [...ofDossier, ...ofAnalysis, 'BLOB_DAMAGED'],
  }),
  /** Which camera was last chosen for a role. */
  cameraChoice: call({
    from: [...officer, 'technician'],
    input: z.strictObject({ role: cameraRole }),
    output: cameraChoice.nullable(),
    errors: ['STATION_LOCKED', 'STORE_DAMAGED'],
  }),
  rememberCamera: call({
    from: [...officer, 'technician'],
    input: cameraChoice.extend({ role: cameraRole }),
    output: nothing,
    errors: ['STATION_LOCKED', 'DISK_FULL', 'STORE_DAMAGED'],
  }),
  /** Lamp of the document camera, 0–1. */
  setLamp: call({
    from: officer,
    input: z.strictObject({ brightness: z.number().min(0).max(1) }),
    output: nothing,
    errors: [
      'HOST_GONE',
      'CANCELLED',
      'STATION_LOCKED',
      'DEVICE_ABSENT',
      'DEVICE_GONE',
      'DEVICE_SILENT',
      'DEVICE_REFUSED',
      'DEVICE_BUSY',
      'DEVICE_UNKNOWN',
      'TRANSPORT_MISSING',
    ],
  }),
  /** Watched folders, and the pictures that came from them. */
  pictureSources: call({ from: officer, input: nothing, output: pictureSources, errors: ['STATION_LOCKED'] }),
  pictureSourcesChanged: event({ to: officer, data: pictureSources }),
  /** Watches a folder for new pictures of a role; '' stops. Pictures that are there already stay where they are. */
  watchPictureFolder: call({
    from: officer,
    input: z.strictObject({ role: cameraRole, folder: z.string().max(1024) }),
    output: nothing,
    errors: ['STATION_LOCKED', 'DISK_FULL', 'STORE_DAMAGED'],
  }),
  /** An offered picture was used or is not wanted. Its bytes stay in the store. */
  dropOfferedPicture: call({
    from: officer,
    input: z.strictObject({ name: text }),
    output: nothing,
    errors: ['STATION_LOCKED', 'DISK_FULL', 'STORE_DAMAGED'],
  }),
} as const
