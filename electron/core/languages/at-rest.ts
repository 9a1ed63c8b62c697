import { randomBytes } from 'node:crypto'
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { isoDate, isoTime, languageId, text } from '#contract/dossier-schema.ts'
import { makeFolder, sweepTemporaries, syncFolder, writeDurably } from '#core/store/durable-file.ts'
import { isWritten, sentenceKeys } from './bundled.ts'
import { fontNameOf, inspectFont, mostFontBytes, mostFonts } from './font.ts'
import { emptyPack, inSentenceOrder, type Pack, type Recording } from './pack.ts'
import { isPlainText } from './plain-text.ts'
import { inspectRecording, mostBytes } from './recording.ts'

const format = 'quay-can-cuoc/language/1'
const datePart = z.enum(['day', 'month', 'year'])
const packFile = z.object({
  format: z.literal(format),
  name: text.exactOptional(),
  direction: z.enum(['ltr', 'rtl']).exactOptional(),
  date: z.array(datePart).length(3).exactOptional(),
  reviewed: z.object({ by: text, on: isoDate }).exactOptional(),
  from: text.exactOptional(),
  fonts: z.array(z.string()).exactOptional(),
  recordings: z.record(z.string(), z.object({ seconds: z.number().positive(), at: isoTime })),
})

/** A pack that is being taken over, until it is whole. */
export const takingFolder = (home: string) => join(home, '.taking')
/** The one that was there, while another takes its place. */
export const asideOld = (home: string, id: string) => join(home, `.${id}.old`)

export const fontFile = (home: string, id: string, name: string) => join(home, id, 'fonts', `${name}.woff2`)
export const recordingFile = (home: string, id: string, key: string) => join(home, id, 'audio', `${key}.webm`)

/** Packs of this station by id. A file that cannot be read is set aside; the others of its pack stay. */
export function loadPacks(home: string): Map<string, Pack> {
  const packs = new Map<string, Pack>()
  recover(home)
  for (const name of namesIn(home)) {
    if (languageId.safeParse(name).success && isFolder(join(home, name))) packs.set(name, loadPack(home, name))
  }
  return packs
}

/** A taking-over that was cut off never happened. */
function recover(home: string): void {
  rmSync(takingFolder(home), { recursive: true, force: true })
  for (const name of namesIn(home)) {
    const id = /^\.(?<id>.+)\.old$/u.exec(name)?.groups?.['id']
    if (id === undefined || !languageId.safeParse(id).success) continue
    if (isFolder(join(home, id))) rmSync(join(home, name), { recursive: true, force: true })
    else renameSync(join(home, name), join(home, id))
  }
}

function loadPack(home: string, id: string): Pack {
  const folder = join(home, id)
  sweepTemporaries(folder)
  sweepTemporaries(join(folder, 'audio'))
  sweepTemporaries(join(folder, 'fonts'))
  const empty = emptyPack(id)
  const told = packFile.safeParse(readJson(folder, 'pack'))
  const facts = told.success ? told.data : undefined
  const recordings = new Map<string, Recording>()
  for (const name of namesIn(join(folder, 'audio'))) {
    const key = name.replace(/\.webm$/u, '')
    if (!name.endsWith('.webm') || !sentenceKeys.has(key)) continue
    const recording = facts?.recordings[key] ?? lookAt(join(folder, 'audio', name))
    if (recording) recordings.set(key, recording)
  }
  const known = facts?.fonts ?? []
  const fonts = isWritten(id) ? [] : fontsIn(join(folder, 'fonts'), known)
  // A recording that somebody took away was among those that were found right; another font shows other letters.
  const whole =
    Object.keys(facts?.recordings ?? {}).every((key) => recordings.has(key)) && fonts.join(' ') === known.join(' ')
  return {
    ...empty,
    ...(facts?.name !== undefined && { name: facts.name }),
    direction: facts?.direction ?? empty.direction,
    date: facts?.date ?? empty.date,
    ...(facts?.reviewed && whole && { reviewed: facts.reviewed }),
    ...(facts?.from !== undefined && { from: facts.from }),
    texts: new Map(textsIn(readJson(folder, 'texts'))),
    recordings,
    fonts,
  }
}

/** Those that a person put there are looked into; those of pack.json were, and are again when they are given out. */
function fontsIn(folder: string, known: readonly string[]): readonly string[] {
  const names = namesIn(folder).flatMap((file) => {
    const name = fontNameOf(file)
    return name !== undefined && (known.includes(name) || isFont(join(folder, file))) ? [name] : []
  })
  return names.toSorted().slice(0, mostFonts)
}

function isFont(path: string): boolean {
  try {
    const stats = lstatSync(path)
    if (!stats.isFile() || stats.size > mostFontBytes) return false
    inspectFont(readFileSync(path))
    return true
  } catch {
    return false
  }
}

/** What pack.json does not tell: it was damaged, or the program was killed before it was written. */
function lookAt(path: string): Recording | undefined {
  try {
    const { size, mtime } = statSync(path)
    if (size > mostBytes) return undefined
    return { seconds: inspectRecording(readFileSync(path)).seconds, at: mtime.toISOString() }
  } catch {
    return undefined
  }
}

function textsIn(value: unknown): readonly [string, string][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]): [string, string][] =>
    sentenceKeys.has(key) && typeof each === 'string' && isPlainText(each) ? [[key, each]] : [],
  )
}

export function readMissed(home: string, id: string): ReadonlyMap<string, number> {
  const value = readJson(join(home, id), 'missed')
  if (typeof value !== 'object' || value === null) return new Map()
  return new Map(
    Object.entries(value).filter(([key, count]) => sentenceKeys.has(key) && Number.isSafeInteger(count) && count > 0),
  )
}

/** One that is no JSON keeps its content under another name: the next write must not destroy what may be mended. */
function readJson(folder: string, name: string): unknown {
  const path = join(folder, `${name}.json`)
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) renameSync(path, join(folder, `${name}.unreadable.json`))
    return undefined
  }
}

export async function makePackFolder(folder: string, step: string): Promise<void> {
  await makeFolder(folder, step)
  await makeFolder(join(folder, 'audio'), step)
}

/** pack.json. Durable when it resolves, like all writing here. Throws DISK_FULL, STORE_DAMAGED. */
export async function writeFacts(folder: string, pack: Pack, step: string): Promise<void> {
  const { name, direction, date, reviewed, from, fonts } = pack
  const recordings = Object.fromEntries(inSentenceOrder(pack.recordings))
  await writeJson(folder, 'pack', { format, name, direction, date, reviewed, from, fonts, recordings }, step)
}

export async function writeTexts(folder: string, pack: Pack, step: string): Promise<void> {
  await writeJson(folder, 'texts', Object.fromEntries(inSentenceOrder(pack.texts)), step)
}

export async function writeMissed(folder: string, missed: ReadonlyMap<string, number>, step: string): Promise<void> {
  await writeJson(folder, 'missed', Object.fromEntries(inSentenceOrder(missed)), step)
}

/** For the end of the program, which waits for nobody. Wholly or not at all, but a power cut may take it back. */
export function writeMissedAtOnce(folder: string, missed: ReadonlyMap<string, number>): void {
  mkdirSync(join(folder, 'audio'), { recursive: true, mode: 0o700 })
  const draft = join(folder, `missed.json.${randomBytes(6).toString('hex')}.tmp`)
  try {
    writeFileSync(draft, json(Object.fromEntries(inSentenceOrder(missed))), { mode: 0o600, flush: true, flag: 'wx' })
    renameSync(draft, join(folder, 'missed.json'))
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

async function writeJson(folder: string, name: string, value: unknown, step: string): Promise<void> {
  await writeDurably(join(folder, `${name}.json`), [json(value)], step)
}

const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`)

export async function dropFile(path: string): Promise<void> {
  await rm(path, { force: true })
  await syncFolder(join(path, '..'))
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

export function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory()
  } catch {
    return false
  }
}
