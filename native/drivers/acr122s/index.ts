export { acr1281s, acr122s } from './driver.ts'
