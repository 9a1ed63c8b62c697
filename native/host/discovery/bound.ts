import { existsSync, realpathSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import type { DeviceBinding } from '#native/capability/device.ts'
import { parseLoopback } from '#native/transport/http.ts'
import type { Found } from './found.ts'

type Bound = Pick<DeviceBinding, 'id' | 'transport' | 'address'>

/** Id of the device of the station that lives at each key. A binding that fits several is opened at the first. */
export function boundKeys(all: readonly Found[], bindings: readonly Bound[]): ReadonlyMap<string, string> {
  const bound = new Map<string, string>()
  const realPath = rememberedPaths()
  for (const binding of bindings) {
    const fits = fitting(binding, realPath)
    const found = fits && all.find((each) => each.transport === binding.transport && fits(each))
    if (found && !bound.has(found.key)) bound.set(found.key, binding.id)
  }
  return bound
}

/** Ports of bindings that are there although no listing names them, such as a link of the administrator's. */
export function unlistedPorts(all: readonly Found[], bindings: readonly Bound[]): readonly Found[] {
  const realPath = rememberedPaths()
  const listed = new Set(all.filter(({ transport }) => transport === 'serial').map(({ path }) => realPath(path)))
  return bindings.flatMap(({ transport, address }) => {
    const path = transport === 'serial' ? realPath(address) : undefined
    if (path === undefined || listed.has(path)) return []
    listed.add(path)
    return [{ key: `serial:${address}`, transport: 'serial' as const, address, path }]
  })
}

/** Differs when one of these ports came or went; no listing tells that. */
export function presentPorts(bindings: readonly Bound[]): string {
  return bindings
    .filter(({ transport, address }) => transport === 'serial' && isAbsolute(address) && existsSync(address))
    .map(({ address }) => address)
    .join('\n')
}

function fitting({ transport, address }: Bound, realPath: RealPath): ((found: Found) => boolean) | undefined {
  if (transport === 'serial') {
    const path = realPath(address)
    return ({ path: other }) => other === address || (path !== undefined && realPath(other) === path)
  }
  if (transport === 'hid') {
    const ids = address.toLowerCase()
    return ({ path, vendorId, productId }) => path === address || `${vendorId}:${productId}` === ids
  }
  if (transport === 'pcsc') return ({ path }) => address === '*' || path.startsWith(address)
  if (transport !== 'http') return undefined
  try {
    const ports = parseLoopback(address).map(({ host, port }) => `${host}:${port}`)
    return ({ path }) => ports.includes(path)
  } catch {
    return undefined
  }
}

type RealPath = (path: string) => string | undefined

/** Asks the system once for each path. */
function rememberedPaths(): RealPath {
  const known = new Map<string, string | undefined>()
  return (path) => {
    if (known.has(path)) return known.get(path)
    let real: string | undefined
    try {
      // COM3 of Windows is no path.
      if (isAbsolute(path)) real = realpathSync(path)
    } catch {
      // Not there.
    }
    known.set(path, real)
    return real
  }
}
