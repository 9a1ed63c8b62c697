/** dB of full scale for an RMS of 0–1; not below −120, which is silence of a machine. */
export function decibels(rms: number): number {
  return rms <= 1e-6 ? -120 : 20 * Math.log10(rms)
}

/** RMS of one frequency (Hz) in a window of samples, −1 to 1 (Goertzel, Hann window). */
export function toneOf(samples: ArrayLike<number>, rate: number, frequency: number): number {
  const count = samples.length
  if (count < 2) return 0
  const turn = 2 * Math.cos((2 * Math.PI * frequency) / rate)
  let [last, before, weight] = [0, 0, 0]
  for (let at = 0; at < count; at++) {
    const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / (count - 1))
    const now = (samples[at] ?? 0) * hann + turn * last - before
    before = last
    last = now
    weight += hann
  }
  const power = last * last + before * before - turn * last * before
  return (Math.sqrt(Math.max(0, power)) * Math.SQRT2) / weight
}

export function middleOf(values: readonly number[]): number | undefined {
  return values.toSorted((one, other) => one - other)[values.length >> 1]
}
