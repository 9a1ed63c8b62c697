export { captureSteps, fingerPositions, type CaptureStep, type FingerPosition } from './fingers.ts'
export { capturePlanOn, type CapturePlan } from './plan.ts'
