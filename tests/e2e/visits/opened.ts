import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSealed } from '#build/receiver/index.ts'
import type { DossierEvent, Showing, ShownThing } from '#domain/enrolment/index.ts'
import { expect, type Desk } from '../fixture.ts'

type Told = { readonly event: number; readonly at: string }
type Answered = Told & {
  readonly kind: 'detail' | 'page'
  readonly field?: string
  readonly value?: string
  readonly answer?: string
  readonly by: string
  readonly showing?: number
}

/** shown.json of a sealed dossier: docs/protocols/shown.schema.json. */
export type ShownRecord = {
  readonly showings: readonly (Told & Showing & { readonly what: ShownThing })[]
  readonly answers: readonly Answered[]
}

export type Opened = {
  /** dossier.json. */
  readonly dossier: {
    readonly number: string
    readonly person: Readonly<Record<string, { readonly value: string }>>
    readonly shown: { readonly file: string; readonly sha256: string; readonly count: number }
    readonly [other: string]: unknown
  }
  readonly shown: ShownRecord
  readonly events: readonly DossierEvent[]
  /** Bytes of a file that dossier.json names. */
  readonly read: (file: string) => Buffer
}

/** The officer seals, exports and ends the visit; the receiving centre opens the file with OpenSSL and its own script. */
export async function sealAndOpen(desk: Desk, officer = desk.officer()): Promise<Opened> {
  const number = await officer.seals()
  await officer.exportsTo(join(desk.folder, 'usb'))
  await officer.endsVisit()
  const file = join(desk.folder, 'usb', `${number}.p7m`)
  return readOpened(openSealed({ file, ...desk.receiver, outFolder: join(desk.folder, 'opened') }).contentFolder)
}

/** Checks that shown.json is the one that dossier.json vouches for. */
export function readOpened(content: string): Opened {
  const read = (file: string) => readFileSync(join(content, file))
  const dossier = JSON.parse(read('dossier.json').toString()) as Opened['dossier']
  const bytes = read(dossier.shown.file)
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(dossier.shown.sha256)
  const events = read('events.jsonl')
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { event: DossierEvent }).event)
  return { dossier, shown: JSON.parse(bytes.toString()) as ShownRecord, events, read }
}

/** The answer to a field and what stood on the screen for it. */
export function lastAnswer({ showings, answers }: ShownRecord, field: string) {
  const answer = answers.findLast((each) => each.field === field)
  const showing = showings.find(({ event }) => event === answer?.showing)
  return { answer, showing }
}
