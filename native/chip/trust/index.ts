export { dateOfIssue } from './date-of-issue.ts'
export { judgeSod, type SodRequest } from './judge.ts'
