import type { Migration } from '../migrate.ts'
import { sql as dossiers } from './0001-dossiers.ts'
import { sql as trustAnchors } from './0002-trust-anchors.ts'
import { sql as officerPrints } from './0003-officer-prints.ts'

/** In order; the n-th brings a store to version n. */
export const migrations: readonly Migration[] = [
  { name: '0001-dossiers', sql: dossiers },
  { name: '0002-trust-anchors', sql: trustAnchors },
  { name: '0003-officer-prints', sql: officerPrints },
]
