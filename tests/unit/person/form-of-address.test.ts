import { formOfAddress, formsOfAddress } from '#domain/person/index.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const today = '2026-11-12'

describe('form of address', () => {
  it.each([
    ['1950', 'Nam', 'ông'],
    ['1950', 'Nữ', 'bà'],
    ['01/06/1970', 'Nam', 'bác'],
    ['01/06/1970', 'Nữ', 'bác'],
    ['01/06/1988', 'Nam', 'anh'],
    ['01/06/1990', 'Nữ', 'chị'],
    ['01/06/2008', 'Nữ', 'em'],
    ['01/06/2012', 'Nam', 'cháu'],
  ] as const)('of a person born %s, %s, is %s', (birthDate, sex, form) => {
    expect(formOfAddress({ birthDate, sex }, today)).toBe(form)
  })

  it('changes on the birthday', () => {
    expect(formOfAddress({ birthDate: '13/11/1961', sex: 'Nữ' }, today)).toBe('bác')
    expect(formOfAddress({ birthDate: '12/11/1961', sex: 'Nữ' }, today)).toBe('bà')
  })

  it('stays open where sex or age is not known, and is never guessed from a name', () => {
    expect(formOfAddress({}, today)).toBe('ông/bà')
    expect(formOfAddress({ fullName: 'Lò Thị Mẫu', birthDate: '01/06/1990' }, today)).toBe('ông/bà')
    expect(formOfAddress({ birthDate: 'không rõ', sex: 'Nữ' }, today)).toBe('ông/bà')
    expect(formOfAddress({ birthDate: '2030', sex: 'Nữ' }, today)).toBe('ông/bà')
  })

  it('is one of the known forms whatever the details and the day hold', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (birthDate, sex, day) =>
        formsOfAddress.includes(formOfAddress({ birthDate, sex }, day)),
      ),
    )
  })
})
