export { dateOfIssue } from './date-of-issue.ts'
export { judgeSod, type SodRequest } from './judge.ts'
export { largestTrustFile, parseTrustFile } from './trust-file.ts'
