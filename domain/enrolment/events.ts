import type {
  CaptureStep,
  ExceptionReason,
  FingerDoubt,
  FingerPosition,
  PortraitFinding,
  SlapProblem,
} from '../biometrics/index.ts'
import type { FailureCode } from '../failure/index.ts'
import type { CardQr, DetailField, FormOfAddress, PersonDetails, Representative, Witness } from '../person/index.ts'
import type { PaperKind } from '../procedure/index.ts'
import type { TrustCheck } from './trust-checks.ts'
import type { Viewing } from './viewing.ts'

/** The screens of a visit, in their usual order; F1 to F7. */
export const steps = ['arrival', 'compare', 'documents', 'portrait', 'fingers', 'check', 'review'] as const
export type Step = (typeof steps)[number]

/** Where a value comes from. */
export type Source = 'declared' | 'qr' | 'chip'

/** A capture in the encrypted blob store. */
export type BlobRef = {
  /** Name in the store; says nothing about the content. */
  readonly name: string
  readonly sha256: string
  readonly size: number
  readonly mediaType: string
}

export type PictureRef = BlobRef & { readonly width: number; readonly height: number }

export type FingerTaken = {
  readonly position: FingerPosition
  /** 0–100, this finger alone. */
  readonly quality: number
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  readonly angle: number
  readonly print: PictureRef
  /** ISO/IEC 19794-2 finger minutiae record. */
  readonly template?: BlobRef
  readonly minutiae?: number
}

/** A picture of a paper, or of one page of it. */
export type DocumentTaken = {
  readonly kind: PaperKind
  /** What is looked at: the page alone, compact. The whole picture where no page was cut out. */
  readonly picture: PictureRef
  /** Every pixel as it was taken, without loss. */
  readonly original?: PictureRef
  readonly colour?: 'colour' | 'grey'
  /** Degrees clockwise that were added by hand. */
  readonly turn?: 0 | 90 | 180 | 270
  /** 1, 2, 3 … of a paper with several pages. */
  readonly page?: number
}

export type PortraitTaken = {
  /** Cut, turned and exposed for the card; the picture as taken where nobody looked for a face. */
  readonly picture: PictureRef
  /** The whole picture as it was taken. */
  readonly original?: PictureRef
  /** Everything that is not as it should be; without, nobody looked. */
  readonly findings?: readonly PortraitFinding[]
  /** Why it is used in spite of a refusal. */
  readonly because?: string
}

/** Whether the portrait and the picture in the chip show the same person, in the officer's eyes. */
export type SamePerson = 'yes' | 'no' | 'unsure'

export const eyes = ['left', 'right'] as const
export type Eye = (typeof eyes)[number]

export type IrisTaken = {
  readonly eye: Eye
  /** 0–100 as the camera rates it. */
  readonly quality: number
  readonly picture: PictureRef
}

export type Answer = 'right' | 'wrong' | 'unsure'

/** Who gave an answer: the citizen or who acts for them, at the citizen's screen; or the officer on their behalf. */
export type AnsweredBy = 'citizen' | 'representative' | 'officer'

export type ShownDetail = { readonly field: DetailField; readonly value: string }

/** What stood on the citizen's screen, painted and to be read. */
export type ShownThing =
  | ({ readonly kind: 'detail' } & ShownDetail)
  /** Everything at once; `portrait` is the name of the picture beside it. */
  | { readonly kind: 'page'; readonly details: readonly ShownDetail[]; readonly portrait?: string }

/** How a thing was shown. */
export type Showing = {
  /** Language pack, as in `Viewing`. */
  readonly language: string
  /** Every line of words on the screen in reading order, as shown. */
  readonly lines: readonly string[]
  /** What was heard with it. */
  readonly heard: 'recording' | 'voice' | 'nothing'
}

/** Ink on the citizen's screen. */
export type Signature = {
  readonly picture: PictureRef
  /** JSON: pixels, milliseconds, pressure of every point. */
  readonly strokes: BlobRef
  /** SVG: a path per stroke, with the times of its points. */
  readonly vector?: BlobRef
  readonly by?: 'citizen' | 'representative'
  readonly pointer?: 'pen' | 'touch' | 'mouse'
}

/** Why somebody does not sign. */
export const cannotSignReasons = ['cannot-write', 'hand-injured', 'cannot-see', 'other'] as const
export type CannotSignReason = (typeof cannotSignReasons)[number]

/** A finger laid down instead of a signature. */
export type FingerMark = {
  readonly finger: FingerPosition
  readonly print: PictureRef
  /** How alike it is to the print of this finger in the dossier; without, there was none to compare with. */
  readonly score?: number
}

/**
 * Everything that can happen to a dossier. Events are stored, hashed into the chain and sealed, so a type once
 * released is never changed: a new meaning is a new event.
 */
export type DossierEvent =
  | {
      readonly type: 'opened'
      readonly number: string
      readonly station: string
      readonly day: string
      /** The station takes fewer prints of children. */
      readonly shortForChildren?: boolean
    }
  | { readonly type: 'declared'; readonly field: DetailField; /** '' takes it back */ readonly value: string }
  | { readonly type: 'qrScanned'; readonly qr: CardQr }
  | { readonly type: 'mrzGiven'; readonly lines: readonly [string, string, string] }
  | {
      readonly type: 'chipReadStarted'
      readonly attempt: string
      readonly device: string
      /** The officer goes on although the chip has one attempt left. */
      readonly lastAttempt?: boolean
    }
  | { readonly type: 'chipReadFailed'; readonly attempt: string; readonly code: FailureCode }
  | {
      readonly type: 'chipRead'
      readonly attempt: string
      readonly details: PersonDetails
      readonly oldNumber?: string
      readonly issued?: string
      readonly expires?: string
      readonly trust: 'verified' | 'no-trust-anchor' | 'expired-or-revoked' | 'failed'
      /** Why it is `failed` or `expired-or-revoked`. */
      readonly failedCheck?: TrustCheck
      readonly access: 'bac' | 'pace'
      readonly portrait?: BlobRef
      /** As the chip holds it, when windows show a copy in another format. */
      readonly portraitOriginal?: BlobRef
    }
  | { readonly type: 'chosen'; readonly field: DetailField; readonly source: Source }
  | { readonly type: 'compared' }
  | ({ readonly type: 'documentTaken' } & DocumentTaken)
  | { readonly type: 'documentDropped'; readonly name: string }
  | ({ readonly type: 'portraitTaken' } & PortraitTaken)
  /** A portrait taken earlier is used in spite of a refusal. */
  | { readonly type: 'portraitAccepted'; readonly name: string; readonly because: string }
  /** The officer compared a portrait with the chip's; `likeness` (0–100) is what stood beside them. */
  | {
      readonly type: 'portraitJudged'
      readonly name: string
      readonly same: SamePerson
      readonly likeness?: number
    }
  | {
      readonly type: 'fingerCaptureStarted'
      readonly attempt: string
      readonly device: string
      readonly step: CaptureStep
    }
  | { readonly type: 'fingerCaptureFailed'; readonly attempt: string; readonly code: FailureCode }
  | {
      readonly type: 'fingersTaken'
      readonly attempt: string
      readonly slap: PictureRef
      readonly dpi: number
      readonly fingers: readonly FingerTaken[]
      readonly problem?: SlapProblem
      /** The device cut the fingers itself: the picture only shows them side by side. */
      readonly composed?: boolean
    }
  /**
   * The prints of a try were compared with the other prints at hand. With doubts, some may not be the fingers they are
   * said to be: the officer decides.
   */
  | { readonly type: 'fingersCompared'; readonly attempt: string; readonly doubts: readonly FingerDoubt[] }
  /** The try is kept in the file but none of its prints is used. */
  | { readonly type: 'fingerTryDropped'; readonly attempt: string }
  | { readonly type: 'fingerDoubtDismissed'; readonly attempt: string; readonly reason: string }
  | {
      readonly type: 'fingerExcepted'
      readonly finger: FingerPosition
      readonly reason: ExceptionReason
      readonly photo?: PictureRef
    }
  | { readonly type: 'fingerExceptionDropped'; readonly finger: FingerPosition }
  /** A second officer laid down a finger that matched the print on file. */
  | {
      readonly type: 'fingerExceptionApproved'
      readonly finger: FingerPosition
      readonly badge: string
      readonly name: string
      readonly score: number
    }
  /** With a camera that cuts and rates irises itself. */
  | { readonly type: 'irisesTaken'; readonly irises: readonly IrisTaken[] }
  /** Single fingers, longer windows and a lower threshold, because of `reason`; '' goes back to the usual plan. */
  | { readonly type: 'bedsideChosen'; readonly reason: string }
  | {
      readonly type: 'fingersAccepted'
      readonly step: CaptureStep
      /** why prints below the plan are good enough */ readonly reason: string
    }
  | {
      readonly type: 'answered'
      readonly field: DetailField
      /** What stood on the screen; an answer to another value is refused. */
      readonly value: string
      readonly answer: Answer
      readonly by: AnsweredBy
    }
  /** '' goes back to the one that age and sex suggest. */
  | { readonly type: 'addressChosen'; readonly address: FormOfAddress | '' }
  | { readonly type: 'viewingChosen'; readonly viewing: Viewing }
  | { readonly type: 'representativeNamed'; readonly representative: Representative }
  | { readonly type: 'representativeDropped' }
  | ({ readonly type: 'shown'; readonly what: ShownThing } & Showing)
  /** Everything on one page was seen and found right. */
  | { readonly type: 'pageConfirmed'; readonly by: AnsweredBy }
  | ({ readonly type: 'signed' } & Signature)
  | { readonly type: 'signatureCleared' }
  /** The citizen does not sign: a finger is laid down instead, and a witness signs. */
  | { readonly type: 'signingExcepted'; readonly reason: CannotSignReason; readonly witness: Witness }
  | { readonly type: 'signingExceptionDropped' }
  | ({ readonly type: 'markTaken' } & FingerMark)
  | ({ readonly type: 'witnessSigned' } & Omit<Signature, 'by'>)
  | { readonly type: 'stepEntered'; readonly from: Step; readonly to: Step }
  | { readonly type: 'sealRequested'; readonly attempt: string }
  | { readonly type: 'sealFailed'; readonly attempt: string; readonly code: FailureCode }
  | {
      readonly type: 'sealed'
      readonly attempt: string
      readonly file: string
      readonly sha256: string
      readonly size: number
    }
  | { readonly type: 'exported'; readonly sha256: string }
  | { readonly type: 'abandoned'; readonly reason: string }
  | { readonly type: 'closed' }

export type DossierEventType = DossierEvent['type']
