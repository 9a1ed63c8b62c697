import type { CaptureStep } from '#domain/biometrics/index.ts'
import type { FingerprintReader } from '#native/capability/fingerprint-reader.ts'
import type { HostCalls, HostEvents } from '#native/capability/host.ts'
import type { Analysis } from './analysis/index.ts'
import type { Clock } from './clock.ts'
import { watchFrames } from './watch-frames.ts'

type Verify = HostCalls['finger.verify']

/** One finger on any reader against templates on file. Nothing of the print is kept. */
export async function verifyOnce(request: {
  readonly reader: FingerprintReader
  readonly step: CaptureStep
  readonly input: Verify['input']
  readonly signal: AbortSignal
  readonly shoot: AbortSignal
  readonly analysis: Analysis
  readonly clock: Clock
  readonly onPreview: (preview: HostEvents['fingerPreview']) => void
}): Promise<Verify['output']> {
  const { input, step, signal, analysis } = request
  const { minimumQuality, templates } = input
  const prints = await watchFrames({
    ...request,
    expected: { step },
    isGood: ({ fingers: [first], problem }) =>
      problem === undefined && first !== undefined && first.quality >= minimumQuality,
  })
  return analysis.verify(prints, { minimumQuality, templates }, signal)
}
