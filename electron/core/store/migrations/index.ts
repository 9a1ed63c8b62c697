import type { Migration } from '../migrate.ts'
import { sql as dossiers } from './0001-dossiers.ts'

/** In order; the n-th brings a store to version n. */
export const migrations: readonly Migration[] = [{ name: '0001-dossiers', sql: dossiers }]
