import { basename } from 'node:path'
import { AppError } from '#domain/failure/index.ts'
import { cleanId, cleanPath, cleanText, known } from './clean.ts'
import { mostListed, type Found, type Listing } from './found.ts'
import { markOf, rememberedFacts, thisSystem, type System } from './system.ts'

/** Of the `serialport` module, as it lists: nothing in it is trusted. */
export type ListedPort = {
  readonly path: string
  readonly vendorId?: string | undefined
  readonly productId?: string | undefined
  readonly manufacturer?: string | undefined
  readonly serialNumber?: string | undefined
  readonly pnpId?: string | undefined
}
export type SerialModule = { readonly SerialPort: { list(): Promise<readonly ListedPort[]> } }

/** The serial ports of this machine. */
export function serialListing(
  load: () => Promise<SerialModule> = () => import('serialport'),
  system: System = thisSystem,
): Listing {
  const facts = rememberedFacts(system, 'tty')
  let last: readonly Found[] = []

  async function portsOf(nodes: ReadonlyMap<string, string> | undefined): Promise<readonly ListedPort[]> {
    let module: SerialModule
    try {
      module = await load()
    } catch (cause) {
      throw new AppError('TRANSPORT_MISSING', 'serial.list', { cause })
    }
    try {
      return await module.SerialPort.list()
    } catch (cause) {
      // It asks udev's own program on Linux, which small systems do not have: the nodes say enough.
      if (nodes) return [...nodes.keys()].map((name) => ({ path: `/dev/${name}` }))
      throw new AppError('TRANSPORT_MISSING', 'serial.list', { cause })
    }
  }

  async function describe(
    port: ListedPort,
    nodes: ReadonlyMap<string, string> | undefined,
  ): Promise<Found | undefined> {
    const path = cleanPath(port.path)
    if (path === undefined) return undefined
    const name = basename(path)
    const birth = nodes?.get(name)
    const { driver, empty, place, ...said } = await facts.of(name, birth)
    if (empty) return undefined
    return {
      ...said,
      ...known({
        vendorId: cleanId(port.vendorId),
        productId: cleanId(port.productId),
        manufacturer: cleanText(port.manufacturer),
        serialNumber: cleanText(port.serialNumber),
        systemDriver: driver,
        place,
        birth,
      }),
      key: `serial:${path}`,
      transport: 'serial',
      address: (await system.lastingPath(path, cleanPath(port.pnpId))) ?? path,
      path,
    }
  }

  return {
    transport: 'serial',
    mark: async () => markOf(await system.nodes('tty'), last),
    async list() {
      const nodes = await system.nodes('tty')
      const ports = (await portsOf(nodes)).slice(0, mostListed)
      const all = await Promise.all(ports.map((port) => describe(port, nodes)))
      facts.keep(nodes)
      last = all.filter((found) => found !== undefined)
      return last
    },
  }
}
