/** A point of the pen: pixels of the pad, milliseconds since the first touch, pressure 0–1. */
export type InkPoint = { readonly x: number; readonly y: number; readonly t: number; readonly pressure: number }
export type Stroke = readonly InkPoint[]

export type Pointer = 'pen' | 'touch' | 'mouse'

/** `width` and `height` are those of the pad at the first stroke; on a pad of another size it is shown to scale. */
export type Drawing = {
  readonly width: number
  readonly height: number
  readonly strokes: readonly Stroke[]
  /** What it is written with. */
  readonly pointer: Pointer
}

/** Limits of the contract: more than a signature ever has. */
export const mostStrokes = 500
export const mostPoints = 20_000

/** A touch by accident is no signature: less ink than this, in pixels, cannot be sent. */
const leastInk = 40

/** More than dots. */
export function isSignature(drawing: Drawing | undefined): boolean {
  return drawing !== undefined && inkLength(drawing.strokes) >= leastInk
}

/** Pixels of the pad that the pen has travelled. */
export function inkLength(strokes: readonly Stroke[]): number {
  let length = 0
  for (const stroke of strokes) {
    for (const [at, point] of stroke.entries()) {
      const before = stroke[at - 1]
      if (before) length += Math.hypot(point.x - before.x, point.y - before.y)
    }
  }
  return length
}

/** Dark ink; its width follows the pressure. `scale`: device pixels per pixel of the pad. */
export function draw(context: CanvasRenderingContext2D, strokes: readonly Stroke[], scale: number): void {
  context.setTransform(scale, 0, 0, scale, 0, 0)
  context.strokeStyle = '#14231c'
  context.fillStyle = '#14231c'
  context.lineCap = 'round'
  context.lineJoin = 'round'
  for (const stroke of strokes) {
    const [first] = stroke
    if (stroke.length === 1 && first) dot(context, first)
    for (const [at, point] of stroke.entries()) {
      const before = stroke[at - 1]
      if (before) segment(context, stroke[at - 2] ?? before, before, point)
    }
  }
}

/** PNG at twice the pad's size, dark on white, with nothing but the ink. */
export async function toPng(drawing: Drawing): Promise<Uint8Array<ArrayBuffer>> {
  const scale = 2
  const canvas = document.createElement('canvas')
  canvas.width = drawing.width * scale
  canvas.height = drawing.height * scale
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  draw(context, drawing.strokes, scale)
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  if (!blob) throw new Error('no picture')
  return new Uint8Array(await blob.arrayBuffer())
}

const widthAt = ({ pressure }: InkPoint) => 1.6 + 3.2 * pressure

function dot(context: CanvasRenderingContext2D, point: InkPoint): void {
  context.beginPath()
  context.arc(point.x, point.y, widthAt(point) / 2, 0, 2 * Math.PI)
  context.fill()
}

/** From the middle before `from` to the middle after it, bent at `from`: neighbours meet without a corner. */
function segment(context: CanvasRenderingContext2D, before: InkPoint, from: InkPoint, to: InkPoint): void {
  context.lineWidth = (widthAt(from) + widthAt(to)) / 2
  context.beginPath()
  context.moveTo((before.x + from.x) / 2, (before.y + from.y) / 2)
  context.quadraticCurveTo(from.x, from.y, (from.x + to.x) / 2, (from.y + to.y) / 2)
  context.stroke()
}
