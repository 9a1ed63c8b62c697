import { describe, expect, it } from 'vitest'
import { parseDg11, parseDg12 } from '#native/chip/lds/dg11.ts'
import { encodeTlv } from '#native/chip/tlv.ts'
import { fullChip, personalise } from '#native/sim/chip/index.ts'
import { people } from '#native/sim/people/people.ts'
import { canOf, readImage } from './reader.ts'

const text = (tag: number, characters: string) => encodeTlv(tag, Buffer.from(characters, 'utf8'))

describe('the groups of a chip', () => {
  it.each([{}, { bareRefusals: true }])('are all named with what became of them (%o)', async (quirks) => {
    // Quàng Văn Mẫu is invented.
    const image = await personalise(people.quang, { ...fullChip, additionalDetails: true })
    const { reading } = await readImage(image, { quirks, access: canOf(image) })
    expect(reading.groups).toEqual([
      { name: 'DG1', state: 'read' },
      { name: 'DG2', state: 'read' },
      { name: 'DG3', state: 'refused' },
      { name: 'DG11', state: 'read' },
      { name: 'DG12', state: 'read' },
      { name: 'DG13', state: 'read' },
      { name: 'DG14', state: 'read' },
      { name: 'DG15', state: 'read' },
    ])
    expect(reading.personal).toEqual({
      fullName: 'Quàng Văn Mẫu',
      personalNumber: '014088004567',
      birthDate: '19880601',
      birthPlace: people.quang.origin,
      address: people.quang.residence,
    })
    expect(reading.document).toEqual({ authority: 'Cơ quan giả lập', issued: '20210520' })
  })

  it('that this program cannot read are kept as they are', async () => {
    const image = await personalise(people.quang)
    const odd = { DG7: encodeTlv(0x67, Buffer.from('0201', 'hex')), DG11: encodeTlv(0x6b, Uint8Array.of(0x30, 0x09)) }
    const com = encodeTlv(0x60, encodeTlv(0x5c, Uint8Array.of(0x61, 0x75, 0x6d, 0x67, 0x6b)))
    const { reading } = await readImage({ ...image, files: { ...image.files, ...odd, COM: com } })
    expect(reading.files['DG7']).toEqual(new Uint8Array(odd.DG7))
    expect(reading.files['DG11']).toEqual(new Uint8Array(odd.DG11))
    expect(reading.personal).toBeUndefined()
    // They are in no list of hashes.
    expect(reading.trust).toBe('failed')
  })

  it('that are listed but not there are called absent', async () => {
    const image = await personalise(people.quang)
    const { DG13: _dg13, ...files } = image.files
    const { reading } = await readImage({ ...image, files })
    expect(reading.groups).toContainEqual({ name: 'DG13', state: 'absent' })
  })
})

describe('DG11 and DG12', () => {
  it('give names, lists of names, and dates written either way', () => {
    const names = encodeTlv(0xa0, encodeTlv(0x02, Uint8Array.of(2)), text(0x5f0f, 'A<<B'), text(0x5f0f, 'C'))
    const packed = encodeTlv(0x5f2b, Uint8Array.of(0x19, 0x90, 0x03, 0x15))
    expect(parseDg11(encodeTlv(0x6b, text(0x5f0e, 'LO<<THI<MAU'), packed, names, text(0x5f77, 'new')))).toEqual({
      fullName: 'LO, THI MAU',
      birthDate: '19900315',
      otherNames: ['A, B', 'C'],
    })
    expect(parseDg12(encodeTlv(0x6c, text(0x5f26, '20240801'), text(0x5f55, '20240802101112')))).toEqual({
      issued: '20240801',
      personalised: '20240802101112',
    })
  })
})
