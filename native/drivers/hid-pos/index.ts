export { hidPos } from './driver.ts'
