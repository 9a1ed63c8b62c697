import type { StudioSentence } from '#contract/index.ts'

/** Parts of a visit in their order, with the first words of the keys that belong there. */
const parts = {
  welcome: ['idle', 'greeting', 'part'],
  waiting: ['wait', 'correcting', 'give-back'],
  portrait: ['portrait', 'portrait-hint'],
  fingers: ['fingers', 'finger-hint'],
  check: ['check', 'value', 'answer', 'page', 'listen'],
  sign: ['sign', 'mark'],
  thanks: ['thanks'],
  numbers: ['digit', 'date', 'weekday'],
} as const satisfies Record<string, readonly string[]>

/** `missed`: what citizens needed and did not get. */
export type GroupName = keyof typeof parts | 'missed' | 'other'
export type Group = { readonly name: GroupName; readonly sentences: readonly StudioSentence[] }

const names = Object.keys(parts) as (keyof typeof parts)[]

function partOf(key: string): GroupName {
  const first = key.split('.')[0] ?? ''
  return names.find((name) => parts[name].some((each) => each === first)) ?? 'other'
}

/**
 * Sentences by the part of the visit in which they are heard. `missedFirst`: what citizens lacked stands at the top, the
 * most often lacked first.
 */
export function grouped(sentences: readonly StudioSentence[], missedFirst: boolean): readonly Group[] {
  const lacked = missedFirst
    ? sentences
        .filter(({ recording, missed }) => !recording && missed > 0)
        .toSorted((one, other) => other.missed - one.missed)
    : []
  const rest = sentences.filter((each) => !lacked.includes(each))
  const groups: Group[] = [{ name: 'missed', sentences: lacked }]
  for (const name of [...names, 'other'] as const)
    groups.push({ name, sentences: rest.filter(({ key }) => partOf(key) === name) })
  return groups.filter((group) => group.sentences.length > 0)
}

/** The next sentence without a recording, from `key` on and round again; undefined when all are recorded. */
export function nextMissing(ordered: readonly StudioSentence[], key: string | undefined): string | undefined {
  const from = ordered.findIndex((each) => each.key === key) + 1
  const round = [...ordered.slice(from), ...ordered.slice(0, from)]
  return round.find(({ recording }) => !recording)?.key
}

/** The sentence `by` places further, staying within the list. */
export function moved(ordered: readonly StudioSentence[], key: string | undefined, by: number): string | undefined {
  const at = ordered.findIndex((each) => each.key === key)
  return ordered[Math.min(ordered.length - 1, Math.max(0, at + by))]?.key
}

/** A fingerprint as it is read over the telephone: groups of four. */
export function inFours(fingerprint: string): string {
  return fingerprint.match(/.{1,4}/gu)?.join(' ') ?? ''
}
