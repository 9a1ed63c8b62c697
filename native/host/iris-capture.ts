import type { HostCalls } from '#native/capability/host.ts'
import type { IrisCamera } from '#native/capability/iris-camera.ts'
import type { Analysis } from './analysis/index.ts'

/** Irises as the camera took and rated them. */
export async function captureIrises(request: {
  readonly camera: IrisCamera
  readonly input: HostCalls['iris.capture']['input']
  readonly signal: AbortSignal
  readonly analysis: Analysis
}): Promise<HostCalls['iris.capture']['output']> {
  const { eyes, patienceMs } = request.input
  const taken = await request.camera.capture({ eyes, patienceMs, signal: request.signal })
  return request.analysis.irises(taken)
}
