import { createChipCache, type ChipCache } from '#native/chip/index.ts'

/** What broken readings of one visit had. Another visit, or the end of this one, drops it: it is personal data. */
export function visitCache(): { of(visit: string): ChipCache; forget(): void } {
  let kept: { readonly visit: string; readonly cache: ChipCache } | undefined
  const forget = () => {
    kept?.cache.clear()
    kept = undefined
  }
  return {
    of(visit) {
      if (kept?.visit !== visit) forget()
      kept ??= { visit, cache: createChipCache() }
      return kept.cache
    },
    forget,
  }
}
