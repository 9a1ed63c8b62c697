import { generateKeyPairSync } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import type { ChipAccess } from '#native/capability/card-reader.ts'
import { decodeCommand } from '#native/chip/apdu.ts'
import { suiteOf } from '#native/chip/cipher.ts'
import { readChip } from '#native/chip/index.ts'
import { choosePace } from '#native/chip/pace.ts'
import { SecureChannel } from '#native/chip/secure-messaging.ts'
import { parseSecurityInfos } from '#native/chip/security-infos.ts'
import { encodeTlv, readAll } from '#native/chip/tlv.ts'
import { CardMessaging } from '#native/sim/chip/card-messaging.ts'
import { personalise, simulatedChip, type ChipImage, type PaceName } from '#native/sim/chip/index.ts'
import { people } from '#native/sim/people/people.ts'
import { canOf, failureOf, lineTo, mrzOf, readImage } from './reader.ts'

// Quàng Văn Mẫu is invented.
const withPace = (protocol: PaceName, parameters: number) =>
  personalise(people.quang, { pace: [{ protocol, parameters }] })

let image: ChipImage
beforeAll(async () => {
  image = await withPace('ecdh-gm-aes128', 13)
})

describe('PACE', () => {
  it.each<[PaceName, number]>([
    ['ecdh-gm-3des', 13],
    ['ecdh-gm-aes192', 12],
    ['ecdh-gm-aes256', 16],
    ['ecdh-im-3des', 13],
    ['ecdh-im-aes128', 12],
    ['ecdh-im-aes192', 15],
    ['ecdh-im-aes256', 18],
    ['ecdh-cam-aes128', 13],
    ['dh-gm-3des', 0],
    ['dh-gm-aes128', 1],
    ['dh-gm-aes256', 2],
    ['dh-im-aes128', 0],
    ['dh-im-aes256', 2],
    ['ecdh-gm-aes128', 9],
    ['ecdh-gm-aes128', 10],
    ['ecdh-gm-aes128', 11],
    ['ecdh-im-aes128', 14],
    ['ecdh-gm-aes128', 17],
  ])('%s with domain parameters %i opens the chip', async (protocol, parameters) => {
    const made = await withPace(protocol, parameters)
    const { reading } = await readImage(made, { access: canOf(made) })
    expect(reading.access).toBe('pace')
    expect(reading.details.fullName).toBe('Quàng Văn Mẫu')
    expect(reading.trust).toBe('no-trust-anchor')
  })

  it('opens with the zone as well as with the access number, and is preferred to BAC', async () => {
    expect((await readImage(image)).reading.access).toBe('pace')
    expect((await readImage(image, { access: canOf(image) })).reading.access).toBe('pace')
  })

  it.each([{ noMasterFile: true }, { noShortIds: true }, { maxReadLength: 160, bareErrors: true }])(
    'copes with the quirk %o',
    async (quirks) => {
      const { reading } = await readImage(image, { quirks, access: canOf(image) })
      expect(reading.access).toBe('pace')
      expect(Buffer.from(reading.files['DG2'] ?? []).equals(image.files.DG2 ?? new Uint8Array())).toBe(true)
    },
  )

  it('takes the strongest cipher that both know, and tells the chip which parameters', async () => {
    const made = await personalise(people.quang, {
      pace: [
        { protocol: 'ecdh-gm-3des', parameters: 13 },
        { protocol: 'dh-gm-aes128', parameters: 1 },
        { protocol: 'ecdh-gm-aes128', parameters: 13 },
        { protocol: 'ecdh-gm-aes128', parameters: 12 },
      ],
    })
    const offer = choosePace(parseSecurityInfos(made.cardAccess ?? new Uint8Array()))
    expect(offer?.protocol).toMatchObject({ agreement: 'ecdh', cipher: 'aes128', mapping: 'generic' })
    const { reading, commands } = await readImage(made)
    expect(reading.access).toBe('pace')
    expect(commands.some((command) => Buffer.from(command).toString('hex').includes('8401'))).toBe(true)
  })

  it('reads an EF.CardAccess that is longer than one answer', async () => {
    const protocols = ['ecdh-gm-3des', 'ecdh-im-3des', 'ecdh-gm-aes128', 'ecdh-im-aes128'] as const
    const pace = protocols.flatMap((protocol) => [9, 12, 13, 14].map((parameters) => ({ protocol, parameters })))
    const made = await personalise(people.quang, { pace })
    expect(made.cardAccess?.length).toBeGreaterThan(256)
    const { reading } = await readImage(made, { access: canOf(made) })
    expect(reading.access).toBe('pace')
  })

  it('takes domain parameters that are spelt out, when they spell a known curve', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1', paramEncoding: 'explicit' })
    const [key] = readAll(publicKey.export({ type: 'spki', format: 'der' }))
    const [algorithm] = key ? readAll(key.value) : []
    const proprietary = Buffer.from('060904007f000702020402', 'hex')
    const id = Uint8Array.of(0x02, 0x01, 0x21)
    const info = encodeTlv(0x30, Buffer.from('060a04007f00070202040202020102', 'hex'), id)
    const parameters = encodeTlv(0x30, proprietary, algorithm?.raw ?? new Uint8Array(), id)
    const offer = choosePace(parseSecurityInfos(encodeTlv(0x31, info, parameters)))
    expect(offer).toMatchObject({ group: { name: 'P-256' }, protocol: { cipher: 'aes128' } })
    expect(choosePace(parseSecurityInfos(encodeTlv(0x31, info)))).toBeUndefined()
  })

  it('falls back to BAC where the chip offers nothing this program knows', async () => {
    // Reserved domain parameters 8, and a proprietary protocol.
    const unknown = {
      ...image,
      cardAccess: new Uint8Array(Buffer.from('31143012060A04007F00070202040202020102020108', 'hex')),
    }
    expect((await readImage(unknown)).reading.access).toBe('bac')
    const nonsense = { ...image, cardAccess: new Uint8Array(Buffer.from('3103300101', 'hex')) }
    expect((await readImage(nonsense)).reading.access).toBe('bac')
    expect(await failureOf(readImage(unknown, { access: canOf(image) }))).toMatchObject({
      context: { reason: 'no-pace' },
    })
  })

  it('with a wrong access number is denied, names the input, and never tries BAC', async () => {
    const chip = simulatedChip(image)
    const { commands, transmit } = lineTo(chip)
    const access: ChipAccess = { kind: 'can', can: '000000' }
    const error = await failureOf(readChip({ transmit, access, signal: new AbortController().signal }))
    expect(error).toMatchObject({
      code: 'CHIP_ACCESS_DENIED',
      step: 'chip.pace',
      context: { reason: 'wrong-password', password: 'can', likely: 'can' },
    })
    const wrong = { ...mrzOf(image), expiryDate: '310101' } as ChipAccess
    const second = await failureOf(readChip({ transmit, access: wrong, signal: new AbortController().signal }))
    expect(second).toMatchObject({ code: 'CHIP_ACCESS_DENIED', context: { password: 'mrz', likely: 'dates' } })
    expect(commands.some(([, instruction]) => instruction === 0x84)).toBe(false)
  })

  it('counts the attempts down and does not burn the last one unasked', async () => {
    const chip = simulatedChip(image, { quirks: { paceAttempts: 3 } })
    const { transmit } = lineTo(chip)
    const attempt = (can: string, lastAttempt?: boolean) =>
      readChip({
        transmit,
        access: { kind: 'can', can },
        signal: new AbortController().signal,
        ...(lastAttempt === undefined ? {} : { lastAttempt }),
      })
    expect((await failureOf(attempt('000000'))).context).toMatchObject({ attemptsLeft: 2 })
    expect((await failureOf(attempt('000000'))).context).toMatchObject({ attemptsLeft: 1 })
    // Not even with the right number: the program cannot know that it is right.
    expect((await failureOf(attempt(image.can))).context).toMatchObject({ reason: 'last-attempt', attemptsLeft: 1 })
    expect((await attempt(image.can, true)).access).toBe('pace')
    expect((await failureOf(attempt('000000'))).context).toMatchObject({ attemptsLeft: 2 })
    await failureOf(attempt('000000'))
    expect((await failureOf(attempt('000000', true))).context).toMatchObject({ reason: 'blocked', attemptsLeft: 0 })
    expect((await failureOf(attempt(image.can, true))).context).toMatchObject({ reason: 'blocked' })
  })

  it.each(['12345', '1234567', '12345a', ''])('with the access number "%s" asks the chip nothing', async (can) => {
    const { commands, transmit } = lineTo(simulatedChip(image))
    const act = readChip({ transmit, access: { kind: 'can', can }, signal: new AbortController().signal })
    expect((await failureOf(act)).code).toBe('CAN_FORMAT')
    expect(commands).toHaveLength(0)
  })

  it('ends with a code when any byte of the chip’s part is changed', async () => {
    // The responses to MSE:Set AT and the four GENERAL AUTHENTICATE; a changed nonce looks like a wrong password.
    for (let hit = 2; hit <= 6; hit++) {
      for (let at = 0; at < 70; at += 13) {
        const chip = simulatedChip(image)
        let count = 0
        const act = readChip({
          transmit: async (apdu) => {
            const response = new Uint8Array(chip.process(apdu).response)
            if (count++ === hit && at < response.length) response[at] = (response[at] ?? 0) ^ 0x40
            return response
          },
          access: canOf(image),
          signal: new AbortController().signal,
        })
        const outcome = await act.then(
          (reading) => reading.trust,
          (error: unknown) => (error instanceof AppError ? error.code : error),
        )
        expect(['CHIP_ACCESS_DENIED', 'CHIP_MALFORMED', 'CHIP_TAMPERED', 'no-trust-anchor'], String(outcome)).toContain(
          outcome,
        )
      }
    }
  })
})

describe('AES secure messaging', () => {
  const keys = { encryption: new Uint8Array(16).fill(7), mac: new Uint8Array(16).fill(9) }
  const read = { cla: 0, ins: 0xb0, p1: 0x81, p2: 0, le: 256 }
  const ends = () => {
    const suite = suiteOf('aes128', keys)
    return { terminal: new SecureChannel(suite, new Uint8Array(16)), card: new CardMessaging(suite) }
  }

  it('notices each changed byte of an answer, and closes', () => {
    const length = 16 + 3 + 4 + 10 + 2
    for (let at = 0; at < length; at++) {
      const { terminal, card } = ends()
      const command = decodeCommand(terminal.protect(read))
      expect(command && card.open(command)).toMatchObject(read)
      const answer = card.seal(new Uint8Array(12).fill(1), 0x9000)
      expect(answer).toHaveLength(length)
      answer[at] = (answer[at] ?? 0) ^ 0x01
      expect(() => terminal.unprotect(answer), `byte ${at}`).toThrow('CHIP_TAMPERED')
      expect(terminal.closed).toBe(true)
    }
  })

  it('refuses an answer from before', () => {
    const { terminal, card } = ends()
    card.open(decodeCommand(terminal.protect(read)) ?? read)
    const answer = card.seal(new Uint8Array(12), 0x9000)
    terminal.unprotect(answer)
    terminal.protect(read)
    expect(() => terminal.unprotect(answer)).toThrow('CHIP_TAMPERED')
  })
})
