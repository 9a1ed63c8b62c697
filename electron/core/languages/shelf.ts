import { join } from 'node:path'
import type { LanguageView } from '#contract/index.ts'
import { asStoreError } from '#core/store/disk-errors.ts'
import { AppError } from '#domain/failure/index.ts'
import { fontFile, loadPacks, makePackFolder, recordingFile, writeFacts } from './at-rest.ts'
import { slots } from './bundled.ts'
import { inspectFont, mostFontBytes } from './font.ts'
import { changed, emptyPack, viewOf, withKey, type Pack } from './pack.ts'
import { readOwnFile } from './read-file.ts'
import { inspectRecording, mostBytes } from './recording.ts'

const mostLanguages = 60

/** The packs of this station as they are now. They are read when they are first asked for. */
export function openShelf({
  home,
  onChange,
}: {
  readonly home: string
  readonly onChange: (all: readonly LanguageView[]) => void
}) {
  let loaded: Map<string, Pack> | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let underWay = 0

  function packs(): Map<string, Pack> {
    return (loaded ??= loadPacks(home))
  }

  function known(id: string): Pack | undefined {
    return packs().get(id) ?? (slots.has(id) ? emptyPack(id) : undefined)
  }

  /** Throws BAD_REQUEST for a language that is not here. */
  function pack(id: string, step: string): Pack {
    const found = known(id)
    if (!found) throw new AppError('BAD_REQUEST', step)
    return found
  }

  function views(): readonly LanguageView[] {
    const ids = [...new Set([...slots.keys(), ...packs().keys()])]
    return ids.map((id) => viewOf(pack(id, 'languages')))
  }

  /** One act of writing after the other. */
  function inTurn<T>(step: string, act: () => Promise<T>): Promise<T> {
    const done = turn.then(act)
    underWay++
    turn = done.catch(() => undefined).finally(() => underWay--)
    return done.catch((error: unknown) => Promise.reject(asStoreError(error, step)))
  }

  /** What was heard and found right is no longer the whole, whatever becomes of the change. */
  async function unreview(id: string, step: string): Promise<Pack> {
    const before = pack(id, step)
    await makePackFolder(join(home, id), step)
    if (!before.reviewed) return before
    const next = changed(before, {})
    await writeFacts(join(home, id), next, step)
    packs().set(id, next)
    return next
  }

  function show(next: Pack): void {
    packs().set(next.id, next)
    onChange(views())
  }

  /** The bytes of a recording that can be played; one that cannot is told no more. */
  async function readRecording(id: string, key: string): Promise<Uint8Array | undefined> {
    if (!known(id)?.recordings.has(key)) return undefined
    const bytes = await readPlayable(recordingFile(home, id, key))
    // Looked at once more in turn: a pack may just have been put in its place.
    if (!bytes) void inTurn('language.sound', () => forgetDamaged(id, key))
    return bytes
  }

  /** The bytes of a font that is one still. */
  async function readFont(id: string, name: string): Promise<Uint8Array | undefined> {
    if (!known(id)?.fonts.includes(name)) return undefined
    try {
      const bytes = await readOwnFile(fontFile(home, id, name), mostFontBytes)
      inspectFont(bytes)
      return bytes
    } catch {
      return undefined
    }
  }

  async function forgetDamaged(id: string, key: string): Promise<void> {
    const before = known(id)
    if (!before?.recordings.has(key) || (await readPlayable(recordingFile(home, id, key)))) return
    show(changed(before, { recordings: withKey(before.recordings, key, undefined) }))
  }

  return {
    known,
    pack,
    views,
    inTurn,
    unreview,
    show,
    readRecording,
    readFont,
    isFull: () => packs().size >= mostLanguages,
    isBusy: () => underWay > 0,
  }
}

async function readPlayable(path: string): Promise<Uint8Array | undefined> {
  try {
    const bytes = await readOwnFile(path, mostBytes)
    inspectRecording(bytes)
    return bytes
  } catch {
    return undefined
  }
}
