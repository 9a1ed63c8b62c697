import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { failureCodes } from '#domain/failure/index.ts'

const root = resolve(import.meta.dirname, '../../..')
const read = (path: string) => readFileSync(resolve(root, path), 'utf8')
const codes = Object.keys(failureCodes)
const sentences = (language: string) =>
  JSON.parse(read(`resources/languages/${language}/failures.json`)) as Record<string, { title: string; advice: string }>

it('there are failure codes', () => {
  expect(codes.length).toBeGreaterThan(40)
})

describe.each(['vi', 'en'])('the sentences in %s', (language) => {
  it('cover every failure code and no other', () => {
    expect(Object.keys(sentences(language)).toSorted()).toEqual(codes.toSorted())
  })

  it.each(codes)('say of %s what happened and what to do next, briefly', (code) => {
    const { title, advice } = sentences(language)[code]!
    expect(title).toMatch(/^\p{Lu}.{5,70}[^.!]$/u)
    expect(advice).toMatch(/^\p{Lu}.{10,150}\.$/u)
  })

  it('are stored composed (NFC)', () => {
    const text = read(`resources/languages/${language}/failures.json`)
    expect(text.normalize('NFC')).toBe(text)
  })
})

/** Pages that explain something else than one code. */
const further = ['README.md', 'reading-a-verdict.md']

describe('the pages under docs/failure-codes', () => {
  const files = readdirSync(resolve(root, 'docs/failure-codes'))
  const page = (name: string) => read(`docs/failure-codes/${name}`)

  it('cover every failure code and no other', () => {
    expect(files.toSorted()).toEqual([...codes.map((code) => `${code}.md`), ...further].toSorted())
  })

  const languages = [
    {
      language: 'vi',
      level: '##',
      causes: 'Nguyên nhân thường gặp',
      steps: 'Việc cần làm',
      call: 'Khi nào gọi kỹ thuật',
    },
    { language: 'en', level: '###', causes: 'Likely causes', steps: 'What to do', call: 'When to call a technician' },
  ] as const

  describe.each(languages)('in $language', ({ language, level, causes, steps, call }) => {
    it.each(codes)('say of %s what it means, likely causes, steps, and when to call whom with what', (code) => {
      const [vietnamese = '', english = '', ...more] = page(`${code}.md`).split(/^## English$/mu)
      expect(more).toEqual([])
      const part = language === 'vi' ? vietnamese : english
      if (language === 'vi') expect(part).toMatch(new RegExp(`^# ${code}\n\n`, 'u'))
      const [opening = '', ...sections] = part.split(new RegExp(`^${level} `, 'mu'))
      expect(opening.replace(/^# .*/u, '').trim()).toMatch(
        new RegExp(`^\\*\\*${escaped(sentences(language)[code]!.title)}\\.\\*\\* .{20,}$`, 'su'),
      )
      expect(sections.map((section) => section.split('\n')[0])).toEqual([causes, steps, call])
      const [why = '', what = '', when = ''] = sections.map((section) => section.slice(section.indexOf('\n')).trim())
      for (const line of why.split('\n')) expect(line).toMatch(/^- \p{L}.{8,}\.$/u)
      const numbered = what.split('\n')
      for (const [index, line] of numbered.entries())
        expect(line).toMatch(new RegExp(`^${index + 1}\\. \\p{L}.*\\.$`, 'u'))
      expect(when).toMatch(/^\p{Lu}.{5,}\.$/su)
    })

    it('hold as many causes and steps as in the other language', () => {
      for (const code of codes) {
        const counts = page(`${code}.md`)
          .split(/^## English$/mu)
          .map((part) => [part.match(/^- /gmu)?.length, part.match(/^\d+\. /gmu)?.length])
        expect({ code, counts: counts[0] }).toEqual({ code, counts: counts[1] })
      }
    })
  })

  it('mostly name several causes and several steps: a single one is seldom the whole truth', () => {
    const thin = codes.filter((code) => (page(`${code}.md`).match(/^- /gmu)?.length ?? 0) < 4)
    expect(thin.length).toBeLessThan(5)
  })

  it.each(files)('%s names no person, no telephone number and no address outside', (name) => {
    expect(page(name)).not.toMatch(/https?:|@|\b0\d{9}\b|\b\d{12}\b/u)
    expect(page(name)).not.toMatch(/\b(ông|bà|anh|chị|đồng chí) \p{Lu}\p{Ll}+/u)
  })

  it.each(files)('%s links only to pages that are there', (name) => {
    for (const [, target = ''] of page(name).matchAll(/\]\(([^)]+)\)/gu))
      expect([name, files]).toEqual([name, expect.arrayContaining([target])])
  })

  it.each(files)('%s is stored composed (NFC)', (name) => {
    expect(page(name).normalize('NFC')).toBe(page(name))
  })

  it.each(['vi', 'en'] as const)('are all listed in the index in %s, with the sentence of the screen', (language) => {
    const [vietnamese = '', english = ''] = page('README.md').split(/^## English$/mu)
    const listed = [...(language === 'vi' ? vietnamese : english).matchAll(/^- \[(\w+)\]\(\1\.md\): (.+)$/gmu)]
    expect(listed.map(([, code]) => code)).toEqual(codes)
    expect(listed.map(([, , title]) => title)).toEqual(codes.map((code) => sentences(language)[code]!.title))
  })
})

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&')
