import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { standardGroup } from '#native/chip/agreement/domain-parameters.ts'
import { generateKeyPair } from '#native/chip/agreement/group.ts'
import { verifyActive } from '#native/chip/active-authentication.ts'
import { parseDg15 } from '#native/chip/lds/dg15.ts'
import { parsePublicKey } from '#native/chip/public-key.ts'
import { encodeTlv, readAll, readOne } from '#native/chip/tlv.ts'
import { signChallenge, type HashName } from '#native/sim/chip/card-proofs.ts'
import { fullChip, personalise, type ChipOptions } from '#native/sim/chip/index.ts'
import { people } from '#native/sim/people/people.ts'
import { readImage } from './reader.ts'

// Giàng A Mẫu is invented.
const make = (options: ChipOptions) => personalise(people.giang, options)

describe('chip authentication', () => {
  it.each<[string, NonNullable<ChipOptions['chipAuthentication']>]>([
    ['a curve and AES-128', { cipher: 'aes128', parameters: 13 }],
    ['a curve and AES-256, with a key number', { cipher: 'aes256', parameters: 16, keyId: 1 }],
    ['a curve and triple DES', { cipher: '3des', parameters: 12 }],
    ['a field and AES-192', { cipher: 'aes192', parameters: 1 }],
    ['a field and triple DES', { cipher: '3des', parameters: 0, keyId: 300 }],
  ])('over %s is proved, and the reading goes on under its keys', async (_what, chipAuthentication) => {
    const image = await make({ chipAuthentication })
    const { reading } = await readImage(image)
    expect(reading).toMatchObject({ chipAuthentication: 'proved', activeAuthentication: 'not-offered' })
    expect(reading.trust).toBe('no-trust-anchor')
    expect(Buffer.from(reading.portrait?.bytes ?? []).equals(image.portrait)).toBe(true)
  })

  it('runs behind PACE with field groups of 2048 bits, in extended length', async () => {
    const image = await make({
      pace: [{ protocol: 'dh-gm-aes128', parameters: 2 }],
      chipAuthentication: { cipher: 'aes128', parameters: 2 },
    })
    const { reading } = await readImage(image)
    expect(reading).toMatchObject({ access: 'pace', chipAuthentication: 'proved' })
  })

  it('fails on a copy, which is read all the same and called failed', async () => {
    const image = await make({ ...fullChip })
    const { reading } = await readImage(image, { quirks: { copied: true } })
    expect(reading).toMatchObject({ chipAuthentication: 'failed', activeAuthentication: 'failed', trust: 'failed' })
    expect(reading.details.fullName).toBe('Giàng A Mẫu')
    expect(Buffer.from(reading.portrait?.bytes ?? []).equals(image.portrait)).toBe(true)
  })

  it('fails on a copy that leaves out the signed keys, whatever its unsigned list says', async () => {
    const image = await make(fullChip)
    const { DG14: _dg14, DG15: _dg15, ...rest } = image.files
    const com = encodeTlv(0x60, encodeTlv(0x5c, Uint8Array.of(0x61, 0x75, 0x6d)))
    const { reading } = await readImage({ ...image, files: { ...rest, COM: com } })
    expect(reading).toMatchObject({ chipAuthentication: 'failed', activeAuthentication: 'failed', trust: 'failed' })
  })

  it('that the chip refuses has failed, and the session stays', async () => {
    const { secrets: _secrets, ...image } = await make({ chipAuthentication: { cipher: 'aes128', parameters: 13 } })
    const { reading } = await readImage(image)
    expect(reading).toMatchObject({ chipAuthentication: 'failed', trust: 'failed' })
    expect(reading.portrait?.bytes).toHaveLength(image.portrait.length)
  })
})

describe('active authentication', () => {
  const rsa = (bits: number, hash: HashName) => ({ kind: 'rsa', bits, hash }) as const
  const curve = (parameters: number, hash: HashName) => ({ kind: 'ecdsa', parameters, hash }) as const

  it.each([
    rsa(1024, 'sha1'),
    rsa(1280, 'sha256'),
    rsa(2048, 'sha224'),
    rsa(2048, 'sha512'),
    rsa(3072, 'sha384'),
    curve(12, 'sha256'),
    curve(13, 'sha1'),
    curve(11, 'sha224'),
    curve(15, 'sha384'),
    curve(17, 'sha512'),
    curve(18, 'sha512'),
  ])('with %o is proved', async (activeAuthentication) => {
    const { reading } = await readImage(await make({ activeAuthentication }))
    expect(reading).toMatchObject({ chipAuthentication: 'not-offered', activeAuthentication: 'proved' })
  })

  it('fails on a copy', async () => {
    for (const activeAuthentication of [rsa(1024, 'sha1'), curve(12, 'sha256')]) {
      const { reading } = await readImage(await make({ activeAuthentication }), { quirks: { copied: true } })
      expect(reading).toMatchObject({ activeAuthentication: 'failed', trust: 'failed' })
    }
  })

  it('is not offered when the key is of a kind nobody knows', async () => {
    const { publicKey } = generateKeyPairSync('ed25519')
    const image = await make({})
    const files = { ...image.files, DG15: encodeTlv(0x6f, publicKey.export({ type: 'spki', format: 'der' })) }
    const com = encodeTlv(0x60, encodeTlv(0x5c, Uint8Array.of(0x61, 0x75, 0x6d, 0x6f)))
    const { reading } = await readImage({ ...image, files: { ...files, COM: com } })
    expect(reading.activeAuthentication).toBe('not-offered')
    expect(reading.groups).toContainEqual({ name: 'DG15', state: 'read' })
  })

  it('refuses a signature with a bit changed, over another challenge, or by another key', () => {
    const group = standardGroup(12)
    if (!group) throw new Error('no P-256')
    const { secret, publicKey } = generateKeyPair(group)
    const challenge = new Uint8Array(8).fill(5)
    const signature = signChallenge({ kind: 'ecdsa', group, secret, hash: 'sha256' }, challenge)
    const key = { kind: 'group', group, element: publicKey } as const
    expect(verifyActive(key, [], challenge, signature)).toBe(true)
    expect(verifyActive(key, [], new Uint8Array(8).fill(6), signature)).toBe(false)
    expect(verifyActive({ ...key, element: generateKeyPair(group).publicKey }, [], challenge, signature)).toBe(false)
    for (let at = 0; at < signature.length; at += 5) {
      const changed = Uint8Array.from(signature)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(verifyActive(key, [], challenge, changed)).toBe(false)
    }
    expect(verifyActive(key, [], challenge, new Uint8Array(64))).toBe(false)
    expect(verifyActive(key, [], challenge, new Uint8Array())).toBe(false)
  })

  it('signs as Node’s own verification wants it', async () => {
    const image = await make({ activeAuthentication: curve(12, 'sha256') })
    const signer = image.secrets?.activeAuthentication
    if (!signer) throw new Error('no signer')
    const challenge = new Uint8Array(8).fill(1)
    const spki = readOne(image.files.DG15 ?? new Uint8Array(), 0x6f).value
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
    expect(verify('sha256', challenge, { key, dsaEncoding: 'ieee-p1363' }, signChallenge(signer, challenge))).toBe(true)
  })

  it('verifies what Node signs, plain or as certificates have it', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    const spki = publicKey.export({ type: 'spki', format: 'der' })
    const key = parseDg15(encodeTlv(0x6f, spki))
    const challenge = new Uint8Array(8).fill(3)
    for (const dsaEncoding of ['ieee-p1363', 'der'] as const) {
      const signature = new Uint8Array(sign('sha256', challenge, { key: privateKey, dsaEncoding }))
      expect(verifyActive(key, [], challenge, signature)).toBe(true)
    }
  })
})

describe('a public key', () => {
  it('with explicit curve parameters is the curve they spell out', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1', paramEncoding: 'explicit' })
    const [spki] = readAll(publicKey.export({ type: 'spki', format: 'der' }))
    if (!spki) throw new Error('no key')
    expect(parsePublicKey(spki)).toMatchObject({ kind: 'group', group: { name: 'P-256' } })
  })

  it('over a curve that only looks like a known one is refused', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1', paramEncoding: 'explicit' })
    const der = publicKey.export({ type: 'spki', format: 'der' })
    // The base point: an attacker would choose one of small order.
    const at = der.indexOf(Buffer.from('6b17d1f2e12c4247', 'hex'))
    expect(at).toBeGreaterThan(0)
    der[at] = (der[at] ?? 0) ^ 1
    const [spki] = readAll(der)
    if (!spki) throw new Error('no key')
    expect(() => parsePublicKey(spki)).toThrow('CHIP_MALFORMED')
  })

  it('that is no element of its group is called tampered with', async () => {
    const image = await make({ chipAuthentication: { cipher: 'aes128', parameters: 13 } })
    const dg14 = Uint8Array.from(image.files.DG14 ?? [])
    dg14[dg14.length - 1] = (dg14.at(-1) ?? 0) ^ 1
    const { reading } = await readImage({ ...image, files: { ...image.files, DG14: dg14 } })
    expect(reading).toMatchObject({ chipAuthentication: 'failed', trust: 'failed' })
  })
})
