import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Store } from '#core/store/index.ts'
import { storeIn, temporaryFolder } from '../../unit/core/store/fixtures.ts'
import { killWriter } from './killed.ts'
import type { Acknowledged } from './writer.ts'

/** Everything that was acknowledged is there, and what is there is whole. */
async function expectKept(folder: string, store: Store, facts: readonly Acknowledged[]): Promise<void> {
  const events = new Map(store.dossiers().map(({ id }) => [id, store.events(id)]))
  for (const fact of facts) {
    switch (fact.kind) {
      case 'event':
        expect(events.get(fact.id)?.[fact.n - 1]?.hash).toBe(fact.hash)
        break
      case 'draft':
        expect(Number(store.drafts(fact.id)['fullName'])).toBeGreaterThanOrEqual(fact.count)
        break
      case 'blob':
        expect(
          createHash('sha256')
            .update(await store.getBlob(fact))
            .digest('hex'),
        ).toBe(fact.sha256)
        break
      case 'sealed':
        expect(
          createHash('sha256')
            .update(readFileSync(join(folder, fact.file)))
            .digest('hex'),
        ).toBe(fact.sha256)
        break
      case 'full':
        break
    }
  }
  // No event refers to a capture or a sealed file that is not there, acknowledged or not.
  for (const stored of events.values()) {
    for (const { event } of stored) {
      if (event.type === 'portraitTaken') await store.getBlob(event.picture)
      if (event.type === 'sealed') expect(existsSync(join(folder, event.file))).toBe(true)
    }
  }
  store.verifyAudit()
  expect(
    store
      .outbox()
      .map(({ dossier }) => dossier)
      .toSorted(),
  ).toEqual(
    store
      .dossiers({ status: ['sealed'] })
      .map(({ id }) => id)
      .toSorted(),
  )
  const left = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tmp'))
  expect(left).toEqual([])
}

test('a process killed at ten moments of its work loses nothing that the store had acknowledged', async () => {
  const folder = temporaryFolder()
  const facts: Acknowledged[] = []
  for (const moment of [1, 2, 5, 9, 14, 23, 31, 40, 52, 61]) {
    facts.push(...(await killWriter(folder, ['endless', String(moment)], (count) => count >= moment)))
    const store = storeIn(folder)
    await expectKept(folder, store, facts)
    store.close()
  }
  expect(facts.length).toBeGreaterThanOrEqual(238)
  const numbers = facts.flatMap((fact) => (fact.kind === 'event' && fact.number !== undefined ? [fact.number] : []))
  expect(new Set(numbers).size).toBe(numbers.length)
  expect(numbers).not.toContain(storeIn(folder).nextDossierNumber('SL-0312'))
})

test('a process killed right after each acknowledgement of a visit has stored exactly the acts up to it', async () => {
  const folder = temporaryFolder()
  const perVisit = 8
  for (let stopAt = 1; stopAt <= perVisit; stopAt++) {
    const facts = await killWriter(folder, ['stop-at', String(stopAt)], () => false)
    expect(facts).toHaveLength(stopAt)
    const store = storeIn(folder)
    await expectKept(folder, store, facts)
    const [newest] = store.dossiers()
    const told = facts.filter(({ kind }) => kind === 'event').length
    expect(store.events(newest?.id ?? '')).toHaveLength(told)
    store.close()
  }
})

test('a second program is refused while the first is at work, and let in at once when the first was killed', async () => {
  const folder = temporaryFolder()
  let refused: unknown
  await killWriter(folder, ['full'], () => {
    try {
      storeIn(folder)
    } catch (error) {
      refused = error
    }
    return true
  })
  expect(refused).toMatchObject({ code: 'STORE_IN_USE' })
  expect(storeIn(folder).dossiers()).toHaveLength(1)
})
