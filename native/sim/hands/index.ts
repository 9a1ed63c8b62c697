export { drawSlap, placeFingers, type FingerPlace, type SlapRequest } from './slap.ts'
export { type Impression } from './impression.ts'
export { masterPrint, type MasterPrint } from './master-print.ts'
export { createOrientationField, type Pattern } from './pattern.ts'
