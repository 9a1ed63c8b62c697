import { expect, test } from 'vitest'
import { dateKeys, saidValue } from '../../../renderer/citizen/said.ts'

const usual = ['day', 'month', 'year'] as const

test('a number is said digit by digit, and read out in groups of three by a voice', () => {
  expect(saidValue('personalNumber', '014088004567', usual)).toEqual([
    {
      keys: [...'014088004567'].map((digit) => `digit.${digit}`),
      text: '0 1 4, 0 8 8, 0 0 4, 5 6 7',
    },
  ])
})

test('a date is said in the order of the language, each part after its word', () => {
  expect(dateKeys('01/06/1988', usual)).toEqual([
    'date.day',
    'digit.1',
    'date.month',
    'digit.6',
    'date.year',
    'digit.1',
    'digit.9',
    'digit.8',
    'digit.8',
  ])
  expect(dateKeys('21/12/1988', ['year', 'month', 'day']).slice(-3)).toEqual(['date.day', 'digit.2', 'digit.1'])
  expect(saidValue('birthDate', '21/12/1988', ['year', 'month', 'day'])[0]?.text).toBe('năm 1988 tháng 12 ngày 21')
})

test('of a date that is only a year, or a month, nothing more is said', () => {
  expect(dateKeys('1988', usual)).toEqual(['date.year', 'digit.1', 'digit.9', 'digit.8', 'digit.8'])
  expect(saidValue('birthDate', '06/1988', usual)[0]?.text).toBe('tháng 6 năm 1988')
})

test('what is the same for many people has its recorded sentence, however its letters are composed', () => {
  expect(saidValue('sex', 'Nữ'.normalize('NFD'), usual)[0]?.keys).toEqual(['value.sex.female'])
  expect(saidValue('nationality', 'Việt Nam', usual)[0]?.keys).toEqual(['value.nationality.vietnam'])
  expect(saidValue('religion', 'Không', usual)[0]?.keys).toEqual(['value.religion.none'])
})

test('names, places and ethnic groups have no recording', () => {
  for (const [field, value] of [
    ['fullName', 'Quàng Văn Mẫu'],
    ['origin', 'Thuận Châu, Sơn La'],
    ['ethnicity', 'Thái'],
    ['religion', 'Phật giáo'],
  ] as const)
    expect(saidValue(field, value, usual)).toEqual([{ keys: [], text: value }])
})
