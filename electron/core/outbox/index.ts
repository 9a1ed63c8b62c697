export { exportSealed, type ExportedFile, type ExportResult } from './export.ts'
export { writeSealed } from './sealed.ts'
