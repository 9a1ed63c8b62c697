import type { Figures } from '#domain/diagnosis/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { parseJson, deviceInfo, discovery, refusal } from '#native/drivers/sbi/messages.ts'
import { sbiService, type Kind } from '#native/drivers/sbi/service.ts'
import { openSigned, readAnchors } from '#native/drivers/sbi/trust.ts'
import { askLoopback, parseLoopback, type LoopbackPort } from '#native/transport/http.ts'
import { measuring, type CheckRun, type Measured } from './check-run.ts'

const day = 86_400_000
const mostDiscovery = 256_000
const verbMs = 3000

/** What a biometric service on this machine says of itself, without a capture. */
export function measureService(run: CheckRun): Promise<Measured> {
  const { binding, clock, signal } = run
  const kind: Kind = binding.kind === 'iris-camera' ? 'Iris' : 'Finger'
  return measuring(run, async (figures) => {
    const anchors = readAnchors(binding.settings?.['anchors'])
    const found: LoopbackPort[] = []
    let problem: AppError | undefined
    for (const port of parseLoopback(binding.address)) {
      try {
        await sbiService(port, kind, clock).discover(signal)
        found.push(port)
      } catch (error) {
        if (!(error instanceof AppError) || signal.aborted) throw error
        if (error.code !== 'DEVICE_ABSENT') problem ??= error
      }
    }
    figures['services'] = found.length
    const [first] = found
    if (!first) throw problem ?? new AppError('DEVICE_ABSENT', 'sbi.discover')
    figures['knowsNewVerb'] = (await knowsNewVerb(first, kind, run)) ? 1 : 0
    const [signed] = await sbiService(first, kind, clock).info(signal)
    if (signed === undefined) throw new AppError('DEVICE_ABSENT', 'sbi.info')
    const { payload, signer } = await openSigned(signed, anchors, clock.now(), 'sbi.info')
    const info = parseJson(deviceInfo, payload, 'sbi.info')
    figures['certificateDays'] = Math.floor((signer.validToDate.getTime() - clock.now().getTime()) / day)
    const version = Number.parseFloat(info.specVersion[0] ?? '')
    if (Number.isFinite(version)) figures['specVersion'] = version
    figures['environmentFits'] = info.env === (binding.settings?.['env'] ?? 'Production') ? 1 : 0
  })
}

/** The same as figures only: what the captures say counts more than a service that stumbles over a question. */
export async function serviceFigures(run: CheckRun): Promise<Figures> {
  return (await measureService(run)).figures
}

async function knowsNewVerb(port: LoopbackPort, kind: Kind, { signal, clock }: CheckRun): Promise<boolean> {
  const step = 'sbi.discover'
  const late = new AbortController()
  const callOff = clock.after(verbMs, () => late.abort())
  const body = JSON.stringify({ type: kind, specVersion: '1.0' })
  const call = {
    ...port,
    method: 'SBIDISC',
    path: '/device',
    body,
    signal: AbortSignal.any([signal, late.signal]),
    step,
  }
  try {
    const { status, body: answer } = await askLoopback(call, mostDiscovery)
    if (status !== 200) return false
    return parseJson(discovery, answer, step).some(({ error }) => refusal(error, step, kind) === undefined)
  } catch (error) {
    if (!(error instanceof AppError) || signal.aborted) throw error
    return false
  } finally {
    callOff()
  }
}
