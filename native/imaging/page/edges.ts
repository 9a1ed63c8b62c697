import type { Colours } from './picture.ts'

/** Points where x·cos + y·sin = distance. */
export type Line = { readonly cos: number; readonly sin: number; readonly distance: number }

const ANGLES = 120
const RHO_STEP = 1.5
/** Stronger edges do not count for more than this: a long pale edge is worth more than a short hard one. */
const MOST_VOTE = 60
const LEAST_VOTE = 10
const CLOSE_ANGLES = 3
const CLOSE_STEPS = 4

/** Straight edges of a small picture, the longest first (Hough, each edge voting only about its own direction). */
export function strongestLines(picture: Colours, most: number): readonly Line[] {
  const { width, height } = picture
  const reach = Math.ceil(Math.hypot(width, height) / RHO_STEP)
  const rhos = 2 * reach + 1
  const votes = new Float32Array(ANGLES * rhos)
  const cosines = Float64Array.from({ length: ANGLES }, (_, index) => Math.cos((index * Math.PI) / ANGLES))
  const sines = Float64Array.from({ length: ANGLES }, (_, index) => Math.sin((index * Math.PI) / ANGLES))
  eachEdge(picture, (x, y, gx, gy, strength) => {
    const angle = Math.atan2(gy, gx)
    const middle = Math.round((angle / Math.PI) * ANGLES)
    const vote = Math.min(MOST_VOTE, strength)
    for (let offset = -3; offset <= 3; offset++) {
      const index = (((middle + offset) % ANGLES) + ANGLES) % ANGLES
      const rho = Math.round((x * cosines[index]! + y * sines[index]!) / RHO_STEP) + reach
      votes[index * rhos + rho]! += vote
    }
  })
  return peaks(votes, rhos, most).map(({ index, rho }) => ({
    cos: cosines[index]!,
    sin: sines[index]!,
    distance: (rho - reach) * RHO_STEP,
  }))
}

/** Sobel of the channel that changes most; only local maxima across the edge. */
function eachEdge(
  { width, height, rgb }: Colours,
  use: (x: number, y: number, gx: number, gy: number, strength: number) => void,
) {
  const row = width * 3
  const across = new Float32Array(width * height)
  const down = new Float32Array(width * height)
  const strength = new Float32Array(width * height)
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x
      for (let channel = 0; channel < 3; channel++) {
        const from = at * 3 + channel
        const a = rgb[from - row - 3]!
        const c = rgb[from - row + 3]!
        const f = rgb[from + row - 3]!
        const h = rgb[from + row + 3]!
        const gx = (c + 2 * rgb[from + 3]! + h - a - 2 * rgb[from - 3]! - f) / 4
        const gy = (f + 2 * rgb[from + row]! + h - a - 2 * rgb[from - row]! - c) / 4
        const size = Math.abs(gx) + Math.abs(gy)
        if (size <= strength[at]!) continue
        strength[at] = size
        across[at] = gx
        down[at] = gy
      }
    }
  }
  for (let y = 2; y < height - 2; y++) {
    for (let x = 2; x < width - 2; x++) {
      const at = y * width + x
      const size = strength[at]!
      if (size < LEAST_VOTE) continue
      const step = Math.abs(across[at]!) > Math.abs(down[at]!) ? 1 : width
      if (size < strength[at - step]! || size < strength[at + step]!) continue
      use(x, y, across[at]!, down[at]!, size)
    }
  }
}

function peaks(votes: Float32Array, rhos: number, most: number) {
  const found: { readonly index: number; readonly rho: number; readonly size: number }[] = []
  for (let index = 0; index < ANGLES; index++) {
    for (let rho = 1; rho < rhos - 1; rho++) {
      const size = votes[index * rhos + rho]!
      if (size < 600) continue
      const smaller = (angle: number, place: number) => size >= votes[((angle + ANGLES) % ANGLES) * rhos + place]!
      if (smaller(index, rho - 1) && smaller(index, rho + 1) && smaller(index - 1, rho) && smaller(index + 1, rho)) {
        found.push({ index, rho, size })
      }
    }
  }
  found.sort((a, b) => b.size - a.size)
  const kept: typeof found = []
  for (const peak of found) {
    if (kept.length === most) break
    const near = kept.some((other) => {
      const turned = Math.abs(peak.index - other.index)
      const wraps = turned > ANGLES / 2
      // The same line seen from the other side of the half circle has the distance with the other sign.
      const rho = wraps ? rhos - 1 - other.rho : other.rho
      return Math.min(turned, ANGLES - turned) <= CLOSE_ANGLES && Math.abs(peak.rho - rho) <= CLOSE_STEPS
    })
    if (!near) kept.push(peak)
  }
  return kept
}
