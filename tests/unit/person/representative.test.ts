import { checkStandIn } from '#domain/person/index.ts'
import { describe, expect, it } from 'vitest'

const day = '2026-11-12'
const unfit = (reason: string) => expect.objectContaining({ code: 'REPRESENTATIVE_UNFIT', context: { reason } })

describe('who stands in for a citizen, or beside one', () => {
  it('is a grown-up who is nobody else in the dossier', () => {
    expect(() => checkStandIn('014088004567', ['014218000018'], day)).not.toThrow()
    expect(() => checkStandIn('014218000018', ['014218000018'], day)).toThrow(unfit('same-person'))
    expect(() => checkStandIn('012201000045', ['014190000123', '012201000045'], day)).toThrow(unfit('same-person'))
  })

  it('is the same person also when the number is written in groups', () => {
    expect(() => checkStandIn('014 190 000 123', ['014190000123'], day)).toThrow(unfit('same-person'))
  })

  it('is 18 in the year of the visit: the number knows no birthday', () => {
    expect(() => checkStandIn('014208000018', [], day)).not.toThrow()
    expect(() => checkStandIn('014209000018', [], day)).toThrow(unfit('too-young'))
    expect(() => checkStandIn('014209000018', [], '2027-01-01')).not.toThrow()
  })

  it('has a number that is one', () => {
    expect(() => checkStandIn('0141', [], day)).toThrow(expect.objectContaining({ code: 'NUMBER_FORMAT' }))
  })

  it('is refused without a word about who it was', () => {
    try {
      checkStandIn('014218000018', [], day)
      expect.unreachable()
    } catch (error) {
      expect(JSON.stringify([error, String(error)])).not.toMatch(/014218|2018/u)
    }
  })
})
