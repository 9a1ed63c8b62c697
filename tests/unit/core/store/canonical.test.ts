import { expect, test } from 'vitest'
import { canonicalJson, findAuditBreak, auditText, chainHash, chainStart, type AuditEntry } from '#core/audit/index.ts'

test('members are sorted, absent ones left out, and letters stand as they are', () => {
  expect(canonicalJson({ b: [1, { d: null, c: undefined }], a: 'Lò\n' })).toBe('{"a":"Lò\\n","b":[1,{"d":null}]}')
})

test('the order in which members were set does not matter', () => {
  expect(canonicalJson({ x: 1, y: { p: 0.5, q: 1e-7 } })).toBe(canonicalJson({ y: { q: 1e-7, p: 0.5 }, x: 1 }))
})

test('a number that JSON cannot hold is refused', () => {
  expect(() => canonicalJson({ a: Number.NaN })).toThrow(RangeError)
  expect(() => canonicalJson([Number.POSITIVE_INFINITY])).toThrow(RangeError)
})

function chain(length: number): AuditEntry[] {
  let previousHash = chainStart
  return Array.from({ length }, (_, index) => {
    const facts = {
      n: index + 1,
      at: '2026-11-20T01:00:00.000Z',
      actor: 'a',
      window: 'officer' as const,
      act: `act-${index}`,
    }
    const hash = chainHash(previousHash, auditText(facts))
    const entry = { ...facts, previousHash, hash }
    previousHash = hash
    return entry
  })
}

test('an untouched chain has no break', () => {
  expect(findAuditBreak(chain(5))).toBeUndefined()
})

test.each([
  ['changed', (entries: AuditEntry[]) => entries.with(2, { ...entries[2]!, act: 'other' }), 3],
  ['deleted', (entries: AuditEntry[]) => entries.toSpliced(1, 1), 2],
  ['inserted', (entries: AuditEntry[]) => entries.toSpliced(3, 0, entries[0]!), 4],
  ['swapped', (entries: AuditEntry[]) => entries.with(1, entries[2]!).with(2, entries[1]!), 2],
] as const)('an entry that was %s is found where it is', (_, tamper, where) => {
  expect(findAuditBreak(tamper(chain(5)))).toBe(where)
})
