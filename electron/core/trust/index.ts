import { createHash } from 'node:crypto'
import type { DeviceHost } from '#core/devices/index.ts'
import type { AuditInput, NewTrustAnchor, Store, TrustAnchorRow } from '#core/store/index.ts'
import { AppError } from '#domain/failure/index.ts'
import type {
  MasterListFacts,
  TrustAnchors,
  TrustCertificate,
  TrustFileReading,
  TrustList,
} from '#native/capability/trust.ts'

export type TrustImport = Pick<TrustFileReading, 'from' | 'rejected'> & {
  readonly masterLists: readonly MasterListFacts[]
  readonly added: number
  /** Were here already. */
  readonly known: number
  /** Document signers in the file: they come with each chip, and are no anchors. */
  readonly signers: number
  /** What the file brought, new or not, without the bytes. */
  readonly anchors: readonly Omit<NewTrustAnchor, 'der'>[]
}

/**
 * Takes the authorities, link certificates and revocation lists of a file into the station's store, with one entry in
 * the audit chain that names the file by its SHA-256. Which file to trust is the technician's to decide; a master list
 * whose own signature does not hold brings nothing. Throws CERTIFICATE_UNREADABLE, DISK_FULL.
 */
export async function importTrust(
  file: Uint8Array,
  {
    store,
    host,
    ...by
  }: { readonly store: Store; readonly host: Pick<DeviceHost, 'call'> } & Pick<AuditInput, 'actor' | 'window'>,
): Promise<TrustImport> {
  const { from, certificates, crls, masterLists, rejected } = await host.call('trust.parse', {
    file,
    anchors: stationAnchors(store),
  })
  const anchors = [...certificates.flatMap(certificateRow), ...crls.map(crlRow)]
  if (anchors.length === 0)
    throw new AppError('CERTIFICATE_UNREADABLE', 'trust.import', { context: { what: 'no-authority' } })
  const sha256 = createHash('sha256').update(file).digest('hex')
  const added = store.addTrustAnchors(anchors, { ...by, act: `trust.imported:${sha256}` })
  return {
    from,
    rejected,
    masterLists,
    added,
    known: anchors.length - added,
    signers: certificates.length + crls.length - anchors.length,
    anchors: anchors.map(({ der: _, ...facts }) => facts),
  }
}

/** What chips are judged by at this station. */
export function stationAnchors(store: Pick<Store, 'trustAnchors'>): TrustAnchors {
  const rows = store.trustAnchors()
  return {
    certificates: rows.filter(({ kind }) => kind !== 'crl').map(({ der }) => der),
    crls: rows.filter(({ kind }) => kind === 'crl').map(({ der }) => der),
  }
}

/** For a list on a screen: everything but the bytes. */
export function listTrust(store: Pick<Store, 'trustAnchors'>): readonly Omit<TrustAnchorRow, 'der'>[] {
  return store.trustAnchors().map(({ der: _, ...row }) => row)
}

function certificateRow({
  role,
  fingerprint,
  country,
  subject,
  serial,
  validFrom,
  validTo,
  der,
}: TrustCertificate): readonly NewTrustAnchor[] {
  return role === 'signer' ? [] : [{ kind: role, fingerprint, country, subject, serial, validFrom, validTo, der }]
}

function crlRow({ fingerprint, country, issuer, issued, next = '', der }: TrustList): NewTrustAnchor {
  return { kind: 'crl', fingerprint, country, subject: issuer, serial: '', validFrom: issued, validTo: next, der }
}
