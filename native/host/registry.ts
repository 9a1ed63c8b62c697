import { isDeepStrictEqual } from 'node:util'
import { AppError } from '#domain/failure/index.ts'
import type { DeviceBinding, DeviceStatus, TransportKind } from '#native/capability/device.ts'
import type { DeviceTrace } from '#native/capability/trace.ts'
import type { Device, Drivers, OpenTransport } from '#native/drivers/index.ts'
import type { Transport } from '#native/transport/transport.ts'
import type { Clock } from './clock.ts'
import { holdDevice, type DeviceFacts, type HeldDevice } from './held-device.ts'
import { createRing, lookLimits, readTrace, traced, type TraceRing } from './traces/index.ts'

export type Transports = Partial<Readonly<Record<TransportKind, OpenTransport>>>

export type RegistryOptions = {
  readonly drivers: Drivers
  readonly transports: Transports
  readonly clock: Clock
  readonly onChange: (status: DeviceStatus) => void
  readonly onCard: (device: string, present: boolean, session: number) => void
  readonly onPressed: (device: string) => void
  readonly onCode: (device: string, text: string) => void
  /** A line that does not close has made its device unusable for this process. */
  readonly onStuck?: () => void
}

export type Registry = {
  /**
   * Replaces the whole set; a device whose binding stays the same stays open. Cameras of the browser are left out. What is
   * asked of a device from now on waits for it, and it for `freed`: lines that somebody else still holds.
   */
  bind(bindings: readonly DeviceBinding[], freed?: Promise<void>): Promise<readonly DeviceStatus[]>
  list(): readonly DeviceStatus[]
  use<Kind extends Device['kind'], T>(
    request: { readonly device: string; readonly kind: Kind; readonly step: string; readonly signal: AbortSignal },
    work: (device: Extract<Device, { kind: Kind }>, facts: DeviceFacts) => Promise<T>,
  ): Promise<T>
  /** Entries after a number, or all of them, fit for a file. DEVICE_UNKNOWN. */
  trace(device: string, after?: number): Promise<DeviceTrace>
  /** The ring of a device, to stop it, let it run and mark it. DEVICE_UNKNOWN. */
  ringOf(device: string, step: string): Promise<TraceRing>
  release(): Promise<void>
}

export function createRegistry(options: RegistryOptions): Registry {
  const held = new Map<string, HeldDevice>()
  const rings = new Map<string, TraceRing>()
  let changing: Promise<void> = Promise.resolve()

  function hold(binding: DeviceBinding): HeldDevice {
    const ring = createRing(options.clock)
    rings.set(binding.id, ring)
    return holdDevice({
      binding,
      create: () => createDevice(binding, options, ring),
      clock: options.clock,
      onChange: options.onChange,
      onCard: (present, session) => options.onCard(binding.id, present, session),
      onPressed: () => options.onPressed(binding.id),
      onCode: (text) => options.onCode(binding.id, text),
      ...(options.onStuck && { onStuck: options.onStuck }),
    })
  }

  async function replace(bindings: readonly DeviceBinding[]) {
    const wanted = new Map(
      bindings.filter(({ transport }) => transport !== 'browser').map((binding) => [binding.id, binding]),
    )
    const dropped = [...held].filter(([id, { binding }]) => !sameBinding(binding, wanted.get(id)))
    for (const [id] of dropped) {
      held.delete(id)
      rings.delete(id)
    }
    // Let go first: the same port may be wanted by a new binding.
    await Promise.all(dropped.map(([, device]) => device.release()))
    for (const [id, binding] of wanted) if (!held.has(id)) held.set(id, hold(binding))
  }

  const list = () => [...held.values()].map(({ status }) => status)

  async function known(id: string, step: string) {
    await changing
    const [device, ring] = [held.get(id), rings.get(id)]
    if (!device || !ring) throw new AppError('DEVICE_UNKNOWN', step, { context: { device: id } })
    return { device, ring }
  }

  return {
    async bind(bindings, freed) {
      changing = changing.then(() => freed).then(() => replace(bindings))
      await changing
      return list()
    },
    list,
    async use({ device: id, kind, step, signal }, work) {
      await changing
      const device = held.get(id)
      if (device?.status.kind !== kind) throw new AppError('DEVICE_UNKNOWN', step, { context: { device: id } })
      return device.use(step, signal, (made, facts) => work(made as Extract<Device, { kind: typeof kind }>, facts))
    },
    async trace(id, after) {
      const { device, ring } = await known(id, 'trace.read')
      return readTrace(device.status, ring, options.drivers[device.binding.driver]?.trace, after)
    },
    async ringOf(id, step) {
      return (await known(id, step)).ring
    },
    async release() {
      await changing
      await Promise.all([...held.values()].map((device) => device.release()))
    },
  }
}

function createDevice(
  binding: DeviceBinding,
  { drivers, transports, clock }: RegistryOptions,
  ring: TraceRing,
): Device {
  const driver = Object.hasOwn(drivers, binding.driver) ? drivers[binding.driver] : undefined
  if (driver?.kind !== binding.kind || !driver.transports.includes(binding.transport)) {
    throw new AppError('DEVICE_UNKNOWN', 'devices.bind', { context: { driver: binding.driver } })
  }
  const openLine: OpenTransport = (wanted, settings): Transport => {
    const open = transports[wanted.transport]
    if (!open) throw new AppError('TRANSPORT_MISSING', 'devices.bind', { context: { transport: wanted.transport } })
    const line = open(wanted, settings)
    const limits = wanted.transport === 'serial' ? lookLimits.serial : lookLimits.hid
    return driver.trace ? traced(line, driver.trace, ring, clock, limits) : line
  }
  return driver.create(binding, openLine, (piece) => ring.add(piece))
}

function sameBinding(one: DeviceBinding, other: DeviceBinding | undefined): boolean {
  return (
    one.kind === other?.kind &&
    one.driver === other.driver &&
    one.transport === other.transport &&
    one.address === other.address &&
    isDeepStrictEqual(one.settings, other.settings)
  )
}
