import type { Found } from './causes.ts'
import { because, type Figures } from './station.ts'

/** The citizen's screen: what the system says of it, what its page measured, and what the person before it saw. 1 is yes. */
export type DisplayFigures = Figures<
  /** That the system has now, all of them. */
  | 'displays'
  /** Somebody decided which one is the citizen's, now or once. */
  | 'displayChosen'
  /** The chosen one is plugged in. */
  | 'displayThere'
  /** It stands where another display stands: both show the same. */
  | 'displaySame'
  /** As the system lays it out, in its own points. */
  | 'displayWidth'
  | 'displayHeight'
  /** Dots for a point. */
  | 'displayScale'
  /** The page of the citizen's window drew what it was told. */
  | 'pageDrawn'
  | 'pageWidth'
  | 'pageHeight'
  | 'pageScale'
  /** By the person's answers. */
  | 'pictureSeen'
  | 'borderSeen'
  | 'coloursAsked'
  | 'coloursClean'
  | 'crossesAsked'
  | 'crossesTouched'
  /** Points between a cross and where the touch was told. */
  | 'touchMedianPx'
  | 'touchWorstPx'
>

export type Point = { readonly x: number; readonly y: number }

/** A finger is as wide as this on a usual display, and the smallest button of the citizen's pages three times as wide. */
const mostOffset = 24
/** The citizen's pages are made for displays of this size and more. */
const least = { width: 1000, height: 560 }
/** Borders that a window system may take. */
const slack = 2

/** Where the crosses of the touch test stand on a page of this size: the corners, the centre last. */
export function crossesOf(width: number, height: number): readonly Point[] {
  const inset = Math.round(Math.min(width, height) * 0.09)
  const [right, bottom] = [width - inset, height - inset]
  const corners = [inset, bottom].flatMap((y) => [inset, right].map((x) => ({ x, y })))
  return [...corners, { x: Math.round(width / 2), y: Math.round(height / 2) }]
}

/** Points between a cross and a touch. */
export function distanceOf(one: Point, other: Point): number {
  return Math.round(Math.hypot(one.x - other.x, one.y - other.y) * 10) / 10
}

/** What has to be put right before anything can be shown; undefined when the screen can be tried. */
export function judgePlacing(measured: DisplayFigures): Found | undefined {
  const { displays = 0, displayChosen, displayThere, displaySame } = measured
  if (!displayChosen)
    return because(displays > 1 ? 'display-not-chosen' : 'no-second-display', measured, 'displays', 'displayChosen')
  if (!displayThere) return because('not-plugged-in', measured, 'displays', 'displayThere')
  if (displaySame) return because('display-mirrored', measured, 'displaySame')
  return undefined
}

/** Everything that is wrong with a screen that was tried. What was not asked is not judged. */
export function judgeDisplay(measured: DisplayFigures): Found[] {
  const placing = judgePlacing(measured)
  if (placing) return [placing]
  if (measured.pageDrawn === 0) return [because('window-missing', measured, 'pageDrawn')]
  if (measured.pictureSeen === 0) return [because('display-dark', measured, 'pictureSeen')]
  const found: Found[] = []
  if (measured.borderSeen === 0) found.push(because('picture-cut-off', measured, 'borderSeen'))
  if (isScaleOff(measured))
    found.push(
      because(
        'display-scale-off',
        measured,
        'displayWidth',
        'displayHeight',
        'displayScale',
        'pageWidth',
        'pageHeight',
      ),
    )
  if ((measured.coloursClean ?? 0) < (measured.coloursAsked ?? 0))
    found.push(because('display-spots', measured, 'coloursAsked', 'coloursClean'))
  if ((measured.crossesTouched ?? 0) < (measured.crossesAsked ?? 0))
    found.push(because('touch-missing', measured, 'crossesAsked', 'crossesTouched'))
  if ((measured.touchWorstPx ?? 0) > mostOffset)
    found.push(because('touch-off-target', measured, 'touchMedianPx', 'touchWorstPx'))
  return found
}

/** The page does not fill its display point for point, or has less room than the citizen's pages need. */
function isScaleOff({ displayWidth, displayHeight, displayScale, pageWidth, pageHeight, pageScale }: DisplayFigures) {
  if (pageWidth === undefined || pageHeight === undefined) return false
  const fills = (page: number, display = page) => Math.abs(page - display) <= slack
  const asTold = displayScale === undefined || pageScale === undefined || Math.abs(displayScale - pageScale) < 0.01
  const long = Math.max(pageWidth, pageHeight)
  const short = Math.min(pageWidth, pageHeight)
  return (
    !fills(pageWidth, displayWidth) ||
    !fills(pageHeight, displayHeight) ||
    !asTold ||
    long < least.width ||
    short < least.height
  )
}
