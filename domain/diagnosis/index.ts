export {
  causes,
  subjects,
  verdictOf,
  type Cause,
  type CheckReport,
  type Found,
  type Subject,
  type Verdict,
} from './causes.ts'
export {
  judgeBacklog,
  judgeClock,
  judgeDatabase,
  judgeDisk,
  judgeKeys,
  type BacklogFigures,
  type ClockFigures,
  type DatabaseFigures,
  type DiskFigures,
  type KeyFigures,
} from './station.ts'
export { judgeNetwork, type NetworkFigures } from './network.ts'
export { causeOfTrouble, floodBytes, judgeEnd, judgeLine, type Figures, type Trouble } from './line.ts'
export { judgeCardReader, slowReadings } from './card-reader.ts'
export { judgeFingerprintScanner } from './fingerprint-scanner.ts'
export { judgeIrisCamera, judgeService } from './iris-camera.ts'
export { judgeCodeScanner } from './code-scanner.ts'
export { judgeDocumentCamera } from './document-camera.ts'
export { healthWarnings, type DeviceDay, type HealthWarning } from './health.ts'
export { judgeCamera, type CameraPlace, type CameraTrouble } from './camera.ts'
export { judgeSound, type MicrophoneTrouble } from './sound.ts'
export { crossesOf, distanceOf, judgeDisplay, judgePlacing, type DisplayFigures, type Point } from './display.ts'
export { figuresOfPrint, judgePrinter, printAnswers, type PrintAnswer, type PrinterFigures } from './printer.ts'
