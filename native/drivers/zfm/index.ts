export { zfm } from './driver.ts'
