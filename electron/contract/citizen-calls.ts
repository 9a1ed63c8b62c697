import { fingerHints, portraitHints } from '#domain/enrolment/index.ts'
import { z } from 'zod'
import { citizen, listOf, nothing, ofCapture, ofDossier, officer, picture } from './common.ts'
import {
  answer,
  cannotSignReason,
  detailField,
  fingerPosition,
  formOfAddress,
  languageId,
  representative,
  shownDetail,
  text,
  viewing,
  witness,
} from './dossier-schema.ts'
import { call, event } from './kinds.ts'
import { citizenView } from './views.ts'

const stroke = z
  .array(z.strictObject({ x: z.number(), y: z.number(), t: z.number(), pressure: z.number().min(0).max(1) }))
  .max(20_000)

/** Between the officer, the citizen and the two screens. */
export const citizenCalls = {
  citizenView: call({ from: citizen, input: nothing, output: citizenView, errors: [] }),
  citizenChanged: event({ to: citizen, data: citizenView }),
  /** What to do with the hand or before the camera, while it is looked at; `null` when nothing is looked at. */
  citizenHint: event({
    to: citizen,
    data: z
      .discriminatedUnion('of', [
        z.strictObject({ of: z.literal('fingers'), hint: z.enum(fingerHints) }),
        z.strictObject({ of: z.literal('portrait'), hint: z.enum(portraitHints) }),
      ])
      .nullable(),
  }),
  /** The page has painted a question or the one page: only then can it be answered. `lines`: its words, as shown. */
  reportShown: call({
    from: citizen,
    input: z.strictObject({
      what: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('detail'), field: detailField, value: text }),
        z.strictObject({
          kind: z.literal('page'),
          details: listOf(shownDetail, { most: 20 }),
          portrait: text.exactOptional(),
        }),
      ]),
      language: languageId,
      lines: listOf(text, { most: 60 }),
      heard: z.enum(['recording', 'voice', 'nothing']),
    }),
    output: nothing,
    errors: ofDossier,
  }),
  answerDetail: call({
    from: citizen,
    input: z.strictObject({ field: detailField, value: text, answer }),
    output: nothing,
    errors: ofDossier,
  }),
  /** Everything on the one page is right. */
  confirmPage: call({ from: citizen, input: nothing, output: nothing, errors: ofDossier }),
  /** Of whoever the scene asks to sign. */
  sign: call({
    from: citizen,
    /** Strokes in pixels of the pad, times in milliseconds since the first touch. `png` is the pad's picture. */
    input: z.strictObject({
      width: z.int().positive().max(8192),
      height: z.int().positive().max(8192),
      strokes: z.array(stroke).min(1).max(500),
      pointer: z.enum(['pen', 'touch', 'mouse']),
      png: picture,
    }),
    output: nothing,
    errors: [...ofDossier, 'IMAGE_UNREADABLE', 'IMAGE_TOO_LARGE'],
  }),
  /** How the citizen's screen speaks to this person, from either side. */
  chooseViewing: call({ from: ['officer', 'citizen'], input: viewing, output: nothing, errors: ofDossier }),
  /** '' goes back to the one that age and sex suggest. */
  chooseAddress: call({
    from: officer,
    input: z.strictObject({ address: formOfAddress.or(z.literal('')) }),
    output: nothing,
    errors: ofDossier,
  }),
  nameRepresentative: call({
    from: officer,
    input: representative,
    output: nothing,
    errors: [...ofDossier, 'NUMBER_FORMAT', 'REPRESENTATIVE_UNFIT'],
  }),
  dropRepresentative: call({ from: officer, input: nothing, output: nothing, errors: ofDossier }),
  /** The officer answers for a citizen who cannot; recorded as such. */
  answerForCitizen: call({
    from: officer,
    input: z.strictObject({ field: detailField, value: text, answer }),
    output: nothing,
    errors: ofDossier,
  }),
  confirmPageForCitizen: call({ from: officer, input: nothing, output: nothing, errors: ofDossier }),
  /** Also the mark and the witness's signature: all is written once more. */
  clearSignature: call({ from: officer, input: nothing, output: nothing, errors: ofDossier }),
  exceptSigning: call({
    from: officer,
    input: z.strictObject({ reason: cannotSignReason, witness }),
    output: nothing,
    errors: [...ofDossier, 'NUMBER_FORMAT', 'REPRESENTATIVE_UNFIT'],
  }),
  dropSigningException: call({ from: officer, input: nothing, output: nothing, errors: ofDossier }),
  /** Waits for a finger of whoever should sign, and compares it with the dossier's print of that finger if there is one. */
  takeMark: call({
    from: officer,
    input: z.strictObject({ finger: fingerPosition }),
    output: nothing,
    errors: [...ofDossier, ...ofCapture, 'LOW_QUALITY', 'FINGER_DIFFERS'],
  }),
} as const
