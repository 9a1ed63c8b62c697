import type { Found } from './found.ts'

/** Keys of the devices that say the same serial number as another one. Interfaces of one device are no twins. */
export function twinKeys(all: readonly Found[]): ReadonlySet<string> {
  const bySerial = new Map<string, Found[]>()
  for (const found of all) {
    if (found.serialNumber === undefined) continue
    const same = bySerial.get(found.serialNumber)
    if (same) same.push(found)
    else bySerial.set(found.serialNumber, [found])
  }
  return new Set([...bySerial.values()].filter(areSeveral).flatMap((same) => same.map(({ key }) => key)))
}

function areSeveral(same: readonly Found[]): boolean {
  const devices = new Set(same.map(({ place, vendorId, productId }) => place ?? `${vendorId}:${productId}`))
  // Where the system does not tell the place: two interfaces of one device are not for the same thing.
  const placeless = same.filter(({ place }) => place === undefined).map(purpose)
  return devices.size > 1 || new Set(placeless).size < placeless.length
}

function purpose({ transport, usages = [] }: Found): string {
  return [transport, ...usages.map(({ page, usage }) => `${page}.${usage}`)].join(' ')
}
