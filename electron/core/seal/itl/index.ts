export { itlOf, type ItlSource, type ItlTry } from './itl-of.ts'
export type { ItlException, ItlPerson, ItlPortrait, ItlPrint, ItlQuality, ItlRecord, ItlSegment } from './record.ts'
export { writeItl } from './write-itl.ts'
