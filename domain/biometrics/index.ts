export {
  allFingers,
  captureSteps,
  fingerPositions,
  rolledSteps,
  singleSteps,
  type CaptureShape,
  type CaptureStep,
  type FingerPosition,
  type Impression,
  type RolledStep,
  type SingleStep,
  type SlapStep,
} from './fingers.ts'
export { capturePlanOn, verificationDemand, type CaptureDemand, type CapturePlan } from './plan.ts'
export { exceptionReasons, exceptionRuleOn, type ExceptionReason, type ExceptionRule } from './exceptions.ts'
export { fingerAdvices, slapProblems, type FingerAdvice, type FingerDoubt, type SlapProblem } from './advice.ts'
export {
  portraitChecks,
  portraitPolicyOn,
  type PortraitCheck,
  type PortraitDemand,
  type PortraitFinding,
  type PortraitPolicy,
} from './portrait.ts'
