import { mrzCheckDigit, parseMrz } from '#domain/person/mrz.ts'
import type { Candidates } from './cells.ts'

export type ZoneLines = readonly [string, string, string]

const digits = '0123456789'
const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
/** What may stand where on a Vietnamese identity card, one entry a letter. */
const line1 = [...'IDVNM', ...Array<string>(22).fill(digits), '<', '<', digits]
const line2 = [
  ...Array<string>(7).fill(digits),
  'MF<',
  ...Array<string>(7).fill(digits),
  ...'VNM',
  ...Array<string>(11).fill('<'),
  digits,
]
const line3 = Array<string>(30).fill(`${capitals}<`)
const allowed = [line1, line2, line3]

/**
 * How much less alike than the letter first read a corrected one may be, and all corrected ones together. Letters that
 * can be read at all lead by 0.09 and more, so a clear letter is never corrected away.
 */
const MOST_STEP = 0.1
const MOST_LOSS = 0.2
/** A second reading that also checks must be worse by this much, or the zone is not told; and a name's second letter. */
const LEAST_LEAD = 0.03
const LEAST_NAME_LEAD = 0.02
/** What it counts when document number and personal number do not agree, among readings that both check. */
const DISAGREEMENT = 0.15
/** Alternatives looked at a letter, and solutions kept a field. */
const ALTERNATIVES = 4
const SOLUTIONS = 8
/** Mean likeness of the letters first read: less is no zone at all. */
const LEAST_LIKENESS = 0.55

/** Where a field and its check digit lie. */
const fields = [
  { line: 0, from: 5, to: 14, kind: 'number' },
  { line: 0, from: 15, to: 29, kind: 'number' },
  { line: 1, from: 0, to: 6, kind: 'date' },
  { line: 1, from: 8, to: 14, kind: 'date' },
] as const

/**
 * The likeliest zone of a Vietnamese identity card whose five check digits hold. Undefined when none is likely, or two
 * are about as likely.
 */
export function correctZone(cells: readonly (readonly Candidates[])[]): ZoneLines | undefined {
  const grid = cells.map((line, row) =>
    line.map((candidates, column) => candidates.filter(({ letter }) => allowed[row]![column]!.includes(letter))),
  )
  const first = grid.map((line) => line.map(([best]) => best!.letter).join(''))
  const likeness = grid.flat().reduce((sum, [best]) => sum + best!.score, 0) / 90
  if (likeness < LEAST_LIKENESS) return undefined
  if (grid[2]!.some(([one, other]) => one!.score - other!.score < LEAST_NAME_LEAD)) return undefined
  const solved = fields.map(({ line, from, to, kind }) =>
    solutions(grid[line]!.slice(from, to + 1)).filter(({ text }) => kind === 'number' || isDate(text)),
  )
  const [numbers, options, births, expiries] = solved as unknown as [Solutions, Solutions, Solutions, Solutions]
  const composite = grid[1]![29]!
  const found: { readonly lines: ZoneLines; readonly loss: number }[] = []
  for (const number of numbers) {
    for (const option of options) {
      // The document number is the end of the personal number.
      const alike = option.text.slice(3, 12) === number.text.slice(0, 9) ? 0 : DISAGREEMENT
      for (const birth of births) {
        for (const expiry of expiries) {
          const one = `IDVNM${number.text}${option.text}`
          const two = `${birth.text}${first[1]![7]}${expiry.text}VNM<<<<<<<<<<<`
          const digit = mrzCheckDigit(one.slice(5) + two.slice(0, 7) + two.slice(8, 15) + two.slice(18))
          const shown = composite.find(({ letter }) => letter === digit)!
          const step = composite[0]!.score - shown.score
          const loss = number.loss + option.loss + birth.loss + expiry.loss + step
          if (step > MOST_STEP || loss > MOST_LOSS) continue
          found.push({ lines: [one, two + digit, first[2]!], loss: loss + alike })
        }
      }
    }
  }
  const [best, second] = found.toSorted((a, b) => a.loss - b.loss)
  if (!best || (second && second.loss - best.loss < LEAST_LEAD)) return undefined
  return isZone(best.lines) ? best.lines : undefined
}

type Solutions = readonly { readonly text: string; readonly loss: number }[]

/** Readings of a field and its check digit that agree, the likeliest first; at most two letters are changed. */
function solutions(cells: readonly Candidates[]): Solutions {
  const best = cells.map(([first]) => first!)
  const changes = cells.flatMap((candidates, at) =>
    candidates.slice(1, ALTERNATIVES + 1).map(({ letter, score }) => ({ at, letter, loss: best[at]!.score - score })),
  )
  const plain = best.map(({ letter }) => letter)
  const found: { text: string; loss: number }[] = []
  const keep = (text: string, loss: number) => {
    if (mrzCheckDigit(text.slice(0, -1)) === text.at(-1)) found.push({ text, loss })
  }
  const changed = (letters: readonly string[], { at, letter }: { at: number; letter: string }) =>
    letters.with(at, letter)
  keep(plain.join(''), 0)
  for (const [index, one] of changes.entries()) {
    if (one.loss > MOST_STEP) continue
    const once = changed(plain, one)
    keep(once.join(''), one.loss)
    for (const other of changes.slice(index + 1)) {
      if (other.at === one.at || other.loss > MOST_STEP) continue
      keep(changed(once, other).join(''), one.loss + other.loss)
    }
  }
  return found.toSorted((a, b) => a.loss - b.loss).slice(0, SOLUTIONS)
}

function isDate(text: string): boolean {
  const [month, day] = [Number(text.slice(2, 4)), Number(text.slice(4, 6))]
  return month >= 1 && month <= 12 && day >= 1 && day <= 31
}

function isZone(lines: ZoneLines): boolean {
  try {
    return parseMrz(lines.join('\n')).lines.join() === lines.join() && /^[A-Z]/.test(lines[2])
  } catch {
    return false
  }
}
