import type { CaptureDemand } from '#domain/biometrics/index.ts'
import type {
  CapturedPrints,
  FingerprintReader,
  FingersSeen,
  GrayImage,
} from '#native/capability/fingerprint-reader.ts'
import type { HostEvents } from '#native/capability/host.ts'
import type { Analysis, Expected } from './analysis/index.ts'
import type { Clock } from './clock.ts'

type Watch = {
  readonly reader: FingerprintReader
  readonly input: CaptureDemand & { readonly attempt: string }
  readonly expected: Expected
  readonly signal: AbortSignal
  /** Aborted by hand, for a picture now. */
  readonly shoot: AbortSignal
  readonly analysis: Analysis
  readonly clock: Clock
  readonly isGood: (seen: FingersSeen) => boolean
  readonly onPreview: (preview: HostEvents['fingerPreview']) => void
}

/** The prints as soon as enough frames in a row are good, `shoot` is aborted, or the patience of the demand runs out. */
export async function watchFrames(watch: Watch): Promise<CapturedPrints> {
  const { reader, input, expected, signal, clock } = watch
  const patience = new AbortController()
  const callOff = clock.after(input.patienceMs, () => patience.abort())
  const frames = judgeFrames(watch)
  try {
    return await reader.capture({
      step: expected.step,
      ...(expected.absent && { absent: expected.absent }),
      signal,
      shoot: AbortSignal.any([watch.shoot, patience.signal]),
      onPreview: frames.look,
    })
  } finally {
    frames.stop()
    callOff()
  }
}

/** Judges as many preview frames as the analysis keeps up with; frames that come meanwhile are let pass. */
function judgeFrames({ input, expected, analysis, isGood, onPreview }: Watch) {
  let judging = false
  let stopped = false
  let number = 0
  let goodFrames = 0

  async function judge(image: GrayImage) {
    judging = true
    try {
      const preview = await analysis.preview(image, expected)
      if (stopped) return
      goodFrames = isGood(preview) ? goodFrames + 1 : 0
      onPreview({ attempt: input.attempt, number: number++, ...preview })
    } catch {
      // A frame that cannot be judged is skipped; the full picture will say what is wrong.
      goodFrames = 0
    } finally {
      judging = false
    }
  }

  return {
    look(image: GrayImage): boolean {
      if (goodFrames >= input.framesBeforeShot) return true
      if (!judging && !stopped) void judge(image)
      return false
    },
    stop() {
      stopped = true
    },
  }
}
