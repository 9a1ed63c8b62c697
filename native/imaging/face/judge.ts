import type { PortraitCheck } from '#domain/biometrics/index.ts'
import type { Box, PortraitSeen } from '#native/capability/picture.ts'
import { backgroundOf } from './background.ts'
import { eyeOpening, mouthOpening, poseOf } from './features.ts'
import {
  EYE_LINE,
  EYE_LINE_RANGE,
  FACE_CENTRE_RANGE,
  fitCrop,
  MOST_HEAD_SHARE,
  placeInCrop,
  PORTRAIT_ROWS,
  clipBox,
} from './geometry.ts'
import { glassesOf } from './glasses.ts'
import { brightnessOf, shadowOf, sharpnessOf } from './light.ts'
import { meshPoints, type Face } from './mesh.ts'
import { boxAround, type ColourImage } from './picture.ts'
import { coveringOf, earsOf, skinOf } from './skin.ts'
import { UNIT, viewHead, type HeadView } from './view.ts'

/** Where each check begins to say something; units in README.md. */
export const limits = {
  /** Yaw and pitch, degrees. ISO/IEC 19794-5:2011, 7.2.2 asks for ±5 each; the rest is what the mesh may be wrong by. */
  yaw: 5 + 4,
  pitch: 5 + 6,
  /** ISO/IEC 19794-5:2011, 7.2.2: ±8 when it is turned upright afterwards, as here. */
  roll: 8,
  eyeOpening: 0.2,
  mouthOpening: 0.16,
  ears: 0.3,
  glasses: 1,
  covering: 0.35,
  sharpness: 0.4,
  dark: 60,
  bright: 245,
  shadow: 0.32,
  unevenness: 38,
  whiteness: 175,
} as const

/** A face beside the largest one counts when it is at least this large against it, or lies in the portrait. */
const SECOND_FACE = 0.4

type Finding = PortraitSeen['findings'][number]
export type Judged = Omit<PortraitSeen, 'width' | 'height'> & { readonly view?: HeadView }

/**
 * What is seen on a picture. `rowsFor` says how many rows of the picture as it will be taken one row of this one stands
 * for: 1 for the picture itself, more for a frame that was made smaller.
 */
export function judge(picture: ColourImage, faces: readonly Face[], rowsFor: number): Judged {
  const largest = faces[0]
  if (!largest) return { faces: [], findings: [{ check: 'face-missing', value: 0 }] }
  const view = viewHead(picture, largest)
  const crop = fitCrop(view.crop, picture)
  const boxes = faces.map(({ box }) => clipBox(box, picture))
  const findings = [
    ...several(boxes, crop),
    ...placed(view, crop, boxes[0]!, rowsFor),
    ...featured(view, largest),
    ...lit(view, boxes[0]!, sharpnessOf(asFineAs(picture, largest, view))),
  ]
  const clipped = findings.map(({ mark, ...finding }) => ({
    ...finding,
    ...(mark && { mark: clipBox(mark, picture) }),
  }))
  return { faces: boxes, landmarks: view.landmarks, findings: clipped, crop, view }
}

function several(boxes: readonly Box[], crop: Box): Finding[] {
  const [first, ...others] = boxes
  const second = others.find((box) => box.width >= first!.width * SECOND_FACE || overlap(box, crop))
  return second ? [{ check: 'several-faces', value: boxes.length, mark: second }] : []
}

function overlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  )
}

function placed({ place }: HeadView, crop: Box & { readonly angle: number }, face: Box, rowsFor: number): Finding[] {
  const { centre, eyeLine, headShare, crown } = placeInCrop(place, crop)
  const found: Finding[] = []
  const rows = (crop.height * rowsFor) / PORTRAIT_ROWS
  if (rows < 1) found.push({ check: 'too-far', value: rows, mark: face })
  if (headShare > MOST_HEAD_SHARE) found.push({ check: 'too-near', value: headShare, mark: face })
  const outside = (value: number, { least, most }: { least: number; most: number }) => value < least || value > most
  if (outside(centre, FACE_CENTRE_RANGE) || outside(eyeLine, EYE_LINE_RANGE) || crown < 0) {
    const value = Math.max(Math.abs(centre - 0.5), Math.abs(eyeLine - EYE_LINE))
    found.push({ check: 'off-centre', value, mark: face })
  }
  return found
}

function featured(view: HeadView, face: Face): Finding[] {
  const box = face.box
  const around = (...indexes: readonly number[]) => boxAround(indexes.map((index) => face.mesh[index]!))
  const pose = poseOf(face)
  const skin = skinOf(view)
  const ears = earsOf(view, skin)
  const hidden = ears.right < ears.left ? ('right' as const) : ('left' as const)
  const glasses = glassesOf(view)
  const covering = coveringOf(view, skin)
  const { rightEye, leftEye, lips, rightBrow, leftBrow } = meshPoints
  const eyes = around(...rightBrow, ...leftBrow, ...rightEye.lower, ...leftEye.lower, rightEye.outer, leftEye.outer)
  const mouth = around(lips.right, lips.left, lips.outerUpper, lips.outerLower)
  const turned = Math.max(Math.abs(pose.yaw) / limits.yaw, Math.abs(pose.pitch) / limits.pitch)
  return [
    below('turned', -turned, -1, box, Math.max(Math.abs(pose.yaw), Math.abs(pose.pitch))),
    above('tilted', Math.abs(pose.roll), limits.roll, box),
    below('eyes-closed', eyeOpening(face), limits.eyeOpening, eyes),
    above('mouth-open', mouthOpening(face), limits.mouthOpening, mouth),
    below('ears-hidden', ears[hidden], limits.ears, view.mark(ears.boxes[hidden])),
    above('glasses', glasses.value, limits.glasses, view.mark(glasses.box)),
    above('head-covered', covering.value, limits.covering, view.mark(covering.box)),
  ].flat()
}

/** A small face is not made larger to see whether it is sharp. */
function asFineAs(picture: ColourImage, face: Face, view: HeadView): HeadView {
  const { eyeDistance } = view.place
  return eyeDistance < UNIT ? viewHead(picture, face, eyeDistance) : view
}

function lit(view: HeadView, face: Box, sharpness: number): Finding[] {
  const brightness = brightnessOf(view)
  const shadow = shadowOf(view)
  const background = backgroundOf(view)
  return [
    below('blurred', sharpness, limits.sharpness, face),
    below('too-dark', brightness.middle, limits.dark, face),
    above('too-bright', brightness.bright, limits.bright, face),
    above('shadow', shadow.value, limits.shadow, view.mark(shadow.box)),
    background ? above('background-uneven', background.unevenness, limits.unevenness, view.mark(background.box)) : [],
    background ? below('background-not-white', background.whiteness, limits.whiteness, view.mark(background.box)) : [],
  ].flat()
}

function above(check: PortraitCheck, value: number, limit: number, mark: Box): Finding[] {
  return value > limit ? [{ check, value, mark }] : []
}

function below(check: PortraitCheck, value: number, limit: number, mark: Box, told = value): Finding[] {
  return value < limit ? [{ check, value: told, mark }] : []
}
