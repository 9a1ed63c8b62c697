import type { Cause, Found } from './causes.ts'
import { pick, type Figures } from './line.ts'

export type CameraPlace = 'portrait-camera' | 'document-camera'

/**
 * Why there was no picture, or none any more: no such camera; not allowed; another program has it; it would not start,
 * for which the system gives no reason; it starts only with small pictures; it went away in mid-test.
 */
export type CameraTrouble = 'absent' | 'refused' | 'taken' | 'not-starting' | 'only-small' | 'lost'

const limits = {
  /** Frames a second with which a person can be guided. */
  frames: 8,
  /** Paints of the window a second, below which it is the computer that is slow. */
  paints: 20,
  /** Milliseconds without a frame, and longer than this many frames of its own pace. */
  gap: { ms: 700, frames: 6 },
  /** Milliseconds of always the same pixels: two frames of a camera never are the same. */
  still: 1500,
  /** Share of frames that are black among others that are not. */
  black: { some: 0.02, all: 0.95 },
  /** Pixels from dark to light in a picture of at most 1920. */
  edge: 4.5,
  /** Mean level of a white sheet. */
  dark: 105,
  bright: 246,
  /** Share of the sheet that is quite white. */
  clipped: 0.1,
  /** Chroma (CIELAB) of a sheet that should have none. */
  cast: 14,
  /** How much darker the darkest corner of the sheet is than its brightest part, share. */
  uneven: 0.4,
  /** Longer side: a head at 300 dpi within the frame; letters of 8 points on A4 that can be read. */
  pixels: { 'portrait-camera': 1280, 'document-camera': 1600 },
} as const

const causeOfTrouble = {
  absent: 'not-plugged-in',
  refused: 'camera-refused',
  taken: 'taken-by-another-program',
  'not-starting': 'camera-not-starting',
  'only-small': 'camera-line-narrow',
  lost: 'comes-and-goes',
} as const satisfies Record<CameraTrouble, Cause>

/**
 * Of the picture of a camera. Figures, each absent when it was not measured: `pictureWidth`, `pictureHeight`; of the look
 * `lookMs`, `frames`, `framesPerSecond`, `paintsPerSecond`, `longestGapMs`, `stillMs`, `blackShare`; of a page with text
 * `edgesSeen`, `edgePixels` (absent when no edge was seen); of a white sheet `sheetSeen` (0 or 1), `sheetLevel`,
 * `sheetClippedShare`, `sheetCast`, `sheetUnevenShare`.
 */
export function judgeCamera(place: CameraPlace, figures: Figures, trouble?: CameraTrouble): readonly Found[] {
  if (trouble) return [{ cause: causeOfTrouble[trouble] }]
  const { frames = 0, stillMs = 0, blackShare = 0 } = figures
  if (frames === 0) return [{ cause: 'no-picture', figures: pick(figures, ['frames', 'lookMs']) }]
  // A covered lens gives the same black over and over, and nothing else can be told of it.
  if (blackShare >= limits.black.all) return [{ cause: 'picture-black', figures: pick(figures, ['blackShare']) }]
  if (stillMs > limits.still) return [{ cause: 'picture-frozen', figures: pick(figures, ['stillMs', 'frames']) }]
  return [...pace(figures), ...size(place, figures), ...focus(figures), ...sheet(figures)]
}

function pace(figures: Figures): readonly Found[] {
  const { framesPerSecond = Infinity, paintsPerSecond = Infinity, longestGapMs = 0, blackShare = 0 } = figures
  const found: Found[] = []
  const slow = framesPerSecond < limits.frames
  if (paintsPerSecond < limits.paints)
    found.push({ cause: 'computer-slow', figures: pick(figures, ['paintsPerSecond', 'framesPerSecond']) })
  else if (slow) found.push({ cause: 'frames-slow', figures: pick(figures, ['framesPerSecond']) })
  const usual = 1000 / framesPerSecond
  const gap = longestGapMs > Math.max(limits.gap.ms, limits.gap.frames * usual) && paintsPerSecond >= limits.paints
  if (gap || blackShare > limits.black.some)
    found.push({ cause: 'frames-lost', figures: pick(figures, ['longestGapMs', 'blackShare']) })
  return found
}

function size(place: CameraPlace, figures: Figures): readonly Found[] {
  const { pictureWidth, pictureHeight } = figures
  if (pictureWidth === undefined || pictureHeight === undefined) return []
  if (Math.max(pictureWidth, pictureHeight) >= limits.pixels[place]) return []
  return [{ cause: 'picture-small', figures: pick(figures, ['pictureWidth', 'pictureHeight']) }]
}

function focus(figures: Figures): readonly Found[] {
  const { edgesSeen, edgePixels } = figures
  if (edgesSeen === undefined || (edgePixels !== undefined && edgePixels <= limits.edge)) return []
  return [{ cause: 'picture-blurred', figures: pick(figures, ['edgesSeen', 'edgePixels']) }]
}

function sheet(figures: Figures): readonly Found[] {
  const { sheetSeen, sheetLevel = 0, sheetClippedShare = 0, sheetCast = 0, sheetUnevenShare = 0 } = figures
  if (sheetSeen !== 1) return []
  const found: Found[] = []
  const bright = sheetLevel > limits.bright || sheetClippedShare > limits.clipped
  if (bright) found.push({ cause: 'picture-bright', figures: pick(figures, ['sheetLevel', 'sheetClippedShare']) })
  else if (sheetLevel < limits.dark) found.push({ cause: 'picture-dark', figures: pick(figures, ['sheetLevel']) })
  if (sheetCast > limits.cast) found.push({ cause: 'colours-off', figures: pick(figures, ['sheetCast']) })
  if (sheetUnevenShare > limits.uneven)
    found.push({ cause: 'light-uneven', figures: pick(figures, ['sheetUnevenShare']) })
  return found
}
