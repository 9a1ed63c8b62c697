import type { Box, TextRead } from '#native/capability/picture.ts'
import { flatten, flatSize, placeOn, realAspect } from './flatten.ts'
import { findPage } from './find.ts'
import { shrink, toGrey, turnQuarters, type Colours, type Grey } from './picture.ts'
import { signedArea } from './quad.ts'
import { quartersToUpright } from './upright.ts'

/** A4 at 200 dots per inch: letters of 10 points are 28 pixels high. */
const SIDE = 2340
/** A smaller sheet in the picture may be a dark field of the form itself. */
const LEAST_AREA = 0.2

/** The page flat and upright as a grey picture file (Netpbm P5), and the way back for boxes on it. */
export function layText(picture: Colours): { readonly image: Uint8Array; toPicture(box: Box): Box } {
  const found = findPage(picture)
  const corners =
    found && signedArea(found.corners) > LEAST_AREA * picture.width * picture.height ? found.corners : undefined
  const factor = corners ? 1 : Math.max(1, Math.ceil(Math.max(picture.width, picture.height) / SIDE))
  const flat = corners
    ? flatten(picture, corners, flatSize(corners, realAspect(corners, picture).aspect, SIDE))
    : shrink(picture, factor)
  const quarters = quartersToUpright(flat) ?? 0
  const upright = turnQuarters(flat, quarters)
  const back = (x: number, y: number) => {
    const [u, v] = [
      [x, y],
      [y, flat.height - x],
      [flat.width - x, flat.height - y],
      [flat.width - y, x],
    ][quarters] as [number, number]
    return corners ? placeOn(corners, u / flat.width, v / flat.height) : { x: u * factor, y: v * factor }
  }
  return {
    image: netpbm(toGrey(upright)),
    toPicture({ x, y, width, height }) {
      const ends = [back(x, y), back(x + width, y), back(x + width, y + height), back(x, y + height)]
      const [left, top] = [Math.min(...ends.map((end) => end.x)), Math.min(...ends.map((end) => end.y))]
      return {
        x: Math.round(left),
        y: Math.round(top),
        width: Math.round(Math.max(...ends.map((end) => end.x)) - left),
        height: Math.round(Math.max(...ends.map((end) => end.y)) - top),
      }
    },
  }
}

function netpbm({ width, height, pixels }: Grey): Uint8Array {
  return Buffer.concat([Buffer.from(`P5 ${width} ${height} 255\n`), pixels])
}

export type WordRead = { readonly text: string; readonly confidence: number; readonly box: Box }

/** Less sure words are noise of the paper. */
const LEAST_CONFIDENCE = 30

/** What is worth showing of lines of words: numbers of 12 and 9 digits, dates, names, then the lines themselves. */
export function suggest(lines: readonly (readonly WordRead[])[]): readonly TextRead[] {
  const sure = lines
    .map((words) => words.map((word) => ({ ...word, text: word.text.normalize('NFC').trim() })))
    .map((words) => words.filter(({ text, confidence }) => text !== '' && confidence >= LEAST_CONFIDENCE))
    .filter((words) => words.length > 0)
  return [
    ...sure.flatMap((words) =>
      matches(words, 'number', /(?<!\d)(?:\d ?){11}\d(?!\d)|(?<!\d)(?:\d ?){8}\d(?!\d)/g, digitsOnly),
    ),
    ...sure.flatMap((words) =>
      matches(words, 'date', /(?<!\d)(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4})(?!\d)/g, shortDate),
    ),
    ...sure.flatMap((words) => matches(words, 'date', /ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})(?!\d)/gi, shortDate)),
    ...sure.flatMap((words) =>
      matches(words, 'name', /(?:họ và tên|họ, chữ đệm và tên|họ tên)[^:]{0,30}: ?([^\d:]{4,60})$/gi, nameOf),
    ),
    ...sure.map((words) => ({
      kind: 'text' as const,
      text: lineOf(words),
      confidence: mean(words.map(({ confidence }) => confidence)),
      box: around(words),
    })),
  ]
}

/** Each place where the words of a line match, told with the words that it covers. */
function matches(
  words: readonly WordRead[],
  kind: TextRead['kind'],
  pattern: RegExp,
  told: (match: RegExpMatchArray) => string | undefined,
): TextRead[] {
  const starts: number[] = []
  let length = 0
  for (const { text } of words) {
    starts.push(length)
    length += text.length + 1
  }
  return [...lineOf(words).matchAll(pattern)].flatMap((match) => {
    const text = told(match)
    if (text === undefined) return []
    // The part that is told begins where its own text does, not the words that led to it.
    const from = match.index + (kind === 'name' ? match[0].lastIndexOf(match[1] ?? '') : 0)
    const until = match.index + match[0].length
    const covered = words.filter((word, at) => starts[at]! + word.text.length > from && starts[at]! < until)
    if (covered.length === 0) return []
    return [{ kind, text, confidence: Math.min(...covered.map(({ confidence }) => confidence)), box: around(covered) }]
  })
}

function lineOf(words: readonly WordRead[]): string {
  return words.map(({ text }) => text).join(' ')
}

function digitsOnly(match: RegExpMatchArray): string {
  return match[0].replaceAll(' ', '')
}

/** dd/mm/yyyy, when there is such a day. */
function shortDate([, day = '', month = '', year = '']: RegExpMatchArray): string | undefined {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  const real = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
  if (!real || Number(year) < 1900 || Number(year) > 2199) return undefined
  return `${day.padStart(2, '0')}/${month.padStart(2, '0')}/${year}`
}

function nameOf(match: RegExpMatchArray): string | undefined {
  const name = (match[1] ?? '')
    .replace(/[^\p{L}' ]/gu, '')
    .replace(/ +/g, ' ')
    .trim()
  return name.includes(' ') ? name : undefined
}

function around(words: readonly WordRead[]): Box {
  const [left, top] = [Math.min(...words.map(({ box }) => box.x)), Math.min(...words.map(({ box }) => box.y))]
  return {
    x: left,
    y: top,
    width: Math.max(...words.map(({ box }) => box.x + box.width)) - left,
    height: Math.max(...words.map(({ box }) => box.y + box.height)) - top,
  }
}

function mean(values: readonly number[]): number {
  return Math.round(values.reduce((sum, value) => sum + value, 0) / values.length)
}
