import { captureSteps, type CaptureStep } from '#domain/biometrics/index.ts'
import type { FingerFound, FingerprintReader, GrayImage } from '#native/capability/fingerprint-reader.ts'
import type { FingerCapture, HostCalls, HostEvents } from '#native/capability/host.ts'
import type { Analysis } from './analysis/index.ts'
import type { Clock } from './clock.ts'

/** Frames in a row that must be good enough, so that a finger still being laid down is not taken. */
const goodFramesWanted = 3

type CaptureInput = HostCalls['finger.capture']['input']

export async function captureOnce(request: {
  readonly reader: FingerprintReader
  readonly input: CaptureInput
  readonly signal: AbortSignal
  /** Aborted by hand, for a picture now. */
  readonly shoot: AbortSignal
  readonly analysis: Analysis
  readonly clock: Clock
  readonly onPreview: (preview: HostEvents['fingerPreview']) => void
}): Promise<FingerCapture> {
  const { reader, input, signal, analysis, clock } = request
  const patience = new AbortController()
  const callOff = clock.after(input.patienceMs, () => patience.abort())
  const shoot = AbortSignal.any([request.shoot, patience.signal])
  const frames = watchFrames(request)
  try {
    const image = await reader.capture({ step: input.step, signal, shoot, onPreview: frames.look })
    frames.stop()
    return await analysis.finish(image, input.step, signal)
  } finally {
    frames.stop()
    callOff()
  }
}

/** Judges as many preview frames as the analysis keeps up with; frames that come meanwhile are let pass. */
function watchFrames({
  input,
  analysis,
  onPreview,
}: {
  readonly input: CaptureInput
  readonly analysis: Analysis
  readonly onPreview: (preview: HostEvents['fingerPreview']) => void
}) {
  let judging = false
  let stopped = false
  let number = 0
  let goodFrames = 0

  async function judge(image: GrayImage) {
    judging = true
    try {
      const preview = await analysis.preview(image, input.step)
      if (stopped) return
      goodFrames = allGood(preview.fingers, input) ? goodFrames + 1 : 0
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
      if (goodFrames >= goodFramesWanted) return true
      if (!judging && !stopped) void judge(image)
      return false
    },
    stop() {
      stopped = true
    },
  }
}

function allGood(found: readonly FingerFound[], { step, minimumQuality }: CaptureInput): boolean {
  const expected: CaptureStep = step
  return captureSteps[expected].fingers.every((position) =>
    found.some((finger) => finger.position === position && finger.quality >= minimumQuality),
  )
}
