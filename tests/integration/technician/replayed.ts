import { reportOfDevice } from '#core/diagnostics/device-report.ts'
import type { CheckReport } from '#domain/diagnosis/index.ts'
import { AppError } from '#domain/failure/index.ts'
import type { HostEvents, HostMessage, HostRequest } from '#native/capability/host.ts'
import type { DeviceTrace } from '#native/capability/trace.ts'
import { drivers } from '#native/drivers/index.ts'
import { startHost } from '#native/host/start-host.ts'
import { replayTrace } from '#native/sim/replay/index.ts'
import { create, steppingClock } from '../traces/recording.ts'

const nobody = () => Promise.reject(new Error('not asked here'))

/** The guided test of a device whose line is a trace, in a device host in this process; its person goes on at once. */
export async function checkAgain(trace: DeviceTrace): Promise<CheckReport> {
  const { id, kind, driver, transport } = trace.device
  const known = drivers[driver]!
  const clock = steppingClock()
  const replay = replayTrace(trace, known.trace!(), clock)
  const since = new Date(trace.since).getTime()
  const waiting = new Map<number, (message: HostMessage & { type: 'reply' }) => void>()
  let hear: (message: HostRequest) => void = () => {}
  let lastId = 0

  const host = startHost({
    clock: { after: clock.after, now: () => new Date(since + clock.now()) },
    drivers: { [driver]: { ...known, create: (binding, open) => create[driver]!(binding, open, clock) } },
    transports: { [transport]: () => replay.line() },
    analysis: {
      preview: nobody,
      finish: nobody,
      verify: nobody,
      compare: nobody,
      irises: nobody,
      close: async () => {},
    },
    portraits: { look: nobody, make: nobody, compare: nobody, close: async () => {} },
    pages: { run: nobody, close: async () => {} },
    port: {
      onMessage: (listener) => (hear = listener),
      send(message) {
        if (message.type === 'reply') waiting.get(message.id)?.(message)
        if (message.type !== 'event' || message.name !== 'checkProgress') return
        const { attempt, prompt } = message.data as HostEvents['checkProgress']
        if (prompt !== 'nothing') void call('device.checkOn', { attempt })
      },
    },
  })

  function call(name: string, input: unknown): Promise<never> {
    const callId = ++lastId
    const answer = new Promise<never>((resolve, reject) => {
      waiting.set(callId, (reply) =>
        reply.ok ? resolve(reply.value as never) : reject(AppError.fromFailure(reply.error)),
      )
    })
    hear({ type: 'call', id: callId, name: name as 'device.check', input })
    return answer
  }

  await call('devices.bind', { bindings: [{ id, kind, driver, transport, address: 'a trace' }] })
  let report: CheckReport | undefined
  await clock.until(
    reportOfDevice({
      host: { call },
      clock: () => new Date(),
      attempt: 'again',
      device: { id, kind },
      signal: new AbortController().signal,
    }).then((done) => {
      report = done
      return ''
    }),
  )
  await clock.until(host.stop().then(() => ''))
  if (!report) throw new Error('the test gave no report')
  return report
}
