import { createHash } from 'node:crypto'
import type { Stats } from 'node:fs'
import { lstat, opendir } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import type { PackFound } from '#contract/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { sentenceKeys } from './bundled.ts'
import { inspectFont } from './font.ts'
import {
  fontOf,
  keyOf,
  limits,
  malformed,
  packFiles,
  readManifest,
  readTexts,
  tooLarge,
  type Manifest,
} from './manifest.ts'
import { readOwnFile, TooLarge } from './read-file.ts'
import { inspectRecording } from './recording.ts'
import { mostSignatureBytes, verifyManifest, type Signer } from './signature.ts'

export type FoundRecording = {
  readonly file: string
  readonly seconds: number
  readonly sha256: string
  readonly at: string
}

/** A pack of which everything was read and found right. */
export type FoundPack = {
  /** The pack itself, where a folder above it was named. */
  readonly folder: string
  readonly manifest: Manifest
  readonly manifestSha256: string
  readonly signer: Signer
  readonly texts: ReadonlyMap<string, string>
  readonly recordings: ReadonlyMap<string, FoundRecording>
  /** In alphabetical order. */
  readonly fonts: readonly string[]
}

export function viewOfFound(
  { manifest, signer, texts, recordings, fonts }: FoundPack,
  replaces: number,
  known: boolean,
): PackFound {
  const { name, code, fingerprint } = signer
  return {
    id: manifest.language.id,
    name: manifest.language.name,
    station: { name, code },
    fingerprint,
    known,
    texts: texts.size,
    recordings: recordings.size,
    sentences: sentenceKeys.size,
    ...(fonts.length > 0 && { fonts: fonts.length }),
    ...(manifest.reviewed && { reviewed: manifest.reviewed }),
    replaces,
  }
}

/** `file` is `audio/<key>.webm` or `fonts/<name>.woff2`. */
type SeeFile = (file: string, bytes: Uint8Array) => void | Promise<void>

/**
 * Reads a pack, or the only one right below `folder`, as if an enemy had made it: names and sizes first, then the
 * signature, then what is signed. `see` gets each recording and font once it is found right.
 * Throws PACK_MALFORMED, PACK_TOO_LARGE, PACK_SIGNATURE, and what `see` throws.
 */
export async function readPack(folder: string, see: SeeFile = () => {}): Promise<FoundPack> {
  const home = await findPack(folder)
  const sizes = await listPack(home)
  if (!sizes.has(packFiles.signature)) throw unsigned('missing')
  const manifestBytes = await read(home, packFiles.manifest, limits.manifest)
  const signer = verifyManifest(manifestBytes, await read(home, packFiles.signature, mostSignatureBytes))
  const manifest = readManifest(manifestBytes)
  const { name, code } = manifest.station
  if (name !== signer.name || code !== signer.code) throw unsigned('station')
  compareNames(manifest, sizes)

  let texts: ReadonlyMap<string, string> = new Map()
  const recordings = new Map<string, FoundRecording>()
  const fonts: string[] = []
  for (const { file, size, sha256, at } of manifest.files) {
    const key = keyOf(file)
    const font = fontOf(file)
    const most = key !== undefined ? limits.recording : font !== undefined ? limits.font : limits.texts
    const bytes = await read(home, file, most)
    if (bytes.length !== size || createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw unsigned('hash', key)
    if (font !== undefined) {
      mustBeFont(bytes)
      fonts.push(font)
      await see(file, bytes)
    } else if (key === undefined) texts = readTexts(bytes, manifest.language.id)
    else {
      recordings.set(key, { file, sha256, seconds: secondsOf(bytes, key), at: at ?? manifest.created })
      await see(file, bytes)
    }
  }
  const manifestSha256 = createHash('sha256').update(manifestBytes).digest('hex')
  return { folder: home, manifest, manifestSha256, signer, texts, recordings, fonts: fonts.toSorted() }
}

async function findPack(folder: string): Promise<string> {
  if (!isAbsolute(folder)) throw malformed('none')
  if (await isPack(folder)) return folder
  const found: string[] = []
  let seen = 0
  try {
    for await (const { name } of await opendir(folder)) {
      if (++seen > limits.files) break
      if ((await look(join(folder, name)))?.isDirectory() && (await isPack(join(folder, name)))) found.push(name)
    }
  } catch {
    throw malformed('none')
  }
  const [only, ...more] = found
  if (only === undefined) throw malformed('none')
  if (more.length > 0) throw malformed('several')
  return join(folder, only)
}

const isPack = async (folder: string) => (await look(join(folder, packFiles.manifest))) !== undefined
const look = (path: string): Promise<Stats | undefined> => lstat(path).catch(() => undefined)

/** Every file by its name in the pack. Only what may be in a pack, and nothing of it larger than it may be. */
async function listPack(home: string): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>()
  let total = 0
  const add = (name: string, stats: Stats, most: number) => {
    if (!stats.isFile()) throw malformed('not-a-file')
    if (stats.size > most)
      throw tooLarge(keyOf(name) !== undefined ? 'recording' : fontOf(name) !== undefined ? 'font' : name)
    total += stats.size
    if (total > limits.total) throw tooLarge('total')
    sizes.set(name, stats.size)
  }
  for (const { name, stats } of await entriesOf(home)) {
    if (name === packFiles.manifest) add(name, stats, limits.manifest)
    else if (name === packFiles.signature) add(name, stats, mostSignatureBytes)
    else if (name === packFiles.texts) add(name, stats, limits.texts)
    else if ((name !== packFiles.audio && name !== packFiles.fonts) || !stats.isDirectory())
      throw malformed('unknown-file')
    else {
      for (const each of await entriesOf(join(home, name))) {
        const file = `${name}/${each.name}`
        if (keyOf(file) === undefined && fontOf(file) === undefined) throw malformed('unknown-file')
        add(file, each.stats, name === packFiles.audio ? limits.recording : limits.font)
      }
    }
  }
  return sizes
}

async function entriesOf(folder: string): Promise<readonly { readonly name: string; readonly stats: Stats }[]> {
  const entries: { name: string; stats: Stats }[] = []
  try {
    for await (const { name } of await opendir(folder)) {
      if (entries.length >= limits.files) throw tooLarge('files')
      entries.push({ name, stats: await lstat(join(folder, name)) })
    }
  } catch (error) {
    throw error instanceof AppError ? error : malformed('unreadable')
  }
  return entries
}

/** What is signed is there, and nothing else is. */
function compareNames({ files }: Manifest, sizes: ReadonlyMap<string, number>): void {
  for (const { file } of files) if (!sizes.has(file)) throw malformed('missing-file', keyOf(file))
  const signed = new Set([packFiles.manifest, packFiles.signature, ...files.map(({ file }) => file)])
  for (const name of sizes.keys()) if (!signed.has(name)) throw malformed('unsigned-file', keyOf(name))
}

async function read(home: string, file: string, most: number): Promise<Uint8Array> {
  try {
    return await readOwnFile(join(home, file), most)
  } catch (error) {
    throw error instanceof TooLarge
      ? tooLarge(fontOf(file) === undefined ? file : 'font')
      : malformed('unreadable', keyOf(file))
  }
}

function mustBeFont(bytes: Uint8Array): void {
  try {
    inspectFont(bytes)
  } catch {
    throw malformed('font')
  }
}

function secondsOf(bytes: Uint8Array, key: string): number {
  try {
    return inspectRecording(bytes).seconds
  } catch {
    throw malformed('recording', key)
  }
}

function unsigned(reason: string, key = ''): AppError {
  return new AppError('PACK_SIGNATURE', 'language.pack', { context: { reason, ...(key !== '' && { key }) } })
}
