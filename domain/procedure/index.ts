export { addWorkingDays, exchangeOn, type Exchange, type ExchangeReason } from './exchange.ts'
export { paperKinds, papersOn, type PaperKind, type PaperRule } from './papers.ts'
