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
import type { DeviceBinding } from '#native/capability/device.ts'
import type { Analysis } from './analysis/index.ts'
import { parseTrustFile } from '#native/chip/trust/index.ts'
import { readOnce } from './chip-read.ts'
import { deviceChecks, meterLines } from './checks/index.ts'
import { calmEvents } from './calm-events.ts'
import { systemClock, type Clock } from './clock.ts'
import { createDiscovery } from './discovery/discovery.ts'
import type { Listing } from './discovery/found.ts'
import { captureOnce } from './finger-capture.ts'
import { verifyOnce } from './finger-verify.ts'
import { captureIrises } from './iris-capture.ts'
import { paceLines } from './paced-line.ts'
import { refuseForCard, singleFlatStep } from './reader-grade.ts'
import { pagesInWorkers, type Pages } from './pictures/page.ts'
import type { Portraits } from './pictures/portrait.ts'
import { createRegistry, type Transports } from './registry.ts'
import { markText } from './traces/index.ts'
import { visitCache } from './visit-cache.ts'

export type HostPort = {
  send(message: HostMessage): void
  onMessage(listener: (message: HostRequest) => void): void
}

export type HostOptions = {
  readonly port: HostPort
  readonly transports: Transports
  readonly analysis: Analysis
  readonly portraits: Portraits
  readonly clock?: Clock
  readonly drivers?: Drivers
  readonly pages?: Pages
  /** Only a new process can have a device again whose line hangs. Not asked for while an attempt runs. */
  readonly onStuck?: () => void
  /** How what is plugged in is found out, beside what the system lists. */
  readonly moreListings?: readonly Listing[]
}

type Calls = {
  readonly [Name in HostCallName]: (
    input: HostCalls[Name]['input'],
    signal: AbortSignal,
  ) => Promise<HostCalls[Name]['output']>
}

/** Serves the messages of `native/capability/host.ts` on a port until `stop`. Its first word is a pong with id 0. */
export function startHost({
  port,
  transports,
  analysis,
  portraits,
  clock = systemClock,
  drivers = allDrivers,
  pages = pagesInWorkers(clock),
  moreListings = [],
  onStuck = () => {},
}: HostOptions): { stop(): Promise<void> } {
  const running = new Map<number, AbortController>()
  const shots = new Map<string, AbortController>()
  const cached = visitCache()

  function tell<Name extends HostEventName>(name: Name, data: HostEvents[Name]) {
    port.send({ type: 'event', name, data })
  }

  const calm = calmEvents(clock)
  const lines = meterLines(paceLines(transports, clock), clock)
  const registry = createRegistry({
    drivers,
    transports: lines.transports,
    clock,
    onChange: (status) => calm.state(status.id, 'state', () => tell('deviceChanged', status)),
    onCard: (device, present, session) =>
      calm.state(device, 'card', () => tell('cardPresence', { device, present, ...(present ? { session } : {}) })),
    onPressed: (device) => calm.act(device, () => tell('shutterPressed', { device })),
    onStuck: () => running.size === 0 && onStuck(),
    onCode: (device, text) => calm.act(device, () => tell('codeScanned', { device, text })),
  })

  const discovery = createDiscovery({
    drivers,
    transports,
    clock,
    bound: () => registry.list(),
    onChange: (all) => tell('pluggedInChanged', all),
    moreListings,
  })

  let bound: readonly DeviceBinding[] = []
  const checks = deviceChecks({
    registry,
    bindings: () => bound,
    lines,
    clock,
    tell: (progress) => tell('checkProgress', progress),
  })

  const onPreview = (preview: HostEvents['fingerPreview']) => tell('fingerPreview', preview)

  /** Runs an attempt whose picture can be taken by hand. */
  async function withShot<T>(attempt: string, work: (shoot: AbortSignal) => Promise<T>): Promise<T> {
    const shot = new AbortController()
    shots.set(attempt, shot)
    try {
      return await work(shot.signal)
    } finally {
      shots.delete(attempt)
    }
  }

  const calls: Calls = {
    'devices.bind': async ({ bindings }) => {
      bound = bindings
      const statuses = await registry.bind(bindings, discovery.letGo())
      discovery.boundChanged()
      return statuses
    },
    'devices.list': async () => registry.list(),
    'devices.discover': (wish) => discovery.discover(wish),
    'devices.unlisted': async () => discovery.unlisted(),
    'devices.drivers': async () =>
      Object.entries(drivers).map(([driver, { kind, transports: lines }]) => ({ driver, kind, transports: lines })),
    'devices.probe': async ({ key }, signal) => ({ proposals: await discovery.probe(key, signal) }),
    'chip.read': (input, signal) =>
      registry.use({ device: input.device, kind: 'card-reader', step: 'chip.read', signal }, (reader) => {
        const { attempt, visit, trace } = input
        return readOnce({
          reader,
          input,
          signal,
          clock,
          ...(visit !== undefined && { cache: cached.of(visit) }),
          onProgress: (progress) => tell('chipProgress', { ...progress, attempt }),
          onPortrait: ({ bytes, mediaType, shown }) => tell('chipPortrait', { attempt, bytes, mediaType, ...shown }),
          onExchange: trace ? (exchange) => tell('chipExchange', { ...exchange, attempt }) : undefined,
        })
      }),
    'chip.forget': async () => {
      cached.forget()
      return {}
    },
    'trust.parse': async ({ file, anchors }) => parseTrustFile(file, { anchors }),
    'finger.capture': (input, signal) =>
      registry.use(
        { device: input.device, kind: 'fingerprint-scanner', step: 'finger.capture', signal },
        async (reader, facts) => {
          refuseForCard(facts, input.step)
          return withShot(input.attempt, (shoot) =>
            captureOnce({ reader, input, signal, shoot, analysis, clock, onPreview }),
          )
        },
      ),
    'finger.verify': (input, signal) =>
      registry.use(
        { device: input.device, kind: 'fingerprint-scanner', step: 'finger.verify', signal },
        async (reader, facts) => {
          const step = singleFlatStep(facts)
          return withShot(input.attempt, (shoot) =>
            verifyOnce({ reader, step, input, signal, shoot, analysis, clock, onPreview }),
          )
        },
      ),
    'finger.compare': (input, signal) => analysis.compare(input, signal),
    'camera.lamp': ({ device, brightness }, signal) =>
      registry.use({ device, kind: 'document-camera', step: 'camera.lamp', signal }, async (camera) => {
        await camera.setLamp(brightness, signal)
        return {}
      }),
    'iris.capture': (input, signal) =>
      registry.use({ device: input.device, kind: 'iris-camera', step: 'iris.capture', signal }, (camera) =>
        captureIrises({ camera, input, signal, analysis }),
      ),
    'trace.read': ({ device, after }) => registry.trace(device, after),
    'trace.run': async ({ device, on }) => {
      ;(await registry.ringOf(device, 'trace.run')).run(on)
      return {}
    },
    'trace.mark': async ({ device, text }) => {
      ;(await registry.ringOf(device, 'trace.mark')).note('mark', markText(text))
      return {}
    },
    'device.check': (input, signal) => checks.check(input, signal),
    'device.checkOn': async ({ attempt }) => {
      checks.goOn(attempt)
      return {}
    },
    'portrait.look': (input, signal) => portraits.look(input, signal),
    'portrait.make': (input, signal) => portraits.make(input, signal),
    'portrait.compare': (input, signal) => portraits.compare(input, signal),
    'page.look': (input, signal) => pages.run('page.look', input, signal),
    'page.make': (input, signal) => pages.run('page.make', input, signal),
    'page.read': (input, signal) => pages.run('page.read', input, signal),
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
      discovery.stop()
      await registry.release()
      await Promise.all([analysis.close(), portraits.close(), pages.close()])
    },
  }
}
