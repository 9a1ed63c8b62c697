import type { Cause, Found } from './causes.ts'
import { pick, type Figures } from './line.ts'

/** Why a microphone could not be opened, or went away. */
export type MicrophoneTrouble = 'absent' | 'refused' | 'taken' | 'lost'

const limits = {
  /** dB of full scale: a microphone that is switched off gives noughts; a living one always has some noise. */
  silent: -80,
  /** dB: speech at a desk lies well above. */
  quiet: -42,
  /** dB of a room in which nobody speaks. */
  noisy: -38,
  /** Share of samples at full scale while somebody spoke. */
  clipped: 0.005,
} as const

const causeOfTrouble = {
  absent: 'no-microphone',
  refused: 'microphone-refused',
  taken: 'taken-by-another-program',
  lost: 'comes-and-goes',
} as const satisfies Record<MicrophoneTrouble, Cause>

/**
 * Of loudspeakers and microphone. Figures, each absent when it was not measured: `outputs` (devices for sound);
 * `heardLeft`, `heardRight` (1 when the person heard it); `noiseDb` of the quiet room, `speechDb` (the loudest tenth of
 * a second), `clippedShare`; `toneDb` (how far the tone stood out of the noise, when it was listened for).
 */
export function judgeSound(figures: Figures, trouble?: MicrophoneTrouble): readonly Found[] {
  return [...speakers(figures), ...(trouble ? [{ cause: causeOfTrouble[trouble] }] : microphone(figures))]
}

function speakers(figures: Figures): readonly Found[] {
  const { outputs, heardLeft, heardRight } = figures
  if (outputs === 0) return [{ cause: 'no-sound-output', figures: pick(figures, ['outputs']) }]
  if (heardLeft === undefined || heardRight === undefined || heardLeft + heardRight === 2) return []
  const heard = pick(figures, ['heardLeft', 'heardRight', 'toneDb'])
  return [{ cause: heardLeft + heardRight === 0 ? 'sound-not-heard' : 'sound-one-side', figures: heard }]
}

function microphone(figures: Figures): readonly Found[] {
  const { noiseDb, speechDb, clippedShare = 0 } = figures
  if (speechDb === undefined) return []
  if (speechDb < limits.silent) return [{ cause: 'microphone-silent', figures: pick(figures, ['speechDb']) }]
  const found: Found[] = []
  if (clippedShare > limits.clipped)
    found.push({ cause: 'microphone-clips', figures: pick(figures, ['clippedShare', 'speechDb']) })
  else if (speechDb < limits.quiet)
    found.push({ cause: 'microphone-quiet', figures: pick(figures, ['speechDb', 'noiseDb']) })
  if (noiseDb !== undefined && noiseDb > limits.noisy)
    found.push({ cause: 'microphone-noisy', figures: pick(figures, ['noiseDb']) })
  return found
}
