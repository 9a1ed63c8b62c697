export {
  citizenScene,
  remedies,
  visitParts,
  type CitizenScene,
  type FingerPhase,
  type Remedy,
  type VisitPart,
} from './citizen-scene.ts'
export { allAnsweredRight, answerTo, pageOf, shownDetails, signerOf, wantsMark, wasShown } from './citizen-acts.ts'
export {
  fingerHint,
  fingerHints,
  portraitHint,
  portraitHints,
  type FingerHint,
  type PortraitHint,
} from './citizen-hints.ts'
export { compareSources, proposedDetails, sourceOrder, type ComparedField, type ComparedValue } from './compare.ts'
export {
  cannotSignReasons,
  eyes,
  steps,
  type Answer,
  type AnsweredBy,
  type BlobRef,
  type CannotSignReason,
  type DocumentTaken,
  type DossierEvent,
  type DossierEventType,
  type Eye,
  type FingerMark,
  type FingerTaken,
  type IrisTaken,
  type PictureRef,
  type PortraitTaken,
  type SamePerson,
  type Showing,
  type ShownDetail,
  type ShownThing,
  type Signature,
  type Source,
  type Step,
} from './events.ts'
export { findings, requiredDetails, stepMarks, type Finding, type FindingCode, type StepMark } from './findings.ts'
export {
  coaching,
  exceptionLacks,
  expectedFingers,
  fingerProgress,
  isFinished,
  planOf,
  usedTries,
  type FingerProgress,
  type FingerStanding,
  type StepStanding,
} from './finger-progress.ts'
export { portraitProgress, type PortraitProgress } from './portrait-progress.ts'
export { foldEvents, next, type Effect, type Transition } from './machine.ts'
export {
  bestFingers,
  emptyState,
  isUndecided,
  type Attempt,
  type ChipFacts,
  type DossierState,
  type DossierStatus,
  type FingerException,
  type PortraitShot,
  type ShownPage,
  type SigningException,
  type SlapTry,
} from './state.ts'
export { textSizes, usualViewing, type TextSize, type Viewing } from './viewing.ts'
