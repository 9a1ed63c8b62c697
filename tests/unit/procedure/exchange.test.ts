import { addWorkingDays, exchangeOn } from '#domain/procedure/index.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const weekday = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay()

describe('working days', () => {
  it('pass over Saturday and Sunday', () => {
    expect(addWorkingDays('2026-11-12', 7)).toBe('2026-11-23')
    expect(addWorkingDays('2026-11-13', 1)).toBe('2026-11-16')
    expect(addWorkingDays('2026-11-14', 1)).toBe('2026-11-16')
    expect(addWorkingDays('2026-12-30', 7)).toBe('2027-01-08')
    expect(addWorkingDays('2028-02-28', 2)).toBe('2028-03-01')
  })

  it('always end on a working day, later with every day more', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), (from, count) => {
        const end = addWorkingDays(from, count)
        expect([1, 2, 3, 4, 5]).toContain(weekday(end))
        expect(end > from && addWorkingDays(from, count + 1) > end).toBe(true)
        expect(addWorkingDays(addWorkingDays(from, count), 1)).toBe(addWorkingDays(from, count + 1))
      }),
    )
  })

  it('none are the day itself', () => {
    expect(addWorkingDays('2026-11-14', 0)).toBe('2026-11-14')
  })
})

describe('exchange', () => {
  const birth = { year: 1986, month: 6, day: 1 }

  it('is free and for the age when a threshold was reached since the old card was issued', () => {
    const exchange = exchangeOn('2026-11-12', birth, { year: 2021, month: 8, day: 15 })
    expect(exchange).toMatchObject({ reason: 'age-threshold', age: 40, fee: 0, due: '2026-11-23' })
  })

  it('is for the old card, at the price in force, when no threshold was reached', () => {
    const issued = { year: 2021, month: 8, day: 15 }
    expect(exchangeOn('2025-06-30', birth, issued)).toMatchObject({ reason: 'old-card', fee: 30_000 })
    expect(exchangeOn('2025-07-01', birth, issued)).toMatchObject({ reason: 'old-card', fee: 15_000 })
    expect(exchangeOn('2026-05-31', birth, issued)).toMatchObject({ reason: 'old-card', fee: 15_000 })
    expect(exchangeOn('2027-01-04', { year: 1990 }, issued)).toMatchObject({ reason: 'old-card', fee: 30_000 })
  })

  it('passes over a threshold when the card was issued within the two years before it', () => {
    expect(exchangeOn('2026-11-12', birth, { year: 2024, month: 6, day: 2 })).toMatchObject({ reason: 'old-card' })
    expect(exchangeOn('2026-11-12', birth, { year: 2024, month: 5, day: 31 })).toMatchObject({
      reason: 'age-threshold',
      age: 40,
    })
  })

  it('names the last threshold when two were reached', () => {
    expect(exchangeOn('2026-11-12', { year: 1966, month: 1, day: 1 }, { year: 2000, month: 1, day: 1 })).toMatchObject({
      age: 60,
    })
  })

  it('counts a threshold only when it was surely reached, and none with a date unknown', () => {
    expect(exchangeOn('2026-11-12', { year: 1986 }, { year: 2021 })).toMatchObject({ reason: 'old-card' })
    expect(exchangeOn('2026-12-31', { year: 1986 }, { year: 2021 })).toMatchObject({ reason: 'age-threshold', age: 40 })
    expect(exchangeOn('2026-11-12')).toMatchObject({ reason: 'old-card' })
    expect(exchangeOn('2026-11-12', birth)).toMatchObject({ reason: 'old-card' })
  })

  it('names its source and a day that lies ahead, on every day and for every birth', () => {
    const partial = fc.record(
      { year: fc.integer({ min: 1900, max: 2030 }), month: fc.integer({ min: 1, max: 12 }) },
      { requiredKeys: ['year'] },
    )
    fc.assert(
      fc.property(day, partial, partial, (on, born, issued) => {
        const exchange = exchangeOn(on, born, issued)
        expect(exchange.due > on).toBe(true)
        expect(exchange.source).not.toBe('')
        expect(exchange.fee).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
