import type { Cause, Found } from './causes.ts'
import { judgeEnd, mostNoise, pick, type Figures, type Trouble } from './line.ts'

const limits = {
  /** Frames a second that a person can be guided with. */
  frames: 4,
  /** Share of the look that passed without a frame after there were some. */
  frozen: 0.5,
  /** Whole rows or columns of the sensor. */
  deadLines: 0,
  /** Share of the glass. */
  dirt: 0.004,
  /** Grey levels between ridges and valleys. */
  contrast: 30,
  /** Grey levels that the last print leaves. */
  ghost: 5,
  /** Ridges of a grown person are 0.35–0.6 mm apart; beyond these the resolution is not what it is said to be. */
  ridges: { least: 0.3, most: 0.72 },
  /** Of the said resolution, with a target. */
  dpi: 0.03,
  /** Blocks asked for again, of those that came. */
  lostShare: 0.01,
} as const

/**
 * Of a fingerprint scanner. Figures, each absent when it was not measured: `previewFrames`, `framesPerSecond`,
 * `lookMs`, `quietMs` (since the last frame when the look ended), `deadLines`, `dirtShare`, `contrastLevels`, `ghostLevels`,
 * `ridgePeriodMm`, `saidDpi`, `measuredDpi`, `verificationOnly`, `hasPreview` (0 for devices that have none by nature).
 */
export function judgeFingerprintScanner(figures: Figures, line: Figures, trouble?: Trouble): readonly Found[] {
  const found: Found[] = []
  const frozen = isFrozen(figures, trouble)
  const { blocks = 0, resent = 0, noise = 0 } = line
  // Where there is noise on the line, it is why parts were sent again.
  const lostOnTheWay = noise <= mostNoise && resent > Math.max(1, limits.lostShare * blocks)
  const add = (cause: Cause, names: readonly string[] = [], from: Figures = figures) => {
    if (!found.some((one) => one.cause === cause)) found.push({ cause, figures: pick(from, names) })
  }
  if (frozen) add('picture-frozen', ['previewFrames', 'quietMs'])
  // A scanner that stopped in mid-preview is silent for that very reason.
  const ended = frozen && trouble?.code === 'DEVICE_SILENT' ? undefined : trouble
  for (const one of judgeEnd(ended, line)) {
    // Damaged blocks of a picture are seen by what had to be sent again.
    if (one.cause === 'line-garbled' && lostOnTheWay) continue
    if (!found.some(({ cause }) => cause === one.cause)) found.push(one)
  }
  if (lostOnTheWay) add('picture-lost-on-the-way', ['blocks', 'resent'], line)
  const { hasPreview = 0, framesPerSecond, verificationOnly = 0 } = figures
  // Where answers are late or parts are sent again, the preview is slow for that reason.
  const explained = lostOnTheWay || found.some(({ cause }) => cause === 'answers-late')
  if (!frozen && !explained && hasPreview === 1 && !stoppedBefore(trouble) && (framesPerSecond ?? 0) < limits.frames)
    add('preview-slow', ['framesPerSecond', 'previewFrames'])
  if (over(figures['deadLines'], limits.deadLines)) add('dead-lines', ['deadLines'])
  if (over(figures['dirtShare'], limits.dirt)) add('platen-dirty', ['dirtShare'])
  if (over(figures['ghostLevels'], limits.ghost)) add('ghost-of-last-print', ['ghostLevels'])
  if (under(figures['contrastLevels'], limits.contrast)) add('contrast-low', ['contrastLevels'])
  if (isResolutionOff(figures)) add('resolution-off', ['saidDpi', 'measuredDpi', 'ridgePeriodMm'])
  if (verificationOnly === 1) add('only-for-verification')
  return found
}

function isFrozen({ previewFrames = 0, quietMs = 0, lookMs = 0 }: Figures, trouble: Trouble | undefined): boolean {
  if (previewFrames === 0) return false
  return quietMs > limits.frozen * lookMs && (trouble === undefined || trouble.code === 'DEVICE_SILENT')
}

/** No preview is to be expected of a device that failed before, or that has let the line go. */
function stoppedBefore(trouble: Trouble | undefined): boolean {
  return trouble !== undefined && trouble.code !== 'NO_FINGER'
}

function isResolutionOff({ ridgePeriodMm, saidDpi, measuredDpi }: Figures): boolean {
  if (measuredDpi !== undefined && saidDpi !== undefined && Math.abs(measuredDpi / saidDpi - 1) > limits.dpi)
    return true
  if (ridgePeriodMm === undefined) return false
  return ridgePeriodMm < limits.ridges.least || ridgePeriodMm > limits.ridges.most
}

const over = (value: number | undefined, limit: number) => value !== undefined && value > limit
const under = (value: number | undefined, limit: number) => value !== undefined && value < limit
