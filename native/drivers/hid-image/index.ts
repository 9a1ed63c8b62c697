export { hidImage } from './driver.ts'
export type { Clock } from './clock.ts'
