import { strict as assert } from 'node:assert'
import { createHash } from 'node:crypto'
import { standardGroup, standardIds } from '#native/chip/agreement/domain-parameters.ts'
import { numberOf } from '#native/chip/agreement/group.ts'
import { mapIntegrated } from '#native/chip/agreement/mapping.ts'
import { deriveKeys, suiteOf, type Cipher } from '#native/chip/cipher.ts'
import { SecureChannel } from '#native/chip/secure-messaging.ts'
import { shown, type Example } from './example.ts'

const ciphers: readonly Cipher[] = ['3des', 'aes128', 'aes192', 'aes256']

/** Everything that must come out alike in every runtime, as one fingerprint. */
export function fingerprint(): string {
  const hash = createHash('sha256')
  for (const id of standardIds) {
    const group = standardGroup(id)
    assert(group)
    const [a, b] = [0x123456789abcdefn, 0xfedcba987654321n]
    const agreed = group.power(group.power(group.generator, a), b)
    assert.equal(shown(agreed), shown(group.power(group.power(group.generator, b), a)))
    hash.update(agreed)
    for (const cipher of group.mapField ? ciphers : []) {
      const long = cipher === 'aes192' || cipher === 'aes256'
      const nonce = new Uint8Array(long ? 32 : 16).fill(1)
      const salt = new Uint8Array(cipher === 'aes256' ? 32 : cipher === 'aes192' ? 24 : 16).fill(2)
      const mapped = mapIntegrated(group, cipher, nonce, salt)
      // A mapped generator is of the group: its multiples are.
      hash.update(group.power(mapped, numberOf(nonce)))
    }
  }
  for (const cipher of ciphers) {
    const suite = suiteOf(cipher, deriveKeys(cipher, new Uint8Array(32).fill(3)))
    const channel = new SecureChannel(suite, new Uint8Array(suite.blockLength))
    hash.update(channel.protect({ cla: 0, ins: 0xa4, p1: 2, p2: 12, data: Uint8Array.of(1, 30) }))
    hash.update(channel.protect({ cla: 0, ins: 0xb0, p1: 0x81, p2: 0, le: 256 }))
  }
  return hash.digest('hex')
}

export const roundTrips: readonly Example[] = [
  {
    title: 'both sides of every group agree, and every mapping stays in its group',
    run: () => void fingerprint(),
  },
]
