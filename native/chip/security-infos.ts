import { AppError } from '#domain/failure/index.ts'
import { pick, readAll, readOne, type Tlv } from './tlv.ts'

/** One entry of SecurityInfos (ICAO 9303-11 9.2): a protocol with what it needs. */
export type SecurityInfo = {
  /** Content of the object identifier, as hex. */
  readonly oid: string
  readonly required: Tlv
  readonly optional: Tlv | undefined
}

const mostInfos = 64

/**
 * The entries of EF.CardAccess or of the inside of DG14: a SET of sequences. Entries of another shape are passed over,
 * since chips carry proprietary ones. What is no such set: CHIP_MALFORMED.
 */
export function parseSecurityInfos(bytes: Uint8Array): readonly SecurityInfo[] {
  const entries = readAll(readOne(bytes, 0x31).value)
  if (entries.length > mostInfos) {
    throw new AppError('CHIP_MALFORMED', 'chip.security-infos', { context: { entries: entries.length } })
  }
  const infos: SecurityInfo[] = []
  for (const entry of entries) {
    const info = entry.tag === 0x30 ? infoOf(entry) : undefined
    if (info) infos.push(info)
  }
  return infos
}

function infoOf(entry: Tlv): SecurityInfo | undefined {
  const [oid, required, optional] = tolerantly(entry.value)
  if (oid?.tag !== 0x06 || !required) return undefined
  return { oid: hexOf(oid.value), required, optional }
}

/** A small non-negative INTEGER; undefined for anything else. */
export function integerOf(object: Tlv | undefined): number | undefined {
  if (object?.tag !== 0x02 || object.value.length < 1 || object.value.length > 4) return undefined
  const value = object.value.reduce((sum, byte) => sum * 256 + byte, 0)
  return value < 0x80000000 ? value : undefined
}

/** Object identifier and parameters of an AlgorithmIdentifier. Throws CHIP_MALFORMED. */
export function algorithmOf(object: Tlv): { readonly oid: string; readonly parameters: Tlv | undefined } {
  const parts = readAll(object.value)
  const oid = pick(parts, 0x06)
  return { oid: hexOf(oid.value), parameters: parts[parts.indexOf(oid) + 1] }
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

function tolerantly(bytes: Uint8Array): Tlv[] {
  try {
    return readAll(bytes)
  } catch {
    return []
  }
}
