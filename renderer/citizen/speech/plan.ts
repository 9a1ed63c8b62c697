import type { Said, SaidPiece } from '../said.ts'

/** How one piece can be said. */
export type Way =
  | { readonly by: 'recording'; readonly language: string; readonly keys: readonly string[] }
  | {
      readonly by: 'voice'
      readonly text: string
      /** A name: only while it stands on the screen. */ readonly named: boolean
    }

/** What there is to speak with. */
export type Means = {
  /** Id of the chosen language. */
  readonly language: string
  readonly recordings: readonly string[]
  /** What is recorded in Vietnamese. */
  readonly vietnamese: readonly string[]
  /** The system has a voice for the words of the window. */
  readonly voice: boolean
}

/** For each piece the ways to say it, the best first: the language itself, Vietnamese, a voice. Whole pieces only. */
export function waysToSay(said: Said, means: Means): Way[][] {
  return said.map((piece) => waysOf(piece, means)).filter((ways) => ways.length > 0)
}

function waysOf({ keys, text }: SaidPiece, { language, recordings, vietnamese, voice }: Means): Way[] {
  const ways: Way[] = []
  if (keys.length > 0) {
    if (keys.every((key) => recordings.includes(key))) ways.push({ by: 'recording', language, keys })
    if (language !== 'vi' && keys.every((key) => vietnamese.includes(key)))
      ways.push({ by: 'recording', language: 'vi', keys })
  }
  if (voice && text.trim() !== '') ways.push({ by: 'voice', text, named: keys.length === 0 })
  return ways
}

/** Sentences that the language should have and has not. Vietnamese is what the others fall back to: it misses nothing. */
export function missedKeys(said: Said, { language, recordings }: Means): string[] {
  if (language === 'vi') return []
  return [...new Set(said.flatMap(({ keys }) => keys))].filter((key) => !recordings.includes(key))
}

/** What a person hears first of all ways: any recording counts more than a voice. */
export function heardOf(ways: readonly (readonly Way[])[]): 'recording' | 'voice' | 'nothing' {
  const first = ways.map(([best]) => best?.by)
  if (first.includes('recording')) return 'recording'
  return first.includes('voice') ? 'voice' : 'nothing'
}
