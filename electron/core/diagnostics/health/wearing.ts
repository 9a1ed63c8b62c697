import type { Surroundings } from '#contract/index.ts'
import type { HealthWarning } from '#domain/diagnosis/index.ts'
import type { DeviceBinding } from '#native/capability/device.ts'

/** What the officer is told of failing health: the devices that are still the station's. */
export function wearingOf(
  warnings: readonly HealthWarning[],
  bindings: readonly Pick<DeviceBinding, 'id' | 'kind'>[],
): NonNullable<Surroundings['wearing']> {
  return warnings.flatMap(({ device, kind: how }) => {
    const bound = bindings.find(({ id }) => id === device)
    return bound ? [{ device, kind: bound.kind, how }] : []
  })
}
