import { strict as assert } from 'node:assert'
import { representativeHolds } from '#native/chip/active-authentication.ts'
import { hex, type Example } from './example.ts'

// ICAO 9303-11 appendix F: RSA with 1024 bits and SHA-1. The appendix prints the message representative but no key, so
// what is checked here begins where the public key has been applied.
const challenge = hex('F173589974BF40C6')
const representative = hex(
  '6A9D2784A67F8E7C659973EA1AEA25D95B6C8F91E5002F369F0FBDCE8A3CEC1991B543F1696546C5524CF23A5303CD6C98599F40B79F377B' +
    '5F3A1406B3B4D8F96784D23AA88DB7E1032A405E69325FA91A6E86F5C71AEA978264C4A207446DAD4E7292E2DCDA3024B47DA8' +
    'C063AA1E6D22FBD976AB0FE73D94D2D9C6D88127BC',
)

export const proofExamples: readonly Example[] = [
  {
    title: 'the message representative of active authentication with RSA (appendix F)',
    run() {
      assert.equal(representative.length, 128)
      assert.equal(representativeHolds(representative, challenge), true)
      assert.equal(representativeHolds(representative, hex('F173589974BF40C7')), false)
      for (let at = 0; at < representative.length; at++) {
        const changed = Uint8Array.from(representative)
        changed[at] = (changed[at] ?? 0) ^ 0x40
        assert.equal(representativeHolds(changed, challenge), false, `byte ${at}`)
      }
    },
  },
]
