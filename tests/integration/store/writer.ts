import { writeSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { openStore } from '#core/store/index.ts'
import { writeSealed } from '#core/outbox/index.ts'
import { byOfficer, imageBytes, key, opened, storeFullDossier } from '../../unit/core/store/full-dossier.ts'

/**
 * A child process that writes and says on its standard output what the store has acknowledged, one JSON per line.
 * `writer.ts FOLDER endless SEED` goes on until it is killed; `writer.ts FOLDER full` stores one whole dossier and stays;
 * `writer.ts FOLDER stop-at N` kills itself right after the N-th acknowledgement.
 */
export type Acknowledged =
  | { readonly kind: 'event'; readonly id: string; readonly n: number; readonly hash: string; readonly number?: string }
  | { readonly kind: 'draft'; readonly id: string; readonly count: number }
  | { readonly kind: 'blob'; readonly name: string; readonly sha256: string }
  | { readonly kind: 'sealed'; readonly file: string; readonly sha256: string }
  | { readonly kind: 'full' }

const [folder = '', mode, argument = ''] = process.argv.slice(2)
const stopAt = mode === 'stop-at' ? Number(argument) : Number.POSITIVE_INFINITY
let said = 0

function acknowledge(fact: Acknowledged): void {
  writeSync(1, `${JSON.stringify(fact)}\n`)
  said++
  if (said === stopAt) process.kill(process.pid, 'SIGKILL')
}

const store = openStore({ folder, key, clock: () => new Date() })

async function visit(name: string): Promise<void> {
  const opening = opened(store)
  const first = store.createDossier(name, opening, byOfficer)
  acknowledge({ kind: 'event', id: name, n: first.n, hash: first.hash, number: opening.number })
  for (let count = 1; count <= 3; count++) {
    store.setDraft(name, 'fullName', String(count))
    acknowledge({ kind: 'draft', id: name, count })
  }
  const portrait = await store.putBlob(imageBytes(name, 40_000), 'image/png')
  acknowledge({ kind: 'blob', name: portrait.name, sha256: portrait.sha256 })
  const picture = { ...portrait, width: 1, height: 1 }
  const taken = store.append(name, { type: 'portraitTaken', picture }, 'open', byOfficer)
  acknowledge({ kind: 'event', id: name, n: taken.n, hash: taken.hash })
  const sealed = await writeSealed({ folder, number: opening.number, bytes: imageBytes(`sealed ${name}`, 30_000) })
  const done = store.append(name, { type: 'sealed', attempt: 'a', ...sealed }, 'sealed', byOfficer, sealed)
  acknowledge({ kind: 'event', id: name, n: done.n, hash: done.hash })
  acknowledge({ kind: 'sealed', file: sealed.file, sha256: sealed.sha256 })
}

if (mode === 'full') {
  await storeFullDossier(store)
  acknowledge({ kind: 'full' })
  setInterval(() => undefined, 1000)
} else {
  const run = createHash('sha256').update(`${process.pid} ${Date.now()} ${argument}`).digest('hex').slice(0, 12)
  for (let count = 0; ; count++) await visit(`${run}-${count}`)
}
