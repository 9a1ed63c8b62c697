import {
  captureSteps,
  type CaptureShape,
  type CaptureStep,
  type FingerPosition,
  type SlapProblem,
} from '#domain/biometrics/index.ts'
import type { FingerFound, FingersSeen, GrayImage } from '#native/capability/fingerprint-reader.ts'
import { adviceFor } from './advice.ts'
import type { FingerArea } from './crop.ts'
import { findFingers, flatLooks, rolledLooks, thumbLooks, type Looks, type Search } from './find.ts'
import { checkImage } from './limits.ts'
import { measureFinger, type FingerMeasures } from './measure.ts'
import { nameFingers, type Unnamed } from './naming.ts'
import { qualityOf } from './quality.ts'
import type { Shape } from './shape.ts'

/** Square millimetres of something else than fingers that are let pass: dirt, the edge of a palm. */
const DIRT = 130
/** A shape of which less shows skin, or is at least dark, is no finger. */
const LEAST_FILLED = 0.57
/** What only fingers show: blocks with ridges; in previews directions that are clear for the contrast. */
const RIDGED = { ridges: 0.45, coherence: 0.3, forContrast: 1.6 }
/** What slid or drowned has little contrast for its darkness; strokes on white have much. */
const DROWNED = { fine: 1.2, coarse: 0.85 }
/** One finger more than expected counts when it is this large beside the smallest of the others. */
const WHOLE_FINGER = 0.5

/** Height over width of a fingertip that is there as a whole, and the quality from which its place is sure. */
const WHOLE_TIP = { least: 1.12, most: 1.75 }
const CLEAR = 40

type Candidate = { readonly shape: Shape; readonly area: FingerArea; readonly measures: FingerMeasures }

/**
 * What is seen of the fingers that a step leads one to expect, left to right; `absent` ones are not expected.
 * An empty platen shows nothing and has no problem. Reads images of 90 to 1100 dpi.
 * Throws IMAGE_TOO_LARGE, and IMAGE_UNREADABLE for an impossible resolution.
 */
export function seeFingers(image: GrayImage, step: CaptureStep, absent: readonly FingerPosition[] = []): FingersSeen {
  checkImage(image, 'imaging.seeFingers')
  const { fingers, impression } = captureSteps[step]
  const expected = fingers.filter((finger) => !absent.includes(finger))
  const nothing: FingersSeen = { fingers: [], missing: expected }
  const search = findFingers(image, looksOf(captureSteps[step]))
  const judged = judge(image, search)
  if (!areFingers(judged, Math.max(1, expected.length))) return { ...nothing, problem: 'not-fingers' }
  const found = judged.sure.length > 0 ? [...judged.sure, ...judged.unsure] : judged.unsure
  if (found.length === 0 || expected.length === 0) {
    return found.length === 0 ? nothing : { ...nothing, problem: 'too-many' }
  }

  const upright = (shape: Shape) => turnedBack(shape, search)
  const inOrder = (list: readonly Candidate[]) => list.toSorted((a, b) => upright(a.shape).x - upright(b.shape).x)
  const whole = inOrder(judged.sure.filter((each, _, all) => isWhole(each, all, expected.length)))
  const tooMany = whole.length > expected.length
  const kept = inOrder(found.slice(0, expected.length))
  const place = ({ shape, measures }: Candidate): Unnamed => {
    const { x, y } = upright(shape)
    const tall = shape.height / shape.width
    const whole = tall > WHOLE_TIP.least && tall < WHOLE_TIP.most && qualityOf(measures) >= CLEAR
    return { x: x / search.mm, y: y / search.mm, size: (shape.width * shape.height) / search.mm ** 2, whole }
  }
  const { names, otherHand } = nameFingers(expected, kept.map(place), (tooMany ? whole : kept).map(place))
  const problem: SlapProblem | undefined = otherHand ? 'wrong-hand' : tooMany ? 'too-many' : undefined
  const seen = kept.map(({ shape, area, measures }, index): FingerFound => {
    const quality = qualityOf(measures)
    const advice = adviceFor({ measures, quality, shape, search, impression })
    return { position: names[index]!, ...area, quality, ...(advice && { advice }) }
  })
  return {
    fingers: seen,
    missing: expected.filter((finger) => !names.includes(finger)),
    ...(problem && { problem }),
  }
}

function looksOf({ fingers, impression }: CaptureShape): Looks {
  if (impression === 'rolled') return rolledLooks
  return fingers.some((finger) => finger.endsWith('thumb')) || fingers.length === 1 ? thumbLooks : flatLooks
}

/** Whether more than dirt lies on the glass: fingers, or something else that is to be told from an empty platen. */
export function hasFinger(image: GrayImage): boolean {
  checkImage(image, 'imaging.hasFinger')
  const { shapes, strange } = findFingers(image, rolledLooks)
  return shapes.length > 0 || strange > DIRT
}

type Judged = {
  /** With ridges, the largest first. */
  readonly sure: readonly Candidate[]
  /** Of a finger's shape, but blurred or drowned. */
  readonly unsure: readonly Candidate[]
  /** Square millimetres of anything else. */
  readonly strange: number
}

function judge(image: GrayImage, search: Search): Judged {
  const candidates = search.shapes.map((shape): Candidate => {
    const area = areaOf(shape, search)
    return { shape, area, measures: measureFinger(image, area) }
  })
  const sure = candidates.filter(({ measures }) => hasRidges(measures))
  const others = candidates.filter(({ measures }) => !hasRidges(measures))
  const [blurred, strange] = [others.filter(isBlurred), others.filter((each) => !isBlurred(each))]
  const odd = strange.reduce((sum, { shape }) => sum + shape.pixels, 0)
  return { sure, unsure: blurred, strange: search.strange + odd / search.mm ** 2 }
}

function hasRidges(measures: FingerMeasures): boolean {
  const { fine, ridges, coherence, contrast } = measures
  if (!isFilled(measures)) return false
  return fine ? ridges >= RIDGED.ridges : coherence >= Math.max(RIDGED.coherence, RIDGED.forContrast * contrast)
}

function isBlurred({ measures }: Candidate): boolean {
  const { fine, contrast, darkness } = measures
  return contrast < darkness * (fine ? DROWNED.fine : DROWNED.coarse) && isFilled(measures)
}

function isFilled({ coverage, blots }: FingerMeasures): boolean {
  return coverage + blots >= LEAST_FILLED
}

function areFingers({ sure, unsure, strange }: Judged, expected: number): boolean {
  const skin = sure.reduce((sum, { measures }) => sum + measures.area, 0)
  return strange <= Math.max(DIRT, skin) && (sure.length > 0 || unsure.length <= expected)
}

function isWhole({ shape }: Candidate, all: readonly Candidate[], expected: number): boolean {
  const least = all[Math.min(expected, all.length) - 1]!
  return shape.pixels >= WHOLE_FINGER * least.shape.pixels
}

/** A shape of the search image as a box of the image. */
function areaOf(shape: Shape, { factor }: Search): FingerArea {
  return {
    box: {
      x: (shape.x - shape.width / 2) * factor,
      y: (shape.y - shape.height / 2) * factor,
      width: shape.width * factor,
      height: shape.height * factor,
    },
    angle: shape.angle,
  }
}

/** The centre of a shape as if the hand stood upright, from the centre of the search image. */
function turnedBack(shape: Shape, { width, height, lean }: Search): { x: number; y: number } {
  const turn = (lean * Math.PI) / 180
  const dx = shape.x - width / 2
  const dy = shape.y - height / 2
  return { x: dx * Math.cos(turn) + dy * Math.sin(turn), y: dy * Math.cos(turn) - dx * Math.sin(turn) }
}
