import { generateKeyPairSync } from 'node:crypto'
import { oidOfCurve, standardGroup } from '#native/chip/agreement/domain-parameters.ts'
import { generateKeyPair, numberOf, type Group } from '#native/chip/agreement/group.ts'
import type { Cipher } from '#native/chip/cipher.ts'
import { paceProtocol, type PaceOffer } from '#native/chip/pace.ts'
import { encodeTlv } from '#native/chip/tlv.ts'
import type { ChipSecrets, HashName } from './card-proofs.ts'
import type { ChipOptions, PaceName } from './chip-options.ts'

const oid = (hex: string) => encodeTlv(0x06, Buffer.from(hex, 'hex'))
const sequence = (...parts: readonly Uint8Array[]) => encodeTlv(0x30, ...parts)
const integer = (value: number) =>
  encodeTlv(0x02, value < 0x80 ? Uint8Array.of(value) : Uint8Array.of(value >> 8, value & 0xff))
const bitString = (bytes: Uint8Array) => encodeTlv(0x03, Uint8Array.of(0), bytes)

const cipherNumbers: Readonly<Record<Cipher, number>> = { '3des': 1, aes128: 2, aes192: 3, aes256: 4 }
const mappingNumbers: Readonly<Record<string, number>> = {
  'dh-gm': 1,
  'ecdh-gm': 2,
  'dh-im': 3,
  'ecdh-im': 4,
  'ecdh-cam': 6,
}
const hashNumbers: Readonly<Record<HashName, number>> = { sha1: 1, sha224: 2, sha256: 3, sha384: 4, sha512: 5 }
const two = (number: number) => number.toString(16).padStart(2, '0')

/** What the chip offers for PACE, and the entries that say so in EF.CardAccess and DG14. */
export function paceOffers(options: ChipOptions): {
  readonly offers: readonly PaceOffer[]
  readonly infos: Uint8Array[]
} {
  const offers: PaceOffer[] = []
  const infos: Uint8Array[] = []
  for (const { protocol: name, parameters } of options.pace ?? []) {
    const code = paceCode(name)
    const protocol = paceProtocol(code)
    const group = standardGroup(parameters)
    if (!protocol || !group) throw new Error(`no such PACE: ${name} ${parameters}`)
    offers.push({ protocol, group, parameterId: parameters })
    infos.push(sequence(oid(code), integer(2), integer(parameters)))
  }
  return { offers, infos }
}

function paceCode(name: PaceName): string {
  const [agreement, mapping, cipher] = name.split('-')
  return `04007f0007020204${two(mappingNumbers[`${agreement}-${mapping}`] ?? 0)}${two(cipherNumbers[cipher as Cipher])}`
}

export type MadeSecrets = { readonly secrets: ChipSecrets; readonly infos: Uint8Array[]; readonly dg15?: Uint8Array }

/** Draws the keys of chip and active authentication, with their entries for DG14, and DG15. */
export function makeSecrets(options: ChipOptions): MadeSecrets {
  const { chipAuthentication: ca, activeAuthentication: aa } = options
  const infos: Uint8Array[] = []
  const secrets: { -readonly [Name in keyof ChipSecrets]: ChipSecrets[Name] } = {}
  if (ca) {
    const group = wanted(ca.parameters)
    const { secret, publicKey } = generateKeyPair(group)
    const agreement = group.kind === 'dh' ? 1 : 2
    const keyId = ca.keyId === undefined ? [] : [integer(ca.keyId)]
    secrets.chipAuthentication = { group, cipher: ca.cipher, secret }
    infos.push(sequence(oid(`04007f0007020203${two(agreement)}${two(cipherNumbers[ca.cipher])}`), integer(1), ...keyId))
    infos.push(sequence(oid(`04007f00070202010${agreement}`), publicKeyInfo(group, ca.parameters, publicKey), ...keyId))
  }
  if (!aa) return { secrets, infos }
  if (aa.kind === 'rsa') {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: aa.bits })
    secrets.activeAuthentication = { kind: 'rsa', key: privateKey, bytes: aa.bits / 8, hash: aa.hash }
    return { secrets, infos, dg15: encodeTlv(0x6f, publicKey.export({ type: 'spki', format: 'der' })) }
  }
  const group = wanted(aa.parameters)
  const { secret, publicKey } = generateKeyPair(group)
  secrets.activeAuthentication = { kind: 'ecdsa', group, secret, hash: aa.hash }
  infos.push(sequence(oid('678108010105'), integer(1), oid(`04007f000701010401${two(hashNumbers[aa.hash])}`)))
  return { secrets, infos, dg15: encodeTlv(0x6f, publicKeyInfo(group, aa.parameters, publicKey)) }
}

function wanted(parameters: number): Group {
  const group = standardGroup(parameters)
  if (!group) throw new Error(`no such domain parameters: ${parameters}`)
  return group
}

/** SubjectPublicKeyInfo: curves by name, fields by their number. */
function publicKeyInfo(group: Group, parameters: number, publicKey: Uint8Array): Uint8Array {
  const curve = oidOfCurve(group)
  if (curve !== undefined) return sequence(sequence(oid('2a8648ce3d0201'), oid(curve)), bitString(publicKey))
  const first = (publicKey[0] ?? 0) > 127 ? Uint8Array.of(0) : new Uint8Array()
  const number = encodeTlv(0x02, first, publicKey)
  if (numberOf(publicKey) <= 1n) throw new Error('no public key')
  return sequence(sequence(oid('04007f00070102'), integer(parameters)), bitString(number))
}
