import type { Box } from '#native/capability/picture.ts'
import { mean, square } from './area.ts'
import { meshPoints, middle } from './mesh.ts'
import { boxAround } from './picture.ts'
import { UNIT, type HeadView } from './view.ts'

/** Glasses: edges where a bridge and the lower rims would be, over those of the bare skin of the cheeks. */
export function glassesOf(view: HeadView): { readonly value: number; readonly box: Box } {
  const { points } = view
  const innerRight = points[meshPoints.rightEye.inner]!
  const innerLeft = points[meshPoints.leftEye.inner]!
  const bridge = middle(innerRight, innerLeft, points[meshPoints.noseBridge]!)
  const bridgeBox = { x: bridge.x - UNIT * 0.1, y: bridge.y - UNIT * 0.28, width: UNIT * 0.2, height: UNIT * 0.5 }
  const cheeks = [meshPoints.rightCheek, meshPoints.leftCheek].map((cheek) =>
    middle(...cheek.map((index) => points[index]!)),
  )
  const bare = Math.max(1.5, ...cheeks.map((centre) => strongest(view, square(centre, UNIT * 0.15))))
  const rims = ([meshPoints.rightEye, meshPoints.leftEye] as const).map(({ outer, inner }) => {
    const eye = middle(points[outer]!, points[inner]!)
    return { x: eye.x - UNIT * 0.12, y: eye.y + UNIT * 0.2, width: UNIT * 0.24, height: UNIT * 0.4 }
  })
  const found = [strongest(view, bridgeBox), mean(rims.map((rim) => strongest(view, rim)))]
  const eyes = boxAround([points[meshPoints.rightEye.outer]!, points[meshPoints.leftEye.outer]!])
  const margin = UNIT * 0.25
  return {
    value: Math.min(...found) / bare,
    box: { x: eyes.x - margin, y: eyes.y - margin, width: eyes.width + 2 * margin, height: eyes.height + 2 * margin },
  }
}

/** The strongest level line across a box: the largest mean difference between a row and the second one below. */
function strongest({ image, grey }: HeadView, box: Box): number {
  let most = 0
  const left = Math.max(0, Math.round(box.x))
  const right = Math.min(image.width, Math.round(box.x + box.width))
  const bottom = Math.min(image.height - 2, Math.round(box.y + box.height))
  for (let y = Math.max(0, Math.round(box.y)); y < bottom; y++) {
    let sum = 0
    for (let x = left; x < right; x++) sum += grey[(y + 2) * image.width + x]! - grey[y * image.width + x]!
    most = Math.max(most, Math.abs(sum) / Math.max(1, right - left))
  }
  return most
}
