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

describe('the pages under docs/failure-codes', () => {
  const pages = readdirSync(resolve(root, 'docs/failure-codes')).filter((name) => name !== 'README.md')

  it('cover every failure code and no other', () => {
    expect(pages.toSorted()).toEqual(codes.map((code) => `${code}.md`).toSorted())
  })

  it.each(codes)('explain %s in Vietnamese with the sentence of the screen, then in English', (code) => {
    const [vietnamese = '', english = ''] = read(`docs/failure-codes/${code}.md`).split('## English')
    expect(vietnamese).toMatch(new RegExp(`^# ${code}\n`))
    expect(vietnamese).toContain(sentences('vi')[code]!.title)
    expect(vietnamese).toMatch(/Nguyên nhân thường gặp: .+\n- Việc cần làm: .+/)
    expect(english).toContain(sentences('en')[code]!.title)
    expect(english).toMatch(/Likely causes: .+\n- What to do: .+/)
  })

  it('are all listed in the index', () => {
    const listed = [...read('docs/failure-codes/README.md').matchAll(/^- \[(\w+)\]\(\1\.md\)/gm)].map(
      ([, code]) => code,
    )
    expect(listed).toEqual(codes)
  })
})
