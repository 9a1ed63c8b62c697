import { createHash, type webcrypto } from 'node:crypto'
import * as asn1js from 'asn1js'
import * as pkijs from 'pkijs'
import { encodeTlv } from '#native/chip/tlv.ts'

const ldsSecurityObjectOid = '2.23.136.1.1.1'
const sha256Oid = Uint8Array.of(0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01)
const engine = new pkijs.CryptoEngine({ name: 'node', crypto: globalThis.crypto })
const keyKind = { name: 'ECDSA', namedCurve: 'P-256' } as const

/**
 * EF.SOD over some groups (ICAO 9303-10 4.6.2), signed by a document signer of a test authority, both made on the spot.
 * Their names are invented; nobody trusts them.
 */
export async function signSecurityObject(
  groups: Readonly<Record<`DG${number}`, Uint8Array>>,
): Promise<{ readonly sod: Uint8Array; readonly csca: Uint8Array }> {
  const { signer, signerKey, csca } = await makeSigner()
  const content = ldsSecurityObject(groups)

  const digest = createHash('sha256').update(content).digest()
  const attribute = (type: string, value: asn1js.AsnType) => new pkijs.Attribute({ type, values: [value] })
  const signed = new pkijs.SignedData({
    version: 3,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({
      eContentType: ldsSecurityObjectOid,
      eContent: new asn1js.OctetString({ valueHex: bufferOf(content) }),
    }),
    signerInfos: [
      new pkijs.SignerInfo({
        version: 1,
        sid: new pkijs.IssuerAndSerialNumber({ issuer: signer.issuer, serialNumber: signer.serialNumber }),
        signedAttrs: new pkijs.SignedAndUnsignedAttributes({
          type: 0,
          attributes: [
            attribute('1.2.840.113549.1.9.3', new asn1js.ObjectIdentifier({ value: ldsSecurityObjectOid })),
            attribute('1.2.840.113549.1.9.4', new asn1js.OctetString({ valueHex: bufferOf(digest) })),
          ],
        }),
      }),
    ],
    certificates: [signer],
  })
  await signed.sign(signerKey, 0, 'SHA-256', undefined, engine)
  const contentInfo = new pkijs.ContentInfo({
    contentType: pkijs.ContentInfo.SIGNED_DATA,
    content: signed.toSchema(true),
  })
  const der = new Uint8Array(contentInfo.toSchema().toBER())
  return { sod: encodeTlv(0x77, der), csca: new Uint8Array(csca.toSchema(true).toBER()) }
}

async function makeSigner() {
  const authorityKeys = await crypto.subtle.generateKey(keyKind, true, ['sign', 'verify'])
  const signerKeys = await crypto.subtle.generateKey(keyKind, true, ['sign', 'verify'])
  const authority = nameOf('Test CSCA of Nobody')
  const csca = await issue({
    serial: 1,
    subject: authority,
    issuer: authority,
    until: '2041-01-01',
    publicKey: authorityKeys.publicKey,
    signingKey: authorityKeys.privateKey,
    extensions: [
      extension('2.5.29.19', new pkijs.BasicConstraints({ cA: true, pathLenConstraint: 0 }).toSchema()),
      // keyCertSign and cRLSign
      extension('2.5.29.15', new asn1js.BitString({ valueHex: Uint8Array.of(0x06).buffer, unusedBits: 1 })),
    ],
  })
  const signer = await issue({
    serial: 2,
    subject: nameOf('Test Document Signer 1'),
    issuer: authority,
    until: '2036-01-01',
    publicKey: signerKeys.publicKey,
    signingKey: authorityKeys.privateKey,
    // digitalSignature
    extensions: [extension('2.5.29.15', new asn1js.BitString({ valueHex: Uint8Array.of(0x80).buffer, unusedBits: 7 }))],
  })
  return { signer, signerKey: signerKeys.privateKey, csca }
}

type Order = {
  readonly serial: number
  readonly subject: pkijs.RelativeDistinguishedNames
  readonly issuer: pkijs.RelativeDistinguishedNames
  readonly until: string
  readonly publicKey: webcrypto.CryptoKey
  readonly signingKey: webcrypto.CryptoKey
  readonly extensions: pkijs.Extension[]
}

async function issue(order: Order): Promise<pkijs.Certificate> {
  const certificate = new pkijs.Certificate({
    version: 2,
    serialNumber: new asn1js.Integer({ value: order.serial }),
    subject: order.subject,
    issuer: order.issuer,
    notBefore: new pkijs.Time({ value: new Date('2021-01-01T00:00:00Z') }),
    notAfter: new pkijs.Time({ value: new Date(`${order.until}T00:00:00Z`) }),
    extensions: order.extensions,
  })
  await certificate.subjectPublicKeyInfo.importKey(order.publicKey, engine)
  await certificate.sign(order.signingKey, 'SHA-256', engine)
  return certificate
}

function nameOf(commonName: string): pkijs.RelativeDistinguishedNames {
  const part = (type: string, text: string) =>
    new pkijs.AttributeTypeAndValue({ type, value: new asn1js.Utf8String({ value: text }) })
  return new pkijs.RelativeDistinguishedNames({
    typesAndValues: [part('2.5.4.6', 'VN'), part('2.5.4.10', 'Simulated Authority'), part('2.5.4.3', commonName)],
  })
}

function extension(extnID: string, value: asn1js.AsnType): pkijs.Extension {
  return new pkijs.Extension({ extnID, critical: true, extnValue: value.toBER() })
}

/** LDSSecurityObject version 0 with SHA-256 hashes. */
function ldsSecurityObject(groups: Readonly<Record<`DG${number}`, Uint8Array>>): Uint8Array {
  const sequence = (...parts: Uint8Array[]) => encodeTlv(0x30, ...parts)
  const integer = (value: number) => encodeTlv(0x02, Uint8Array.of(value))
  const hashes = Object.entries(groups).map(([name, file]) =>
    sequence(integer(Number(name.slice(2))), encodeTlv(0x04, createHash('sha256').update(file).digest())),
  )
  return sequence(integer(0), sequence(encodeTlv(0x06, sha256Oid)), sequence(...hashes))
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}
