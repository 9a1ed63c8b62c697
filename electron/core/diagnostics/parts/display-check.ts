import type { CitizenView, DisplayPart } from '#contract/index.ts'
import {
  crossesOf,
  distanceOf,
  judgeDisplay,
  judgePlacing,
  type DisplayFigures,
  type Found,
} from '#domain/diagnosis/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { isAnswer, type Asking, type Heard } from './asking.ts'

export type TestScene = Extract<CitizenView, { scene: 'screen-test' }>

type Options = {
  readonly displays: () => readonly Omit<DisplayPart, 'since'>[]
  /** Puts a picture of the test on the citizen's screen. */
  readonly show: (picture: Pick<TestScene, 'picture' | 'cross'>) => number
  readonly asking: Asking
}

/** Milliseconds that the page may take to draw, and a cross may wait for a touch. */
const drawing = 10_000
const touching = 60_000
const colours = ['white', 'black', 'red', 'green', 'blue'] as const
/** As many as `crossesOf` has. */
const crosses = 5

/**
 * Looks where the citizen's display is, shows pictures on it and asks the person what can be seen, and has crosses
 * touched. A display that goes meanwhile is what was found. Throws CANCELLED, CITIZEN_AT_DESK.
 */
export async function checkDisplay({ displays, show, asking }: Options): Promise<{
  readonly figures: DisplayFigures
  readonly found: readonly Found[]
}> {
  const figures: { -readonly [Name in keyof DisplayFigures]: DisplayFigures[Name] } = placing(displays())
  try {
    if (!judgePlacing(figures)) await look(figures, show, asking)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'DISPLAY_ABSENT') throw error
    Object.assign(figures, { displayThere: 0 })
  }
  return { figures, found: judgeDisplay(figures) }
}

function placing(all: ReturnType<Options['displays']>): DisplayFigures {
  const there = all.filter(({ is }) => is === 'there')
  const own = all.find(({ use }) => use === 'citizen')
  const placed = own?.is === 'there'
  return {
    displays: there.length,
    displayChosen: own ? 1 : 0,
    ...(own && { displayThere: placed ? 1 : 0 }),
    ...(placed && {
      displaySame: there.some((other) => other.key !== own.key && other.x === own.x && other.y === own.y) ? 1 : 0,
      displayWidth: own.width,
      displayHeight: own.height,
      displayScale: own.scale,
    }),
  }
}

type Measured = { -readonly [Name in keyof DisplayFigures]: DisplayFigures[Name] }

async function look(figures: Measured, show: Options['show'], asking: Asking): Promise<void> {
  const draw = async (picture: Pick<TestScene, 'picture' | 'cross'>) => {
    const number = show(picture)
    const drawn = await asking.hear(
      (heard): heard is Extract<Heard, { what: 'drawn' }> => heard.what === 'drawn' && heard.number === number,
      drawing,
    )
    figures.pageDrawn = drawn ? 1 : 0
    return drawn
  }
  const one = { place: 1, of: 1 }

  const first = await draw({ picture: 'edges' })
  if (!first) return
  Object.assign(figures, { pageWidth: first.width, pageHeight: first.height, pageScale: first.scale })
  figures.pictureSeen = (await asking.answer({ ask: 'picture', picture: 'edges', ...one })) === 'yes' ? 1 : 0
  if (figures.pictureSeen === 0) return
  figures.borderSeen = (await asking.answer({ ask: 'edges', picture: 'edges', ...one })) === 'yes' ? 1 : 0

  figures.coloursAsked = 0
  figures.coloursClean = 0
  for (const [at, picture] of colours.entries()) {
    if (!(await draw({ picture }))) return
    const clean = await asking.answer({ ask: 'colour', picture, place: at + 1, of: colours.length })
    figures.coloursAsked++
    if (clean === 'yes') figures.coloursClean++
  }

  const offsets: number[] = []
  figures.crossesAsked = 0
  figures.crossesTouched = 0
  for (let cross = 0; cross < crosses; cross++) {
    const drawn = await draw({ picture: 'cross', cross })
    if (!drawn) return
    asking.ask({ ask: 'cross', picture: 'cross', place: cross + 1, of: crosses })
    const heard = await asking.hear(
      (each): each is Extract<Heard, { what: 'touch' | 'answer' }> =>
        isAnswer(each) || (each.what === 'touch' && each.number === drawn.number),
      touching,
    )
    figures.crossesAsked++
    const target = crossesOf(drawn.width, drawn.height)[cross]
    if (heard?.what !== 'touch' || !target) continue
    figures.crossesTouched++
    offsets.push(distanceOf(target, heard))
  }
  const sorted = offsets.toSorted((a, b) => a - b)
  const [middle, worst] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)]
  if (middle !== undefined && worst !== undefined)
    Object.assign(figures, { touchMedianPx: middle, touchWorstPx: worst })
}
