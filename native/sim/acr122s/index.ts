export { startAcr122s, type Acr122sOptions, type Acr122sSimulator } from './simulator.ts'
