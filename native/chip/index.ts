export { readChip, type ReadChipRequest } from './read-chip.ts'
export type { Transmit } from './chip-session.ts'
