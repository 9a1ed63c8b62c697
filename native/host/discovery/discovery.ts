import { isDeepStrictEqual } from 'node:util'
import { AppError, type FailureCode } from '#domain/failure/index.ts'
import type { PluggedIn } from '#native/capability/checks.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { Drivers } from '#native/drivers/index.ts'
import type { Clock } from '../clock.ts'
import type { Transports } from '../registry.ts'
import { boundKeys, presentPorts, unlistedPorts } from './bound.ts'
import { pcscListing } from './card-readers.ts'
import type { Found, Listing } from './found.ts'
import { hidListing } from './hid-devices.ts'
import { createLane } from './lane.ts'
import { probeDevice, type Probed } from './probe.ts'
import { proposalsFor, type Proposal } from './proposals.ts'
import { serialListing } from './serial-ports.ts'
import { serviceListing } from './services.ts'
import { twinKeys } from './twins.ts'

/** Milliseconds. */
const pace = {
  poll: 1500,
  longestPause: 15_000,
  /** Between two words of what is plugged in. */
  tell: 500,
} as const
/** Looking may take so small a part of the time. */
const share = 20
/** How long a probe may take to let go when its device is wanted. */
const lettingGo = 1500
const step = 'devices.probe'

export type DiscoveryOptions = {
  readonly drivers: Drivers
  readonly transports: Transports
  readonly clock: Clock
  /** The devices of the station. */
  readonly bound: () => readonly Pick<DeviceBinding, 'id' | 'transport' | 'address'>[]
  readonly onChange: (all: readonly PluggedIn[]) => void
  readonly listings?: readonly Listing[]
  /** Beside these, in development hosts. */
  readonly moreListings?: readonly Listing[]
}

export type Discovery = {
  /** Looks afresh; from then on changes are told. With `services` also for services on this machine. */
  discover(wish: { readonly services?: boolean }): Promise<readonly PluggedIn[]>
  /** Transports that cannot be looked at, and why. */
  unlisted(): readonly { readonly transport: PluggedIn['transport']; readonly problem: FailureCode }[]
  /** Errors as `probeDevice`; DEVICE_GONE when nothing is plugged in under this key, DEVICE_SILENT when it hangs. */
  probe(key: string, signal: AbortSignal): Promise<readonly Proposal[]>
  /** Ends a probe that runs: its device may be wanted. */
  letGo(): Promise<void>
  /** The devices of the station have changed. */
  boundChanged(): void
  stop(): void
}

export function createDiscovery(options: DiscoveryOptions): Discovery {
  const { drivers, transports, clock, bound, onChange } = options
  const ended = new AbortController()
  const listings = options.listings ?? [
    serialListing(),
    hidListing(),
    pcscListing(),
    serviceListing(clock, ended.signal),
  ]
  const lanes = [...listings, ...(options.moreListings ?? [])].map((listing) => createLane(listing, clock))
  const seen = new Map<string, { readonly birth: string | undefined; readonly since: string }>()
  const answered = new Map<string, readonly string[]>()
  const stuck = new Set<string>()
  let all: readonly Found[] = []
  let ports = ''
  let shown: readonly PluggedIn[] = []
  let told: readonly PluggedIn[] | undefined
  let lastTold = -Infinity
  let callOffTelling: (() => void) | undefined
  let callOffPolling = () => {}
  let watching = false
  let probing: { readonly end: AbortController; readonly done: Promise<unknown> } | undefined

  const now = () => clock.now().getTime()

  async function look(how: Parameters<(typeof lanes)[number]['look']>[0]): Promise<void> {
    const news = await Promise.all(lanes.map((lane) => lane.look(how)))
    if (news.some(Boolean) || presentPorts(bound()) !== ports) show()
  }

  /** Makes one list of what the lanes know, and tells it when it differs. */
  function show(): void {
    const listed = lanes.flatMap((lane) => lane.found)
    const bindings = bound()
    ports = presentPorts(bindings)
    all = [...listed, ...unlistedPorts(listed, bindings)]
    const keys = new Set(all.map(({ key }) => key))
    for (const key of seen.keys()) if (!keys.has(key)) forget(key)
    for (const { key, birth } of all) {
      if (seen.has(key) && seen.get(key)?.birth === birth) continue
      forget(key)
      seen.set(key, { birth, since: clock.now().toISOString() })
    }
    const owners = boundKeys(all, bindings)
    const twins = twinKeys(all)
    shown = all.map((found) => view(found, owners.get(found.key), twins.has(found.key)))
    if (watching && !isDeepStrictEqual(shown, told)) tellSoon()
  }

  function forget(key: string): void {
    seen.delete(key)
    answered.delete(key)
  }

  function view(found: Found, boundTo: string | undefined, twin: boolean): PluggedIn {
    const { path: _, usages: __, place: ___, birth: ____, answers: _____, ...said } = found
    return {
      ...said,
      ...(twin && { twin }),
      ...(boundTo !== undefined && { boundTo }),
      since: seen.get(found.key)?.since ?? clock.now().toISOString(),
      proposals: proposalsFor(found, drivers, answered.get(found.key)),
    }
  }

  function tellSoon(): void {
    if (callOffTelling) return
    const wait = lastTold + pace.tell - now()
    if (wait <= 0) return tell()
    callOffTelling = clock.after(wait, tell)
  }

  function tell(): void {
    callOffTelling = undefined
    if (ended.signal.aborted || isDeepStrictEqual(shown, told)) return
    lastTold = now()
    told = shown
    onChange(shown)
  }

  function pollLater(pause: number): void {
    callOffPolling = clock.after(pause, () => {
      const start = now()
      void look('poll').then(() => {
        if (!ended.signal.aborted) pollLater(Math.min(Math.max(pace.poll, share * (now() - start)), pace.longestPause))
      })
    })
  }

  async function runProbe(found: Found, signal: AbortSignal): Promise<readonly Proposal[]> {
    const proposals = proposalsFor(found, drivers)
    const probed = await probeDevice({
      found,
      names: proposals.map(({ driver }) => driver),
      drivers,
      clock,
      signal,
      openTransport(binding, settings) {
        const open = transports[binding.transport]
        if (!open) throw new AppError('TRANSPORT_MISSING', step, { context: { transport: binding.transport } })
        return open(binding, settings)
      },
      onStuck(closed) {
        stuck.add(found.key)
        void closed.then(() => stuck.delete(found.key))
      },
    })
    if (seen.has(found.key) && probed.answered.length > 0) answered.set(found.key, probed.answered)
    show()
    if (probed.hangs) throw new AppError('DEVICE_SILENT', step, { context: { hangs: probed.hangs } })
    return proposalsFor(found, drivers, probed.answered).filter((proposal) => stillFits(proposal, probed))
  }

  return {
    async discover({ services = false }) {
      await look(services ? 'services' : 'fresh')
      if (!watching && !ended.signal.aborted) {
        show()
        told = shown
        watching = true
        pollLater(pace.poll)
      }
      return shown
    },

    unlisted: () => lanes.flatMap(({ transport, problem }) => (problem === undefined ? [] : [{ transport, problem }])),

    async probe(key, signal) {
      const found = all.find((each) => each.key === key)
      if (!found) throw new AppError('DEVICE_GONE', step)
      if (found.answers) return proposalsFor(found, drivers)
      if (probing || stuck.has(key) || boundKeys(all, bound()).has(key)) throw new AppError('DEVICE_BUSY', step)
      const end = new AbortController()
      const done = runProbe(found, AbortSignal.any([signal, end.signal, ended.signal]))
      probing = { end, done }
      try {
        return await done
      } finally {
        probing = undefined
      }
    },

    async letGo() {
      if (!probing) return
      probing.end.abort()
      const { done } = probing
      await new Promise<void>((resolve) => {
        const callOff = clock.after(lettingGo, resolve)
        const over = () => {
          callOff()
          resolve()
        }
        done.then(over, over)
      })
    },

    boundChanged() {
      if (watching) show()
    },

    stop() {
      ended.abort()
      callOffPolling()
      callOffTelling?.()
    },
  }
}

/** Drivers that were asked for and got no answer are ruled out, except those that the device itself names. */
function stillFits({ driver, because }: Proposal, { listening }: Probed): boolean {
  return (because !== 'possible' && because !== 'only-one') || listening.includes(driver)
}
