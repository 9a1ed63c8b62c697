import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  causeNumbers,
  codedSubjects,
  decodeSupportCode,
  encodeSupportCode,
  type SupportFacts,
} from '#core/diagnostics/bundle/support-code.ts'
import { causes, subjects, type Cause } from '#domain/diagnosis/index.ts'
import { AppError } from '#domain/failure/index.ts'

const sample: SupportFacts = {
  version: '0.1.0',
  subjects: [
    { subject: 'card-reader', verdict: 'limits', cause: 'antenna-weak' },
    { subject: 'disk', verdict: 'fails', cause: 'disk-full' },
    { subject: 'clock', verdict: 'works' },
  ],
}

const anyFacts = fc
  .record({
    version: fc.tuple(fc.nat(15), fc.nat(63), fc.nat(63)).map((parts) => parts.join('.')),
    subjects: fc.tuple(
      ...codedSubjects.map((subject) =>
        fc.oneof(
          fc.constant(undefined),
          fc.constant({ subject, verdict: 'works' as const }),
          fc
            .constantFrom(...(Object.keys(causes) as Cause[]))
            .map((cause) => ({ subject, verdict: causes[cause], cause })),
        ),
      ),
    ),
  })
  .map(({ version, subjects: all }): SupportFacts => ({ version, subjects: all.filter((each) => each !== undefined) }))

function reasonOf(code: string): unknown {
  try {
    return decodeSupportCode(code)
  } catch (error) {
    return error instanceof AppError && error.code === 'FIELD_FORMAT' ? error.context['reason'] : error
  }
}

test('a code tells what went into it', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      expect(decodeSupportCode(encodeSupportCode(facts))).toEqual(facts)
    }),
  )
})

test('a code that was printed with this version is always read in the same way', () => {
  expect(encodeSupportCode(sample)).toBe('2020-H600-0K0G-0C')
  expect(decodeSupportCode('2020-H600-0K0G-0C')).toEqual(sample)
})

test('a station where all is well has a code of fewer than four groups', () => {
  const well = codedSubjects.map((subject) => ({ subject, verdict: 'works' as const }))
  expect(encodeSupportCode({ version: '1.0.0', subjects: well }).length).toBeLessThanOrEqual(14)
})

test('letters that are heard or read as another do not occur', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      expect(encodeSupportCode(facts)).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-)+[0-9A-HJKMNP-TV-Z]{1,4}$/u)
    }),
  )
})

describe('a code read over the phone', () => {
  const code = encodeSupportCode(sample)

  test('may be written down in lower case, with spaces, with O for 0 and L or I for 1', () => {
    expect(decodeSupportCode(code.toLowerCase().replaceAll('-', ' '))).toEqual(sample)
    expect(decodeSupportCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toEqual(sample)
    expect(decodeSupportCode(code.replaceAll('1', 'I'))).toEqual(sample)
  })

  test('is refused with any one letter heard wrongly', () => {
    const plain = code.replaceAll('-', '')
    for (let at = 0; at < plain.length; at++) {
      for (const other of '0123456789ABCDEFGHJKMNPQRSTVWXYZ') {
        if (other === plain[at]) continue
        expect(reasonOf(plain.slice(0, at) + other + plain.slice(at + 1))).toBe('check')
      }
    }
  })

  test('is refused with two neighbours changed', () => {
    const plain = code.replaceAll('-', '')
    const changed = Array.from({ length: plain.length - 1 }, (_, at) => at).filter((at) => plain[at] !== plain[at + 1])
    expect(changed.length).toBeGreaterThan(5)
    for (const at of changed)
      expect(reasonOf(plain.slice(0, at) + plain[at + 1] + plain[at] + plain.slice(at + 2))).toBe('check')
  })

  test.each([
    ['', 'length'],
    ['7', 'length'],
    ['U'.repeat(12), 'letter'],
    ['0'.repeat(65), 'length'],
    ['Lò Thị Mẫu', 'letter'],
    // All zeros have a check that holds, and a format that is not.
    ['0000-0000-0000', 'format'],
  ])('%j is refused because of its %s', (text, reason) => {
    expect(reasonOf(text)).toBe(reason)
  })

  test('whatever is said, it is facts or a refusal', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 70 }), (text) => {
        const read = reasonOf(text)
        expect(
          typeof read === 'string'
            ? ['letter', 'length', 'check', 'format'].includes(read)
            : 'version' in (read as object),
        ).toBe(true)
      }),
    )
  })
})

test('every cause has a number of its own and every subject its place', () => {
  const numbers = Object.values(causeNumbers)
  expect(new Set(numbers).size).toBe(numbers.length)
  expect(Math.max(...numbers)).toBeLessThan(128)
  expect(Object.keys(causeNumbers).toSorted()).toEqual(Object.keys(causes).toSorted())
  expect([...codedSubjects].toSorted()).toEqual([...subjects].toSorted())
})
