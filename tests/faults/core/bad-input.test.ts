import { randomBytes } from 'node:crypto'
import type { CallName, Role } from '#contract/index.ts'
import { answerCall } from '#core/index.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signature } from '../../support/citizen.ts'
import { setUpStation, type Station, type TestDesk } from '../../support/desk.ts'
import { loThiMau } from '../../support/invented.ts'
import { badPictures } from '../../support/pictures.ts'

let station: Station
/** One desk for all: nothing here may change the dossier. */
let desk: TestDesk
let untouched: unknown
beforeAll(async () => {
  station = await setUpStation()
  desk = await station.sitDown({}, 'mrz')
  untouched = desk.view()
})
afterAll(() => station.close())

const expectUntouched = async () => expect(await desk.ask('currentDossier', {})).toEqual(untouched)

const fields = loThiMau.qr.split('|')
const [line1, line2, line3] = loThiMau.mrz

describe('a code that is scanned or typed', () => {
  test.each([
    ['a QR code with one field', '014190000123|', 'QR_FORMAT'],
    ['a QR code with six fields', fields.slice(0, 6).join('|'), 'QR_FORMAT'],
    ['a QR code without a name', fields.with(2, '').join('|'), 'QR_FORMAT'],
    ['a QR code with a name of digits', fields.with(2, '12345').join('|'), 'QR_FORMAT'],
    ['a QR code with a number of eleven digits', fields.with(0, '01419000012').join('|'), 'QR_FORMAT'],
    ['a QR code with the 31st of February', fields.with(3, '31021990').join('|'), 'QR_FORMAT'],
    ['a QR code in Arabic digits', fields.with(0, '٠١٤١٩٠٠٠٠١٢٣').join('|'), 'QR_FORMAT'],
    ['a QR code of another document', 'BCD|001|1|SCT||Trung tâm||EUR1', 'QR_FORMAT'],
    ['a QR code with a name of 600 letters', fields.with(2, 'Lò'.repeat(300)).join('|'), 'QR_FORMAT'],
    ['a QR code with an address of 7,000 letters', fields.with(5, 'Bản '.repeat(1750)).join('|'), 'QR_FORMAT'],
    ['1 MB of noise with bars', `|${randomBytes(1 << 20).toString('latin1')}`.slice(0, 1 << 20), 'QR_TOO_LARGE'],
    [
      '1 MB of noise without bars',
      randomBytes(1 << 20)
        .toString('latin1')
        .replaceAll('|', ' ')
        .slice(0, 1 << 20),
      'QR_TOO_LARGE',
    ],
    ['1 MB of bars', '|'.repeat(1 << 20), 'QR_TOO_LARGE'],
    ['1 MB of Tai Viet', 'ꪎ'.repeat(1 << 20), 'QR_TOO_LARGE'],
    ['nothing', '', 'QR_FORMAT'],
    [
      'an MRZ with a wrong check digit of the number',
      [line1.replace('0001230', '0001231'), line2, line3].join('\n'),
      'MRZ_CHECK_DIGIT',
    ],
    [
      'an MRZ with a wrong check digit of the birth date',
      [line1, line2.replace('9003152', '9003153'), line3].join('\n'),
      'MRZ_CHECK_DIGIT',
    ],
    [
      'an MRZ with a wrong check digit of the whole',
      [line1, `${line2.slice(0, 29)}3`, line3].join('\n'),
      'MRZ_CHECK_DIGIT',
    ],
    [
      'an MRZ with two digits changed places',
      [line1.replace('0123<<7', '0132<<7'), line2, line3].join('\n'),
      'MRZ_CHECK_DIGIT',
    ],
    ['an MRZ of two lines', [line1, line2].join('\n'), 'MRZ_FORMAT'],
    ['an MRZ with a letter too many', [`${line1}<`, line2, line3].join('\n'), 'MRZ_FORMAT'],
    ['an MRZ with marks on its letters', [line1, line2, line3.replace('LO', 'LÒ')].join('\n'), 'MRZ_FORMAT'],
  ])('%s is refused and leaves the dossier as it was', async (_title, text, code) => {
    expect(await desk.codeOf('giveCode', { text })).toBe(code)
    await expectUntouched()
  })

  test('more than 2 MB of it is not even looked at', async () => {
    expect(await desk.codeOf('giveCode', { text: 'x'.repeat(2 * 1024 * 1024 + 1) })).toBe('BAD_REQUEST')
    await expectUntouched()
  })

  test('with names in other alphabets is taken as it is', async () => {
    const other = await station.sitDown({}, 'qr')
    for (const name of ['ꪎꪮꪣ ꪹꪎꪸꪉ', 'Ниê Мẫu', '山田 太郎', 'مَؤ', 'Nguyễn\u200bVăn\u00a0Mẫu'.normalize('NFD')]) {
      await other.ask('giveCode', { text: fields.with(2, name).join('|') })
      expect((await other.ask('currentDossier', {}))?.state.qr?.details.fullName).toBe(
        name.replace('\u200b', '').replace('\u00a0', ' ').normalize('NFC'),
      )
    }
  })

  test(
    'whatever it is, is a code that was found or a failure with a sentence, and the dossier can be shown',
    { timeout: 120_000 },
    async () => {
      const other = await station.sitDown({}, 'qr')
      const near = fc
        .tuple(fc.nat(fields.length), fc.string({ unit: 'grapheme', maxLength: 600 }))
        .map(([at, text]) => [...fields.slice(0, at), text, ...fields.slice(at + 1)].join('|'))
      const anyText = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 300 }),
        near,
        fc.string({ unit: fc.constantFrom(...'<0159AZÒ \n'), minLength: 60, maxLength: 95 }),
      )
      await fc.assert(
        fc.asyncProperty(anyText, async (text) => {
          expect(['done', 'QR_FORMAT', 'QR_TOO_LARGE', 'MRZ_FORMAT', 'MRZ_CHECK_DIGIT']).toContain(
            await other.codeOf('giveCode', { text }),
          )
          expect(await other.codeOf('currentDossier', {})).toBe('done')
        }),
        { numRuns: 150 },
      )
    },
  )
})

describe('a camera file that is', () => {
  test.each(badPictures)(
    '$what is refused with $code, as document, portrait and signature, and leaves the dossier as it was',
    async ({ bytes, code }) => {
      const picture = bytes()
      const sign = { ...signature, png: picture }
      expect(await desk.codeOf('addDocument', { kind: 'old-card-front', bytes: picture })).toBe(code)
      expect(await desk.codeOf('addPortrait', { bytes: picture })).toBe(code)
      expect(await desk.codeOf('sign', sign)).toBe(code)
      await expectUntouched()
    },
  )
})

describe('a failure', () => {
  /** Invented values that must not come back in a failure, each long enough not to be in it by chance. */
  const secrets = fc.constantFrom(
    loThiMau.fullName,
    loThiMau.personalNumber,
    loThiMau.residence,
    'Quàng Văn Mẫu',
    '088004567',
    'LOTHIMAU',
  )

  const failing: readonly ((secret: string) => readonly [CallName, unknown, Role?])[] = [
    (secret) => ['declareDetail', { field: 'personalNumber', value: `${secret}9` }],
    (secret) => ['declareDetail', { field: 'birthDate', value: secret }],
    (secret) => ['declareDetail', { field: secret, value: secret }],
    (secret) => ['giveCode', { text: secret }],
    (secret) => ['giveCode', { text: `${secret}|${secret}|x` }],
    (secret) => ['giveCode', { text: fields.with(3, secret).join('|') }],
    (secret) => ['giveCode', { text: `${secret}|`.repeat(2000) }],
    (secret) => ['giveCode', { text: [line1, line2, `${secret}1`].join('\n') }],
    (secret) => ['giveCode', { text: [line1.replace('190000123', '190000124'), line2, line3, secret].join('') }],
    (secret) => ['addPortrait', { bytes: new TextEncoder().encode(secret.repeat(40)) }],
    (secret) => ['addDocument', { kind: secret, bytes: secret }],
    (secret) => ['answerDetail', { field: 'fullName', value: secret, answer: 'right' }, 'citizen'],
    (secret) => ['answerForCitizen', { field: 'residence', value: secret, answer: 'wrong' }],
    (secret) => ['resumeDossier', { id: secret }],
    (secret) => ['goToStep', { from: secret, to: secret }],
    (secret) => ['goToStep', { from: 'review', to: 'check', [secret]: secret }],
    (secret) => ['exportSealed', { folder: '', [secret]: secret }],
    (secret) => ['unlockStation', { passphrase: secret }],
    (secret) => ['setUpStation', { code: 'SL-0312', name: secret, passphrase: secret, receiverCertificate: secret }],
    (secret) => [
      'sign',
      {
        width: 1,
        height: 1,
        strokes: [[{ x: secret, y: 1, t: 1, pressure: 1 }]],
        pointer: 'pen',
        png: new TextEncoder().encode(secret),
      },
      'citizen',
    ],
    (secret) => ['abandonDossier', { reason: secret.repeat(100) }],
  ]

  test('never says the value that it is about', { timeout: 120_000 }, async () => {
    const said: string[] = []
    const { write } = process.stderr
    process.stderr.write = ((text: string) => said.push(text)) as unknown as typeof write
    try {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...failing), secrets, async (call, secret) => {
          const [name, input, role = 'officer'] = call(secret)
          const answer = await answerCall(desk.core.handlers, name, role, input)
          expect(answer.ok, name).toBe(false)
          expect(JSON.stringify(answer).normalize('NFC')).not.toContain(secret)
        }),
        { numRuns: 200 },
      )
    } finally {
      process.stderr.write = write
    }
    expect(said).toEqual([])
    await expectUntouched()
  })
})
