import { describe, expect, it } from 'vitest'
import { bacSeed, bacSession, bacToken, tripleDesKeys } from '#native/chip/bac.ts'
import { SecureChannel, tripleDesSuite } from '#native/chip/secure-messaging.ts'
import { AppError } from '#domain/failure/index.ts'

// The worked example of ICAO 9303-11, appendix D.
const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'))
const shown = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase()

const nonces = {
  chip: hex('4608F91988702212'),
  terminal: hex('781723860C06C226'),
  terminalKey: hex('0B795240CB7049B01C19B33E32804F0B'),
}
const answer = hex('46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F 2F2D235D074D7449')
const seed = () => bacSeed({ documentNumber: 'L898902C', birthDate: '690806', expiryDate: '940623' })

describe('BAC', () => {
  it('derives seed and keys of the worked example', () => {
    expect(shown(seed())).toBe('239AB9CB282DAF66231DC5A4DF6BFBAE')
    const keys = tripleDesKeys(seed())
    expect(shown(keys.encryption)).toBe('AB94FDECF2674FDFB9B391F85D7F76F2')
    expect(shown(keys.mac)).toBe('7962D9ECE03D1ACD4C76089DCE131543')
  })

  it('makes the token of the worked example', () => {
    expect(shown(bacToken(tripleDesKeys(seed()), nonces))).toBe(
      '72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2' + '5F1448EEA8AD90A7',
    )
  })

  it('derives session keys and counter of the worked example', () => {
    const session = bacSession(tripleDesKeys(seed()), nonces, answer)
    expect(shown(session.keys.encryption)).toBe('979EC13B1CBFE9DCD01AB0FED307EAE5')
    expect(shown(session.keys.mac)).toBe('F1CB1F1FB5ADF208806B89DC579DC1F8')
    expect(shown(session.ssc)).toBe('887022120C06C226')
  })

  it('refuses an answer with one bit changed anywhere', () => {
    for (let at = 0; at < answer.length; at++) {
      const changed = new Uint8Array(answer)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => bacSession(tripleDesKeys(seed()), nonces, changed)).toThrow('CHIP_TAMPERED')
    }
  })
})

const select = { cla: 0x00, ins: 0xa4, p1: 0x02, p2: 0x0c, data: hex('011E') }
const selectAnswer = hex('990290008E08FA855A5D4C50A8ED9000')
const readFour = { cla: 0x00, ins: 0xb0, p1: 0, p2: 0, le: 4 }
const readFourAnswer = hex('8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000')

function channel() {
  const { keys, ssc } = bacSession(tripleDesKeys(seed()), nonces, answer)
  return new SecureChannel(tripleDesSuite(keys), ssc)
}

describe('secure messaging', () => {
  it('protects SELECT and READ BINARY and opens the answers as in the worked example', () => {
    const messages = channel()
    expect(shown(messages.protect(select))).toBe('0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800')
    expect(messages.unprotect(selectAnswer)).toEqual({ data: new Uint8Array(), sw: 0x9000 })
    expect(shown(messages.protect(readFour))).toBe('0CB000000D9701048E08ED6705417E96BA5500')
    expect(shown(messages.unprotect(readFourAnswer).data)).toBe('60145F01')
    expect(shown(messages.protect({ ...readFour, p2: 4, le: 0x12 }))).toBe('0CB000040D9701128E082EA28A70F3C7B53500')
    const rest = messages.unprotect(
      hex('871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000'),
    )
    expect(shown(rest.data)).toBe('04303130365F36063034303030305C026175')
  })

  it('notices each changed byte of an answer, closes, and stays closed', () => {
    for (let at = 0; at < readFourAnswer.length; at++) {
      const messages = channel()
      messages.protect(select)
      messages.unprotect(selectAnswer)
      messages.protect(readFour)
      const changed = new Uint8Array(readFourAnswer)
      changed[at] = (changed[at] ?? 0) ^ 0x01
      expect(() => messages.unprotect(changed), `byte ${at}`).toThrow('CHIP_TAMPERED')
      expect(messages.closed).toBe(true)
      expect(() => messages.protect(readFour)).toThrow('CHIP_TAMPERED')
    }
  })

  it.each([
    ['without a status object', '8E08FA855A5D4C50A8ED9000'],
    ['without a MAC', '990290009000'],
    ['without protection', '6982'],
    ['with an object of another kind', '9902900080010 18E08FA855A5D4C50A8ED9000'],
    ['cut short', '990290008E08FA855A5D4C50A89000'],
  ])('refuses an answer %s', (_how, text) => {
    const messages = channel()
    messages.protect(select)
    expect(() => messages.unprotect(hex(text))).toThrow('CHIP_TAMPERED')
    expect(messages.closed).toBe(true)
  })

  it('refuses an answer replayed from before', () => {
    const messages = channel()
    messages.protect(select)
    messages.unprotect(selectAnswer)
    messages.protect(select)
    expect(() => messages.unprotect(selectAnswer)).toThrow(AppError)
  })
})
