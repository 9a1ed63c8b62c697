import { generateKeyPair, type Group, type KeyAgreementPair } from './agreement/group.ts'
import type { Command, ResponseApdu } from './apdu.ts'
import { deriveKeys, keyLengths, suiteOf, type Cipher } from './cipher.ts'
import { parsePublicKey } from './public-key.ts'
import { SecureChannel } from './secure-messaging.ts'
import { integerOf, type SecurityInfo } from './security-infos.ts'
import { encodeTlv } from './tlv.ts'

/** Chip authentication, ICAO 9303-11 6.2: the chip proves that it holds the secret to a key of DG14. */

export type ChipAuthenticationOffer = {
  /** Content of the object identifier; absent on chips that only publish a key, which then means triple DES. */
  readonly oid: Uint8Array | undefined
  readonly cipher: Cipher
  readonly group: Group
  readonly element: Uint8Array
  readonly keyId: number | undefined
}

const protocolOid = '04007f00070202' + '03'
const keyOids: Readonly<Record<string, Group['kind']>> = {
  '04007f000702020101': 'dh',
  '04007f000702020102': 'ecdh',
}
const agreements: Readonly<Record<string, Group['kind']>> = { '01': 'dh', '02': 'ecdh' }
const ciphers: Readonly<Record<string, Cipher>> = { '01': '3des', '02': 'aes128', '03': 'aes192', '04': 'aes256' }

/** The offer of DG14 to take, the strongest cipher first; undefined when there is none that this program knows. */
export function chooseChipAuthentication(infos: readonly SecurityInfo[]): ChipAuthenticationOffer | undefined {
  const protocols = infos.flatMap(({ oid, optional }) => {
    const agreement = agreements[oid.slice(-4, -2)]
    const cipher = ciphers[oid.slice(-2)]
    if (!oid.startsWith(protocolOid) || oid.length !== protocolOid.length + 4 || !agreement || !cipher) return []
    return [{ oid: new Uint8Array(Buffer.from(oid, 'hex')), agreement, cipher, keyId: integerOf(optional) }]
  })
  const offers: ChipAuthenticationOffer[] = []
  for (const { oid, required, optional } of infos) {
    const agreement = keyOids[oid]
    const key = agreement && keyOf(required)
    if (!key || key.group.kind !== agreement) continue
    const keyId = integerOf(optional)
    const matching = protocols.filter(
      (protocol) => protocol.agreement === agreement && (protocol.keyId === keyId || protocol.keyId === undefined),
    )
    for (const protocol of matching) offers.push({ oid: protocol.oid, cipher: protocol.cipher, ...key, keyId })
    if (protocols.length === 0) offers.push({ oid: undefined, cipher: '3des', ...key, keyId })
  }
  const worth = ({ cipher }: ChipAuthenticationOffer) => (cipher === '3des' ? 0 : keyLengths[cipher])
  return offers.sort((a, b) => worth(b) - worth(a))[0]
}

function keyOf(required: SecurityInfo['required']) {
  try {
    const key = parsePublicKey(required)
    return key.kind === 'group' ? { group: key.group, element: key.element } : undefined
  } catch {
    return undefined
  }
}

/**
 * Runs the agreement and returns the channel under the new keys; undefined when the chip refused, and its old keys stay.
 * The proof is the chip's first answer under the new keys. A key that is not of its group: CHIP_TAMPERED.
 */
export async function authenticateChip(
  send: (command: Command) => Promise<ResponseApdu>,
  offer: ChipAuthenticationOffer,
  makePair: (group: Group) => KeyAgreementPair = generateKeyPair,
): Promise<SecureChannel | undefined> {
  const { group, cipher, element } = offer
  const own = makePair(group)
  const shared = group.secretOf(group.power(element, own.secret))
  const keyId = offer.keyId === undefined ? [] : [encodeTlv(0x84, bytesOfId(offer.keyId))]
  if (cipher === '3des') {
    const data = Buffer.concat([encodeTlv(0x91, own.publicKey), ...keyId])
    const { sw } = await send({ cla: 0, ins: 0x22, p1: 0x41, p2: 0xa6, data })
    if (sw !== 0x9000) return undefined
  } else {
    const data = Buffer.concat([encodeTlv(0x80, offer.oid ?? new Uint8Array()), ...keyId])
    const chosen = await send({ cla: 0, ins: 0x22, p1: 0x41, p2: 0xa4, data })
    if (chosen.sw !== 0x9000) return undefined
    const key = encodeTlv(0x7c, encodeTlv(0x80, own.publicKey))
    const agreed = await send({ cla: 0, ins: 0x86, p1: 0, p2: 0, data: key, le: 256 })
    if (agreed.sw !== 0x9000) return undefined
  }
  const suite = suiteOf(cipher, deriveKeys(cipher, shared))
  return new SecureChannel(suite, new Uint8Array(suite.blockLength))
}

function bytesOfId(id: number): Uint8Array {
  const bytes: number[] = []
  for (let rest = id; rest > 0 || bytes.length === 0; rest = Math.floor(rest / 256)) bytes.unshift(rest & 0xff)
  return Uint8Array.from(bytes)
}
