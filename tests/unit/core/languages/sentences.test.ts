import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sentenceKey } from '#contract/language-calls.ts'
import { sentences, slots } from '#core/languages/bundled.ts'
import { isPlainText } from '#core/languages/plain-text.ts'

const folder = join(import.meta.dirname, '../../../../resources/languages')

test('every sentence has a key of its own that can be the name of a file on any disk', () => {
  expect(sentences.length).toBeGreaterThan(100)
  const keys = sentences.map(({ key }) => key)
  for (const key of keys) expect(sentenceKey.parse(key)).toBe(key)
  expect(new Set(keys.map((key) => key.toLowerCase())).size).toBe(keys.length)
})

test('every sentence is written in Vietnamese and English and says when it is heard', () => {
  for (const { vi, en, when } of sentences) for (const text of [vi, en, when]) expect(isPlainText(text)).toBe(true)
})

test('digits, days of the week and the parts of a date are all there to be said', () => {
  const keys = new Set(sentences.map(({ key }) => key))
  for (let n = 0; n < 10; n++) expect(keys).toContain(`digit.${n}`)
  for (let n = 1; n < 8; n++) expect(keys).toContain(`weekday.${n}`)
  for (const part of ['day', 'month', 'year']) expect(keys).toContain(`date.${part}`)
})

test('each folder of a language is a slot, and of other languages than ours nothing was invented', () => {
  const ids = readdirSync(folder, { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? [each.name] : []))
  expect([...slots.keys()].toSorted()).toEqual(ids.toSorted())
  for (const id of ids) {
    const slot = JSON.parse(readFileSync(join(folder, id, 'language.json'), 'utf8')) as object
    expect(slot).toMatchObject({ id, direction: 'ltr' })
    expect(Object.keys(slot).toSorted()).toEqual(['date', 'direction', 'id', 'name'])
    if (id !== 'vi' && id !== 'en') expect(readdirSync(join(folder, id))).toEqual(['language.json'])
  }
})
