import { describe, expect, test } from 'vitest'
import {
  crossesOf,
  distanceOf,
  figuresOfPrint,
  judgeDisplay,
  judgePrinter,
  printAnswers,
  type DisplayFigures,
} from '#domain/diagnosis/index.ts'

/** A screen on which everything is as it should be. */
const right: DisplayFigures = {
  displays: 2,
  displayChosen: 1,
  displayThere: 1,
  displaySame: 0,
  displayWidth: 1280,
  displayHeight: 800,
  displayScale: 1,
  pageDrawn: 1,
  pageWidth: 1280,
  pageHeight: 800,
  pageScale: 1,
  pictureSeen: 1,
  borderSeen: 1,
  coloursAsked: 5,
  coloursClean: 5,
  crossesAsked: 5,
  crossesTouched: 5,
  touchMedianPx: 4,
  touchWorstPx: 24,
}
const causesOf = (more: DisplayFigures) => judgeDisplay({ ...right, ...more }).map(({ cause }) => cause)

test('nothing is found on a screen that is as it should be', () => {
  expect(judgeDisplay(right)).toEqual([])
})

describe.each<[string, DisplayFigures, readonly string[]]>([
  ['one display alone', { displays: 1, displayChosen: 0 }, ['no-second-display']],
  ['two, and nobody chose', { displayChosen: 0 }, ['display-not-chosen']],
  ['the chosen one unplugged', { displays: 1, displayThere: 0 }, ['not-plugged-in']],
  ['both in one place', { displaySame: 1 }, ['display-mirrored']],
  ['a window that draws nothing', { pageDrawn: 0, pictureSeen: 0 }, ['window-missing']],
  ['a dark screen', { pictureSeen: 0 }, ['display-dark']],
  ['edges cut off', { borderSeen: 0 }, ['picture-cut-off']],
  ['a page that leaves a border', { pageWidth: 1200 }, ['display-scale-off']],
  ['another scale than the system says', { pageScale: 1.25 }, ['display-scale-off']],
  [
    'too little room',
    { displayWidth: 853, displayHeight: 533, pageWidth: 853, pageHeight: 533 },
    ['display-scale-off'],
  ],
  ['a dead pixel', { coloursClean: 4 }, ['display-spots']],
  ['a corner that takes no touch', { crossesTouched: 4 }, ['touch-missing']],
  ['touches beside their crosses', { touchWorstPx: 24.1 }, ['touch-off-target']],
  [
    'several at once',
    { borderSeen: 0, coloursClean: 0, touchWorstPx: 300 },
    ['picture-cut-off', 'display-spots', 'touch-off-target'],
  ],
])('%s', (_name, more, expected) => {
  test(`is told as ${expected.join(', ')}`, () => {
    expect(causesOf(more)).toEqual(expected)
  })
})

test('a display that stands upright is judged by its sides, not by which is the longer one', () => {
  const upright = { displayWidth: 800, displayHeight: 1280, pageWidth: 800, pageHeight: 1280 }
  expect(causesOf(upright)).toEqual([])
})

test('the crosses stand near the corners and in the middle, all on the page, none on another', () => {
  for (const [width, height] of [
    [1280, 800],
    [800, 1280],
    [3840, 2160],
  ] as const) {
    const crosses = crossesOf(width, height)
    expect(crosses).toHaveLength(5)
    expect(crosses.at(-1)).toEqual({ x: width / 2, y: height / 2 })
    for (const { x, y } of crosses) {
      expect(x).toBeGreaterThan(40)
      expect(y).toBeGreaterThan(40)
      expect(width - x).toBeGreaterThan(40)
      expect(height - y).toBeGreaterThan(40)
    }
    const apart = crosses.flatMap((one, at) => crosses.slice(at + 1).map((other) => distanceOf(one, other)))
    expect(Math.min(...apart)).toBeGreaterThan(200)
  }
})

test.each([
  [{ printers: 0 }, ['no-printer']],
  [{ printers: 1, printTaken: 0 }, ['print-refused']],
  [{ printers: 1, printTaken: 1, ...figuresOfPrint('nothing') }, ['nothing-printed']],
  [{ printers: 1, printTaken: 1, ...figuresOfPrint('crooked') }, ['print-crooked']],
  [{ printers: 1, printTaken: 1, ...figuresOfPrint('pale') }, ['print-pale']],
  [{ printers: 1, printTaken: 1, ...figuresOfPrint('right') }, []],
])('a printer of which %j is known has %j', (figures, expected) => {
  expect(judgePrinter(figures).map(({ cause }) => cause)).toEqual(expected)
  expect(printAnswers).toHaveLength(4)
})
