/** Where a recording is too short, too quiet or too loud. Amplitudes of 1 are full scale. Not measured in the field. */
export const limits = {
  /** Seconds: a syllable takes about 0.2 s, a slip of the key less. */
  shortest: 0.4,
  /** Seconds: no sentence takes as long; then the recording stops by itself. */
  longest: 20,
  /** Below this peak nobody spoke, or the microphone is switched off. */
  silentPeak: 0.008,
  /** The loudest window of speech lies above this, about −34 dB. */
  quietRms: 0.02,
  /** A sample at this height has been cut off … */
  clippedAt: 0.99,
  /** … and this share of cut samples is heard as crackling. */
  clippedShare: 0.01,
} as const

/** Samples whose loudness is taken together. */
export const windowSize = 2048

/** What was heard so far. `loudest`: the highest RMS of a window. */
export type Heard = {
  readonly peak: number
  readonly loudest: number
  readonly samples: number
  readonly clipped: number
}

export const nothingHeard: Heard = { peak: 0, loudest: 0, samples: 0, clipped: 0 }

export type RecordingProblem = 'short' | 'silent' | 'quiet' | 'clipped'

/** A window of samples, −1 to 1. */
export function rmsOf(window: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < window.length; index++) sum += (window[index] ?? 0) ** 2
  return window.length === 0 ? 0 : Math.sqrt(sum / window.length)
}

/** Adds samples to what was heard. */
export function hear(before: Heard, samples: Float32Array): Heard {
  let { peak, clipped, loudest } = before
  for (let at = 0; at < samples.length; at += windowSize)
    loudest = Math.max(loudest, rmsOf(samples.subarray(at, at + windowSize)))
  for (const sample of samples) {
    const height = Math.abs(sample)
    if (height > peak) peak = height
    if (height >= limits.clippedAt) clipped++
  }
  return { peak, clipped, loudest, samples: before.samples + samples.length }
}

/** The first thing that is wrong with a recording; `short` and `silent` ones cannot be used at all. */
export function judge({ peak, loudest, samples, clipped }: Heard, seconds: number): RecordingProblem | undefined {
  if (seconds < limits.shortest) return 'short'
  if (peak < limits.silentPeak) return 'silent'
  if (samples > 0 && clipped / samples > limits.clippedShare) return 'clipped'
  return loudest < limits.quietRms ? 'quiet' : undefined
}

const quietest = -54

/** Height of the meter for an RMS, 0 to 1, even in decibels. */
export function meterHeight(rms: number): number {
  if (rms <= 0) return 0
  return Math.min(1, Math.max(0, 1 - (20 * Math.log10(rms)) / quietest))
}
