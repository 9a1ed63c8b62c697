import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import type { FingerArea } from './crop.ts'
import { measureFinger, type FingerMeasures } from './measure.ts'

type Part = readonly [value: number, worst: number, best: number, weight: number]

/** How good a finger is for recognition, 0–100. An area without skin is 0. */
export function fingerQuality(image: GrayImage, area: FingerArea): number {
  return qualityOf(measureFinger(image, area))
}

/** The quality that these measures make: a weighted geometric mean, so that no bad measure hides behind good ones. */
export function qualityOf(measures: FingerMeasures): number {
  if (measures.area === 0) return 0
  const { area, coverage, coherence, contrast, ridges, clarity } = measures
  // Previews: 100 to 160 dpi and more.
  const finer = Math.max(0, Math.min(1, (measures.dpi - 100) / 60))
  const ridgeParts: readonly Part[] = measures.fine
    ? [
        [coherence, 0.42, 0.92, 0.28],
        [clarity, 0.35, 0.86, 0.12],
        [contrast, 0.12, 0.6, 0.24],
        [ridges, 0.3, 1, 0.08],
      ]
    : // Two pixels to a ridge: directions are still seen, clarity is not, and contrast is halved.
      [
        [coherence, 0.31 + 0.14 * finer, 0.86 + 0.06 * finer, 0.4],
        [contrast, 0.05 + 0.08 * finer, 0.36 + 0.12 * finer, 0.24],
        [ridges, 0.25, 0.97, 0.08],
      ]
  const parts: readonly Part[] = [[area, 20, 230, 0.18], [coverage, 0.3, 0.95, 0.1], ...ridgeParts]
  const log = parts.reduce((sum, [value, worst, best, weight]) => sum + weight * Math.log(rated(value, worst, best)), 0)
  return Math.round(100 * Math.exp(log))
}

/** 0.01 at the worst value and below, 1 at the best and above. */
function rated(value: number, worst: number, best: number): number {
  return Math.max(0.01, Math.min(1, (value - worst) / (best - worst)))
}
