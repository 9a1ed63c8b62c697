import { captureSteps, type CaptureStep, type FingerAdvice } from '#domain/biometrics/index.ts'
import type { FingerFound, FingerprintReader, FingersSeen } from '#native/capability/fingerprint-reader.ts'
import type { FingerCapture, HostCalls, HostEvents } from '#native/capability/host.ts'
import type { Analysis } from './analysis/index.ts'
import type { Clock } from './clock.ts'
import { watchFrames } from './watch-frames.ts'

type CaptureInput = HostCalls['finger.capture']['input']

/** What a second of waiting may still mend, whatever the quality says. */
const worthWaiting: readonly FingerAdvice[] = [
  'move-up',
  'move-down',
  'move-left',
  'move-right',
  'roll-further',
  'hold-still',
]

/** Takes one picture by itself, by hand (`shoot`), or when patience runs out, and has it cut into its fingers. */
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
  const { input, signal, analysis } = request
  const { step, absent } = input
  const prints = await watchFrames({ ...request, expected: { step, absent }, isGood: (seen) => allGood(seen, input) })
  return analysis.finish(prints, { step, absent }, signal)
}

function allGood(seen: FingersSeen, { step, absent = [], minimumQuality }: CaptureInput): boolean {
  const wanted: CaptureStep = step
  const expected = captureSteps[wanted].fingers.filter((finger) => !absent.includes(finger))
  return (
    seen.problem === undefined &&
    expected.every((position) => seen.fingers.some((finger) => finger.position === position)) &&
    seen.fingers.every((finger) => isGood(finger, minimumQuality))
  )
}

function isGood({ quality, advice }: FingerFound, minimumQuality: number): boolean {
  return quality >= minimumQuality && !(advice && worthWaiting.includes(advice))
}
