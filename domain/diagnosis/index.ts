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
