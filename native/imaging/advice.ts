import type { FingerAdvice, Impression } from '#domain/biometrics/index.ts'
import type { Search } from './find.ts'
import type { FingerMeasures } from './measure.ts'
import type { Shape } from './shape.ts'

/** From this quality on only the place and the roll of a finger are talked about. */
const GOOD = 70
/** Millimetres from the edge of the picture at which a finger is taken to go on beyond it. */
const EDGE = 1
/** Height over width: a flat fingertip is at least this tall, and a rolled one at most that. */
const TALL = { whole: 1.2, tip: 1.05, rolled: 1.05 }

/** The most useful thing to do for a finger, if anything. README.md says which measure leads to which. */
export function adviceFor(seen: {
  readonly measures: FingerMeasures
  readonly quality: number
  readonly shape: Shape
  readonly search: Search
  readonly impression: Impression
}): FingerAdvice | undefined {
  return placing(seen) ?? (seen.quality >= GOOD ? undefined : pressing(seen.measures))
}

function placing({ shape, search, impression }: Parameters<typeof adviceFor>[0]): FingerAdvice | undefined {
  const { bounds, width, height } = shape
  // The search looks two pixels to each side.
  const edge = EDGE * search.mm + 2
  if (bounds.left < edge && bounds.right < search.width - edge) return 'move-right'
  if (bounds.right >= search.width - edge && bounds.left >= edge) return 'move-left'
  if (bounds.top < edge) return 'move-down'
  const tall = height / width
  if (impression === 'rolled') return tall > TALL.rolled ? 'roll-further' : undefined
  if (bounds.bottom >= search.height - edge && tall < TALL.whole) return 'move-up'
  return tall < TALL.tip ? 'move-up' : undefined
}

function pressing(measures: FingerMeasures): FingerAdvice | undefined {
  const { fine, darkness, coherence, blotches, blots, area } = measures
  const broken = coherence < (fine ? 0.75 : 0.66)
  if (blots > 0.1 || (darkness > 0.5 && broken)) return blotches > 0.12 ? 'dry' : 'press-lighter'
  if (broken && darkness < 0.4) return darkness < 0.2 && area < 150 ? 'press-harder' : 'moisten'
  if (darkness < 0.3 || area < 150) return 'press-harder'
  return undefined
}
