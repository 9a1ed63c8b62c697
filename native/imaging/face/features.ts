import type { Point } from '#native/capability/picture.ts'
import { distance, meshPoints, type Face, type MeshPoint } from './mesh.ts'

/** How a head is held, degrees: `yaw` to a side, `pitch` up or down, `roll` onto a shoulder, each with its sign. */
export type Pose = { readonly yaw: number; readonly pitch: number; readonly roll: number }

/** From the depth that the mesh guesses, so good to a few degrees only. Positive pitch: chin away from the camera or camera above. */
export function poseOf({ mesh }: Face): Pose {
  const at = (index: number) => mesh[index]!
  const right = [at(meshPoints.rightEye.outer), at(meshPoints.rightSide[0])] as const
  const left = [at(meshPoints.leftEye.outer), at(meshPoints.leftSide[0])] as const
  const yaws = right.map((point, pair) => slope(point, left[pair]!))
  const top = at(meshPoints.foreheadTop)
  const chin = at(meshPoints.chin)
  const roll = degrees(Math.atan2(left[0].y - right[0].y, left[0].x - right[0].x))
  const pitch = degrees(Math.atan2(chin.z - top.z, Math.hypot(chin.x - top.x, chin.y - top.y)))
  return { yaw: (yaws[0]! + yaws[1]!) / 2, pitch, roll }
}

function slope(one: MeshPoint, other: MeshPoint): number {
  return degrees(Math.atan2(other.z - one.z, Math.hypot(other.x - one.x, other.y - one.y)))
}

/** Opening of the eye that is opened less, over its width (the eye aspect ratio of Soukupová and Čech). */
export function eyeOpening({ mesh }: Face): number {
  return Math.min(openingOf(mesh, meshPoints.rightEye), openingOf(mesh, meshPoints.leftEye))
}

type Eye = typeof meshPoints.rightEye | typeof meshPoints.leftEye

function openingOf(mesh: readonly Point[], { outer, inner, upper, lower }: Eye): number {
  const heights = upper.map((index, pair) => distance(mesh[index]!, mesh[lower[pair]!]!))
  return heights.reduce((sum, height) => sum + height, 0) / heights.length / distance(mesh[outer]!, mesh[inner]!)
}

/** Gap between the lips over the width of the mouth. */
export function mouthOpening({ mesh }: Face): number {
  const { upper, lower, right, left } = meshPoints.lips
  return distance(mesh[upper]!, mesh[lower]!) / distance(mesh[right]!, mesh[left]!)
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI
}
