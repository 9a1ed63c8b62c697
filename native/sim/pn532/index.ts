export { startPn532, type Pn532Options, type Pn532Simulator } from './simulator.ts'
export type { ContactlessHabits } from './radio.ts'
export type { Pn532Habits } from './chip.ts'
