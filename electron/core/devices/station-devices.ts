import type { DeviceBinding } from '#native/capability/device.ts'
import { isSimulated, readBindings } from './bindings.ts'

export type StationDevices = {
  /** As devices.json has them now. */
  readonly all: readonly DeviceBinding[]
  /** Whether one of them, or one that was taken away in this run, is not a real one: what it gave is in dossiers. */
  readonly simulated: boolean
  replace(bindings: readonly DeviceBinding[]): void
  /** For sealed files. */
  used(): readonly (Pick<DeviceBinding, 'kind' | 'driver' | 'transport'> & { readonly simulated: boolean })[]
}

/** The devices of this station during one run of the program. */
export function stationDevices(path: string): StationDevices {
  let all: readonly DeviceBinding[] = []
  const simulated = new Map<string, DeviceBinding>()

  function replace(bindings: readonly DeviceBinding[]): void {
    all = bindings
    for (const binding of bindings) if (isSimulated(binding)) simulated.set(keyOf(binding), binding)
  }
  replace(readBindings(path))

  return {
    get all() {
      return all
    },
    get simulated() {
      return simulated.size > 0
    },
    replace,
    used: () =>
      [...new Map([...all.map((binding) => [keyOf(binding), binding] as const), ...simulated])].map(
        ([key, { kind, driver, transport }]) => ({ kind, driver, transport, simulated: simulated.has(key) }),
      ),
  }
}

function keyOf({ id, driver, transport, address }: DeviceBinding): string {
  return [id, driver, transport, address].join(' ')
}
