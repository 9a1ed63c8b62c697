import { createHash } from 'node:crypto'
import type { StoredEvent } from '#core/store/index.ts'
import { emptyState, next, wasShown, type DossierState, type ShownThing } from '#domain/enrolment/index.ts'
import type { DetailField } from '#domain/person/index.ts'
import type { SealEntry } from './seal.ts'

const name = 'shown.json'

/**
 * What stood on the citizen's screen and what was said of it, in order, from the events of the dossier
 * (docs/protocols/shown.schema.json), and how dossier.json describes it. `pictures`: portraits by name in the store, as
 * files of the sealed dossier.
 */
export function shownRecord(events: readonly StoredEvent[], pictures: ReadonlyMap<string, string>) {
  const { showings, answers } = shownIn(events, pictures)
  const bytes = Buffer.from(JSON.stringify({ format: 'quay-can-cuoc/shown/1', showings, answers }, null, 2))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return {
    entry: { name, bytes } satisfies SealEntry,
    described: { file: name, sha256, size: bytes.length, count: showings.length },
  }
}

function shownIn(events: readonly StoredEvent[], pictures: ReadonlyMap<string, string>) {
  const showings = []
  const answers = []
  const last: { page?: number; readonly details: Partial<Record<DetailField, number>> } = { details: {} }
  let state = emptyState
  for (const { n, at, event } of events) {
    if (event.type === 'shown') {
      const { what, language, lines, heard } = event
      showings.push({ event: n, at, what: withFile(what, pictures), language, lines, heard })
      if (what.kind === 'page') last.page = n
      else last.details[what.field] = n
    } else if (event.type === 'answered') {
      const { field, value, answer, by } = event
      const alone = wasShown(state, { field, value }) ? (last.details[field] ?? 0) : 0
      answers.push({
        event: n,
        at,
        kind: 'detail',
        field,
        value,
        answer,
        by,
        ...to(Math.max(alone, pageNow(state, last.page))),
      })
    } else if (event.type === 'pageConfirmed') {
      answers.push({ event: n, at, kind: 'page', by: event.by, ...to(pageNow(state, last.page)) })
    }
    state = next(state, event).state
  }
  return { showings, answers }
}

/** The event that showed the page as it is now; 0 when none did. */
function pageNow(state: DossierState, page = 0): number {
  return wasShown(state, 'page') ? page : 0
}

/** Without a showing the officer read aloud what is confirmed. */
function to(showing: number): { readonly showing?: number } {
  return showing === 0 ? {} : { showing }
}

function withFile(what: ShownThing, pictures: ReadonlyMap<string, string>) {
  if (what.kind === 'detail') return { kind: what.kind, field: what.field, value: what.value }
  const { details, portrait } = what
  const file = portrait === undefined ? undefined : pictures.get(portrait)
  return { kind: what.kind, details, ...(file !== undefined && { portrait: file }) }
}
