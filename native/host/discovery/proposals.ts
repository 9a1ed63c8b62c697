import type { PluggedIn } from '#native/capability/checks.ts'
import type { Drivers } from '#native/drivers/index.ts'
import { driversById } from '#native/drivers/known-ids.ts'
import type { Found } from './found.ts'

export type Proposal = PluggedIn['proposals'][number]

/** HID POS: bar code scanners. */
const codeScannerPage = 0x8c
/** Vendors' own pages begin here; everything below them is something common, such as a keyboard. */
const vendorPages = 0xff00

/** Drivers that may fit, the likeliest first. `answered`: those that a probe has found to fit. */
export function proposalsFor(found: Found, drivers: Drivers, answered: readonly string[] = []): readonly Proposal[] {
  const proposals = new Map<string, Proposal>()
  const propose = (names: readonly string[], because: Proposal['because']) => {
    for (const driver of names) {
      const known = Object.hasOwn(drivers, driver) ? drivers[driver] : undefined
      if (!known?.transports.includes(found.transport) || proposals.has(driver)) continue
      proposals.set(driver, { driver, kind: known.kind, because })
    }
  }
  propose([...answered, ...(found.answers ?? [])], 'answers')
  if (found.vendorId && found.productId)
    propose(driversById(found.transport, found.vendorId, found.productId), 'known-id')
  if (isCodeScanner(found)) propose(['hid-pos'], 'usage')
  // A service has said what it is.
  if (found.transport === 'http') return [...proposals.values()]
  const others = candidates(found, drivers)
  propose(others, others.length === 1 ? 'only-one' : 'possible')
  return [...proposals.values()]
}

/** Drivers of the same transport that what is known of the device does not rule out. */
function candidates(found: Found, drivers: Drivers): readonly string[] {
  const all = Object.keys(drivers).filter((name) => drivers[name]?.transports.includes(found.transport))
  if (found.transport !== 'hid') return all
  // A keyboard is never asked whether it is a scanner.
  if (isCodeScanner(found) || !mayBeAnything(found)) return []
  return saysNothing(found) ? all : all.filter((name) => name !== 'hid-pos')
}

const isCodeScanner = ({ usages = [] }: Found) => usages.some(({ page }) => page === codeScannerPage)
const saysNothing = ({ usages = [] }: Found) => usages.every(({ page }) => page === 0)
const mayBeAnything = (found: Found) =>
  saysNothing(found) || (found.usages ?? []).some(({ page }) => page >= vendorPages)
