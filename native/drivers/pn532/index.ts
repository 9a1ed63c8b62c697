export { pn532 } from './driver.ts'
