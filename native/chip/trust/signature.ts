import { createHash, verify } from 'node:crypto'
import { membersOf, oidOf, plainAlgorithmOf, readDer, smallOf, tags, unsignedOf, type Der } from './der.ts'
import { nodeKey, openRsa, type EcKey, type PublicKey, type RsaKey } from './keys.ts'

export type HashName = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

export const hashNames: Readonly<Record<string, HashName>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/** With `undefined` the hash is named elsewhere: some signers name only the kind of key. */
const schemes: Readonly<Record<string, readonly ['rsa' | 'ec', HashName | undefined]>> = {
  '1.2.840.113549.1.1.1': ['rsa', undefined],
  '1.2.840.113549.1.1.5': ['rsa', 'sha1'],
  '1.2.840.113549.1.1.14': ['rsa', 'sha224'],
  '1.2.840.113549.1.1.11': ['rsa', 'sha256'],
  '1.2.840.113549.1.1.12': ['rsa', 'sha384'],
  '1.2.840.113549.1.1.13': ['rsa', 'sha512'],
  '1.2.840.10045.2.1': ['ec', undefined],
  '1.2.840.10045.4.1': ['ec', 'sha1'],
  '1.2.840.10045.4.3.1': ['ec', 'sha224'],
  '1.2.840.10045.4.3.2': ['ec', 'sha256'],
  '1.2.840.10045.4.3.3': ['ec', 'sha384'],
  '1.2.840.10045.4.3.4': ['ec', 'sha512'],
}
const pssOid = '1.2.840.113549.1.1.10'
const mgf1Oid = '1.2.840.113549.1.1.8'

export type Signed = {
  readonly key: PublicKey
  /** AlgorithmIdentifier */
  readonly algorithm: Der
  /** The hash, where the algorithm leaves it open. */
  readonly hash?: HashName
  readonly data: Uint8Array
  readonly signature: Uint8Array
}

/** `unsupported`: an algorithm that this program does not know, or one that does not go with the key. */
export function checkSignature({ key, algorithm, hash, data, signature }: Signed): 'holds' | 'differs' | 'unsupported' {
  const members = membersOf(algorithm)
  const name = oidOf(members.take(tags.oid))
  if (name === pssOid) {
    const pss = key.kind === 'rsa' ? pssParameters(members.maybe(tags.sequence)) : undefined
    return pss && key.kind === 'rsa' ? said(pssHolds(key, pss, data, signature)) : 'unsupported'
  }
  const [kind, namedHash] = schemes[name] ?? []
  // An EC signer may repeat its curve; elsewhere parameters would say something that is not looked at.
  if (name !== '1.2.840.10045.2.1') plainAlgorithmOf(algorithm)
  const used = namedHash ?? hash
  if (!used || kind !== key.kind || (key.kind === 'rsa' && key.pssOnly)) return 'unsupported'
  return said(key.kind === 'rsa' ? pkcs1Holds(key, used, data, signature) : ecdsaHolds(key, used, data, signature))
}

function said(holds: boolean) {
  return holds ? 'holds' : 'differs'
}

function pkcs1Holds({ key }: RsaKey, hash: HashName, data: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(hash, data, key, signature)
  } catch {
    return false
  }
}

type Pss = { readonly hash: HashName; readonly maskHash: HashName; readonly saltLength: number }

/** RSASSA-PSS-params (RFC 4055 3.1), with its defaults. Undefined for hashes and masks unknown here. */
function pssParameters(value: Der | undefined): Pss | undefined {
  const members = value && membersOf(value)
  const part = (n: number) => {
    const found = members?.maybe(0xa0 + n)
    return found && readDer(found.content)
  }
  const [hashId, maskId, salt, trailer] = [part(0), part(1), part(2), part(3)]
  const mask = maskId && membersOf(maskId)
  if (mask && oidOf(mask.take(tags.oid)) !== mgf1Oid) return undefined
  const hash = hashId ? hashOf(hashId) : 'sha1'
  const maskHash = mask ? hashOf(mask.take(tags.sequence)) : 'sha1'
  if (!hash || !maskHash || (trailer && smallOf(trailer) !== 1)) return undefined
  return { hash, maskHash, saltLength: salt ? smallOf(salt) : 20 }
}

/** The hash that an AlgorithmIdentifier names. */
export function hashOf(algorithm: Der): HashName | undefined {
  return hashNames[plainAlgorithmOf(algorithm)]
}

/** EMSA-PSS-VERIFY (RFC 8017 9.1.2). Done here because node:crypto takes one hash for message and mask alike. */
function pssHolds(key: RsaKey, { hash, maskHash, saltLength }: Pss, data: Uint8Array, signature: Uint8Array): boolean {
  const opened = openRsa(key, signature)
  const bits = key.modulusBits - 1
  const length = Math.ceil(bits / 8)
  // With 8·k + 1 modulus bits the message is one octet shorter than the modulus.
  if (!opened || opened.subarray(0, opened.length - length).some((octet) => octet !== 0)) return false
  const message = opened.subarray(opened.length - length)
  const digest = createHash(hash).update(data).digest()
  const maskedLength = length - digest.length - 1
  const padding = maskedLength - saltLength - 1
  if (padding < 0 || message.at(-1) !== 0xbc) return false
  const proof = message.subarray(maskedLength, length - 1)
  const spare = 8 * length - bits
  if (((message[0] ?? 0) & ~(0xff >> spare)) !== 0) return false
  const mask = mgf1(maskHash, proof, maskedLength)
  const block = message.subarray(0, maskedLength).map((octet, index) => octet ^ (mask[index] ?? 0))
  block[0] = (block[0] ?? 0) & (0xff >> spare)
  if (block.subarray(0, padding).some((octet) => octet !== 0) || block[padding] !== 1) return false
  const expected = createHash(hash)
    .update(new Uint8Array(8))
    .update(digest)
    .update(block.subarray(padding + 1))
    .digest()
  return Buffer.compare(expected, proof) === 0
}

function mgf1(hash: HashName, seed: Uint8Array, length: number): Uint8Array {
  const pieces: Uint8Array[] = []
  for (let made = 0, counter = 0; made < length; counter++) {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    const piece = createHash(hash).update(seed).update(count).digest()
    pieces.push(piece)
    made += piece.length
  }
  return Buffer.concat(pieces).subarray(0, length)
}

function ecdsaHolds(key: EcKey, hash: HashName, data: Uint8Array, signature: Uint8Array): boolean {
  const native = nodeKey(key)
  try {
    if (native) return verify(hash, data, { key: native, dsaEncoding: 'der' }, signature)
    const members = membersOf(readDer(signature, tags.sequence))
    const [r, s] = [unsignedOf(members.take()), unsignedOf(members.take())]
    const { dsa } = key.curve
    if (members.rest().length > 0 || r === 0n || s === 0n || r >= dsa.Point.Fn.ORDER || s >= dsa.Point.Fn.ORDER)
      return false
    const digest = createHash(hash).update(data).digest()
    return dsa.verify(new dsa.Signature(r, s).toBytes('compact'), digest, key.point, {
      prehash: false,
      lowS: false,
      format: 'compact',
    })
  } catch {
    return false
  }
}
