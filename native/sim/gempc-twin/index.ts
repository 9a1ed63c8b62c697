export { startGempcTwin, type GempcTwinOptions, type GempcTwinSimulator } from './simulator.ts'
export type { CardHabits } from './reader.ts'
