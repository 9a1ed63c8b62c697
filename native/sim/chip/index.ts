export { fullChip, type ChipOptions, type PaceName } from './chip-options.ts'
export { personalise, type ChipImage } from './personalise.ts'
export { simulatedChip, type ChipQuirks, type ChipTiming, type SimulatedChip } from './simulated-chip.ts'
