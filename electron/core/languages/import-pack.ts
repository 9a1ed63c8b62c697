import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { asStoreError } from '#core/store/disk-errors.ts'
import { makeFolder, syncFolder, writeDurably } from '#core/store/durable-file.ts'
import { AppError } from '#domain/failure/index.ts'
import { asideOld, isFolder, makePackFolder, takingFolder, writeFacts, writeMissed, writeTexts } from './at-rest.ts'
import { isWritten, slots } from './bundled.ts'
import { fontOf, packFiles } from './manifest.ts'
import { readPack, type FoundPack } from './pack-source.ts'
import type { Pack, Recording } from './pack.ts'

const step = 'language.import'

/**
 * Takes a pack over, wholly or not at all: it is gathered aside, together with what this station has and the pack
 * lacks, and put in place by renaming. Gives the pack as it is now.
 * Throws PACK_MALFORMED, PACK_TOO_LARGE, PACK_SIGNATURE, DISK_FULL, STORE_DAMAGED.
 */
export async function importPack(options: {
  readonly home: string
  readonly folder: string
  /** Throws when this is not the pack that the officer was shown, or there is no room for it. */
  readonly expect: (found: FoundPack) => void
  /** What this station has of the language. */
  readonly own: (id: string) => Pack
  readonly recording: (id: string, key: string) => Promise<Uint8Array | undefined>
  readonly font: (id: string, name: string) => Promise<Uint8Array | undefined>
  readonly missed: (id: string) => ReadonlyMap<string, number>
  readonly isOurs: (found: FoundPack) => boolean
  /** The last chance to refuse: from here on the pack is there. */
  readonly record: (found: FoundPack) => void
}): Promise<{ readonly pack: Pack; readonly found: FoundPack }> {
  const { home, folder, expect, own, recording, font, missed, isOurs, record } = options
  const taking = takingFolder(home)
  const put = async (file: string, bytes: Uint8Array) => {
    if (fontOf(file) !== undefined) await makeFolder(join(taking, packFiles.fonts), step)
    await writeDurably(join(taking, file), [bytes], step)
  }
  try {
    await makeFolder(home, step)
    await rm(taking, { recursive: true, force: true })
    await makePackFolder(taking, step)
    const found = await readPack(folder, put)
    expect(found)
    const { id } = found.manifest.language
    const mine = own(id)
    const kept = new Map<string, Recording>()
    for (const [key, each] of mine.recordings) {
      if (found.recordings.has(key)) continue
      const bytes = await recording(id, key)
      if (!bytes) continue
      await put(`${packFiles.audio}/${key}.webm`, bytes)
      kept.set(key, each)
    }
    const keptFonts: string[] = []
    // A pack that brings fonts brings all that its texts need: a mixture would be nobody's.
    for (const name of found.fonts.length > 0 ? [] : mine.fonts) {
      const bytes = await font(id, name)
      if (!bytes) continue
      await put(`${packFiles.fonts}/${name}.woff2`, bytes)
      keptFonts.push(name)
    }
    const pack = merged(found, mine, kept, keptFonts, isOurs(found))
    const still = new Map([...missed(id)].filter(([key]) => !found.recordings.has(key)))
    await writeTexts(taking, pack, step)
    await writeMissed(taking, still, step)
    await writeFacts(taking, pack, step)
    record(found)
    await putInPlace(home, id)
    return { pack, found }
  } catch (error) {
    await rm(taking, { recursive: true, force: true }).catch(() => undefined)
    throw asStoreError(error, step)
  }
}

function merged(
  { manifest, signer, ...found }: FoundPack,
  mine: Pack,
  kept: Pack['recordings'],
  keptFonts: Pack['fonts'],
  ours: boolean,
): Pack {
  const { id, name, direction, date } = manifest.language
  const keptTexts = [...mine.texts].filter(([key]) => !found.texts.has(key))
  const taken = [...found.recordings].map(([key, { seconds, at }]) => [key, { seconds, at }] as const)
  const whole = keptTexts.length + kept.size + keptFonts.length === 0
  return {
    id,
    ...(!isWritten(id) && { name }),
    direction: slots.get(id)?.direction ?? direction,
    date: isWritten(id) ? mine.date : date,
    // Nobody over there heard what was recorded here.
    ...(manifest.reviewed && whole && { reviewed: manifest.reviewed }),
    ...(!ours && { from: signer.name }),
    texts: new Map([...keptTexts, ...found.texts]),
    recordings: new Map([...kept, ...taken]),
    fonts: found.fonts.length > 0 ? found.fonts : keptFonts,
  }
}

/** A kill between the two renames is mended by the next start (at-rest.ts). */
async function putInPlace(home: string, id: string): Promise<void> {
  const there = join(home, id)
  const old = asideOld(home, id)
  if (isFolder(there)) await rename(there, old)
  try {
    await rename(takingFolder(home), there)
  } catch (error) {
    if (isFolder(old)) await rename(old, there)
    throw error
  }
  await syncFolder(home)
  await rm(old, { recursive: true, force: true }).catch(() => undefined)
}

/** Throws PACK_SIGNATURE. */
export function refuseChanged(): never {
  throw new AppError('PACK_SIGNATURE', step, { context: { reason: 'changed' } })
}
