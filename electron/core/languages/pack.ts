import type { LanguageView } from '#contract/index.ts'
import { isWritten, sentences, slots, type DatePart, type Direction } from './bundled.ts'

export type Recording = {
  readonly seconds: number
  /** ISO 8601 */
  readonly at: string
}

/** What this station has of a language beside what comes with the program. */
export type Pack = {
  readonly id: string
  /** Where the pack says so; otherwise the program's own name for it. */
  readonly name?: string
  readonly direction: Direction
  readonly date: readonly DatePart[]
  readonly reviewed?: { readonly by: string; readonly on: string }
  /** Name of the station it came from. */
  readonly from?: string
  readonly texts: ReadonlyMap<string, string>
  readonly recordings: ReadonlyMap<string, Recording>
  /** Names of its fonts in alphabetical order, at most four. */
  readonly fonts: readonly string[]
}

export function emptyPack(id: string): Pack {
  const slot = slots.get(id)
  return {
    id,
    direction: slot?.direction ?? 'ltr',
    date: slot?.date ?? ['day', 'month', 'year'],
    texts: new Map(),
    recordings: new Map(),
    fonts: [],
  }
}

export const nameOf = (pack: Pack): string => pack.name ?? slots.get(pack.id)?.name ?? pack.id

export function viewOf(pack: Pack): LanguageView {
  return {
    id: pack.id,
    name: nameOf(pack),
    direction: pack.direction,
    sentences: sentences.length,
    texts: isWritten(pack.id) ? sentences.length : pack.texts.size,
    recordings: pack.recordings.size,
    date: pack.date,
    ...(pack.fonts.length > 0 && { fonts: pack.fonts }),
    ...(pack.reviewed && { reviewed: pack.reviewed }),
    ...(pack.from !== undefined && { from: pack.from }),
  }
}

/** The entries of a map by the order of the sentences. */
export function inSentenceOrder<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return sentences.flatMap(({ key }) => {
    const value = map.get(key)
    return value === undefined ? [] : [[key, value] as const]
  })
}

/** Without a key, or with another value for it; what was heard and found right is no longer the whole. */
export function changed(pack: Pack, part: Partial<Pick<Pack, 'texts' | 'recordings' | 'date' | 'fonts'>>): Pack {
  const { reviewed: _, ...rest } = pack
  return { ...rest, ...part }
}

export function withKey<T>(map: ReadonlyMap<string, T>, key: string, value: T | undefined): ReadonlyMap<string, T> {
  const next = new Map(map)
  if (value === undefined) next.delete(key)
  else next.set(key, value)
  return next
}
