export { addWorkingDays, exchangeOn, type Exchange, type ExchangeReason } from './exchange.ts'
