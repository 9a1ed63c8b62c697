import { flatPage } from '../make.ts'
import { factorTo, shrink, toGrey, turnQuarters, type Colours } from '../picture.ts'
import { readCells } from './cells.ts'
import { correctZone, type ZoneLines } from './correct.ts'
import { placeZone } from './place.ts'

/** Longer side of the flat card. */
const SIDE = 1500
/** Millimetres that the picture of a card spans; where no card was found it may be anything. */
const cardWidths = [84, 85.6, 87.2]
const anyWidths = [82, 85.6, 89, 95, 104, 114, 126, 140, 160]

/**
 * The machine-readable zone of a Vietnamese identity card, only when all its check digits hold; from a photograph of the
 * card's back however it lies, or from the card alone.
 */
export function readZone(picture: Colours): ZoneLines | undefined {
  const { page, found } = flatPage(picture, SIDE)
  const lines = found ? readLying(page, cardWidths) : undefined
  return lines ?? readLying(shrink(picture, factorTo(SIDE, picture)), anyWidths)
}

function readLying(page: Colours, widths: readonly number[]): ZoneLines | undefined {
  const lying = page.width >= page.height ? page : turnQuarters(page, 1)
  for (const quarters of [0, 2]) {
    const grey = toGrey(turnQuarters(lying, quarters))
    const place = placeZone(grey, widths)
    const lines = place && correctZone(readCells(grey, place))
    if (lines) return lines
  }
  return undefined
}

export type { ZoneLines }
