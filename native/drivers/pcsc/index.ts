export { pcsc } from './driver.ts'
