import type { Point } from '#native/capability/picture.ts'
import type { Colours } from './picture.ts'
import type { Corners } from './quad.ts'

/** Long side over short side of papers that are snapped to, and how far off a page may be, as a share. */
const formats = { paper: Math.SQRT2, card: 85.6 / 53.98 } as const
const SNAP = 0.055

/** Width over height of the real page, from how its corners are seen; 1.414 and 1.586 are snapped to when near. */
export function realAspect(
  corners: Corners,
  frame: { readonly width: number; readonly height: number },
): { readonly aspect: number; readonly format?: keyof typeof formats } {
  const measured = measuredAspect(corners, frame)
  const long = Math.max(measured, 1 / measured)
  for (const format of ['paper', 'card'] as const) {
    if (Math.abs(long / formats[format] - 1) > SNAP) continue
    return { aspect: measured > 1 ? formats[format] : 1 / formats[format], format }
  }
  return { aspect: measured }
}

/**
 * After Zhang and He, "Whiteboard scanning and image enhancement" (2007): corners and a focal length give the true
 * proportion. The focal length comes from the corners where they tell it, else from what cameras usually have.
 */
function measuredAspect([m1, m2, m4, m3]: Corners, { width, height }: { width: number; height: number }): number {
  const [cx, cy] = [width / 2, height / 2]
  const usual = 1.15 * Math.max(width, height)
  const homogeneous = ({ x, y }: Point): Triple => [x - cx, y - cy, 1]
  const [a, b, c, d] = [homogeneous(m1), homogeneous(m2), homogeneous(m3), homogeneous(m4)]
  const k2 = dot(cross(a, d), c) / dot(cross(b, d), c)
  const k3 = dot(cross(a, d), b) / dot(cross(c, d), b)
  const n2 = b.map((value, index) => k2 * value - a[index]!) as unknown as Triple
  const n3 = c.map((value, index) => k3 * value - a[index]!) as unknown as Triple
  let focal = usual
  if (Math.abs(n2[2]) > 0.05 && Math.abs(n3[2]) > 0.05) {
    const squared = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2])
    const told = Math.sqrt(squared)
    if (told > 0.6 * usual && told < 2 * usual) focal = told
  }
  const length = ([x, y, z]: Triple) => Math.hypot(x / focal, y / focal, z)
  return length(n2) / length(n3)
}

type Triple = readonly [number, number, number]

function cross([a, b, c]: Triple, [d, e, f]: Triple): Triple {
  return [b * f - c * e, c * d - a * f, a * e - b * d]
}

function dot([a, b, c]: Triple, [d, e, f]: Triple): number {
  return a * d + b * e + c * f
}

/** Size in pixels of the flat page: about as fine as it was seen, its longer side at most `most`. */
export function flatSize(corners: Corners, aspect: number, most: number): { width: number; height: number } {
  const side = (from: number, to: number) =>
    Math.hypot(corners[to]!.x - corners[from]!.x, corners[to]!.y - corners[from]!.y)
  const across = Math.max(side(0, 1), side(3, 2))
  const down = Math.max(side(1, 2), side(0, 3))
  const width = Math.max(across, down * aspect)
  const scale = Math.min(1, most / Math.max(width, width / aspect))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round((width / aspect) * scale)) }
}

/** The part of a picture between four corners, made a rectangle. What lies outside the picture is white. */
export function flatten(picture: Colours, corners: Corners, size: { width: number; height: number }): Colours {
  const { width, height } = size
  const { rgb: from, width: w, height: h } = picture
  const rgb = new Uint8Array(width * height * 3).fill(255)
  const [a, b, c, d, e, f, g, i] = unitSquareTo(corners)
  // Where the picture is finer than what is made of it, several samples make a pixel.
  const seen = Math.hypot(corners[1].x - corners[0].x, corners[1].y - corners[0].y) / width
  const parts = Math.min(4, Math.max(1, Math.round(seen)))
  const share = 1 / (parts * parts)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [red, green, blue, outside] = [0, 0, 0, false]
      for (let part = 0; part < parts * parts; part++) {
        const u = (x + ((part % parts) + 0.5) / parts) / width
        const v = (y + (Math.floor(part / parts) + 0.5) / parts) / height
        const under = g * u + i * v + 1
        const px = (a * u + b * v + c) / under - 0.5
        const py = (d * u + e * v + f) / under - 0.5
        if (px < -1 || py < -1 || px > w || py > h) {
          outside = true
          break
        }
        const x0 = Math.max(0, Math.min(w - 2, Math.floor(px)))
        const y0 = Math.max(0, Math.min(h - 2, Math.floor(py)))
        const fx = Math.max(0, Math.min(1, px - x0))
        const fy = Math.max(0, Math.min(1, py - y0))
        const [w00, w10, w01, w11] = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy]
        const at = (y0 * w + x0) * 3
        const below = at + w * 3
        red += w00 * from[at]! + w10 * from[at + 3]! + w01 * from[below]! + w11 * from[below + 3]!
        green += w00 * from[at + 1]! + w10 * from[at + 4]! + w01 * from[below + 1]! + w11 * from[below + 4]!
        blue += w00 * from[at + 2]! + w10 * from[at + 5]! + w01 * from[below + 2]! + w11 * from[below + 5]!
      }
      if (outside) continue
      const to = (y * width + x) * 3
      rgb[to] = red * share + 0.5
      rgb[to + 1] = green * share + 0.5
      rgb[to + 2] = blue * share + 0.5
    }
  }
  return { width, height, rgb }
}

/** The point of the picture that lies at these shares of the page's width and height. */
export function placeOn(corners: Corners, u: number, v: number): Point {
  const [a, b, c, d, e, f, g, i] = unitSquareTo(corners)
  const under = g * u + i * v + 1
  return { x: (a * u + b * v + c) / under, y: (d * u + e * v + f) / under }
}

/** The eight numbers that carry the unit square to four corners (Heckbert 1989); the ninth is 1. */
function unitSquareTo([p, q, r, s]: Corners): [number, number, number, number, number, number, number, number] {
  const [dx1, dx2, dx3] = [q.x - r.x, s.x - r.x, p.x - q.x + r.x - s.x]
  const [dy1, dy2, dy3] = [q.y - r.y, s.y - r.y, p.y - q.y + r.y - s.y]
  const under = dx1 * dy2 - dx2 * dy1 || 1
  const g = (dx3 * dy2 - dx2 * dy3) / under
  const i = (dx1 * dy3 - dx3 * dy1) / under
  return [q.x - p.x + g * q.x, s.x - p.x + i * s.x, p.x, q.y - p.y + g * q.y, s.y - p.y + i * s.y, p.y, g, i]
}
