import { AppError, toFailure } from '#domain/failure/index.ts'
import type {
  HostCallName,
  HostCalls,
  HostEventName,
  HostEvents,
  HostMessage,
  HostRequest,
} from '#native/capability/host.ts'
import { drivers as allDrivers, type Drivers } from '#native/drivers/index.ts'
import type { Analysis } from './analysis/index.ts'
import { parseTrustFile } from '#native/chip/trust/index.ts'
import { readOnce } from './chip-read.ts'
import { systemClock, type Clock } from './clock.ts'
import { captureOnce } from './finger-capture.ts'
import { createRegistry, type Transports } from './registry.ts'

export type HostPort = {
  send(message: HostMessage): void
  onMessage(listener: (message: HostRequest) => void): void
}

export type HostOptions = {
  readonly port: HostPort
  readonly transports: Transports
  readonly analysis: Analysis
  readonly clock?: Clock
  readonly drivers?: Drivers
}

type Calls = {
  readonly [Name in HostCallName]: (
    input: HostCalls[Name]['input'],
    signal: AbortSignal,
  ) => Promise<HostCalls[Name]['output']>
}

/** Serves the messages of `native/capability/host.ts` on a port until `stop`. Its first word is a pong with id 0. */
export function startHost({ port, transports, analysis, clock = systemClock, drivers = allDrivers }: HostOptions): {
  stop(): Promise<void>
} {
  const running = new Map<number, AbortController>()
  const shots = new Map<string, AbortController>()

  function tell<Name extends HostEventName>(name: Name, data: HostEvents[Name]) {
    port.send({ type: 'event', name, data })
  }

  const registry = createRegistry({
    drivers,
    transports,
    clock,
    onChange: (status) => tell('deviceChanged', status),
    onCard: (device, present, session) => tell('cardPresence', { device, present, ...(present ? { session } : {}) }),
    onPressed: (device) => tell('shutterPressed', { device }),
  })

  const calls: Calls = {
    'devices.bind': ({ bindings }) => registry.bind(bindings),
    'devices.list': async () => registry.list(),
    'chip.read': ({ attempt, device, access, anchors }, signal) =>
      registry.use({ device, kind: 'card-reader', step: 'chip.read', signal }, (reader) =>
        readOnce({
          reader,
          access,
          anchors,
          signal,
          clock,
          onProgress: (progress) => tell('chipProgress', { ...progress, attempt }),
        }),
      ),
    'trust.parse': async ({ file, anchors }) => parseTrustFile(file, { anchors }),
    'finger.capture': (input, signal) =>
      registry.use(
        { device: input.device, kind: 'fingerprint-scanner', step: 'finger.capture', signal },
        async (reader) => {
          const shot = new AbortController()
          shots.set(input.attempt, shot)
          const onPreview = (preview: HostEvents['fingerPreview']) => tell('fingerPreview', preview)
          try {
            return await captureOnce({ reader, input, signal, shoot: shot.signal, analysis, clock, onPreview })
          } finally {
            shots.delete(input.attempt)
          }
        },
      ),
    // Too late is as good as in time: the picture has been taken.
    'finger.shoot': async ({ attempt }) => {
      shots.get(attempt)?.abort()
      return {}
    },
  }

  async function answer(id: number, name: HostCallName, input: unknown) {
    const attempt = new AbortController()
    running.set(id, attempt)
    try {
      if (!Object.hasOwn(calls, name)) throw new AppError('BAD_REQUEST', 'host')
      const call = calls[name] as (input: unknown, signal: AbortSignal) => Promise<unknown>
      const value = await call(input, attempt.signal)
      port.send({ type: 'reply', id, ok: true, value })
    } catch (error) {
      port.send({ type: 'reply', id, ok: false, error: toFailure(error, name) })
    } finally {
      running.delete(id)
    }
  }

  port.onMessage((message) => {
    switch (message.type) {
      case 'ping':
        return port.send({ type: 'pong', id: message.id })
      case 'cancel':
        return running.get(message.id)?.abort()
      case 'call':
        void answer(message.id, message.name, message.input)
    }
  })
  port.send({ type: 'pong', id: 0 })

  return {
    async stop() {
      for (const attempt of running.values()) attempt.abort()
      await registry.release()
      await analysis.close()
    },
  }
}
