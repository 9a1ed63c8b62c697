import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writeItl, type ItlPrint, type ItlRecord } from '#core/seal/itl/index.ts'
import { inventedPng } from '../../../../support/invented.ts'
import { inventedJpeg } from '../../../../support/pictures.ts'
import { inventedRecord, rightFour, rolled } from './invented-record.ts'

const text = (record: ItlRecord) => Buffer.from(writeItl(record)).toString('latin1')
const shown = (bytes: string) =>
  bytes.replaceAll('\x1c', '<FS>').replaceAll('\x1d', '<GS>').replaceAll('\x1e', '<RS>').replaceAll('\x1f', '<US>')
const refused = (reason: string) => expect.objectContaining({ code: 'SEAL_FAILED', context: { reason } })

test('a transaction begins with its Type-1 record, byte for byte', () => {
  const first = text(inventedRecord()).split('\x1c')[0] ?? ''
  expect(shown(`${first}\x1c`)).toBe(
    [
      '1.001:211',
      '1.002:0502',
      '1.003:1<US>5<RS>2<US>0<RS>10<US>1<RS>14<US>2<RS>14<US>3<RS>14<US>4',
      '1.004:ENROL',
      '1.005:20261120',
      '1.007:C06',
      '1.008:SL-0312',
      '1.009:SL-0312-000001',
      '1.011:00.00',
      '1.012:00.00',
      '1.013:QUAY-CAN-CUOC<US>1',
      '1.014:20261120020304Z',
      '1.015:003<US>UTF-8<FS>',
    ].join('<GS>'),
  )
})

test('a slap says what is in it: size, fingers, boxes, qualities and who is missing', () => {
  const png = Buffer.from(rightFour().picture?.png ?? []).toString('latin1')
  const record = text(inventedRecord({ portrait: inventedRecord().portrait!, prints: [rightFour()] }))
  const from = record.indexOf('14.001:')
  const before = shown(record.slice(from, record.indexOf('14.999:')))
  expect(before).toMatch(/^14\.001:\d+<GS>14\.002:2<GS>14\.003:0<GS>14\.004:SL-0312<GS>14\.005:20261120<GS>/u)
  expect(before).toContain('14.006:200<GS>14.007:120<GS>14.008:1<GS>14.009:500<GS>14.010:500<GS>14.011:PNG<GS>14.012:8')
  expect(before).toContain('<GS>14.013:13<GS>14.018:5<US>UP<GS>')
  expect(before).toContain('14.021:2<US>10<US>50<US>5<US>100<RS>3<US>60<US>100<US>5<US>100<RS>4<US>110<US>150')
  expect(before).toContain('14.024:2<US>60<US>0000<US>1<RS>3<US>61<US>0000<US>1<RS>4<US>62<US>0000<US>1')
  expect(record.slice(record.indexOf('14.999:'))).toBe(`14.999:${png}\x1c`)
})

test('LEN counts its own digits at every length, also where they become one more', () => {
  const { portrait: _, ...rest } = inventedRecord({ prints: [] })
  for (let size = 1; size <= 1000; size++) {
    const whole = text({ ...rest, person: { ...rest.person, fullName: 'M'.repeat(size) } })
    const record = whole.slice(whole.indexOf('\x1c2.001:') + 1)
    expect(Number(/^2\.001:(\d+)/u.exec(record)?.[1])).toBe(record.length)
  }
})

test('any text without control characters comes out as its NFC form in UTF-8, and any other is refused', () => {
  const control = /\p{Cc}/u
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), (name) => {
      const record = inventedRecord({ person: { ...inventedRecord().person, fullName: name }, prints: [] })
      if (control.test(name)) {
        expect(() => writeItl(record)).toThrow(refused('control-character'))
      } else {
        expect(Buffer.from(writeItl(record)).includes(`\x1d2.103:${name.normalize('NFC')}\x1d`)).toBe(true)
      }
    }),
    { examples: [['Lo\u0300 Thi\u0323 Ma\u0302\u0303u'], ['a\x1cb'], ['a\x1fb'], ['a\x1d2.104:1990']] },
  )
})

test('half a character is refused', () => {
  const person = { ...inventedRecord().person, fullName: 'M\ud83d' }
  expect(() => writeItl(inventedRecord({ person }))).toThrow(refused('control-character'))
})

test.each([
  ['05/03/1990', '19900305'],
  ['03/1990', '199003'],
  ['1990', '1990'],
])('the birth date %s is written as %s, and nothing is invented', (birthDate, written) => {
  expect(text(inventedRecord({ person: { ...inventedRecord().person, birthDate } }))).toContain(
    `\x1d2.104:${written}\x1d`,
  )
})

test('a PNG portrait is marked as PNG and grey, and no portrait makes no record', () => {
  const portrait = { bytes: inventedPng(2, 60, 80), mediaType: 'image/png', width: 60, height: 80 }
  expect(text(inventedRecord({ portrait }))).toContain('\x1d10.011:PNG\x1d10.012:GRAY\x1d')
  const { portrait: _, ...without } = inventedRecord()
  expect(text(without)).not.toContain('10.001')
  expect(shown(text(without))).toContain('1.003:1<US>4<RS>2<US>0<RS>14<US>1<RS>')
})

describe('what the standard does not allow is refused:', () => {
  const slap = (change: Partial<ItlPrint>) => inventedRecord({ prints: [{ ...rightFour(), ...change }] })
  const picture = rightFour().picture!
  const box = { fgp: 2, left: 10, right: 50, top: 5, bottom: 100 }
  const grayAlpha = Buffer.from(inventedPng(1, 200, 120))
  grayAlpha[25] = 4
  const deep = Buffer.from(inventedPng(1, 200, 120))
  deep[24] = 16
  const progressive = inventedJpeg(480, 640)
  progressive[progressive.indexOf(Buffer.from([0xff, 0xc0])) + 1] = 0xc2
  const portrait = inventedRecord().portrait!
  const cases: readonly (readonly [string, ItlRecord, string])[] = [
    ['a picture of another width', slap({ picture: { ...picture, width: 201 } }), 'print-size'],
    ['a picture of another height', slap({ picture: { ...picture, height: 119 } }), 'print-size'],
    ['a picture cut off', slap({ picture: { ...picture, png: picture.png.subarray(0, -1) } }), 'print-picture'],
    ['a JPEG of a print', slap({ picture: { ...picture, png: inventedJpeg(200, 120) } }), 'print-picture'],
    ['a print with transparency', slap({ picture: { ...picture, png: grayAlpha } }), 'print-picture'],
    ['a print of 16 bits', slap({ picture: { ...picture, png: deep } }), 'print-picture'],
    ['a text instead of a print', slap({ picture: { ...picture, png: Buffer.from('x'.repeat(99)) } }), 'print-picture'],
    ['a print of 300 dpi', slap({ picture: { ...picture, dpi: 300 } }), 'resolution'],
    ['a tiny print', slap({ picture: { ...picture, png: inventedPng(1, 9, 120), width: 9 } }), 'picture-size'],
    ['a box beyond the picture', slap({ segments: [{ ...box, right: 200 }] }), 'segments'],
    ['a box of no height', slap({ segments: [{ ...box, top: 100 }] }), 'segments'],
    ['a box between pixels', slap({ segments: [{ ...box, left: 10.5 }] }), 'segments'],
    ['a box of a finger of the other hand', slap({ segments: [{ ...box, fgp: 7 }] }), 'finger-position'],
    ['a finger twice', slap({ segments: [box, { ...box, left: 11 }] }), 'finger-twice'],
    ['a quality of 101', slap({ qualities: [{ fgp: 2, score: 101 }] }), 'quality'],
    ['a quality between two', slap({ qualities: [{ fgp: 2, score: 7.5 }] }), 'quality'],
    ['a rolled slap', slap({ impression: 'rolled' }), 'impression'],
    ['finger 11', inventedRecord({ prints: [{ ...rolled(1), fgp: 11, qualities: [] }] }), 'finger-position'],
    ['a box in a single print', inventedRecord({ prints: [{ ...rolled(2), segments: [box] }] }), 'segments'],
    [
      'no picture and no reason',
      inventedRecord({ prints: [{ impression: 'flat', fgp: 1, segments: [], qualities: [], absent: [] }] }),
      'no-picture',
    ],
    [
      'a finger excepted twice',
      inventedRecord({
        exceptions: [
          { fgp: 5, reason: 'missing' },
          { fgp: 5, reason: 'bandaged' },
        ],
      }),
      'finger-twice',
    ],
    ['a progressive JPEG', inventedRecord({ portrait: { ...portrait, bytes: progressive } }), 'portrait'],
    ['a portrait of another size', inventedRecord({ portrait: { ...portrait, width: 481 } }), 'portrait'],
    ['a portrait of another kind', inventedRecord({ portrait: { ...portrait, mediaType: 'image/png' } }), 'portrait'],
    ['a number that is not ASCII', inventedRecord({ number: 'SL-Mẫu' }), 'not-ascii'],
    ['a day that is none', inventedRecord({ day: '20/11/2026' }), 'date'],
    [
      'a birth date that is none',
      inventedRecord({ person: { ...inventedRecord().person, birthDate: '31/02/1990' } }),
      'birth-date',
    ],
    [
      'a personal number of 11 digits',
      inventedRecord({ person: { ...inventedRecord().person, personalNumber: '01419000012' } }),
      'personal-number',
    ],
    ['a hundred prints', inventedRecord({ prints: Array.from({ length: 99 }, () => rolled(1)) }), 'records'],
  ]
  test.each(cases)('%s', (_, record, reason) => {
    expect(() => writeItl(record)).toThrow(refused(reason))
  })
})
