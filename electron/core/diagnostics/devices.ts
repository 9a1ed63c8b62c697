import type { EventData, EventName } from '#contract/index.ts'
import type { Handlers } from '#core/answer.ts'
import { systemClock, type Clock } from '#core/devices/clock.ts'
import type { DeviceHost, HostEvent } from '#core/devices/index.ts'
import type { CheckReport } from '#domain/diagnosis/index.ts'
import { AppError } from '#domain/failure/index.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import { reportOfDevice } from './device-report.ts'
import { exportTrace } from './trace-export.ts'

/** Milliseconds that a device may take to be free after a test on it was stopped, and between two looks. */
const lettingGo = 5000
const pause = 100

type Options = {
  readonly host: Pick<DeviceHost, 'call'>
  readonly clock: () => Date
  readonly notify: <Name extends EventName>(name: Name, data: EventData<Name>) => void
  /** The devices of the station as they are bound now. */
  readonly devices: () => readonly Pick<DeviceBinding, 'id' | 'kind'>[]
  readonly keep: (report: CheckReport) => Promise<void>
  /** For the audit chain: what left the station. */
  readonly onAct?: (act: string) => void
  readonly timer?: Clock
}

export type DeviceDiagnostics = {
  readonly handlers: Pick<
    Handlers,
    'checkDevice' | 'goOnChecking' | 'stopChecking' | 'deviceTrace' | 'runTrace' | 'markTrace' | 'exportTrace'
  >
  /** True for what belongs to a test alone: a code that was scanned for it is not the officer's. */
  takes(event: HostEvent): boolean
}

type Attempt = {
  readonly id: string
  readonly device: string
  readonly ending: AbortController
  readonly over: Promise<void>
}

/** Guided tests of devices and their traces, as the technician's window asks for them. */
export function deviceDiagnostics(options: Options): DeviceDiagnostics {
  const { host, clock, notify, devices, keep, onAct = () => {}, timer = systemClock } = options
  let attempts = 0
  let running: Attempt | undefined
  /** The test that was stopped last: its device may not be free yet. */
  let stopped: { readonly device: string; readonly at: number } | undefined

  function stop(attempt: Attempt | undefined): void {
    if (!attempt || attempt.ending.signal.aborted) return
    attempt.ending.abort()
    stopped = { device: attempt.device, at: performance.now() }
  }

  /** A test whose window has gone must not be in the way of the next: the new one stops the old. */
  async function check(device: string): Promise<CheckReport> {
    const binding = devices().find(({ id }) => id === device)
    if (!binding) throw new AppError('DEVICE_UNKNOWN', 'device.check', { context: { device } })
    const before = running
    const { promise: over, resolve: end } = Promise.withResolvers<void>()
    const attempt: Attempt = { id: `check-${++attempts}`, device, ending: new AbortController(), over }
    running = attempt
    stop(before)
    try {
      await before?.over
      const report = await whenFree(attempt, () =>
        reportOfDevice({ host, clock, attempt: attempt.id, device: binding, signal: attempt.ending.signal }),
      )
      await keep(report)
      return report
    } finally {
      if (running === attempt) running = undefined
      end()
    }
  }

  async function whenFree<T>({ device, ending }: Attempt, act: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await act()
      } catch (error) {
        const waits = stopped?.device === device && performance.now() - stopped.at < lettingGo
        if (!waits || !(error instanceof AppError) || error.code !== 'DEVICE_BUSY') throw error
        await moment(ending.signal)
      }
    }
  }

  /** Over at once when the test is stopped. */
  function moment(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const callOff = timer.after(pause, resolve)
      signal.addEventListener('abort', () => (callOff(), resolve()), { once: true })
    })
  }

  return {
    handlers: {
      checkDevice: ({ device }) => check(device),

      goOnChecking: () => {
        // Without the device process the test ends by itself, and says so.
        if (running) host.call('device.checkOn', { attempt: running.id }).catch(() => {})
        return {}
      },

      stopChecking: () => {
        stop(running)
        return {}
      },

      deviceTrace: ({ device, after }) => host.call('trace.read', { device, after }),
      runTrace: ({ device, on }) => host.call('trace.run', { device, on }),
      markTrace: ({ device, text }) => host.call('trace.mark', { device, text }),

      exportTrace: async ({ device, folder }) => {
        const trace = await host.call('trace.read', { device })
        const file = await exportTrace(trace, folder, clock())
        try {
          onAct(`trace.export ${device}`)
        } catch {
          // A station whose store is full or broken is where a trace is wanted; nothing personal is in it.
        }
        return { file }
      },
    },

    takes({ name, data }) {
      if (name === 'codeScanned' || name === 'shutterPressed') return data.device === running?.device
      if (name !== 'checkProgress') return false
      const { attempt, device, prompt, done } = data
      if (attempt === running?.id) notify('checkPrompt', { device, prompt, done })
      return true
    },
  }
}
