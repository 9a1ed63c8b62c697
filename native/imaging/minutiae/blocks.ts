/** Side of a block in pixels at 500 dpi: a little less than one ridge period. */
export const BLOCK = 8

/** What is known of the ridges block by block. `ridge` is pixel by pixel, levelled, positive on ridges. */
export type RidgeField = {
  readonly width: number
  readonly height: number
  readonly ridge: Float32Array
  readonly columns: number
  readonly rows: number
  /** 1 where there is skin with ridges. */
  readonly skin: Uint8Array
  /** Cosine and sine of twice the direction along the ridges (y down), times their certainty 0–1. */
  readonly cos2: Float32Array
  readonly sin2: Float32Array
  /** Ridge period in pixels. */
  readonly period: Float32Array
  /** Standard deviation of the grey levels. */
  readonly deviation: Float32Array
}

/** Gaussian over blocks, in place; the edge repeats. */
export function smooth(values: Float32Array, columns: number, rows: number, sigma: number): void {
  const reach = Math.ceil(2.5 * sigma)
  const weights = Array.from({ length: 2 * reach + 1 }, (_, index) =>
    Math.exp(-((index - reach) ** 2) / (2 * sigma ** 2)),
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const between = new Float32Array(values.length)
  const pass = (from: Float32Array, to: Float32Array, outer: number, inner: number, step: number, stride: number) => {
    for (let line = 0; line < outer; line++) {
      for (let place = 0; place < inner; place++) {
        let sum = 0
        for (let tap = -reach; tap <= reach; tap++) {
          const near = Math.max(0, Math.min(inner - 1, place + tap))
          sum += weights[tap + reach]! * from[line * stride + near * step]!
        }
        to[line * stride + place * step] = sum / total
      }
    }
  }
  pass(values, between, rows, columns, 1, columns)
  pass(between, values, columns, rows, columns, 1)
}
