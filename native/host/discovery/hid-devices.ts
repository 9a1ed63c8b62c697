import { basename } from 'node:path'
import { AppError } from '#domain/failure/index.ts'
import { cleanId, cleanPath, cleanText, known } from './clean.ts'
import { mostListed, type Found, type Listing } from './found.ts'
import { markOf, rememberedFacts, thisSystem, type System } from './system.ts'

/** Of `node-hid`, one per collection: nothing in it is trusted. */
export type ListedHid = {
  readonly path?: string | undefined
  readonly vendorId: number
  readonly productId: number
  readonly serialNumber?: string | undefined
  readonly manufacturer?: string | undefined
  readonly product?: string | undefined
  readonly interface?: number | undefined
  readonly usagePage?: number | undefined
  readonly usage?: number | undefined
}
export type HidModule = { devicesAsync(): Promise<readonly ListedHid[]> }

/** Collections of one device that are looked at; a descriptor may claim thousands. */
const mostCollections = 32

/** The HID devices of this machine, each once, whatever the number of its collections. */
export function hidListing(load: () => Promise<HidModule> = loadNodeHid, system: System = thisSystem): Listing {
  const facts = rememberedFacts(system, 'hidraw')
  let last: readonly Found[] = []

  async function listed(): Promise<readonly ListedHid[]> {
    try {
      // The binding itself is loaded by this call: here a missing libudev shows.
      return await (await load()).devicesAsync()
    } catch (cause) {
      throw new AppError('TRANSPORT_MISSING', 'hid.list', { cause })
    }
  }

  async function describe(
    path: string,
    collections: readonly ListedHid[],
    nodes: ReadonlyMap<string, string> | undefined,
  ): Promise<Found> {
    const [first] = collections
    const name = basename(path)
    const birth = nodes?.get(name)
    const { driver, empty: _, place, ...said } = await facts.of(name, birth)
    const vendorId = cleanId(first?.vendorId)
    const productId = cleanId(first?.productId)
    return {
      ...said,
      ...known({
        vendorId,
        productId,
        manufacturer: cleanText(first?.manufacturer),
        product: cleanText(first?.product),
        serialNumber: cleanText(first?.serialNumber),
        systemDriver: driver,
        place,
        birth,
      }),
      key: `hid:${vendorId ?? '0000'}:${productId ?? '0000'}:${path}`,
      transport: 'hid',
      address: path,
      path,
      usages: collections
        .slice(0, mostCollections)
        .map(({ usagePage, usage }) => ({ page: wholeOr0(usagePage), usage: wholeOr0(usage) })),
    }
  }

  return {
    transport: 'hid',
    mark: async () => markOf(await system.nodes('hidraw'), last),
    async list() {
      const nodes = await system.nodes('hidraw')
      const devices = new Map<string, ListedHid[]>()
      for (const each of await listed()) {
        const path = cleanPath(each.path)
        if (path === undefined) continue
        const collections = devices.get(path)
        if (collections) collections.push(each)
        else if (devices.size < mostListed) devices.set(path, [each])
      }
      const all = await Promise.all([...devices].map(([path, collections]) => describe(path, collections, nodes)))
      facts.keep(nodes)
      last = all.map((found) => ({ ...found, address: addressOf(found, all) }))
      return last
    },
  }
}

/** Its ids survive replugging, its path does not; but two with the same ids can only be told apart by the path. */
function addressOf(found: Found, all: readonly Found[]): string {
  const { vendorId, productId, path } = found
  if (vendorId === undefined || productId === undefined) return path
  const same = all.filter((other) => other.vendorId === vendorId && other.productId === productId)
  return same.length === 1 ? `${vendorId}:${productId}` : path
}

function wholeOr0(value: unknown): number {
  return Number.isInteger(value) ? (value as number) : 0
}

async function loadNodeHid(): Promise<HidModule> {
  const module = await import('node-hid')
  // A CommonJS module: its names are not always found by the loader, its default export always is.
  return 'default' in module ? module.default : module
}
