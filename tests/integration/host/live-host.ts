import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  connectHost,
  forkWithNode,
  type DeviceHost,
  type HostEvent,
  type HostProcess,
  type HostState,
} from '#core/devices/index.ts'
import type { ChipAccess } from '#native/capability/card-reader.ts'
import type { CaptureStep } from '#domain/biometrics/index.ts'
import { bacInputs, parseMrz } from '#domain/person/mrz.ts'
import { startSimulators } from '#native/sim/stage/index.ts'

const entry = join(import.meta.dirname, '../../../build/development-host.ts')
/** Five times less patient with devices, but for the slap scanner. */
export const hurriedEntry = join(import.meta.dirname, '../../support/hurried-host.ts')

/** A real device process as core starts it, with everything that it tells. */
export function watchedHost(
  options: {
    /** Another program in place of the development host. */
    readonly entry?: string
    readonly env?: Readonly<Record<string, string>>
    readonly hear?: (event: HostEvent) => void
  } = {},
) {
  const events: HostEvent[] = []
  const states: HostState[] = []
  const watchers = new Set<() => void>()
  const processes: HostProcess[] = []
  const look = () => {
    for (const watcher of watchers) watcher()
  }
  const host: DeviceHost = connectHost({
    fork() {
      const child = forkWithNode(options.entry ?? entry, options)
      processes.push(child)
      return child
    },
    onEvent(event) {
      events.push(event)
      options.hear?.(event)
      look()
    },
    onState(state) {
      states.push(state)
      look()
    },
  })

  return {
    host,
    events,
    states,
    processes,
    /** Resolves when the condition holds after some event. */
    until(condition: () => boolean): Promise<void> {
      return new Promise((resolve) => {
        const watcher = () => {
          if (!condition()) return
          watchers.delete(watcher)
          resolve()
        }
        watchers.add(watcher)
        watcher()
      })
    },
    /** What a device was told to be, oldest first. */
    statesOf: (device: string) =>
      events.flatMap((event) => (event.name === 'deviceChanged' && event.data.id === device ? [event.data.state] : [])),
  }
}

export type WatchedHost = ReturnType<typeof watchedHost>

/** The simulators and a device host, both as real processes; `close` ends them and removes the folder. */
export async function liveHost(options: { readonly simulate?: readonly string[]; readonly hurried?: boolean } = {}) {
  const dir = await mkdtemp(join(tmpdir(), 'quay-live-'))
  const { simulate = [], hurried = false } = options
  // Both start at once.
  const watched = watchedHost(hurried ? { entry: hurriedEntry } : {})
  const { host } = watched
  const stage = await startSimulators(dir, { arguments: ['--pace', '0', ...simulate] })
  await host.call('devices.bind', { bindings: stage.devices })
  const mrz = { kind: 'mrz', ...bacInputs(parseMrz(stage.card.mrzFile)) } as const satisfies ChipAccess
  let attempts = 0

  return {
    ...watched,
    dir,
    stage,
    mrz,
    readChip(access: ChipAccess = mrz, signal?: AbortSignal) {
      return host.call('chip.read', { attempt: `a${++attempts}`, device: 'card-reader', access }, signal)
    },
    capture(
      step: CaptureStep = 'right-four',
      wish: { patienceMs?: number; minimumQuality?: number; signal?: AbortSignal } = {},
    ) {
      const { patienceMs = 20_000, minimumQuality = 40, signal } = wish
      return host.call(
        'finger.capture',
        { attempt: `a${++attempts}`, device: 'fingerprint', step, patienceMs, minimumQuality, framesBeforeShot: 3 },
        signal,
      )
    },
    async close() {
      await host.close()
      await stage.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

export type LiveHost = Awaited<ReturnType<typeof liveHost>>
