export { hidButton } from './driver.ts'
