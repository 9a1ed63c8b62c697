export { serialScanner } from './driver.ts'
