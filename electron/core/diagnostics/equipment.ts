import type { EventData, EventName } from '#contract/index.ts'
import { devicesFile as openDevicesFile } from '#core/devices/devices-file.ts'
import type { DeviceHost, HostEvent, HostState } from '#core/devices/index.ts'
import { AppError } from '#domain/failure/index.ts'
import type { DeviceBinding, DeviceStatus } from '#native/capability/device.ts'
import type { Handlers } from '../answer.ts'

type Options = {
  readonly devicesFile: string
  readonly host: Pick<DeviceHost, 'call'>
  readonly clock: () => Date
  readonly notify: <Name extends EventName>(name: Name, data: EventData<Name>) => void
  /** The devices of the station have changed; `statuses` of all that the device process has. */
  readonly onBindings: (bindings: readonly DeviceBinding[], statuses: readonly DeviceStatus[]) => void
  /** For the audit chain: what was done. */
  readonly onAct?: (act: string) => void
  /** A devices.json that was no list of devices lies there now. */
  readonly onPutAside?: (file: string) => void
}

export type Equipment = {
  readonly handlers: Pick<
    Handlers,
    'pluggedIn' | 'unlistedTransports' | 'probeDevice' | 'stopProbing' | 'drivers' | 'bindDevice' | 'unbindDevice'
  >
  onHostEvent(event: HostEvent): void
  /** A device process that was started anew watches nothing before it is asked. */
  onHostState(state: HostState): void
}

/** What is plugged in, and which of it are the devices of the station. */
export function equipment({
  devicesFile,
  host,
  clock,
  notify,
  onBindings,
  onAct = () => {},
  onPutAside = sayPutAside,
}: Options): Equipment {
  const file = openDevicesFile(devicesFile, { clock, onPutAside })
  let watching = false
  const probing = new Map<string, AbortController>()
  let binding: Promise<unknown> = Promise.resolve()

  /** One change after the other, from the file to the device process. */
  function change(what: string, act: () => Promise<readonly DeviceBinding[]>): Promise<Record<string, never>> {
    const done = binding.then(async () => {
      const bindings = await act()
      onAct(what)
      const wanted = bindings.filter(({ transport }) => transport !== 'browser')
      onBindings(bindings, await bound(wanted))
      return {}
    })
    binding = done.catch(() => {})
    return done
  }

  /** A process that has just ended gets the new set with its next start. */
  async function bound(bindings: readonly DeviceBinding[]): Promise<readonly DeviceStatus[]> {
    try {
      return await host.call('devices.bind', { bindings })
    } catch (error) {
      if (error instanceof AppError && error.code === 'HOST_GONE') return []
      throw error
    }
  }

  return {
    handlers: {
      pluggedIn: async () => {
        watching = true
        return host.call('devices.discover', { services: true })
      },

      unlistedTransports: () => host.call('devices.unlisted', {}),

      probeDevice: async ({ key }) => {
        const ending = new AbortController()
        probing.get(key)?.abort()
        probing.set(key, ending)
        try {
          return await host.call('devices.probe', { key }, ending.signal)
        } finally {
          if (probing.get(key) === ending) probing.delete(key)
        }
      },

      stopProbing: ({ key }) => {
        probing.get(key)?.abort()
        return {}
      },

      drivers: () => host.call('devices.drivers', {}),

      bindDevice: async ({ id, driver, transport, address }) => {
        const known = (await host.call('devices.drivers', {})).find((each) => each.driver === driver)
        if (!known?.transports.includes(transport) || !isAddress(address))
          throw new AppError('DEVICE_UNKNOWN', 'devices.bind', { context: { driver, transport } })
        return change(`device.bind ${id} ${driver}`, () =>
          file.put({ id, kind: known.kind, driver, transport, address }),
        )
      },

      unbindDevice: ({ id }) => change(`device.unbind ${id}`, () => file.remove(id)),
    },

    onHostEvent({ name, data }) {
      if (name === 'pluggedInChanged') notify('pluggedInChanged', data)
    },

    onHostState(state) {
      if (state !== 'running' || !watching) return
      host.call('devices.discover', {}).then(
        (all) => notify('pluggedInChanged', all),
        () => {},
      )
    },
  }
}

function isAddress(address: string): boolean {
  return address.trim() !== '' && !/\p{Cc}/u.test(address)
}

function sayPutAside(file: string): void {
  process.stderr.write(`devices.json: không đọc được; giữ nguyên tại ${file} và lập danh sách mới.\n`)
}
