import { execFileSync } from 'node:child_process'
import { createECDH } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { standardGroup } from '#native/chip/agreement/domain-parameters.ts'
import { bytesOf, generateKeyPair, numberOf } from '#native/chip/agreement/group.ts'
import { decodeCommand } from '#native/chip/apdu.ts'
import { deriveKeys, suiteOf, type Cipher } from '#native/chip/cipher.ts'
import { SecureChannel } from '#native/chip/secure-messaging.ts'
import { concat, readAll } from '#native/chip/tlv.ts'
import { personalise } from '#native/sim/chip/index.ts'
import { people } from '#native/sim/people/people.ts'
import { hex, shown } from './example.ts'

// The outside judge: OpenSSL's own AES, CMAC and curves. Lò Thị Mẫu is invented.
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chip-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function openssl(parts: readonly string[], input?: Uint8Array): Buffer {
  return execFileSync('openssl', parts, { cwd: folder, ...(input ? { input } : {}), stdio: ['pipe', 'pipe', 'pipe'] })
}

const padded = (...parts: readonly Uint8Array[]) => {
  const whole = concat(...parts, Uint8Array.of(0x80))
  return concat(whole, new Uint8Array((16 - (whole.length % 16)) % 16))
}

describe('OpenSSL agrees with', () => {
  it.each<[Cipher, string]>([
    ['aes128', '128'],
    ['aes192', '192'],
    ['aes256', '256'],
  ])('secure messaging with %s: vector, ciphertext and MAC', (cipher, bits) => {
    const keys = deriveKeys(cipher, new Uint8Array(20).fill(4))
    const channel = new SecureChannel(suiteOf(cipher, keys), new Uint8Array(16))
    const apdu = decodeCommand(channel.protect({ cla: 0, ins: 0xa4, p1: 2, p2: 0x0c, data: hex('011E'), le: 256 }))
    const objects = readAll(apdu?.data ?? new Uint8Array())
    const counter = bytesOf(1n, 16)
    const vector = openssl(['enc', `-aes-${bits}-ecb`, '-nopad', '-K', shown(keys.encryption)], counter)
    const sealed = openssl(
      ['enc', `-aes-${bits}-cbc`, '-nopad', '-K', shown(keys.encryption), '-iv', vector.toString('hex')],
      padded(hex('011E')),
    )
    expect(shown(objects[0]?.value.subarray(1) ?? new Uint8Array())).toBe(shown(sealed))
    const covered = padded(counter, padded(hex('0CA4020C')), ...objects.slice(0, -1).map(({ raw }) => raw))
    writeFileSync(join(folder, 'covered'), covered)
    const mac = openssl([
      'mac',
      '-cipher',
      `AES-${bits}-CBC`,
      '-macopt',
      `hexkey:${shown(keys.mac)}`,
      '-in',
      'covered',
      'CMAC',
    ])
    expect(shown(objects.at(-1)?.value ?? new Uint8Array())).toBe(mac.toString().trim().slice(0, 16))
  })

  it.each([
    [9, 'brainpoolP192r1'],
    [10, 'secp224r1'],
    [11, 'brainpoolP224r1'],
    [12, 'prime256v1'],
    [13, 'brainpoolP256r1'],
    [14, 'brainpoolP320r1'],
    [15, 'secp384r1'],
    [16, 'brainpoolP384r1'],
    [17, 'brainpoolP512r1'],
    [18, 'secp521r1'],
  ])('the agreement over domain parameters %i (%s)', (id, name) => {
    const group = standardGroup(id)
    if (!group) throw new Error('no such group')
    const other = createECDH(name)
    other.generateKeys()
    const own = generateKeyPair(group)
    const agreed = group.secretOf(group.power(new Uint8Array(other.getPublicKey()), own.secret))
    expect(shown(agreed)).toBe(shown(other.computeSecret(own.publicKey)))
  })

  it.each([
    [0, 'dh_1024_160'],
    [1, 'dh_2048_224'],
    [2, 'dh_2048_256'],
  ])('the public keys of field group %i (%s)', (id) => {
    const group = standardGroup(id)
    if (!group) throw new Error('no such group')
    openssl(['genpkey', '-algorithm', 'DHX', '-pkeyopt', `dh_rfc5114:${id + 1}`, '-out', 'other.pem'])
    const text = openssl(['pkey', '-in', 'other.pem', '-text', '-noout']).toString()
    const number = (label: string) =>
      numberOf(hex(new RegExp(`${label}:\\n((?:\\s+[0-9a-f:]+\\n)+)`).exec(text)?.[1]?.replaceAll(':', '') ?? ''))
    const publicKey = group.power(group.generator, number('private-key'))
    expect(shown(publicKey)).toBe(shown(bytesOf(number('public-key'), group.generator.length)))
  })

  it('the keys in DG14 and DG15 of the simulated chip', async () => {
    const image = await personalise(people.lo, {
      chipAuthentication: { cipher: 'aes128', parameters: 13 },
      activeAuthentication: { kind: 'ecdsa', parameters: 16, hash: 'sha384' },
    })
    const [dg15] = readAll(image.files.DG15 ?? new Uint8Array())
    writeFileSync(join(folder, 'dg15.der'), dg15?.value ?? new Uint8Array())
    expect(openssl(['pkey', '-pubin', '-inform', 'DER', '-in', 'dg15.der', '-text', '-noout']).toString()).toContain(
      'brainpoolP384r1',
    )
    const [dg14] = readAll(image.files.DG14 ?? new Uint8Array())
    writeFileSync(join(folder, 'dg14.der'), dg14?.value ?? new Uint8Array())
    expect(openssl(['asn1parse', '-inform', 'DER', '-in', 'dg14.der']).toString()).toContain('brainpoolP256r1')
  })
})
