import { z } from 'zod'
import { isoDate, isoTime, languageId } from '#contract/dossier-schema.ts'
import { AppError } from '#domain/failure/index.ts'
import { isWritten, sentenceKeys } from './bundled.ts'
import { fontNameOf, mostFontBytes, mostFonts } from './font.ts'
import { isPlainText } from './plain-text.ts'
import { mostBytes } from './recording.ts'

export const packFormat = 'quay-can-cuoc/language-pack/1'
export const packFiles = {
  manifest: 'manifest.json',
  signature: 'manifest.p7s',
  texts: 'texts.json',
  audio: 'audio',
  fonts: 'fonts',
}

/** Bytes, but for the last. */
export const limits = {
  manifest: 1024 * 1024,
  texts: 1024 * 1024,
  recording: mostBytes,
  font: mostFontBytes,
  total: 200 * 1024 * 1024,
  files: 2000,
  fonts: mostFonts,
}

const plainText = z.string().refine(isPlainText)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/u)
const file = z.strictObject({
  file: z.string().max(120),
  size: z.int().nonnegative(),
  sha256,
  /** When a recording was made. */
  at: isoTime.exactOptional(),
})
const manifestShape = z.strictObject({
  format: z.literal(packFormat),
  language: z.strictObject({
    id: languageId,
    name: plainText,
    direction: z.enum(['ltr', 'rtl']),
    date: z.array(z.enum(['day', 'month', 'year'])).length(3),
  }),
  station: z.strictObject({ name: plainText, code: plainText }),
  created: z.iso.datetime(),
  reviewed: z.strictObject({ by: plainText, on: isoDate }).exactOptional(),
  files: z.array(file).max(limits.files),
})
export type Manifest = z.infer<typeof manifestShape>
export type ManifestFile = Manifest['files'][number]

/** Throws PACK_MALFORMED, PACK_TOO_LARGE. */
export function readManifest(bytes: Uint8Array): Manifest {
  const found = manifestShape.safeParse(json(bytes, 'manifest'))
  if (!found.success) throw malformed('manifest', found.error.issues[0]?.path.join('.').slice(0, 80) ?? '')
  const { files, language } = found.data
  if (new Set(language.date).size !== 3) throw malformed('manifest', 'language.date')
  const names = new Set(files.map(({ file: name }) => name))
  if (names.size !== files.length || !names.has(packFiles.texts)) throw malformed('manifest', 'files')
  for (const { file: name, at } of files) {
    if (name === packFiles.texts) continue
    const font = fontOf(name)
    if (keyOf(name) === undefined && font === undefined) throw malformed('path')
    if (font !== undefined && isWritten(language.id)) throw malformed('fonts-of-program')
    if (font !== undefined && at !== undefined) throw malformed('manifest', 'files.at')
    if (at !== undefined && Number.isNaN(Date.parse(at))) throw malformed('manifest', 'files.at')
  }
  if ([...names].filter((name) => fontOf(name) !== undefined).length > limits.fonts) throw tooLarge('fonts')
  return found.data
}

/** The sentence of `audio/<key>.webm`, if it is one of ours: no other path but a font's can be in a pack. */
export function keyOf(file: string): string | undefined {
  const key = /^audio\/(?<key>[^/\\]+)\.webm$/u.exec(file)?.groups?.['key']
  return key !== undefined && sentenceKeys.has(key) ? key : undefined
}

/** The name of `fonts/<name>.woff2`. */
export function fontOf(file: string): string | undefined {
  return file.startsWith(`${packFiles.fonts}/`) ? fontNameOf(file.slice(packFiles.fonts.length + 1)) : undefined
}

/** texts.json. Throws PACK_MALFORMED with `context.key` where it is one of ours. */
export function readTexts(bytes: Uint8Array, language: string): ReadonlyMap<string, string> {
  const value = json(bytes, 'texts')
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed('texts')
  const texts = new Map<string, string>()
  for (const [key, text] of Object.entries(value)) {
    if (!sentenceKeys.has(key)) throw malformed('key')
    if (typeof text !== 'string' || !isPlainText(text)) throw malformed('text', key)
    texts.set(key, text)
  }
  if (isWritten(language) && texts.size > 0) throw malformed('texts-of-program')
  return texts
}

function json(bytes: Uint8Array, reason: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw malformed(reason)
  }
}

/** `key` is a sentence or a part of the manifest, never what somebody wrote into it. */
export function malformed(reason: string, key = ''): AppError {
  return new AppError('PACK_MALFORMED', 'language.pack', { context: { reason, ...(key !== '' && { key }) } })
}

export function tooLarge(what: string): AppError {
  return new AppError('PACK_TOO_LARGE', 'language.pack', { context: { what } })
}
