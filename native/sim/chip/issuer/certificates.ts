import { bits, explicit, integer, octets, oid, printable, sequence, setOf, time, truth, utf8 } from './encode.ts'
import { makeKey, type IssuerKey, type KeyKind, type Scheme } from './keys.ts'
import { encodeTlv } from '#native/chip/tlv.ts'

/** A key that issues certificates, and its self-signed certificate. Invented, like everything here. */
export type Authority = {
  readonly key: IssuerKey
  readonly scheme: Scheme
  readonly name: Uint8Array
  /** DER */
  readonly certificate: Uint8Array
}

export type DocumentSigner = Authority & { readonly issuer: Uint8Array; readonly serial: number }

export type Validity = { readonly from?: Date; readonly to?: Date }

const usual = { from: new Date('2021-01-01T00:00:00Z'), to: new Date('2041-01-01T00:00:00Z') }
export const keyUsage = { digitalSignature: bits(Uint8Array.of(0x80), 7), authority: bits(Uint8Array.of(0x06), 1) }
const masterListSigning = '2.23.136.1.1.3'

export function nameOf(commonName: string, country = 'VN'): Uint8Array {
  const part = (type: string, value: Uint8Array) => setOf(sequence(oid(type), value))
  return sequence(part('2.5.4.6', printable(country)), part('2.5.4.3', utf8(commonName)))
}

type Order = Validity & {
  readonly serial: number
  readonly subject: Uint8Array
  readonly key: IssuerKey
  readonly issuer: { readonly name: Uint8Array; readonly key: IssuerKey; readonly scheme: Scheme }
  readonly extensions: readonly Uint8Array[]
}

/** Version 3, with both key identifiers (ICAO 9303-12 7.1). */
export function issueCertificate({
  serial,
  subject,
  key,
  issuer,
  extensions,
  from = usual.from,
  to = usual.to,
}: Order): Uint8Array {
  const scheme = issuer.key.sign(new Uint8Array(), issuer.scheme).algorithm
  const identifiers = [
    extension('2.5.29.35', sequence(encodeTlv(0x80, issuer.key.keyId))),
    extension('2.5.29.14', octets(key.keyId)),
  ]
  const tbs = sequence(
    explicit(0, integer(2)),
    integer(serial),
    scheme,
    issuer.name,
    sequence(time(from), time(to)),
    subject,
    key.info,
    explicit(3, sequence(...identifiers, ...extensions)),
  )
  const { algorithm, signature } = issuer.key.sign(tbs, issuer.scheme)
  return sequence(tbs, algorithm, bits(signature))
}

export function extension(id: string, value: Uint8Array, critical = false): Uint8Array {
  return sequence(oid(id), ...(critical ? [truth()] : []), octets(value))
}

const authorityExtensions = () => [
  extension('2.5.29.19', sequence(truth(), integer(0)), true),
  extension('2.5.29.15', keyUsage.authority, true),
]

/** A country signing authority: `C=VN, CN=invented test CSCA`. */
export function makeAuthority(
  options: {
    readonly seed: string
    readonly kind: KeyKind
    readonly scheme?: Scheme
    readonly commonName?: string
    readonly country?: string
    readonly serial?: number
  } & Validity,
): Authority {
  const {
    seed,
    kind,
    scheme = { hash: 'sha256' },
    commonName = 'invented test CSCA',
    country,
    serial = 1,
    ...validity
  } = options
  const name = nameOf(commonName, country)
  const key = makeKey(`${seed}/authority`, kind)
  const certificate = issueCertificate({
    serial,
    subject: name,
    key,
    issuer: { name, key, scheme },
    extensions: authorityExtensions(),
    ...validity,
  })
  return { key, scheme, name, certificate }
}

/** The old key vouches for the new one: subject of the new, signed by the old. */
export function issueLink(
  old: Authority,
  renewed: Authority,
  options: { readonly serial?: number } & Validity = {},
): Uint8Array {
  const { serial = 900, ...validity } = options
  return issueCertificate({
    serial,
    subject: renewed.name,
    key: renewed.key,
    issuer: old,
    extensions: authorityExtensions(),
    ...validity,
  })
}

type SignerOptions = Validity & {
  readonly seed: string
  readonly kind: KeyKind
  readonly scheme?: Scheme
  readonly serial?: number
  readonly commonName?: string
  readonly country?: string
  /** Instead of the key usage of a document signer. */
  readonly extensions?: readonly Uint8Array[]
}

/** A document signer, or with other `extensions` something that is not quite one. */
export function issueSigner(authority: Authority, options: SignerOptions): DocumentSigner {
  const {
    seed,
    kind,
    scheme = { hash: 'sha256' },
    serial = 2,
    commonName = `invented document signer ${serial}`,
    country,
    extensions,
    ...validity
  } = options
  const name = nameOf(commonName, country)
  const key = makeKey(`${seed}/signer`, kind)
  const certificate = issueCertificate({
    serial,
    subject: name,
    key,
    issuer: authority,
    extensions: extensions ?? [extension('2.5.29.15', keyUsage.digitalSignature, true)],
    ...validity,
  })
  return { key, scheme, name, certificate, issuer: authority.name, serial }
}

export function issueMasterListSigner(
  authority: Authority,
  options: Omit<SignerOptions, 'extensions'>,
): DocumentSigner {
  const purpose = extension('2.5.29.37', sequence(oid(masterListSigning)), true)
  const extensions = [extension('2.5.29.15', keyUsage.digitalSignature, true), purpose]
  return issueSigner(authority, { commonName: 'invented master list signer', ...options, extensions })
}

/** A list of revoked serial numbers, version 2. */
export function issueCrl(
  authority: Authority,
  serials: readonly number[],
  options: { readonly issued?: Date; readonly next?: Date } = {},
): Uint8Array {
  const { issued = usual.from, next = usual.to } = options
  const scheme = authority.key.sign(new Uint8Array(), authority.scheme).algorithm
  const entries = serials.map((serial) => sequence(integer(serial), time(issued)))
  const tbs = sequence(
    integer(1),
    scheme,
    authority.name,
    time(issued),
    time(next),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
    explicit(
      0,
      sequence(
        extension('2.5.29.35', sequence(encodeTlv(0x80, authority.key.keyId))),
        extension('2.5.29.20', integer(1)),
      ),
    ),
  )
  const { algorithm, signature } = authority.key.sign(tbs, authority.scheme)
  return sequence(tbs, algorithm, bits(signature))
}
