import { describe, expect, it } from 'vitest'
import { standardGroup, standardIds } from '#native/chip/agreement/domain-parameters.ts'
import { bytesOf, generateKeyPair, numberOf, type Group } from '#native/chip/agreement/group.ts'

const wanted = (id: number): Group => {
  const group = standardGroup(id)
  if (!group) throw new Error('no such group')
  return group
}

describe('standardized domain parameters', () => {
  it('are those that are supported, and nothing else', () => {
    expect(standardIds).toEqual([0, 1, 2, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18])
    for (const id of [3, 7, 8, 19, 31, 32, -1, 255]) expect(standardGroup(id)).toBeUndefined()
  })

  it.each(standardIds)('%i lets both sides agree, under any generator', (id) => {
    const group = wanted(id)
    const generator = group.power(group.generator, 12345n)
    const [a, b] = [generateKeyPair(group, generator), generateKeyPair(group, generator)]
    expect(group.power(a.publicKey, b.secret)).toEqual(group.power(b.publicKey, a.secret))
    expect(a.publicKey).toHaveLength(group.generator.length)
    expect(a.publicKey).not.toEqual(b.publicKey)
  })
})

describe('an element that is not of its group', () => {
  it.each([9, 12, 13, 18])('is refused on curve %i: off the curve, at infinity, compressed, short', (id) => {
    const group = wanted(id)
    const point = group.power(group.generator, 7n)
    const off = Uint8Array.from(point)
    off[off.length - 1] = (off.at(-1) ?? 0) ^ 1
    const beyond = Uint8Array.from(point).fill(0xff, 1)
    const compressed = Uint8Array.from([2 + ((point.at(-1) ?? 0) & 1), ...group.secretOf(point)])
    for (const bad of [
      off,
      beyond,
      compressed,
      new Uint8Array(point.length),
      Uint8Array.of(0),
      point.subarray(1),
      new Uint8Array(),
    ]) {
      expect(() => group.power(bad, 5n)).toThrow('CHIP_TAMPERED')
    }
  })

  it.each([0, 1, 2])(
    'is refused in field %i: zero, one, minus one, the prime, and what is outside the subgroup',
    (id) => {
      const group = wanted(id)
      const { length } = group.generator
      const outside = [0n, 1n, 2n, group.prime - 1n, group.prime, group.prime + 1n]
      for (const value of outside) expect(() => group.power(bytesOf(value, length), 5n)).toThrow('CHIP_TAMPERED')
      expect(() => group.power(new Uint8Array(), 5n)).toThrow('CHIP_TAMPERED')
    },
  )

  it('comes out of no agreement: a multiple that is neutral is refused', () => {
    const curve = wanted(13)
    const opposite = Uint8Array.from(curve.generator)
    const half = (opposite.length - 1) / 2
    opposite.set(bytesOf(curve.prime - numberOf(opposite.subarray(1 + half)), half), 1 + half)
    expect(() => curve.combine(curve.generator, opposite)).toThrow('CHIP_TAMPERED')
    expect(() => curve.power(curve.generator, 0n)).toThrow('CHIP_TAMPERED')
  })
})

describe('key pairs', () => {
  it('of fields are numbers of full length, so that nobody can differ on leading zeros', () => {
    const group = wanted(0)
    for (let round = 0; round < 30; round++) expect(generateKeyPair(group).publicKey[0]).not.toBe(0)
  })
})
