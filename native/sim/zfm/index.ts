export { parseZfmFault, zfmFaults, type ZfmFault } from './faults.ts'
export type { OnGlass } from './finger.ts'
export { zfmModels, type ZfmModel } from './module.ts'
export { startZfm, type ZfmOptions, type ZfmSimulator } from './simulator.ts'
