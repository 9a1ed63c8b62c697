import { chip } from '#contract/dossier-schema.ts'
import { chipAccesses, chipDates, detailsFromChip } from '#core/enrolment/chip-access.ts'
import { emptyState, type DossierState } from '#domain/enrolment/index.ts'
import { parseCardQr } from '#domain/person/index.ts'
import type { ChipReading } from '#native/capability/card-reader.ts'
import { describe, expect, test } from 'vitest'
import { chipOfLoThiMau } from '../../../support/instant-host.ts'
import { loThiMau } from '../../../support/invented.ts'

const withQr = (qr: string): DossierState => ({ ...emptyState, qr: parseCardQr(qr) })
const code = (error: unknown) => (error as { code?: string }).code

function refusal(state: DossierState): string | undefined {
  try {
    chipAccesses(state)
    return undefined
  } catch (error) {
    return code(error)
  }
}

describe('the keys that may open the chip', () => {
  test('are the one that the MRZ gives, whatever the QR code says', () => {
    const state = {
      ...withQr(loThiMau.qr.replace('15031990', '16041991')),
      mrz: [...loThiMau.mrz] as [string, string, string],
    }
    expect(chipAccesses(state)).toEqual([
      { kind: 'mrz', documentNumber: '190000123', birthDate: '900315', expiryDate: '300315' },
    ])
  })

  test('from a QR code hold the last nine digits of the number, and each date on which the card may expire, and last the access number', () => {
    const key = { kind: 'mrz', documentNumber: '190000123', birthDate: '900315' }
    expect(chipAccesses(withQr(loThiMau.qr))).toEqual([
      { ...key, expiryDate: '300315' },
      { ...key, expiryDate: '500315' },
      { kind: 'can', can: '000123' },
    ])
    const twoYearsBeforeForty = chipAccesses(withQr(loThiMau.qr.replace('10082024', '15032028')))
    expect(twoYearsBeforeForty.flatMap((access) => (access.kind === 'mrz' ? [access.expiryDate] : []))).toEqual([
      '500315',
      '300315',
    ])
  })

  test('are none with neither code nor number, which asks for the MRZ', () => {
    expect(refusal(emptyState)).toBe('MRZ_FORMAT')
  })

  test.each([
    ['a declared number alone', { ...emptyState, declared: { personalNumber: loThiMau.personalNumber } }],
    ['a QR code without the date of issue', withQr(loThiMau.qr.replace('10082024', ''))],
    ['a QR code with the year of birth alone', withQr(loThiMau.qr.replace('15031990', '1990'))],
    ['a QR code issued before the birth', withQr(loThiMau.qr.replace('10082024', '10081980'))],
  ])('are the access number at the end of the personal number with %s', (_title, state) => {
    expect(chipAccesses(state)).toEqual([{ kind: 'can', can: '000123' }])
  })
})

describe('what the chip says of the person', () => {
  const reading = chipOfLoThiMau()
  const withDetails = (details: ChipReading['details']): ChipReading => ({ ...reading, details })

  test('is taken as it stands, tidied', () => {
    const { mrz: _, qr: __, issued: ___, expires: ____, ...details } = loThiMau
    expect(detailsFromChip(reading)).toEqual(details)
    expect(
      detailsFromChip(withDetails({ ...reading.details, fullName: ' Lò  Thị Mẫu\u0000 '.normalize('NFD') })),
    ).toMatchObject({ fullName: 'Lò Thị Mẫu' })
  })

  test('where DG13 is silent comes from the MRZ of DG1', () => {
    expect(detailsFromChip(withDetails({ unknown: {} }))).toEqual({
      fullName: 'LO THI MAU',
      personalNumber: '014190000123',
      sex: 'Nữ',
    })
  })

  test('leaves out what is empty', () => {
    expect(detailsFromChip(withDetails({ ...reading.details, religion: ' ', origin: '' }))).not.toHaveProperty(
      'religion',
    )
  })

  test('never holds family members, features or entries of unknown meaning', () => {
    const more = {
      ...reading.details,
      father: 'Lò Văn Mẫu',
      mother: 'Quàng Thị Mẫu',
      spouse: 'Giàng A Mẫu',
      features: 'sẹo',
      unknown: { 17: 'x' },
    }
    const kept = JSON.stringify([detailsFromChip(withDetails(more)), chipDates(more)])
    for (const name of ['Văn', 'Quàng', 'Giàng', 'sẹo', '17']) expect(kept).not.toContain(name)
  })

  test('has the shape that the windows are promised', () => {
    const facts = {
      details: detailsFromChip(reading),
      ...chipDates(reading.details),
      trust: reading.trust,
      access: reading.access,
    }
    expect(chip.parse(facts)).toEqual(facts)
    expect(facts).toMatchObject({ oldNumber: '050000123', issued: loThiMau.issued, expires: loThiMau.expires })
  })
})
