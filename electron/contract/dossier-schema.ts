import {
  captureSteps,
  exceptionReasons,
  fingerAdvices,
  fingerPositions,
  portraitChecks,
  slapProblems,
} from '#domain/biometrics/index.ts'
import { cannotSignReasons, eyes, steps, textSizes, type DossierState } from '#domain/enrolment/index.ts'
import { trustChecks } from '#domain/enrolment/trust-checks.ts'
import { failureCodes, type FailureCode } from '#domain/failure/index.ts'
import { detailFields, formsOfAddress, relations, representationReasons } from '#domain/person/index.ts'
import { paperKinds } from '#domain/procedure/index.ts'
import { z } from 'zod'

// Nothing in a window may compile code; zod's own compiler would try.
z.config({ jitless: true })

/** Longest text that a field of the card may hold. */
const longest = 500

export const text = z.string().max(longest)
export const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u)
export const isoTime = z.string().max(40)
export const failureCode = z.enum(Object.keys(failureCodes) as [FailureCode, ...FailureCode[]])
export const detailField = z.enum(detailFields)
export const details = z.partialRecord(detailField, text)
export const step = z.enum(steps)
export const source = z.enum(['declared', 'qr', 'chip'])
export const answer = z.enum(['right', 'wrong', 'unsure'])
export const paperKind = z.enum(paperKinds)
export const colour = z.enum(['colour', 'grey'])
export const turn = z.literal([0, 90, 180, 270])
export const page = z.int().min(1).max(200)
export const samePerson = z.enum(['yes', 'no', 'unsure'])
export const likeness = z.number().min(0).max(100)
export const captureStep = z.enum(
  Object.keys(captureSteps) as [keyof typeof captureSteps, ...(keyof typeof captureSteps)[]],
)
export const fingerPosition = z.enum(
  Object.keys(fingerPositions) as [keyof typeof fingerPositions, ...(keyof typeof fingerPositions)[]],
)

export const blobRef = z.strictObject({
  name: z.string().regex(/^[0-9a-f]{16,128}$/u),
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
  size: z.int().nonnegative(),
  mediaType: z.string().max(60),
})
export const pictureRef = blobRef.extend({ width: z.int().positive(), height: z.int().positive() })

export const box = z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
export const portraitFinding = z.strictObject({ check: z.enum(portraitChecks), value: z.number() })
const documentTaken = z.strictObject({
  kind: paperKind,
  picture: pictureRef,
  original: pictureRef.exactOptional(),
  colour: colour.exactOptional(),
  turn: turn.exactOptional(),
  page: page.exactOptional(),
})
const portraitShot = z.strictObject({
  picture: pictureRef,
  original: pictureRef.exactOptional(),
  findings: z.array(portraitFinding).readonly().exactOptional(),
  because: text.exactOptional(),
  judged: z.strictObject({ same: samePerson, likeness: likeness.exactOptional() }).exactOptional(),
})
export const fingerFound = z.strictObject({
  position: fingerPosition,
  box,
  angle: z.number(),
  quality: z.number().min(0).max(100),
  advice: z.enum(fingerAdvices).exactOptional(),
})
const fingerTaken = fingerFound.omit({ advice: true }).extend({
  print: pictureRef,
  template: blobRef.exactOptional(),
  minutiae: z.int().nonnegative().exactOptional(),
})
export const slapProblem = z.enum(slapProblems)
export const exceptionReason = z.enum(exceptionReasons)
const score = z.number()
const fingerDoubt = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('repeated'), position: fingerPosition, other: fingerPosition, score }),
  z.strictObject({ kind: z.literal('roll-differs'), position: fingerPosition }),
  z.strictObject({ kind: z.literal('wrong-hand') }),
  z.strictObject({ kind: z.literal('officer'), position: fingerPosition, badge: text, score }),
  z.strictObject({ kind: z.literal('other-dossier'), position: fingerPosition, dossier: text, score }),
])
const mrzLines = z.tuple([z.string().length(30), z.string().length(30), z.string().length(30)]).readonly()
const attempt = z.strictObject({ attempt: text, device: text })
const by = z.enum(['citizen', 'representative', 'officer'])

export const formOfAddress = z.enum(formsOfAddress)
/** Id of a language pack: a BCP 47 language, with a script where there are two. */
export const languageId = z.string().regex(/^[a-z]{2,3}(?:-[A-Z][a-z]{3})?$/u)
export const viewing = z.strictObject({
  language: languageId,
  textSize: z.literal(textSizes),
  contrast: z.enum(['usual', 'high']),
  hand: z.enum(['right', 'left']),
  sound: z.boolean(),
  scanning: z.boolean(),
})
export const representative = z.strictObject({
  name: text.min(1),
  number: text,
  relation: z.enum(relations),
  reason: z.enum(representationReasons),
})
export const witness = z.strictObject({ name: text.min(1), number: text })
export const cannotSignReason = z.enum(cannotSignReasons)
export const shownDetail = z.strictObject({ field: detailField, value: text })
const ink = {
  picture: pictureRef,
  strokes: blobRef,
  vector: blobRef.exactOptional(),
  pointer: z.enum(['pen', 'touch', 'mouse']).exactOptional(),
}

export const cardQr = z.strictObject({
  details,
  oldNumber: text.exactOptional(),
  issued: text.exactOptional(),
  more: z.array(z.string()).readonly(),
})

export const chip = z.strictObject({
  details,
  oldNumber: text.exactOptional(),
  issued: text.exactOptional(),
  expires: text.exactOptional(),
  trust: z.enum(['verified', 'no-trust-anchor', 'expired-or-revoked', 'failed']),
  failedCheck: z.enum(trustChecks).exactOptional(),
  access: z.enum(['bac', 'pace']),
  portrait: blobRef.exactOptional(),
  portraitOriginal: blobRef.exactOptional(),
})

export const slapTry = z.strictObject({
  attempt: text,
  slap: pictureRef,
  dpi: z.number().positive(),
  fingers: z.array(fingerTaken).readonly(),
  problem: slapProblem.exactOptional(),
  composed: z.boolean().exactOptional(),
  doubts: z.array(fingerDoubt).readonly().exactOptional(),
  dismissed: text.exactOptional(),
  dropped: z.boolean().exactOptional(),
})

/** The dossier as main holds it; pictures by reference only. */
export const dossierState = z.strictObject({
  status: z.enum(['none', 'open', 'sealing', 'sealed', 'abandoned', 'closed']),
  number: text,
  station: text,
  day: text,
  shortForChildren: z.boolean().exactOptional(),
  step,
  visited: z.array(step).readonly(),
  declared: details,
  qr: cardQr.exactOptional(),
  mrz: mrzLines.exactOptional(),
  chip: chip.exactOptional(),
  chipAttempt: attempt.exactOptional(),
  chipFailure: failureCode.exactOptional(),
  chosen: z.partialRecord(detailField, source),
  confirmed: details.exactOptional(),
  documents: z.array(documentTaken).readonly(),
  portrait: pictureRef.exactOptional(),
  portraits: z.array(portraitShot).readonly(),
  fingerAttempt: attempt.extend({ step: captureStep }).exactOptional(),
  fingerFailure: failureCode.exactOptional(),
  fingerStep: captureStep.exactOptional(),
  tries: z.partialRecord(captureStep, z.array(slapTry).readonly()),
  accepted: z.partialRecord(captureStep, text),
  exceptions: z.partialRecord(
    fingerPosition,
    z.strictObject({
      reason: exceptionReason,
      photo: pictureRef.exactOptional(),
      approved: z.strictObject({ badge: text, name: text, score }).exactOptional(),
    }),
  ),
  irises: z.partialRecord(
    z.enum(eyes),
    z.strictObject({ eye: z.enum(eyes), quality: z.number().min(0).max(100), picture: pictureRef }),
  ),
  bedside: text.exactOptional(),
  answers: z.partialRecord(detailField, z.strictObject({ value: text, answer, by })),
  address: formOfAddress.exactOptional(),
  viewing: viewing.exactOptional(),
  representative: representative.exactOptional(),
  shown: z.partialRecord(detailField, text),
  shownPage: z
    .strictObject({ details: z.array(shownDetail).readonly(), portrait: text.exactOptional() })
    .exactOptional(),
  pageConfirmed: z.strictObject({ by }).exactOptional(),
  signature: z.strictObject({ ...ink, by: z.enum(['citizen', 'representative']).exactOptional() }).exactOptional(),
  signingException: z
    .strictObject({
      reason: cannotSignReason,
      witness,
      mark: z
        .strictObject({ finger: fingerPosition, print: pictureRef, score: z.number().exactOptional() })
        .exactOptional(),
      witnessed: z.strictObject(ink).exactOptional(),
    })
    .exactOptional(),
  sealAttempt: text.exactOptional(),
  sealFailure: failureCode.exactOptional(),
  sealed: z.strictObject({ file: text, sha256: text, size: z.int().nonnegative() }).exactOptional(),
  exported: z.boolean(),
}) satisfies z.ZodType<DossierState>
