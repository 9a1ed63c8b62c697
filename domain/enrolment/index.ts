export {
  citizenScene,
  remedies,
  type CitizenScene,
  type FingerPhase,
  type Remedy,
  type ShownDetail,
} from './citizen-scene.ts'
export { compareSources, proposedDetails, sourceOrder, type ComparedField, type ComparedValue } from './compare.ts'
export {
  eyes,
  steps,
  type Answer,
  type BlobRef,
  type DocumentTaken,
  type DossierEvent,
  type DossierEventType,
  type Eye,
  type FingerTaken,
  type IrisTaken,
  type PictureRef,
  type PortraitTaken,
  type SamePerson,
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
  type SlapTry,
} from './state.ts'
