import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codec } from '../../../build/standin/codec.ts'

const carry = (value: unknown): unknown => codec.decode(JSON.parse(JSON.stringify(codec.encode(value))))

test('any tree of plain values comes through JSON as a structured clone of itself', () => {
  const tree = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withNullPrototype: false,
  })
  fc.assert(
    fc.property(tree, (value) => {
      expect(carry(value)).toStrictEqual(structuredClone(value))
    }),
    { numRuns: 500 },
  )
})

test('a view of a larger buffer carries only its own bytes', () => {
  const view = new Uint8Array([9, 1, 2, 9]).subarray(1, 3)
  expect(carry(view)).toStrictEqual(new Uint8Array([1, 2]))
})

test('a key of the codec itself and a key named __proto__ are only keys', () => {
  expect(carry({ $: 'bytes', v: 'AAAA' })).toStrictEqual({ $: 'bytes', v: 'AAAA' })
  const odd = carry(JSON.parse('{"__proto__": {"admin": true}}')) as Record<string, unknown>
  expect(Object.hasOwn(odd, '__proto__')).toBe(true)
  expect(odd['admin']).toBeUndefined()
})

test('an error keeps its class and its message', () => {
  const error = carry(new RangeError('too far'))
  expect(error).toBeInstanceOf(RangeError)
  expect((error as Error).message).toBe('too far')
})

test.each([
  ['a function', () => 1],
  ['a symbol', Symbol('x')],
  ['a promise', Promise.resolve()],
  ['a weak map', { deep: [new WeakMap()] }],
])('%s cannot be cloned', (_name, value) => {
  expect(() => codec.encode(value)).toThrow('could not be cloned')
})

test('a cycle is refused, the same object twice is not', () => {
  const shared = { a: 1 }
  expect(carry([shared, shared])).toStrictEqual([{ a: 1 }, { a: 1 }])
  const circle: Record<string, unknown> = {}
  circle['self'] = { circle }
  expect(() => codec.encode(circle)).toThrow('no cycles')
})
