import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder, writeDurably } from '#core/store/durable-file.ts'
import { AppError } from '#domain/failure/index.ts'
import {
  placeCandidates,
  readPlaceTable,
  readPlaceTableInSlices,
  type PlaceCandidates,
  type PlaceTable,
} from '#domain/places/index.ts'

/** A table that the technician brought; it stands in place of the one that comes with the program. */
const ownTable = 'places.tsv'
/** Bytes; ours has half of one. */
const largestTable = 8 * 1024 * 1024

export type Places = { find(address: string, day: string): Promise<PlaceCandidates> }

/** Answers with the station's own table, or the one that comes with the program. It is read when it is first asked for. */
export function placesOf(dataFolder: string): Places {
  let reading: Promise<PlaceTable> | undefined
  return {
    async find(address, day) {
      reading ??= readOwnOrOurs(dataFolder)
      return placeCandidates(address, day, await reading)
    },
  }
}

/** Checks a table and takes it for this station. Throws FIELD_FORMAT (`context.line`). */
export async function importPlaces(file: string, dataFolder: string): Promise<PlaceTable['size']> {
  if ((await stat(file)).size > largestTable) throw tooLarge()
  const text = await readFile(file, 'utf8')
  const { size } = readPlaceTable(text)
  await makeFolder(dataFolder, 'places.import')
  await writeDurably(join(dataFolder, ownTable), [new TextEncoder().encode(text)], 'places.import')
  return size
}

async function readOwnOrOurs(dataFolder: string): Promise<PlaceTable> {
  try {
    const own = join(dataFolder, ownTable)
    if ((await stat(own)).size <= largestTable) return await readInSlices(await readFile(own, 'utf8'))
  } catch {
    // None, or one that somebody changed since it was checked: ours is better than none.
  }
  const { default: ours } = await import('#resources/places/communes-2025.json', { with: { type: 'json' } })
  return readInSlices(ours.table.join('\n'))
}

async function readInSlices(table: string): Promise<PlaceTable> {
  const slices = readPlaceTableInSlices(table)
  for (;;) {
    const { done, value } = slices.next()
    if (done) return value
    // Calls of the windows come first.
    await new Promise((resolve) => setImmediate(resolve))
  }
}

function tooLarge(): AppError {
  return new AppError('FIELD_FORMAT', 'places.table', { context: { what: 'size' } })
}
