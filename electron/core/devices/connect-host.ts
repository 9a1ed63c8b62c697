import { AppError, isFailure } from '#domain/failure/index.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { HostCallName, HostCalls, HostMessage } from '#native/capability/host.ts'
import { systemClock, type Clock } from './clock.ts'
import { actOf, type HostAct } from './host-act.ts'
import type { HostEvent, HostProcess, HostState } from './host-process.ts'
import { supervise } from './supervise.ts'

export type HostConnection = {
  readonly fork: () => HostProcess
  readonly onEvent: (event: HostEvent) => void
  readonly onState?: (state: HostState) => void
  /** Every call about one device, when it has ended. */
  readonly onAct?: (act: HostAct) => void
  readonly clock?: Clock
}

export type DeviceHost = {
  readonly state: HostState
  /**
   * Rejects with the host's own AppError, with CANCELLED at once when `signal` is aborted, and with HOST_GONE when the
   * process ends before the answer. A call made while the host restarts waits for it; in state `failed` it asks for
   * one more start. The bindings of `devices.bind` are remembered and sent again after each restart.
   */
  call<Name extends HostCallName>(
    name: Name,
    input: HostCalls[Name]['input'],
    signal?: AbortSignal,
  ): Promise<HostCalls[Name]['output']>
  /** Ends the process for good; what is pending rejects with HOST_GONE. */
  close(): Promise<void>
}

type Pending = {
  readonly name: HostCallName
  readonly input: unknown
  readonly settle: (outcome: { readonly value: unknown } | { readonly error: unknown }) => void
  sent: boolean
  /** Milliseconds of a clock that never jumps. */
  sentAt: number
}

/** Starts the device host and keeps it alive. */
export function connectHost(connection: HostConnection): DeviceHost {
  const pending = new Map<number, Pending>()
  let bindings: readonly DeviceBinding[] | undefined
  let lastId = 0

  const host = supervise({
    fork: connection.fork,
    clock: connection.clock ?? systemClock,
    onState: connection.onState ?? (() => {}),
    onMessage: receive,
    onUp() {
      // First of all the devices, so that the calls held back find them.
      const waiting = [...pending].filter(([, call]) => !call.sent)
      if (bindings && !waiting.some(([, call]) => call.name === 'devices.bind')) {
        host.send({ type: 'call', id: ++lastId, name: 'devices.bind', input: { bindings } })
      }
      for (const [id, call] of waiting) dispatch(id, call)
    },
    onDown(forGood) {
      for (const call of pending.values()) if (call.sent || forGood) call.settle({ error: gone(call.name) })
    },
  })

  function receive(message: HostMessage) {
    if (message.type === 'event') connection.onEvent({ name: message.name, data: message.data } as HostEvent)
    if (message.type !== 'reply') return
    const call = pending.get(message.id)
    // Late answers to cancelled calls, and the answer to bindings sent again, have nobody waiting.
    if (!call) return
    if (message.ok) call.settle({ value: message.value })
    else
      call.settle({
        error: isFailure(message.error) ? AppError.fromFailure(message.error) : new AppError('INTERNAL', call.name),
      })
  }

  function dispatch(id: number, call: Pending) {
    call.sent = true
    call.sentAt = performance.now()
    host.send({ type: 'call', id, name: call.name, input: call.input })
  }

  return {
    get state() {
      return host.state
    },

    call(name, input, signal) {
      if (signal?.aborted) return Promise.reject(new AppError('CANCELLED', name))
      if (name === 'devices.bind') bindings = (input as HostCalls['devices.bind']['input']).bindings
      const id = ++lastId
      return new Promise((resolve, reject) => {
        const cancel = () => {
          if (call.sent) host.send({ type: 'cancel', id })
          call.settle({ error: new AppError('CANCELLED', name) })
        }
        const call: Pending = {
          name,
          input,
          sent: false,
          sentAt: 0,
          settle(outcome) {
            if (!pending.delete(id)) return
            signal?.removeEventListener('abort', cancel)
            if ('value' in outcome) resolve(outcome.value as HostCalls[typeof name]['output'])
            else reject(outcome.error)
            const act = call.sent ? actOf(call.name, call.input, performance.now() - call.sentAt, outcome) : undefined
            if (act) connection.onAct?.(act)
          },
        }
        pending.set(id, call)
        signal?.addEventListener('abort', cancel, { once: true })
        if (host.state === 'running') dispatch(id, call)
        else host.ask()
      })
    },

    close: () => host.close(),
  }
}

function gone(step: string) {
  return new AppError('HOST_GONE', step)
}
