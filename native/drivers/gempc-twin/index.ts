export { gempcTwin, type OpenTransport } from './driver.ts'
export type { Clock } from './clock.ts'
