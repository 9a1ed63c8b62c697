import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PrintedCard } from '#native/sim/stage/index.ts'
import type { Witnessed } from './routine.ts'

type Opened = {
  readonly number: string
  readonly person: Readonly<Record<string, { readonly value: string }>>
  readonly answers: Readonly<Record<string, { readonly answer: string; readonly by: string }>>
  readonly fingers: readonly {
    readonly impression: string
    readonly step: string
    readonly tries: readonly { readonly fingers: readonly { readonly position: string }[] }[]
  }[]
}

/**
 * What of the opened content is not what was captured; empty when all is equal. Compares `content/dossier.json` and the
 * images with what stood on the screens during the visit and with the card that was on the reader.
 */
export function differences(content: string, witnessed: Witnessed, card: PrintedCard): readonly string[] {
  const dossier = JSON.parse(readFileSync(join(content, 'dossier.json'), 'utf8')) as Opened
  const found: string[] = []
  const expect = (what: string, is: string | undefined, wanted: string) => {
    if (is !== wanted) found.push(what)
  }
  expect('number of the dossier', dossier.number, witnessed.dossier)
  for (const [field, shown] of Object.entries(witnessed.confirmed)) {
    const sealed = dossier.person[field]?.value
    // On the screen the number is grouped for reading.
    expect(`person.${field}`, sealed?.replaceAll(' ', ''), shown.replaceAll(' ', ''))
    expect(`answers.${field}`, dossier.answers[field]?.answer, 'right')
    expect(`answers.${field}.by`, dossier.answers[field]?.by, 'citizen')
  }
  if (Object.keys(witnessed.confirmed).length < 6) found.push('fewer than six details were confirmed')
  expect('person.personalNumber against the card', dossier.person['personalNumber']?.value, card.person.personalNumber)
  expect('person.fullName against the card', dossier.person['fullName']?.value, card.person.fullName.normalize('NFC'))
  for (const impression of ['flat', 'rolled']) {
    const own = dossier.fingers.filter((capture) => capture.impression === impression)
    const positions = new Set(
      own.flatMap(({ tries }) => tries.flatMap(({ fingers }) => fingers.map(({ position }) => position))),
    )
    if (positions.size !== 10) found.push(`${positions.size} ${impression} fingers instead of ten`)
  }
  const sealed = new Set(hashes(content))
  const missing = witnessed.pictures.filter((hash) => !sealed.has(hash))
  if (missing.length > 0) found.push(`${missing.length} pictures that were on the screen`)
  // Chip portrait, portrait, two papers, three slaps: seen by the officer, so they must be there.
  if (witnessed.pictures.length < 7) found.push(`only ${witnessed.pictures.length} pictures were seen on the way`)
  return found
}

function hashes(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.map((file) =>
    createHash('sha256')
      .update(readFileSync(join(file.parentPath, file.name)))
      .digest('hex'),
  )
}
