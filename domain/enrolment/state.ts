import {
  captureSteps,
  type CaptureStep,
  type ExceptionReason,
  type FingerDoubt,
  type FingerPosition,
  type Impression,
  type SlapProblem,
} from '../biometrics/index.ts'
import type { FailureCode } from '../failure/index.ts'
import type { CardQr, DetailField, FormOfAddress, PersonDetails, Representative, Witness } from '../person/index.ts'
import type {
  Answer,
  AnsweredBy,
  BlobRef,
  CannotSignReason,
  DocumentTaken,
  Eye,
  FingerMark,
  FingerTaken,
  IrisTaken,
  PictureRef,
  PortraitTaken,
  SamePerson,
  ShownDetail,
  Signature,
  Source,
  Step,
} from './events.ts'
import type { TrustCheck } from './trust-checks.ts'
import type { Viewing } from './viewing.ts'

/** Why a device act is under way, and under which attempt its reply is accepted. */
export type Attempt = { readonly attempt: string; readonly device: string }

export type ChipFacts = {
  readonly details: PersonDetails
  readonly oldNumber?: string
  readonly issued?: string
  readonly expires?: string
  readonly trust: 'verified' | 'no-trust-anchor' | 'expired-or-revoked' | 'failed'
  /** Why it is `failed` or `expired-or-revoked`. */
  readonly failedCheck?: TrustCheck
  readonly access: 'bac' | 'pace'
  readonly portrait?: BlobRef
  readonly portraitOriginal?: BlobRef
}

export type SlapTry = {
  readonly attempt: string
  readonly slap: PictureRef
  readonly dpi: number
  readonly fingers: readonly FingerTaken[]
  readonly problem?: SlapProblem
  readonly composed?: boolean
  /** Prints that may not be the fingers they are said to be; without, they were not compared yet. */
  readonly doubts?: readonly FingerDoubt[]
  /** Why the officer uses it in spite of its doubts. */
  readonly dismissed?: string
  /** Kept, but none of its prints is used. */
  readonly dropped?: boolean
}

/** A finger that cannot be taken, and what proves it. */
export type FingerException = {
  readonly reason: ExceptionReason
  readonly photo?: PictureRef
  readonly approved?: { readonly badge: string; readonly name: string; readonly score: number }
}

/** A portrait, and what the officer said of it beside the chip's. */
export type PortraitShot = PortraitTaken & {
  readonly judged?: { readonly same: SamePerson; readonly likeness?: number }
}

/** Who does not sign: what stands in for the signature, as far as it is there. */
export type SigningException = {
  readonly reason: CannotSignReason
  readonly witness: Witness
  readonly mark?: FingerMark
  readonly witnessed?: Omit<Signature, 'by'>
}

/** What the citizen last saw on one page. */
export type ShownPage = { readonly details: readonly ShownDetail[]; readonly portrait?: string }

/** `none` before the first event; `sealing` until the sealed file is safely on the disk; `closed` when the citizen has left. */
export type DossierStatus = 'none' | 'open' | 'sealing' | 'sealed' | 'abandoned' | 'closed'

export type DossierState = {
  readonly status: DossierStatus
  readonly number: string
  readonly station: string
  /** ISO date of the opening: rules with effective dates look at it. */
  readonly day: string
  readonly shortForChildren?: boolean
  readonly step: Step
  /** Steps that were entered at least once. */
  readonly visited: readonly Step[]
  readonly declared: PersonDetails
  readonly qr?: CardQr
  readonly mrz?: readonly [string, string, string]
  readonly chip?: ChipFacts
  readonly chipAttempt?: Attempt
  readonly chipFailure?: FailureCode
  /** Sources the officer chose by hand; other fields follow the order of trust. */
  readonly chosen: Readonly<Partial<Record<DetailField, Source>>>
  /** The values the officer confirmed on the comparison screen. */
  readonly confirmed?: PersonDetails
  readonly documents: readonly DocumentTaken[]
  readonly portrait?: PictureRef
  /** All portraits taken; the last one is used. */
  readonly portraits: readonly PortraitShot[]
  readonly fingerAttempt?: Attempt & { readonly step: CaptureStep }
  readonly fingerFailure?: FailureCode
  /** The hand of the last attempt, also when it failed: the citizen is shown the right one. */
  readonly fingerStep?: CaptureStep
  readonly tries: Readonly<Partial<Record<CaptureStep, readonly SlapTry[]>>>
  /** Steps accepted below the plan's quality, with the officer's reason. */
  readonly accepted: Readonly<Partial<Record<CaptureStep, string>>>
  readonly exceptions: Readonly<Partial<Record<FingerPosition, FingerException>>>
  /** The best of each eye. */
  readonly irises: Readonly<Partial<Record<Eye, IrisTaken>>>
  /** Why single fingers are taken with a lower threshold. */
  readonly bedside?: string
  /** Chosen by the officer; otherwise age and sex decide. */
  readonly address?: FormOfAddress
  readonly viewing?: Viewing
  readonly representative?: Representative
  /** The value of each detail that was last painted on the citizen's screen. */
  readonly shown: Readonly<Partial<Record<DetailField, string>>>
  readonly shownPage?: ShownPage
  readonly answers: Readonly<
    Partial<Record<DetailField, { readonly value: string; readonly answer: Answer; readonly by: AnsweredBy }>>
  >
  /** Everything on one page was found right; what changes afterwards takes it away. */
  readonly pageConfirmed?: { readonly by: AnsweredBy }
  readonly signature?: Signature
  readonly signingException?: SigningException
  readonly sealAttempt?: string
  readonly sealFailure?: FailureCode
  readonly sealed?: { readonly file: string; readonly sha256: string; readonly size: number }
  readonly exported: boolean
}

export const emptyState: DossierState = {
  status: 'none',
  number: '',
  station: '',
  day: '',
  step: 'arrival',
  visited: [],
  declared: {},
  chosen: {},
  documents: [],
  portraits: [],
  tries: {},
  accepted: {},
  exceptions: {},
  irises: {},
  shown: {},
  answers: {},
  exported: false,
}

/**
 * The best impression of each finger over all tries that are used: one bad finger never spoils a try, and no average
 * hides it. A print that an undecided doubt names is still counted; the doubt is a finding of its own.
 */
export function bestFingers(
  state: DossierState,
  impression: Impression = 'flat',
): Readonly<Partial<Record<FingerPosition, FingerTaken>>> {
  const best: Partial<Record<FingerPosition, FingerTaken>> = {}
  for (const [step, tries] of Object.entries(state.tries)) {
    if (captureSteps[step as CaptureStep].impression !== impression) continue
    for (const { fingers, dropped } of tries) {
      if (dropped) continue
      for (const finger of fingers) {
        const known = best[finger.position]
        if (!known || finger.quality > known.quality) best[finger.position] = finger
      }
    }
  }
  return best
}

/** A try waits for the officer: something about it is doubted and nothing was decided. */
export function isUndecided({ doubts = [], dismissed, dropped }: SlapTry): boolean {
  return doubts.length > 0 && dismissed === undefined && !dropped
}
