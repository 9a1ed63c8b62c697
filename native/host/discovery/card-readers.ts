import { listPcscReaders, type Pcsc } from '#native/transport/pcsc.ts'
import { cleanPath, cleanText, known } from './clean.ts'
import { mostListed, type Listing } from './found.ts'

/** The readers of the system's smart-card service. `load` is for tests. */
export function pcscListing(load?: () => Promise<Pcsc>): Listing {
  return {
    transport: 'pcsc',
    async list() {
      const names = (await listPcscReaders(load)).slice(0, mostListed)
      return names.flatMap((name) => {
        const path = cleanPath(name)
        if (path === undefined) return []
        return [{ key: `pcsc:${path}`, transport: 'pcsc', address: path, path, ...known({ product: cleanText(name) }) }]
      })
    },
  }
}
