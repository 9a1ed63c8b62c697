import { createHash, createPublicKey, generateKeyPairSync, randomInt, sign, type KeyObject } from 'node:crypto'
import { CompactSign } from 'jose'
import { extension, issueCertificate, keyUsage, nameOf, type IssuerKey } from '../chip/issuer/index.ts'
import { oid, sequence, truth } from '../chip/issuer/encode.ts'

const day = 86_400_000
/** id-ecPublicKey keys sign with ecdsa-with-SHA256. */
const ecdsaWithSha256 = '1.2.840.10045.4.3.2'

type Holder = { readonly name: Uint8Array; readonly key: IssuerKey; readonly certificate: Uint8Array }
type Issuing = { readonly name: Uint8Array; readonly key: IssuerKey }

/** A key of a device with its certificates, its own first, the maker's after it. */
export type DeviceKey = { sign(payload: object | string): Promise<string> }

export type Maker = {
  /** PEM of the authority that stands above the maker: what a station trusts. */
  readonly anchor: string
  /** `ended`: with a certificate that is no longer valid. */
  deviceKey(serialNo: string, options?: { readonly ended?: boolean }): DeviceKey
}

/** RSA keys take a moment to make: one for all devices of this process. Nothing may rest on them. */
let rsa: { readonly privateKey: KeyObject; readonly publicKey: KeyObject } | undefined

/** An authority and a maker of devices below it, with keys made now. Invented, like everything here. */
export function makeMaker(now: () => Date): Maker {
  const root = holder('invented SBI authority', undefined, now())
  const maker = holder('invented maker of devices', root, now())
  return {
    anchor: pem(root.certificate),
    deviceKey(serialNo, { ended = false } = {}) {
      rsa ??= generateKeyPairSync('rsa', { modulusLength: 2048 })
      const { privateKey, publicKey } = rsa
      const certificate = issueCertificate({
        serial: randomInt(1, 2 ** 40),
        subject: nameOf(`invented device ${serialNo}`),
        key: issuerKey(privateKey, publicKey),
        issuer: issuing(maker),
        extensions: [extension('2.5.29.15', keyUsage.digitalSignature, true)],
        from: new Date(now().getTime() - 30 * day),
        to: new Date(now().getTime() + (ended ? -1 : 30) * day),
      })
      const x5c = [certificate, maker.certificate].map((der) => Buffer.from(der).toString('base64'))
      return {
        sign: (payload) =>
          new CompactSign(Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)))
            .setProtectedHeader({ alg: 'RS256', typ: 'JWT', x5c })
            .sign(privateKey),
      }
    },
  }
}

/** An authority: signed by the one above it, or by itself. */
function holder(commonName: string, above: Holder | undefined, now: Date): Holder {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = nameOf(commonName)
  const key = issuerKey(privateKey, publicKey)
  const certificate = issueCertificate({
    serial: randomInt(1, 2 ** 40),
    subject: name,
    key,
    issuer: issuing(above ?? { name, key }),
    extensions: [extension('2.5.29.19', sequence(truth()), true), extension('2.5.29.15', keyUsage.authority, true)],
    from: new Date(now.getTime() - 365 * day),
    to: new Date(now.getTime() + 3650 * day),
  })
  return { name, key, certificate }
}

const issuing = ({ name, key }: Issuing) => ({ name, key, scheme: { hash: 'sha256' } as const })

/** A key of Node as the issuer of certificates wants it. */
export function issuerKey(privateKey: KeyObject, publicKey: KeyObject): IssuerKey {
  const info = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })).export({
    type: 'spki',
    format: 'der',
  })
  return {
    kind: { type: 'ec', curve: 'P-256' },
    info,
    keyId: createHash('sha1').update(info).digest(),
    sign: (data) => ({ algorithm: sequence(oid(ecdsaWithSha256)), signature: sign('sha256', data, privateKey) }),
  }
}

function pem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/gu) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
