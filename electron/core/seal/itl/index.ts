export { itlOf, type ItlSource, type ItlTry } from './itl-of.ts'
export type { ItlException, ItlPerson, ItlPortrait, ItlPrint, ItlRecord } from './record.ts'
export { isExchangeable, writeItl } from './write-itl.ts'
