import { expect, it } from 'vitest'
import { cleanId, cleanPath, cleanText } from '#native/host/discovery/clean.ts'

it('a string of a device becomes one line without anything invisible', () => {
  expect(cleanText(' GEM\u0000PC\r\n\u001b[31m Twin\u202egnp\u2066 \uE000')).toBe('GEM PC [31m Twin gnp')
  expect(cleanText('Quầy số 1')).toBe('Quầy số 1')
  expect(cleanText('\u0000\u0001')).toBeUndefined()
  expect(cleanText(undefined)).toBeUndefined()
})

it('a string of a device is cut to 120 characters, however long it claims to be', () => {
  expect(cleanText('x'.repeat(5_000_000))).toBe('x'.repeat(120))
  expect([...(cleanText('😀'.repeat(500)) ?? '')]).toHaveLength(120)
  expect(cleanText('a\ud800b')).toBe('a b')
})

it('ids are four hexadecimal digits or nothing', () => {
  expect([0x4b4, '04B4', '0x04b4', '4b4'].map(cleanId)).toEqual(['04b4', '04b4', '04b4', '04b4'])
  expect([0, '0000', 0x1_0000, -1, 1.5, 'zz', '', '04b4x', null].map(cleanId)).toEqual(Array(9).fill(undefined))
})

it('a path is taken whole or not at all', () => {
  expect(cleanPath('/dev/ttyUSB0')).toBe('/dev/ttyUSB0')
  expect(['', '/dev/a\nb', 'x'.repeat(401), 7].map(cleanPath)).toEqual(Array(4).fill(undefined))
})
