import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { AppError } from '#domain/failure/index.ts'
import { mrzCheckDigit } from '#domain/person/mrz.ts'
import type { ChipAccess } from '#native/capability/card-reader.ts'
import { standardGroup } from './agreement/domain-parameters.ts'
import { generateKeyPair, type Group, type KeyAgreementPair } from './agreement/group.ts'
import { mapGeneric, mapIntegrated, nonceLength } from './agreement/mapping.ts'
import type { Command, ResponseApdu } from './apdu.ts'
import type { KeyPair } from './bac.ts'
import { decrypt, deriveKey, deriveKeys, keyLengths, keyUse, tokenMac, type Cipher } from './cipher.ts'
import { groupOfAlgorithm } from './public-key.ts'
import { integerOf, type SecurityInfo } from './security-infos.ts'
import { encodeTlv, pick, readAll, readOne } from './tlv.ts'

/** Password Authenticated Connection Establishment, ICAO 9303-11 4.4. */

export type PaceProtocol = {
  /** Content of the object identifier. */
  readonly oid: Uint8Array
  readonly agreement: Group['kind']
  /** Chip authentication mapping runs as generic mapping; its proof is left to chip authentication proper. */
  readonly mapping: 'generic' | 'integrated' | 'chip-authentication'
  readonly cipher: Cipher
}

/** One way to run PACE that the chip offers and this program knows. */
export type PaceOffer = {
  readonly protocol: PaceProtocol
  readonly group: Group
  /** Sent to the chip only when it has more than one set of domain parameters. */
  readonly parameterId: number | undefined
}

const paceOid = '04007f00070202' + '04'
const mappings: Readonly<Record<number, Pick<PaceProtocol, 'agreement' | 'mapping'>>> = {
  1: { agreement: 'dh', mapping: 'generic' },
  2: { agreement: 'ecdh', mapping: 'generic' },
  3: { agreement: 'dh', mapping: 'integrated' },
  4: { agreement: 'ecdh', mapping: 'integrated' },
  6: { agreement: 'ecdh', mapping: 'chip-authentication' },
}
const ciphers: Readonly<Record<number, Cipher>> = { 1: '3des', 2: 'aes128', 3: 'aes192', 4: 'aes256' }

/** The protocol behind an object identifier (hex of its content); undefined when it is not one of PACE. */
export function paceProtocol(oid: string): PaceProtocol | undefined {
  if (!oid.startsWith(paceOid) || oid.length !== paceOid.length + 4) return undefined
  const bytes = new Uint8Array(Buffer.from(oid, 'hex'))
  const mapping = mappings[bytes.at(-2) ?? 0]
  const cipher = ciphers[bytes.at(-1) ?? 0]
  if (!mapping || !cipher || (mapping.mapping === 'chip-authentication' && cipher === '3des')) return undefined
  return { oid: bytes, ...mapping, cipher }
}

/** The offer of EF.CardAccess to take: the strongest cipher, curves before fields, generic mapping before others. */
export function choosePace(infos: readonly SecurityInfo[]): PaceOffer | undefined {
  const proprietary = new Map<number, Group>()
  for (const { oid, required, optional } of infos) {
    // PACEDomainParameterInfo stands under the object identifier of the mapping, without a cipher.
    if (!oid.startsWith(paceOid) || oid.length !== paceOid.length + 2 || required.tag !== 0x30) continue
    const group = tolerantly(() => groupOfAlgorithm(required))
    if (group) proprietary.set(integerOf(optional) ?? 0, group)
  }
  const offers: PaceOffer[] = []
  const ids = new Set<number>()
  for (const { oid, required, optional } of infos) {
    const protocol = paceProtocol(oid)
    if (!protocol || integerOf(required) !== 2) continue
    const parameterId = integerOf(optional)
    ids.add(parameterId ?? -1)
    const group = groupFor(protocol, parameterId, proprietary)
    if (group) offers.push({ protocol, group, parameterId })
  }
  const [best] = offers.sort((a, b) => worth(b) - worth(a))
  return best && ids.size > 1 ? best : best && { ...best, parameterId: undefined }
}

function groupFor(protocol: PaceProtocol, id: number | undefined, proprietary: ReadonlyMap<number, Group>) {
  const group = id === undefined ? [...proprietary.values()][0] : (proprietary.get(id) ?? standardGroup(id))
  if (group?.kind !== protocol.agreement) return undefined
  return protocol.mapping === 'integrated' && !group.mapField ? undefined : group
}

function worth({ protocol, group }: PaceOffer): number {
  const cipher = keyLengths[protocol.cipher] + (protocol.cipher === '3des' ? -8 : 0)
  const mapping = { generic: 2, integrated: 1, 'chip-authentication': 0 }[protocol.mapping]
  return cipher * 1e6 + (protocol.agreement === 'ecdh' ? 1e5 : 0) + group.fieldBits * 10 + mapping
}

/** The secret of PACE (9303-11 4.4.3.2): the digits of the card access number, or the hash of the three zone values. */
export function paceSecret(access: ChipAccess): Uint8Array {
  if (access.kind === 'can') return new Uint8Array(Buffer.from(access.can, 'latin1'))
  const text = [access.documentNumber.padEnd(9, '<'), access.birthDate, access.expiryDate]
    .map((part) => part + mrzCheckDigit(part))
    .join('')
  return new Uint8Array(createHash('sha1').update(text, 'latin1').digest())
}

/** MAC over the other side's public key in its data object (9303-11 4.4.3.4). */
export function paceToken(protocol: PaceProtocol, macKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
  const key = encodeTlv(protocol.agreement === 'ecdh' ? 0x86 : 0x84, publicKey)
  return tokenMac(protocol.cipher, macKey, encodeTlv(0x7f49, encodeTlv(0x06, protocol.oid), key))
}

export type PaceRun = {
  readonly send: (command: Command) => Promise<ResponseApdu>
  readonly offer: PaceOffer
  readonly access: ChipAccess
  /** Go on although the chip said that one attempt is left. */
  readonly lastAttempt?: boolean
  /** For worked examples: what the terminal would draw, and the password's key where the example gives no password. */
  readonly draw?: {
    readonly keyPair: (group: Group, generator: Uint8Array) => KeyAgreementPair
    readonly salt: (length: number) => Uint8Array
    readonly passwordKey?: Uint8Array
  }
}

/**
 * Runs PACE and returns the session keys, or `refused` when the chip takes neither this protocol nor this password kind
 * (nothing secret was used then). A wrong password: CHIP_ACCESS_DENIED; a chip that cannot prove itself: CHIP_TAMPERED.
 */
export async function runPace(run: PaceRun): Promise<KeyPair | 'refused'> {
  const { send, access, offer } = run
  const { protocol, group } = offer
  const { cipher } = protocol
  const draw: NonNullable<PaceRun['draw']> = run.draw ?? {
    keyPair: generateKeyPair,
    salt: (length) => new Uint8Array(randomBytes(length)),
  }
  if (!(await setTemplate(run))) return 'refused'

  const sealed = await authenticate(send, group, [], 0x80)
  if (sealed.length < 16 || sealed.length > 32 || sealed.length % 16 !== 0) throw malformed('nonce')
  const passwordKey = draw.passwordKey ?? deriveKey(cipher, paceSecret(access), keyUse.password)
  const nonce = decrypt(cipher, passwordKey, sealed)

  let generator: Uint8Array
  if (protocol.mapping === 'integrated') {
    if (nonce.length !== nonceLength(cipher)) throw malformed('nonce')
    const salt = draw.salt(keyLengths[cipher])
    await authenticate(send, group, [encodeTlv(0x81, salt)], 0x82, true)
    generator = mapIntegrated(group, cipher, nonce, salt)
  } else {
    const own = draw.keyPair(group, group.generator)
    const other = await authenticate(send, group, [encodeTlv(0x81, own.publicKey)], 0x82)
    if (sameKey(own.publicKey, other)) throw tampered('same-key')
    generator = mapGeneric(group, nonce, group.power(other, own.secret))
  }

  const own = draw.keyPair(group, generator)
  const other = await authenticate(send, group, [encodeTlv(0x83, own.publicKey)], 0x84)
  if (sameKey(own.publicKey, other)) throw tampered('same-key')
  const keys = deriveKeys(cipher, group.secretOf(group.power(other, own.secret)))

  const answer = await send(generalAuthenticate(group, [encodeTlv(0x85, paceToken(protocol, keys.mac, other))], true))
  if (answer.sw !== 0x9000) throw denied(access, answer.sw)
  const token = pick(readAll(readOne(answer.data, 0x7c).value), 0x86).value
  const expected = paceToken(protocol, keys.mac, own.publicKey)
  if (token.length !== expected.length || !timingSafeEqual(token, expected)) throw tampered('token')
  return keys
}

/** MSE:Set AT (9303-11 4.4.4.1). False when the chip refuses the protocol or the kind of password. */
async function setTemplate({ send, offer, access, lastAttempt }: PaceRun): Promise<boolean> {
  const objects = [encodeTlv(0x80, offer.protocol.oid), encodeTlv(0x83, Uint8Array.of(access.kind === 'mrz' ? 1 : 2))]
  if (offer.parameterId !== undefined) objects.push(encodeTlv(0x84, Uint8Array.of(offer.parameterId)))
  const { sw } = await send({ cla: 0, ins: 0x22, p1: 0xc1, p2: 0xa4, data: Buffer.concat(objects) })
  if (sw === 0x9000) return true
  const attemptsLeft = attemptsIn(sw)
  if (attemptsLeft === 0 || sw === 0x6983) throw blocked()
  if (attemptsLeft === 1 && lastAttempt !== true) {
    throw new AppError('CHIP_ACCESS_DENIED', 'chip.pace', { context: { reason: 'last-attempt', attemptsLeft } })
  }
  return attemptsLeft !== undefined
}

/** One GENERAL AUTHENTICATE of the chain: the content of the wanted object. */
async function authenticate(
  send: PaceRun['send'],
  group: Group,
  objects: readonly Uint8Array[],
  wanted: number,
  mayBeEmpty = false,
): Promise<Uint8Array> {
  const answer = await send(generalAuthenticate(group, objects, false))
  if (answer.sw !== 0x9000) throw new AppError('CHIP_MALFORMED', 'chip.pace', { context: { wanted, sw: answer.sw } })
  // Integrated mapping: some chips send an empty object back, some nothing at all.
  if (mayBeEmpty && answer.data.length === 0) return new Uint8Array()
  const found = readAll(readOne(answer.data, 0x7c).value)
  if (mayBeEmpty && found.length === 0) return new Uint8Array()
  return pick(found, wanted).value
}

function generalAuthenticate(group: Group, objects: readonly Uint8Array[], last: boolean): Command {
  const data = encodeTlv(0x7c, ...objects)
  // Numbers of 2048 bits come in extended length.
  const le = group.kind === 'dh' && group.fieldBits > 1024 ? 65536 : 256
  return { cla: last ? 0x00 : 0x10, ins: 0x86, p1: 0, p2: 0, data, le }
}

function sameKey(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.from(a).equals(Buffer.from(b))
}

/** The number of attempts in 63Cx. */
function attemptsIn(sw: number): number | undefined {
  return (sw & 0xfff0) === 0x63c0 ? sw & 0x0f : undefined
}

function denied(access: ChipAccess, sw: number): AppError {
  if (sw === 0x6983) return blocked()
  const attemptsLeft = attemptsIn(sw)
  return new AppError('CHIP_ACCESS_DENIED', 'chip.pace', {
    context: {
      reason: 'wrong-password',
      password: access.kind,
      sw,
      ...(attemptsLeft === undefined ? {} : { attemptsLeft }),
    },
  })
}

function blocked(): AppError {
  return new AppError('CHIP_ACCESS_DENIED', 'chip.pace', { context: { reason: 'blocked', attemptsLeft: 0 } })
}

function tampered(what: string): AppError {
  return new AppError('CHIP_TAMPERED', 'chip.pace', { context: { what } })
}

function malformed(what: string): AppError {
  return new AppError('CHIP_MALFORMED', 'chip.pace', { context: { what } })
}

function tolerantly<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
