export { createChipCache, type ChipCache } from './chip-cache.ts'
export type { LikelyWrong } from './access-hints.ts'
export { readChip, type ReadChipRequest } from './read-chip.ts'
export type { Transmit } from './chip-session.ts'
