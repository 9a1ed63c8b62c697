import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawPortrait } from '#native/sim/people/portrait.ts'
import type { ColourImage, Face } from '#native/imaging/face/index.ts'

const size = { seed: 1, width: 480, height: 640 } as const

/** The drawn head of nobody, on white, held straight. */
export function drawnPicture(): ColourImage {
  const { width, height, data } = drawPortrait(size)
  const pixels = new Uint8Array(width * height * 3)
  for (let from = 0, to = 0; to < pixels.length; from += 4, to += 3) pixels.set(data.subarray(from, from + 3), to)
  return { width, height, pixels }
}

/** The mesh that the model found on it, kept, so that these tests need no model. */
export function drawnFace(): Face {
  const { box, mesh } = JSON.parse(readFileSync(join(import.meta.dirname, 'drawn-mesh.json'), 'utf8')) as {
    readonly box: Face['box']
    readonly mesh: readonly (readonly [number, number, number])[]
  }
  return { box, mesh: mesh.map(([x, y, z]) => ({ x, y, z })) }
}

/** The face with some points of its mesh moved. */
export function moved(face: Face, indexes: readonly number[], by: { readonly x?: number; readonly y?: number }): Face {
  const mesh = face.mesh.map((point, index) =>
    indexes.includes(index) ? { ...point, x: point.x + (by.x ?? 0), y: point.y + (by.y ?? 0) } : point,
  )
  return { ...face, mesh }
}

/** The head turned by so many degrees about its upright (`yaw`) or level (`pitch`) axis, or onto a shoulder (`roll`). */
export function turnedHead(face: Face, axis: 'yaw' | 'pitch' | 'roll', degrees: number): Face {
  const radians = (degrees * Math.PI) / 180
  const cos = Math.cos(radians)
  const sin = Math.sin(radians)
  const { x: middleX, y: middleY } = { x: face.box.x + face.box.width / 2, y: face.box.y + face.box.height / 2 }
  const mesh = face.mesh.map(({ x, y, z }) => {
    const u = x - middleX
    const v = y - middleY
    if (axis === 'yaw') return { x: middleX + u * cos - z * sin, y, z: u * sin + z * cos }
    if (axis === 'pitch') return { x, y: middleY + v * cos - z * sin, z: v * sin + z * cos }
    return { x: middleX + u * cos - v * sin, y: middleY + u * sin + v * cos, z }
  })
  return { ...face, mesh }
}

/** The part of a picture from `left`, `top` on, and the face as it lies on it. */
export function windowOn(
  picture: ColourImage,
  face: Face,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
): { readonly picture: ColourImage; readonly face: Face } {
  const pixels = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    const from = ((y + top) * picture.width + left) * 3
    pixels.set(picture.pixels.subarray(from, from + width * 3), y * width * 3)
  }
  const mesh = face.mesh.map((point) => ({ ...point, x: point.x - left, y: point.y - top }))
  return {
    picture: { width, height, pixels },
    face: { box: { ...face.box, x: face.box.x - left, y: face.box.y - top }, mesh },
  }
}
