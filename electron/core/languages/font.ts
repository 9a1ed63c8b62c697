import { brotliDecompressSync } from 'node:zlib'
import { AppError } from '#domain/failure/index.ts'

export const mostFontBytes = 2 * 1024 * 1024
export const mostFonts = 4
/** As Chromium's sanitiser allows a font to become. */
const mostUnpacked = 30 * 1024 * 1024

export type FontFault =
  | 'too-large'
  | 'too-many'
  | 'name'
  | 'not-woff2'
  | 'cut-off'
  | 'collection'
  | 'tables'
  | 'unreadable'

const headerBytes = 48
const collection = 0x74746366
/** TrueType and CFF outlines. */
const flavours = new Set([0x00010000, 0x4f54544f])
// Places in the table of known tags (WOFF2 4.1).
const needed = { cmap: 0, head: 1, maxp: 4 }
const glyf = 10
const loca = 11
const otherTag = 63

const name = /^[a-z0-9-]{1,40}$/u

/** `khmer-moul` of `khmer-moul.woff2`, as fonts are named in packs. */
export function fontNameOf(file: string): string | undefined {
  const stem = /^(?<stem>.+)\.woff2$/u.exec(file)?.groups?.['stem']
  return stem !== undefined && name.test(stem) ? stem : undefined
}

/** `notosanskhmer-regular` of `/media/usb/NotoSansKhmer-Regular.woff2`: people name their files as they like. */
export function tidyFontName(path: string): string | undefined {
  const last = path.split(/[/\\]/u).at(-1) ?? ''
  if (!/\.woff2$/iu.test(last)) return undefined
  const stem = last
    .slice(0, -6)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
  return fontNameOf(
    `${stem
      .replace(/[^a-z0-9]+/gu, '-')
      .replace(/^-|-$/gu, '')
      .slice(0, 40)}.woff2`,
  )
}

/**
 * Looks whether this is a single WOFF2 font: header, table directory, and that what is packed comes to exactly what the
 * directory says. Glyphs and programs in it are for Chromium's sanitiser to judge, which sees every font before the
 * text renderer does. Throws FONT_UNUSABLE with `context.reason`, a FontFault.
 */
export function inspectFont(bytes: Uint8Array): void {
  if (bytes.length > mostFontBytes) throw unusable('too-large')
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (file.length < headerBytes || file.toString('latin1', 0, 4) !== 'wOF2') throw unusable('not-woff2')
  const flavour = file.readUInt32BE(4)
  if (flavour === collection) throw unusable('collection')
  if (!flavours.has(flavour) || file.readUInt16BE(14) !== 0) throw unusable('not-woff2')
  if (file.readUInt32BE(8) !== file.length) throw unusable('cut-off')
  const { size, end, known } = directory(file, file.readUInt16BE(12))
  if (!Object.values(needed).every((table) => known.has(table)) || size > mostUnpacked) throw unusable('tables')
  const packed = file.readUInt32BE(20)
  if (end + packed > file.length) throw unusable('cut-off')
  if (unpackedSize(file.subarray(end, end + packed), size) !== size) throw unusable('tables')
}

/** The table directory (WOFF2 4.1): how large all tables are together, where it ends, which known tables there are. */
function directory(file: Buffer, count: number) {
  const known = new Set<number>()
  let at = headerBytes
  let size = 0
  const byte = () => {
    const value = file[at++]
    if (value === undefined) throw unusable('cut-off')
    return value
  }
  /** UIntBase128 (WOFF2 4.1): at most five bytes, no leading zeros. */
  const number = () => {
    let value = 0
    for (let read = 0; read < 5; read++) {
      const next = byte()
      if (read === 0 && next === 0x80) break
      value = value * 128 + (next & 0x7f)
      if (value > 0xffffffff) break
      if (next < 0x80) return value
    }
    throw unusable('tables')
  }
  for (let n = 0; n < count; n++) {
    const flags = byte()
    const tag = flags & 0x3f
    const version = flags >> 6
    if (tag === otherTag) at += 4
    else known.add(tag)
    const plain = number()
    // Outlines are transformed unless their version says otherwise, other tables only where it does.
    const transformed = tag === glyf || tag === loca ? version !== 3 : version !== 0
    size += transformed ? number() : plain
  }
  return { size, end: at, known }
}

function unpackedSize(packed: Buffer, most: number): number {
  try {
    return brotliDecompressSync(packed, { maxOutputLength: most + 1 }).length
  } catch {
    throw unusable('tables')
  }
}

export function unusable(reason: FontFault): AppError {
  return new AppError('FONT_UNUSABLE', 'language.font', { context: { reason } })
}
