import { setImmediate } from 'node:timers/promises'
import { foldText } from '#domain/person/index.ts'
import type { Secret } from './personal.ts'
import { byteForms, grouped, partialDates, plainForms } from './writings.ts'
import { needles } from './needles.ts'

/** A file of the bundle as its texts, before it is written: keys, values, and whatever else may be read in it. */
export type Searched = { readonly path: string; readonly texts: readonly string[] }

export type Gate = {
  /** The first file that holds something personal, and undefined when none does. */
  find(files: readonly Searched[]): Promise<string | undefined>
}

/** Shorter ones are found by chance in any file. Letters or digits. */
const least = { name: 5, joinedName: 9, address: 12, text: 8, joinedText: 14, hex: 10, base64: 8 }

/**
 * Looks for people in whatever writing: letters with or without marks, grouped digits, MRZ, escapes, hexadecimal and
 * base64 of UTF-8 and UTF-16, also misread as Latin-1. `own` is what the station says of itself: no secret.
 */
export function openGate(secrets: readonly Secret[], own: readonly string[]): Gate {
  const ours = own.map(joined)
  const told = secrets.filter(
    ({ kind, value }) => kind === 'number' || !ours.some((text) => text.includes(joined(value))),
  )
  const exact: string[] = []
  const spaced: string[] = []
  const compact: string[] = []
  const misread: string[] = []
  const base64: string[] = []

  for (const { kind, value } of told) {
    const flat = joined(value)
    if (kind === 'date') {
      exact.push(...partialDates(value))
      continue
    }
    if (kind === 'name') {
      const words = spacedOf(value).split(' ').length
      if (words < 2 || flat.length < least.name) continue
      exact.push(bounded(exactOf(value)))
      // Two syllables without their marks are also ordinary words.
      if (words > 2) spaced.push(bounded(spacedOf(value)))
      if (flat.length >= least.joinedName) compact.push(flat)
    } else if (kind === 'number') {
      if (flat.length < 9) continue
      if (flat.length >= 12) compact.push(flat)
      else exact.push(bounded(flat), bounded(grouped(flat)))
    } else if (kind === 'mrz') {
      if (flat.length >= least.joinedName) compact.push(flat)
      else spaced.push(bounded(spacedOf(value)))
    } else {
      if (flat.length < (kind === 'address' ? least.address : least.text)) continue
      exact.push(bounded(exactOf(value)))
      if (kind === 'address' || flat.length >= least.joinedText) compact.push(flat)
    }
    for (const bytes of plainForms(kind, value).flatMap(byteForms)) {
      const hex = bytes.toString('hex')
      if (hex.length >= least.hex) compact.push(hex)
      // Plain ASCII cannot be misread.
      if (bytes.some((byte) => byte === 0 || byte > 0x7f)) misread.push(exactOf(bytes.toString('latin1')))
      base64.push(...alignments(bytes))
    }
  }

  const wanted = {
    exact: needles([...exact, ...misread.filter((each) => each.length >= least.text)]),
    spaced: needles(spaced),
    compact: needles(compact),
    base64: needles(base64),
  }

  function isIn({ text, starts, ends }: Slice): boolean {
    // What was cut off may be the rest of a word.
    const within = (view: string) => `${starts ? ' ' : 'x'}${view}${ends ? ' ' : 'x'}`
    const words = spacedOf(text)
    return (
      wanted.exact.isIn(within(exactOf(text))) ||
      wanted.spaced.isIn(within(words)) ||
      wanted.compact.isIn(words.replaceAll(' ', '')) ||
      wanted.base64.isIn(text.replace(/\s/gu, '').replaceAll('-', '+').replaceAll('_', '/'))
    )
  }

  return {
    async find(files) {
      for (const { path, texts } of files) {
        for (const slice of slicesOf(unescaped([path, ...texts].join('\n')))) {
          if (isIn(slice)) return path
          await setImmediate()
        }
      }
      return undefined
    },
  }
}

type Slice = { readonly text: string; readonly starts: boolean; readonly ends: boolean }

/** Searched before others have their turn: some ten milliseconds. Characters. */
const sliceLength = 65_536
/** Longer than any secret in hexadecimal with gaps. */
const overlap = 8192

function* slicesOf(text: string): Generator<Slice> {
  for (let from = 0; from === 0 || from + overlap < text.length; from += sliceLength - overlap) {
    const to = from + sliceLength
    yield { text: text.slice(from, to), starts: from === 0, ends: to >= text.length }
  }
}

/** JSON inside JSON, and what a program wrote as an escape. */
function unescaped(text: string): string {
  if (!text.includes('\\') && !text.includes('%')) return text
  const once = text
    .replace(/\\+u(?<code>[0-9a-f]{4})/giu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\+[nrtbf]/gu, ' ')
  const bytes = once.replace(/(?:%[0-9a-f]{2})+/giu, (found) =>
    Buffer.from(found.replaceAll('%', ''), 'hex').toString(),
  )
  return bytes === once ? once : `${once}\n${bytes}`
}

function exactOf(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ')
}

function spacedOf(text: string): string {
  // Most of a bundle is hexadecimal.
  const folded = /^[\n -~]*$/u.test(text) ? text.toLowerCase() : foldText(text)
  return folded.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
}

function joined(text: string): string {
  return spacedOf(text).replaceAll(' ', '')
}

/** Not as a part of a longer word or number. */
function bounded(text: string): string {
  return `\b${text}\b`
}

/** The letters that are the same whatever stands before and behind. */
function alignments(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replaceAll('=', '')
    const from = Math.ceil((shift * 8) / 6)
    const to = Math.floor(((shift + bytes.length) * 8) / 6)
    const sure = whole.slice(from, to)
    return sure.length >= least.base64 ? [sure] : []
  })
}
