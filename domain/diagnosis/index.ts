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
