import { describe, expect, test } from 'vitest'
import { openGate } from '#core/diagnostics/bundle/gate.ts'
import type { Secret } from '#core/diagnostics/bundle/personal.ts'

/** The people are invented. */
const secrets: readonly Secret[] = [
  { kind: 'name', value: 'Quàng Thị Mẫu Đào' },
  { kind: 'name', value: 'Lò Mẫu' },
  { kind: 'number', value: '014190000123' },
  { kind: 'number', value: '050000123' },
  { kind: 'address', value: 'Bản Mẫu, Thuận Châu, Sơn La' },
  { kind: 'date', value: '15/03/1990' },
  { kind: 'mrz', value: 'IDVNM1900001230014190000123<<7' },
  { kind: 'mrz', value: 'QUANG<<THI<MAU<DAO<<<<<<<<<<<<' },
  { kind: 'text', value: 'tay bà Mẫu mòn vân nhiều năm' },
]
const gate = openGate(secrets, ['Công an xã Mẫu, Thuận Châu'])
const found = (...texts: string[]) =>
  gate.find([
    { path: 'clean.json', texts: ['state', 'ready'] },
    { path: 'a.json', texts },
  ])

const name = 'Quàng Thị Mẫu Đào'
const upper = name.toUpperCase()
const hex = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding).toString('hex')
const base64 = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding).toString('base64')

describe('a person is found', () => {
  test.each([
    ['as a name', `Model of ${name} 3`],
    ['as a short name', 'máy của Lò Mẫu'],
    ['as a name without marks, in another case', 'may cua QUANG THI MAU DAO'],
    ['as a decomposed name', name.normalize('NFD')],
    ['as a name run together', 'quangthimaudao.jpg'],
    ['as a name with other things between', 'quang_thi-mau.dao'],
    ['as the name of the zone', 'QUANG<<THI<MAU<DAO<<<<<<<'],
    ['as a number', 'SN 014190000123'],
    ['as a grouped number', '014 190 000 123'],
    ['as a number with dots', '014.190.000.123'],
    ['as an old number', 'cmnd:050000123.'],
    ['as a grouped old number', '050 000 123'],
    ['as an address', 'C:/Users/Bản Mẫu, Thuận Châu, Sơn La/x'],
    ['as an address without marks', 'ban mau thuan chau son la'],
    ['as a birth date', 'born 15/03/1990'],
    ['as a birth date of a program', '1990-03-15T00:00:00Z'],
    ['as a line of the zone', 'IDVNM1900001230014190000123<<7'],
    ['as what an officer typed', 'vì tay bà Mẫu mòn vân nhiều năm'],
    [
      'as JSON escapes',
      JSON.stringify(name).replaceAll(/[^ -~]/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ],
    ['as a percent-encoded name', encodeURIComponent(name)],
    ['in hexadecimal', `FF00${hex(name).toUpperCase()}9000`],
    ['in hexadecimal with gaps', hex(upper).replaceAll(/../gu, '$& ')],
    ['as hexadecimal UTF-16', hex(name, 'utf16le')],
    ['as a number in hexadecimal', hex('014190000123')],
    ['as a number in hexadecimal UTF-16', hex('014190000123', 'utf16le')],
    ['as packed digits', '7C0014190000123F'],
    ['in base64', base64(`xx${name}`)],
    ['in base64, one byte on', base64(`xxy${name}`)],
    ['in base64, two bytes on', base64(`xxyz${name}`)],
    ['in base64 of UTF-16', base64(`x${upper}`, 'utf16le')],
    ['as a number in base64 for addresses', base64('??>014190000123~~').replaceAll('+', '-').replaceAll('/', '_')],
    ['as UTF-8 that was read as Latin-1', Buffer.from(name).toString('latin1')],
    ['as UTF-16 that was read as Latin-1', Buffer.from(name, 'utf16le').toString('latin1')],
  ])('%s', async (_, text) => {
    expect(await found(text)).toBe('a.json')
    expect(await found('before', JSON.stringify({ mark: text }), 'after')).toBe('a.json')
  })

  test('in the name of a file', async () => {
    expect(await gate.find([{ path: 'traces/014190000123.json', texts: [] }])).toBe('traces/014190000123.json')
  })

  test('in the key of a value', async () => {
    expect(await found(name)).toBe('a.json')
  })
})

test.each([
  ['what the station says of itself', 'Công an xã Mẫu, Thuận Châu'],
  ['a province', 'Sơn La'],
  ['syllables of the name in other words', 'mẫu giấy, thị xã, đào tạo; lò nung mẫu'],
  ['a name inside longer words', 'Lò Mẫuu'],
  ['a number inside a longer one', '1050000123'],
  ['a year', '1990'],
  ['digits of a hash', 'a050000123b'],
  ['a plain sentence of the program', 'Đầu đọc thẻ chip: Hoạt động tốt'],
])('%s is nobody', async (_, text) => {
  expect(await found(text)).toBeUndefined()
})

test('a megabyte of frames is nobody’s, and one number in it is found', async () => {
  let state = 1
  const noise = Array.from({ length: 250_000 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state >>> 16).toString(16).padStart(4, '0')
  }).join('')
  expect(await found(noise)).toBeUndefined()
  expect(await found(noise.slice(0, 700_001) + hex('014190000123') + noise.slice(700_001))).toBe('a.json')
})

test('a number at the place where the search takes breath is found, and a piece of a longer one is not', async () => {
  const filler = (length: number) => 'z '.repeat(length / 2)
  // Where a slice begins and where one ends, from well before to just behind.
  const breaths = [57_344, 65_536].flatMap((cut) => Array.from({ length: 16 }, (_, n) => cut - 28 + 2 * n))
  for (const at of breaths) {
    expect(await found(`${filler(at)}050000123 ${filler(20_000)}`)).toBe('a.json')
    expect(await found(`${filler(at)}77050000123 ${filler(20_000)}`)).toBeUndefined()
    expect(await found(`${filler(at)}05000012377 ${filler(20_000)}`)).toBeUndefined()
  }
})

test('a station without people lets everything through', async () => {
  expect(await openGate([], []).find([{ path: 'a', texts: [name] }])).toBeUndefined()
})
