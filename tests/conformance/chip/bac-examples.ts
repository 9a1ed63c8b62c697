import { strict as assert } from 'node:assert'
import { bacSeed, bacSession, bacToken, tripleDesKeys } from '#native/chip/bac.ts'
import { SecureChannel, tripleDesSuite } from '#native/chip/secure-messaging.ts'
import { hex, shown, type Example } from './example.ts'

// ICAO 9303-11 appendix D. The holder of the specimen document is ICAO's invention.
const nonces = {
  chip: hex('4608F91988702212'),
  terminal: hex('781723860C06C226'),
  terminalKey: hex('0B795240CB7049B01C19B33E32804F0B'),
}
const answer = hex('46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F2F2D235D074D7449')
const keys = () => tripleDesKeys(bacSeed({ documentNumber: 'L898902C', birthDate: '690806', expiryDate: '940623' }))

export const bacExamples: readonly Example[] = [
  {
    title: 'the keys and the token of basic access control (appendix D.1–D.3)',
    run() {
      assert.equal(shown(keys().encryption), 'AB94FDECF2674FDFB9B391F85D7F76F2')
      assert.equal(shown(keys().mac), '7962D9ECE03D1ACD4C76089DCE131543')
      assert.equal(
        shown(bacToken(keys(), nonces)),
        '72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F25F1448EEA8AD90A7',
      )
      const session = bacSession(keys(), nonces, answer)
      assert.equal(shown(session.keys.encryption), '979EC13B1CBFE9DCD01AB0FED307EAE5')
      assert.equal(shown(session.keys.mac), 'F1CB1F1FB5ADF208806B89DC579DC1F8')
      assert.equal(shown(session.ssc), '887022120C06C226')
    },
  },
  {
    title: 'secure messaging with triple DES (appendix D.4)',
    run() {
      const session = bacSession(keys(), nonces, answer)
      const channel = new SecureChannel(tripleDesSuite(session.keys), session.ssc)
      const exchange = (command: Parameters<SecureChannel['protect']>[0], sent: string, received: string) => {
        assert.equal(shown(channel.protect(command)), sent)
        return shown(channel.unprotect(hex(received)).data)
      }
      const select = { cla: 0, ins: 0xa4, p1: 2, p2: 0x0c, data: hex('011E') }
      const read = { cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 }
      const rest = { ...read, p2: 4, le: 0x12 }
      assert.equal(
        exchange(select, '0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800', '990290008E08FA855A5D4C50A8ED9000'),
        '',
      )
      assert.equal(
        exchange(
          read,
          '0CB000000D9701048E08ED6705417E96BA5500',
          '8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000',
        ),
        '60145F01',
      )
      assert.equal(
        exchange(
          rest,
          '0CB000040D9701128E082EA28A70F3C7B53500',
          '871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000',
        ),
        '04303130365F36063034303030305C026175',
      )
    },
  },
]
