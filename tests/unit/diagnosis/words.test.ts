import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { causes, subjects } from '#domain/diagnosis/index.ts'
import type { CheckPrompt } from '#native/capability/checks.ts'

type Words = {
  readonly verdict: Record<string, string>
  readonly subject: Record<string, string>
  readonly prompt: Record<string, string>
  readonly cause: Record<string, { readonly title: string; readonly advice: string }>
}

const prompts: Readonly<Record<CheckPrompt, true>> = {
  nothing: true,
  'lay-test-card': true,
  'take-card-away': true,
  'clean-and-clear-platen': true,
  'lay-finger': true,
  'lift-finger': true,
  'lay-target': true,
  'scan-a-code': true,
  'press-shutter': true,
}

const folder = join(import.meta.dirname, '../../../resources/languages')
const wordsOf = (language: string) =>
  JSON.parse(readFileSync(join(folder, language, 'diagnosis.json'), 'utf8')) as Words

describe.each(['vi', 'en'])('the words of a diagnosis in %s', (language) => {
  const words = wordsOf(language)

  test('name every cause, subject, verdict and prompt, and nothing else', () => {
    expect(Object.keys(words.prompt).toSorted()).toEqual(Object.keys(prompts).toSorted())
    expect(Object.keys(words.cause).toSorted()).toEqual(Object.keys(causes).toSorted())
    expect(Object.keys(words.subject).toSorted()).toEqual([...subjects].toSorted())
    expect(Object.keys(words.verdict).toSorted()).toEqual(['fails', 'limits', 'works'])
  })

  test('say what it is in a few words and what to do in one short sentence', () => {
    for (const [cause, { title, advice }] of Object.entries(words.cause)) {
      expect(title, cause).toMatch(/^\p{Lu}.*[^.]$/u)
      expect(title.length, cause).toBeLessThan(60)
      expect(advice, cause).toMatch(/^\p{Lu}[^.]+(?:\d\.\d[^.]*)*\.$/u)
      expect(advice.length, cause).toBeLessThan(135)
    }
  })

  test('ask for one thing at a time, in one short sentence', () => {
    for (const [prompt, sentence] of Object.entries(words.prompt)) {
      expect(sentence, prompt).toMatch(/^\p{Lu}[^.]+\.$/u)
      expect(sentence.length, prompt).toBeLessThan(70)
    }
    expect(new Set(Object.values(words.prompt)).size).toBe(Object.keys(prompts).length)
  })

  test('tell two causes apart by their titles', () => {
    const titles = Object.values(words.cause).map(({ title }) => title)
    expect(new Set(titles).size).toBe(titles.length)
  })
})

test('the Vietnamese words are Vietnamese and the English ones are not', () => {
  const marked = /[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]/iu
  const [vi, en] = [wordsOf('vi'), wordsOf('en')]
  for (const { title, advice } of Object.values(vi.cause)) expect(title + advice).toMatch(marked)
  for (const sentence of Object.values(vi.prompt)) expect(sentence).toMatch(marked)
  for (const sentence of Object.values(en.prompt)) expect(sentence).not.toMatch(marked)
  const strange = Object.values(en.cause).filter(({ title, advice }) =>
    marked.test((title + advice).replace('Hà Nội', '')),
  )
  expect(strange).toEqual([])
})
