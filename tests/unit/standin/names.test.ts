import { beforeAll, expect, test } from 'vitest'
import { parseDisplays } from '../../../build/standin/displays.ts'
import { addScheme, fromChromium, toChromium } from '../../../build/standin/urls.ts'

beforeAll(() => addScheme('app'))

test.each([
  ['app://officer/index.html', 'https://officer.app.internal/index.html'],
  ['app://officer', 'https://officer.app.internal/'],
  ['app://citizen/a/b.js?x=1#y', 'https://citizen.app.internal/a/b.js?x=1#y'],
])('%s is %s for Chromium', (url, mapped) => {
  expect(toChromium(url)).toBe(mapped)
  expect(fromChromium(mapped)).toBe(url === 'app://officer' ? 'app://officer/' : url)
})

test.each([
  'https://officer.app.internal.example/',
  'https://example.vn/',
  'data:text/html,x',
  'about:blank',
  'https://officer.other.internal/',
])('%s is nobody of ours', (url) => {
  expect(fromChromium(url)).toBe(url)
})

test('displays are read from left to right', () => {
  expect(parseDisplays('1366x768, 1280x800')).toEqual([
    { width: 1366, height: 768 },
    { width: 1280, height: 800 },
  ])
})

test('a display may stand where another one stands', () => {
  expect(parseDisplays('laptop=1366x768,hall=1366x768@0')[1]).toEqual({ name: 'hall', width: 1366, height: 768, x: 0 })
})

test('displays may have names', () => {
  expect(parseDisplays('laptop=1366x768, hall=1280x800,800x600')).toEqual([
    { name: 'laptop', width: 1366, height: 768 },
    { name: 'hall', width: 1280, height: 800 },
    { width: 800, height: 600 },
  ])
})

test.each(['=1366x768', 'a=', 'A B=1x1', 'a=800x600,a=800x600', 'a=b=800x600'])('"%s" names no displays', (text) => {
  expect(() => parseDisplays(text)).toThrow('QCC_STANDIN_DISPLAYS')
})

test.each(['', '1366', '0x768', '1366x768,', '-1x5'])('"%s" is no list of displays', (text) => {
  expect(() => parseDisplays(text)).toThrow('QCC_STANDIN_DISPLAYS')
})
