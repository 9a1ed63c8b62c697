import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import {
  bits,
  explicit,
  octets,
  oid,
  raw,
  sequence,
  setOf,
  smallInteger,
  tagged,
  time,
  toBytes,
  type Der,
} from '#core/seal/der.ts'

export type Issued = { readonly certificate: string; readonly key: string }
export type Authority = { readonly certificate: string; readonly name: string; readonly key: KeyObject }

const dayMs = 86_400_000
const sha256 = sequence(oid('1.2.840.10045.4.3.2'))
const nameOf = (text: string) => sequence(setOf(sequence(oid('2.5.4.3'), tagged(0x0c, raw(Buffer.from(text))))))
const pem = (der: Uint8Array) =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der)
    .toString('base64')
    .match(/.{1,64}/gu)
    ?.join('\n')}\n-----END CERTIFICATE-----\n`

type Wanted = {
  readonly name: string
  readonly key: KeyObject
  readonly issuer: Pick<Authority, 'name' | 'key'>
  /** Days from today. */
  readonly from: number
  readonly to: number
  readonly extensions: readonly Der[]
}

function issue({ name, key, issuer, from, to, extensions }: Wanted): string {
  const at = (days: number) => time(new Date(Date.now() + days * dayMs))
  const serial = randomBytes(12)
  serial[0] = 0x42
  const content = sequence(
    explicit(0, smallInteger(2)),
    tagged(0x02, raw(serial)),
    sha256,
    nameOf(issuer.name),
    sequence(at(from), at(to)),
    nameOf(name),
    raw(key.export({ format: 'der', type: 'spki' })),
    explicit(3, sequence(...extensions)),
  )
  return pem(toBytes(sequence(content, sha256, bits(sign('sha256', toBytes(content), issuer.key)))))
}

/** An invented certification authority, valid for years unless it ends so many days from today. */
export function makeAuthority(name: string, to = 900): Authority {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const yes = tagged(0x01, raw(Buffer.from([0xff])))
  const authority = sequence(oid('2.5.29.19'), yes, octets(toBytes(sequence(yes))))
  const issuer = { name, key: privateKey }
  return {
    ...issuer,
    certificate: issue({ name, key: publicKey, issuer, from: -900, to, extensions: [authority] }),
  }
}

/** A server's certificate for DNS names or IPv4 addresses; valid 90 days back and forth unless told otherwise. */
export function issueServer(
  authority: Authority,
  names: readonly string[],
  { from = -90, to = 90 }: { readonly from?: number; readonly to?: number } = {},
): Issued {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const each = names.map((name) =>
    /^[\d.]+$/u.test(name)
      ? tagged(0x87, raw(Buffer.from(name.split('.').map(Number))))
      : tagged(0x82, raw(Buffer.from(name))),
  )
  const extensions = [sequence(oid('2.5.29.17'), octets(toBytes(sequence(...each))))]
  const certificate = issue({ name: names[0] ?? '', key: publicKey, issuer: authority, from, to, extensions })
  return { certificate, key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString() }
}
