export { sbiIris } from './eyes.ts'
export { sbi } from './fingers.ts'
