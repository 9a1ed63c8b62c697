import type { LdsFile } from './lds/files.ts'

/** A file as far as it was read: the first `read` bytes of `bytes` are there. */
export type FilePart = { readonly bytes: Uint8Array; read: number }

/**
 * What was read of a card before the reading broke, to go on when the same card comes back. It belongs to one reading
 * of one citizen and holds personal data: `clear` it when they have gone. `readChip` drops it by itself when another
 * card answers.
 */
export type ChipCache = {
  readonly parts: Map<LdsFile, FilePart>
  clear(): void
}

export function createChipCache(): ChipCache {
  const parts = new Map<LdsFile, FilePart>()
  return { parts, clear: () => parts.clear() }
}
