import { describe, expect, it } from 'vitest'
import { decodeCommand, encodeCommand } from '#native/chip/apdu.ts'
import { parseFacialRecord, parseDg2 } from '#native/chip/lds/dg2.ts'
import { parseDg13 } from '#native/chip/lds/dg13.ts'
import { parseSod } from '#native/chip/lds/sod.ts'
import { encodeTlv, readAll, readHeader } from '#native/chip/tlv.ts'

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'))
const shown = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('TLV', () => {
  it('reads tags of one to three bytes and lengths of one to four', () => {
    expect(readHeader(hex('5f2e8203e8'))).toEqual({ tag: 0x5f2e, constructed: false, headerLength: 5, length: 1000 })
    expect(readHeader(hex('7f618101'))).toEqual({ tag: 0x7f61, constructed: true, headerLength: 4, length: 1 })
    expect(readHeader(hex('618301000a'))).toMatchObject({ tag: 0x61, length: 65546 })
    expect(readHeader(hex('5f'))).toBeUndefined()
    expect(readHeader(hex('6182'))).toBeUndefined()
  })

  it('writes what it reads', () => {
    for (const length of [0, 127, 128, 255, 256, 65535, 65536]) {
      const [object] = readAll(encodeTlv(0x7f61, new Uint8Array(length)))
      expect(object).toMatchObject({ tag: 0x7f61, constructed: true })
      expect(object?.value).toHaveLength(length)
    }
  })

  it.each(['6180', '6185000000000100', '3005 0401', '0484ffffffff00', '1f81818101', '6184 7fffffff'])(
    'refuses %s',
    (text) => {
      expect(() => readAll(hex(text))).toThrow('CHIP_MALFORMED')
    },
  )

  it('does not mind objects nested ten thousand deep', () => {
    let nested = new Uint8Array()
    for (let depth = 0; depth < 10_000; depth++) nested = new Uint8Array(encodeTlv(0x30, nested))
    expect(readAll(nested)).toHaveLength(1)
    expect(parseDg13(encodeTlv(0x6d, nested))).toEqual({ unknown: {} })
    expect(() => parseSod(encodeTlv(0x77, nested))).toThrow('CHIP_MALFORMED')
    expect(() => parseDg2(encodeTlv(0x75, nested))).toThrow('CHIP_MALFORMED')
  })
})

describe('command APDUs', () => {
  it.each([
    ['00840000', {}],
    ['0084000008', { le: 8 }],
    ['0084000000', { le: 256 }],
    ['0084000002aabb', { data: hex('aabb') }],
    ['0084000002aabb00', { data: hex('aabb'), le: 256 }],
    ['00840000000400', { le: 1024 }],
    ['00840000000000', { le: 65536 }],
  ])('%s is read and written alike', (text, rest) => {
    const command = { cla: 0, ins: 0x84, p1: 0, p2: 0, ...rest }
    expect(shown(encodeCommand(command))).toBe(text)
    expect(decodeCommand(hex(text))).toEqual(command)
  })

  it('take the extended form for long data', () => {
    const command = { cla: 0, ins: 0x82, p1: 0, p2: 0, data: new Uint8Array(300).fill(7), le: 65536 }
    const bytes = encodeCommand(command)
    expect(shown(bytes.subarray(0, 7))).toBe('0082000000012c')
    expect(shown(bytes.subarray(-2))).toBe('0000')
    expect(decodeCommand(bytes)).toEqual(command)
  })

  it.each(['', '008400', '0084000005aabb', '00840000000002aa'])('with wrong lengths (%s) are not read', (text) => {
    expect(decodeCommand(hex(text))).toBeUndefined()
  })
})

describe('DG13', () => {
  const utf8 = (text: string) => encodeTlv(0x0c, Buffer.from(text))
  const entry = (number: number, ...parts: Uint8Array[]) =>
    encodeTlv(0x30, encodeTlv(0x02, Uint8Array.of(number)), ...parts)

  it('is read as bytes observed on cards: strings of two kinds, parents in sequences, an empty spouse', () => {
    // Invented: number 014190000123, name Lò Thị Mẫu, father Lò Văn Mẫu, mother Quàng Thị Mẫu.
    const written = encodeTlv(
      0x6d,
      encodeTlv(
        0x30,
        hex('3011020101130c303134313930303030313233'),
        hex('30140201020c0f4cc3b2205468e1bb8b204de1baab75'),
        entry(13, encodeTlv(0x30, utf8('Lò Văn Mẫu')), encodeTlv(0x30, utf8('Quàng Thị Mẫu'))),
        hex('300302010e'),
        hex('300e02010f1309303530303030313233'),
        entry(42, utf8('something new')),
      ),
    )
    expect(parseDg13(written)).toEqual({
      personalNumber: '014190000123',
      fullName: 'Lò Thị Mẫu',
      father: 'Lò Văn Mẫu',
      mother: 'Quàng Thị Mẫu',
      oldNumber: '050000123',
      unknown: { 42: 'something new' },
    })
  })

  it('is read without the inner wrapper, and with one more', () => {
    const name = entry(2, utf8('Giàng A Mẫu'))
    expect(parseDg13(encodeTlv(0x6d, name)).fullName).toBe('Giàng A Mẫu')
    expect(parseDg13(encodeTlv(0x6d, encodeTlv(0x31, encodeTlv(0x30, name)))).fullName).toBe('Giàng A Mẫu')
  })

  it('takes the nine digits for the old number, whichever of the two entries has them', () => {
    const file = encodeTlv(0x6d, encodeTlv(0x30, entry(15, utf8('0000000000000000')), entry(16, utf8('050000123'))))
    expect(parseDg13(file)).toEqual({ oldNumber: '050000123', unknown: { 15: '0000000000000000' } })
  })

  it('keeps a mother without a father a mother', () => {
    const file = encodeTlv(0x6d, encodeTlv(0x30, entry(13, encodeTlv(0x30), encodeTlv(0x30, utf8('Quàng Thị Mẫu')))))
    expect(parseDg13(file)).toEqual({ mother: 'Quàng Thị Mẫu', unknown: {} })
  })

  it('gives its text in composed letters', () => {
    expect(parseDg13(encodeTlv(0x6d, entry(2, utf8('Lò Thị Mẫu'.normalize('NFD'))))).fullName).toBe('Lò Thị Mẫu')
  })
})

describe('DG2', () => {
  const record = (picture: Uint8Array, points = 0) => {
    const bytes = new Uint8Array(14 + 20 + points * 8 + 12 + picture.length)
    const view = new DataView(bytes.buffer)
    bytes.set(Buffer.from('FAC\u0000010\u0000'))
    view.setUint32(8, bytes.length)
    view.setUint16(12, 1)
    view.setUint32(14, bytes.length - 14)
    view.setUint16(18, points)
    bytes.set(picture, bytes.length - picture.length)
    return bytes
  }

  it('gives the picture behind feature points, and tells JPEG from JPEG 2000', () => {
    const jpeg = hex('ffd8ffe000104a46')
    expect(parseFacialRecord(record(jpeg, 3))).toEqual({ bytes: jpeg, mediaType: 'image/jpeg' })
    expect(parseFacialRecord(record(hex('0000000c6a5020200d0a870a'))).mediaType).toBe('image/jp2')
    expect(parseFacialRecord(record(hex('ff4fff510029'))).mediaType).toBe('image/jp2')
  })

  it('refuses a record that says more than it has', () => {
    for (const at of [8, 14, 18]) {
      const bytes = record(hex('ffd8ffe000104a46'))
      bytes[at] = 0xff
      expect(() => parseFacialRecord(bytes), `byte ${at}`).toThrow('CHIP_MALFORMED')
    }
    expect(() => parseFacialRecord(record(hex('474946383961')))).toThrow('CHIP_MALFORMED')
    expect(() => parseFacialRecord(new Uint8Array(20))).toThrow('CHIP_MALFORMED')
  })
})
