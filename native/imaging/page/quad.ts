import type { Point } from '#native/capability/picture.ts'
import type { Line } from './edges.ts'

/** Upper left, upper right, lower right, lower left. */
export type Corners = readonly [Point, Point, Point, Point]

/** Where two lines cross; undefined when they hardly do. */
export function meet(a: Line, b: Line): Point | undefined {
  const under = a.cos * b.sin - a.sin * b.cos
  if (Math.abs(under) < 1e-6) return undefined
  return { x: (a.distance * b.sin - b.distance * a.sin) / under, y: (b.distance * a.cos - a.distance * b.cos) / under }
}

/** Square pixels, positive when the corners go clockwise. */
export function signedArea(corners: readonly Point[]): number {
  const twice = corners.reduce((sum, { x, y }, index) => {
    const next = corners[(index + 1) % corners.length]!
    return sum + x * next.y - next.x * y
  }, 0)
  return twice / 2
}

export function isConvex(corners: readonly Point[]): boolean {
  const turns = corners.map((corner, index) => {
    const [next, last] = [corners[(index + 1) % 4]!, corners[(index + 2) % 4]!]
    return (next.x - corner.x) * (last.y - next.y) - (next.y - corner.y) * (last.x - next.x) > 0
  })
  return turns.every((turn) => turn === turns[0])
}
