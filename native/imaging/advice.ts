import type { FingerAdvice, Impression } from '#domain/biometrics/index.ts'
import type { Search } from './find.ts'
import type { FingerMeasures } from './measure.ts'
import type { Shape } from './shape.ts'

/** From this quality on only the place and the roll of a finger are talked about. */
const GOOD = 85
/** Contrast over darkness: skin that slides, or whose valleys are full of water, is grey without lines. */
const FADED = { fine: 0.85, coarse: 0.54 }
/** Darkness (0 white … 1 black) of dry or light, and of wet or squeezed fingers. */
const DARKNESS = { light: 0.3, dry: 0.38, wet: 0.54 }
/** Orientation certainty below which ridges are broken. */
const BROKEN = { fine: 0.77, coarse: 0.68 }
/** Ridges this fine are beyond a preview, which then cannot tell whether they are broken. */
const SEEN_GRAIN = 0.36
/** Millimetres from the edge of the picture at which a finger is taken to go on beyond it. */
const EDGE = 1
/** Height over width: of a flat fingertip laid down whole, of its tip only, of its side only; of a finger rolled far enough. */
const TALL = { tip: 1.05, whole: 1.2, side: 1.75, rolled: 1.1 }

type Seen = {
  readonly measures: FingerMeasures
  readonly quality: number
  readonly shape: Shape
  readonly search: Search
  readonly impression: Impression
}

/** The most useful thing to do for a finger, if anything. README.md says which measure leads to which. */
export function adviceFor(seen: Seen): FingerAdvice | undefined {
  const poor = seen.quality < GOOD
  if (poor && isSmeared(seen.measures)) return 'hold-still'
  return placing(seen) ?? (poor ? pressing(seen.measures) : undefined)
}

function isSmeared({ fine, contrast, darkness }: FingerMeasures): boolean {
  return darkness < DARKNESS.wet && contrast < darkness * (fine ? FADED.fine : FADED.coarse)
}

function placing({ shape, search, impression }: Seen): FingerAdvice | undefined {
  const { bounds, width, height } = shape
  // The search looks two pixels to each side.
  const edge = EDGE * search.mm + 2
  const at = {
    left: bounds.left < edge,
    right: bounds.right >= search.width - edge,
    top: bounds.top < edge,
    bottom: bounds.bottom >= search.height - edge,
  }
  // A sensor smaller than a finger is always full.
  if (at.left && at.right) return undefined
  if (at.left) return 'move-right'
  if (at.right) return 'move-left'
  if (at.top) return at.bottom ? undefined : 'move-down'
  const tall = height / width
  if (impression === 'rolled') return tall > TALL.rolled ? 'roll-further' : undefined
  if (tall < (at.bottom ? TALL.whole : TALL.tip)) return 'move-up'
  return tall > TALL.side ? 'press-harder' : undefined
}

function pressing({ fine, darkness, contrast, coherence, grain }: FingerMeasures): FingerAdvice | undefined {
  if (darkness > DARKNESS.wet) return contrast < darkness * (fine ? FADED.fine : FADED.coarse) ? 'dry' : 'press-lighter'
  const broken = coherence < (fine ? BROKEN.fine : BROKEN.coarse) && (fine || grain > SEEN_GRAIN)
  if (broken && darkness < DARKNESS.dry) return 'moisten'
  return darkness < DARKNESS.light ? 'press-harder' : undefined
}
