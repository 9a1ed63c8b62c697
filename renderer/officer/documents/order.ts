import type { DocumentTaken } from '#domain/enrolment/index.ts'
import type { PaperKind, PaperRule } from '#domain/procedure/index.ts'

export type Turn = NonNullable<DocumentTaken['turn']>

const turns: readonly Turn[] = [0, 90, 180, 270]

export function nextTurn(turn: Turn): Turn {
  return turns[(turns.indexOf(turn) + 1) % turns.length] ?? 0
}

/** The sides of a card are one picture each; every other paper may have pages. */
const single: readonly PaperKind[] = ['old-card-front', 'old-card-back']

/** The page that the next picture of a paper is; undefined for what has none. */
export function pageAfter(kind: PaperKind, documents: readonly DocumentTaken[]): number | undefined {
  if (single.includes(kind)) return undefined
  return 1 + Math.max(0, ...documents.filter((each) => each.kind === kind).map(({ page = 1 }) => page))
}

/** The first usual paper that was not taken yet. */
export function nextKind({ usual }: PaperRule, documents: readonly DocumentTaken[]): PaperKind {
  return usual.find((kind) => !documents.some((each) => each.kind === kind)) ?? 'other'
}
