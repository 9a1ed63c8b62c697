import { shownRecord } from '#core/seal/shown.ts'
import type { StoredEvent } from '#core/store/index.ts'
import type { DossierEvent } from '#domain/enrolment/index.ts'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  answers,
  asked,
  eventsUntil,
  mother,
  pageConfirmed,
  person,
  samples,
  shownDetail,
  shownPage,
} from '../../enrolment/dossiers.ts'

type Told = {
  readonly showings: readonly { readonly event: number; readonly at: string; readonly what: object }[]
  readonly answers: readonly { readonly event: number; readonly by: string; readonly showing?: number }[]
}

/** As the store gives them; chain and clock are of no importance here. */
function stored(events: readonly DossierEvent[]): StoredEvent[] {
  return events.map((event, index) => ({
    n: index + 1,
    at: new Date(Date.UTC(2026, 10, 12, 1, 0, index)).toISOString(),
    event,
    previousHash: '',
    hash: '',
  }))
}

function tell(...events: readonly DossierEvent[]) {
  const { entry, described } = shownRecord(stored(events), new Map([['portrait', 'images/portrait-1.png']]))
  const told = JSON.parse(Buffer.from(entry.bytes).toString('utf8')) as Told
  return { entry, described, ...told }
}

const atCheck = eventsUntil('check')
const next = atCheck.length + 1

describe('what was shown', () => {
  it('is one file, described by its hash, size and number of showings', () => {
    const { entry, described, showings } = tell(...eventsUntil('signed'))
    expect(described).toEqual({
      file: 'shown.json',
      sha256: createHash('sha256').update(entry.bytes).digest('hex'),
      size: entry.bytes.length,
      count: 10,
    })
    expect(showings).toHaveLength(10)
  })

  it('has the time of every showing, and the picture as a file of the sealed dossier', () => {
    const { showings } = tell(...atCheck, samples.shown, ...answers(), shownPage())
    expect(showings[0]).toEqual({
      event: next,
      at: new Date(Date.UTC(2026, 10, 12, 1, 0, next - 1)).toISOString(),
      what: { kind: 'detail', field: 'fullName', value: 'Lò Thị Mẫu' },
      language: 'vi',
      lines: ['Chị xem giúp.'],
      heard: 'voice',
    })
    expect(showings.at(-1)?.what).toMatchObject({ kind: 'page', portrait: 'images/portrait-1.png' })
  })

  it('is nothing where the officer read everything aloud', () => {
    const { answers: given } = answers(person, 'officer').reduce(
      (told, event) => ({ answers: event.type === 'shown' ? told.answers : [...told.answers, event] }),
      { answers: [] as DossierEvent[] },
    )
    const told = tell(...atCheck, ...given, pageConfirmed('officer'))
    expect(told.showings).toEqual([])
    expect(told.described.count).toBe(0)
    expect(told.answers).toHaveLength(10)
    for (const answer of told.answers) expect(answer).not.toHaveProperty('showing')
  })
})

describe('an answer', () => {
  it('belongs to the last showing of that value', () => {
    const { answers: given } = tell(
      ...atCheck,
      samples.shown,
      shownDetail('sex', 'Nữ'),
      samples.shown,
      samples.answered,
      { ...samples.answered, by: 'officer' },
    )
    expect(given).toMatchObject([
      { by: 'citizen', showing: next + 2 },
      { by: 'officer', showing: next + 2 },
    ])
  })

  it('to a line of the page belongs to the page', () => {
    const before = eventsUntil('answers').length
    const { answers: given } = tell(...eventsUntil('answers'), shownPage(), { ...samples.answered, answer: 'wrong' })
    expect(given.at(-1)).toMatchObject({ answer: 'wrong', showing: before + 1 })
  })

  it('of the officer belongs to no showing of another value, portrait or person', () => {
    const corrected = { ...person, origin: 'Thôm Mòn' }
    const correction: DossierEvent[] = [
      { type: 'declared', field: 'origin', value: 'Thôm Mòn' },
      { type: 'chosen', field: 'origin', source: 'declared' },
      { type: 'compared' },
    ]
    const [, answer] = asked('origin', 'right', corrected, 'officer')
    const last = (...events: DossierEvent[]) => tell(...eventsUntil('answers'), ...events).answers.at(-1)
    expect(last(shownPage(), ...correction, answer!)).not.toHaveProperty('showing')
    expect(last(shownPage(), samples.portraitTaken, pageConfirmed('officer'))).not.toHaveProperty('showing')
    const named: DossierEvent = { type: 'representativeNamed', representative: mother }
    expect(last(shownPage(), named, { ...samples.answered, by: 'officer' })).not.toHaveProperty('showing')
  })
})
