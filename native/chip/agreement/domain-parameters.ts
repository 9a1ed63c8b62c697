import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from '@noble/curves/misc.js'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import { brainpoolP192r1, brainpoolP224r1, brainpoolP320r1, p224 } from './curves.ts'
import { dhGroup, ecGroup, type Group } from './group.ts'
import { modp1024of160, modp2048of224, modp2048of256 } from './modp.ts'

type Standard = { readonly id: number; readonly oid?: string; readonly make: () => Group }

const ec = (id: number, oid: string, name: string, curve: Parameters<typeof ecGroup>[1]): Standard => ({
  id,
  oid,
  make: () => ecGroup(name, curve),
})

/** Standardized domain parameters (ICAO 9303-11 table 6); 8, NIST P-192, is too weak and 3–7 are reserved. */
const standards: readonly Standard[] = [
  { id: 0, make: () => dhGroup('modp-1024-160', modp1024of160) },
  { id: 1, make: () => dhGroup('modp-2048-224', modp2048of224) },
  { id: 2, make: () => dhGroup('modp-2048-256', modp2048of256) },
  ec(9, '2b2403030208010103', 'brainpoolP192r1', brainpoolP192r1),
  ec(10, '2b81040021', 'P-224', p224),
  ec(11, '2b2403030208010105', 'brainpoolP224r1', brainpoolP224r1),
  ec(12, '2a8648ce3d030107', 'P-256', p256.Point),
  ec(13, '2b2403030208010107', 'brainpoolP256r1', brainpoolP256r1.Point),
  ec(14, '2b2403030208010109', 'brainpoolP320r1', brainpoolP320r1),
  ec(15, '2b81040022', 'P-384', p384.Point),
  ec(16, '2b240303020801010b', 'brainpoolP384r1', brainpoolP384r1.Point),
  ec(17, '2b240303020801010d', 'brainpoolP512r1', brainpoolP512r1.Point),
  ec(18, '2b81040023', 'P-521', p521.Point),
]

const made = new Map<number, Group>()

function groupOf(standard: Standard): Group {
  const group = made.get(standard.id) ?? standard.make()
  made.set(standard.id, group)
  return group
}

/** The group that PACE calls by this number; undefined for numbers that are reserved or not supported. */
export function standardGroup(id: number): Group | undefined {
  const found = standards.find((standard) => standard.id === id)
  return found && groupOf(found)
}

/** The curve that a certificate calls by this object identifier, as hex of its content. */
export function curveByOid(oid: string): Group | undefined {
  const found = standards.find((standard) => standard.oid === oid)
  return found && groupOf(found)
}

/** What `curveByOid` knows a curve by. */
export function oidOfCurve(group: Group): string | undefined {
  return standards.find((standard) => made.get(standard.id) === group)?.oid
}

/** The known curve over this prime with this generator; explicit parameters are only taken when they name a known curve. */
export function curveByGenerator(prime: bigint, generator: Uint8Array): Group | undefined {
  for (const standard of standards) {
    if (standard.oid === undefined) continue
    const group = groupOf(standard)
    if (group.prime === prime && Buffer.from(group.generator).equals(generator)) return group
  }
  return undefined
}

export const standardIds: readonly number[] = standards.map(({ id }) => id)
