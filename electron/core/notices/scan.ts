import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, open, opendir } from 'node:fs/promises'
import { isAbsolute, join, parse } from 'node:path'
import type { Notice, NoticeFolder } from '#contract/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { readNoticeText } from './notice-text.ts'
import { inspectNoticePicture, mostPictureBytes } from './notice-picture.ts'

type Left = NoticeFolder['left'][number]
type Why = Left['why']

/** A file of the folder as it was when it was read; read again only when it looks different. */
type Seen = {
  readonly file: string
  readonly size: number
  readonly mtimeMs: number
  readonly content: { readonly picture: string; readonly mediaType: string } | { readonly text: Notice } | Why
}

export type Found = {
  readonly notices: readonly Notice[]
  readonly left: readonly Left[]
  readonly problem?: 'missing' | 'unreadable'
  readonly seen: ReadonlyMap<string, Seen>
  /** Another one when a screen would look different. */
  readonly version: string
}

export const nothingFound: Found = { notices: [], left: [], seen: new Map(), version: '' }

const mostNotices = 40
const mostEntries = 2000
const mostNamed = 100
const mostTextBytes = 64 * 1024
const picture = /\.(?:jpe?g|png|webp)$/iu
const text = /\.txt$/iu
/** What systems put beside the files of people. */
const notForUs = /^(?:\.|~\$|thumbs\.db$|desktop\.ini$)/iu
const naturally = new Intl.Collator('vi', { numeric: true })

/** Looks through the folder, not below it, and never through a link. Never throws. */
export async function scanNotices(folder: string, before: Found): Promise<Found> {
  let names: readonly string[]
  try {
    if (!isAbsolute(folder)) return concluded([], new Map(), [], 'missing')
    if (!(await lstat(folder)).isDirectory()) return concluded([], new Map(), [], 'unreadable')
    names = await namesIn(folder)
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return concluded([], new Map(), [], missing ? 'missing' : 'unreadable')
  }
  const seen = new Map<string, Seen>()
  for (const file of names) {
    const looked = await look(folder, file, before.seen.get(file))
    if (looked) seen.set(file, looked)
  }
  const groups = grouped([...seen.values()])
  const left = [...seen.values()].flatMap(({ file, content }): Left[] =>
    typeof content === 'string' ? [{ file: file.slice(0, 300), why: content }] : [],
  )
  const tooMany = groups
    .slice(mostNotices)
    .flatMap(({ files }): Left[] => files.map((file) => ({ file: file.slice(0, 300), why: 'too-many' })))
  const notices = groups.slice(0, mostNotices).map(({ notice }) => notice)
  return concluded(notices, seen, [...left, ...tooMany].slice(0, mostNamed))
}

/** The picture of this opaque name, if it is still what was looked at. */
export async function readNoticePicture(
  folder: string,
  found: Found,
  name: string,
): Promise<{ bytes: Uint8Array; mediaType: string } | undefined> {
  if (!found.notices.some((notice) => notice.picture === name)) return undefined
  for (const { file, content, size, mtimeMs } of found.seen.values()) {
    if (typeof content === 'string' || !('picture' in content) || content.picture !== name) continue
    const read = await readFileOf(folder, file, mostPictureBytes).catch(() => undefined)
    if (!read || read.size !== size || read.mtimeMs !== mtimeMs) return undefined
    return { bytes: read.bytes, mediaType: content.mediaType }
  }
  return undefined
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const names: string[] = []
  for await (const entry of await opendir(folder)) {
    if (entry.isDirectory() || notForUs.test(entry.name)) continue
    names.push(entry.name)
    if (names.length >= mostEntries) break
  }
  return names.toSorted(naturally.compare)
}

async function look(folder: string, file: string, before: Seen | undefined): Promise<Seen | undefined> {
  const stats = await lstat(join(folder, file)).catch(() => undefined)
  if (!stats) return undefined
  const { size, mtimeMs } = stats
  if (before?.size === size && before.mtimeMs === mtimeMs) return before
  const seen = (content: Seen['content']): Seen => ({ file, size, mtimeMs, content })
  if (!stats.isFile() || !(picture.test(file) || text.test(file))) return seen('unreadable')
  const most = picture.test(file) ? mostPictureBytes : mostTextBytes
  if (size > most) return seen('too-large')
  try {
    const { bytes } = await readFileOf(folder, file, most)
    if (text.test(file)) return seen({ text: readNoticeText(bytes) })
    const { mediaType } = inspectNoticePicture(bytes)
    return seen({ picture: opaqueName(file, size, mtimeMs), mediaType })
  } catch (error) {
    return seen(error instanceof AppError && error.code === 'IMAGE_TOO_LARGE' ? 'too-large' : 'unreadable')
  }
}

/** A link that took the file's place after it was looked at is not followed, and a pipe is not waited for. */
async function readFileOf(folder: string, file: string, most: number) {
  const handle = await open(join(folder, file), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const { size, mtimeMs, ...stats } = await handle.stat()
    if (size > most || (stats.mode & constants.S_IFMT) !== constants.S_IFREG)
      throw new AppError('IMAGE_UNREADABLE', 'notices.read')
    const bytes = new Uint8Array(size)
    const { bytesRead } = await handle.read(bytes, 0, size, 0)
    if (bytesRead !== size) throw new AppError('IMAGE_UNREADABLE', 'notices.read')
    return { bytes, size, mtimeMs }
  } finally {
    await handle.close()
  }
}

/** Changes with the file, so that a window never shows the old picture under it. */
function opaqueName(file: string, size: number, mtimeMs: number): string {
  return createHash('sha256')
    .update(JSON.stringify([file, size, mtimeMs]))
    .digest('hex')
    .slice(0, 40)
}

type Group = { readonly files: readonly string[]; readonly notice: Notice }

/** A picture and a text of the same name are one notice; a second picture of that name stands alone. */
function grouped(seen: readonly Seen[]): readonly Group[] {
  const groups = new Map<string, { files: string[]; pictures: string[]; text?: Notice }>()
  for (const { file, content } of seen) {
    if (typeof content === 'string') continue
    const base = parse(file).name.normalize('NFC').toLowerCase()
    const group = groups.get(base) ?? { files: [], pictures: [] }
    groups.set(base, group)
    group.files.push(file)
    if ('text' in content) group.text = content.text
    else group.pictures.push(content.picture)
  }
  return [...groups.values()].flatMap(({ files, pictures, text: words }): Group[] => {
    const [first, ...more] = pictures
    const notice: Notice = { lines: [], ...words, ...(first !== undefined && { picture: first }) }
    return [{ files, notice }, ...more.map((each) => ({ files, notice: { lines: [], picture: each } }))]
  })
}

function concluded(
  notices: readonly Notice[],
  seen: ReadonlyMap<string, Seen>,
  left: readonly Left[],
  problem?: Found['problem'],
): Found {
  const shown = JSON.stringify([notices, left, problem ?? ''])
  const version = createHash('sha256').update(shown).digest('hex')
  return { notices, left, seen, version, ...(problem && { problem }) }
}
