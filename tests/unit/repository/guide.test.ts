import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pictureNames } from '../../e2e/guide/names.ts'

const root = resolve(import.meta.dirname, '../../..')
const folder = 'docs/huong-dan-can-bo'
const pictures = `${folder}/pictures`
const read = (path: string) => readFileSync(resolve(root, path), 'utf8')
const chapters = readdirSync(resolve(root, folder)).filter((name) => name.endsWith('.md'))
const text = chapters.map((name) => read(`${folder}/${name}`)).join('\n')
const made = pictureNames.map((name) => `${name}.png`)

describe('the pictures of the officer’s guide', () => {
  it('that a chapter names are all made by the spec, and none is made for nobody', () => {
    const named = [...text.matchAll(/!\[[^\]]+\]\(pictures\/([^)]+)\)/gu)].map(([, name]) => name)
    expect(named.length).toBeGreaterThan(20)
    expect(new Set(named)).toEqual(new Set(made))
  })

  it('are there, and nothing else is', () => {
    expect(readdirSync(resolve(root, pictures)).toSorted()).toEqual(made.toSorted())
  })

  it.each(made)('%s is a PNG of 1366 by 768 points', (name) => {
    const bytes = readFileSync(resolve(root, pictures, name))
    expect(bytes.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1366, 768])
  })

  it('are together smaller than 4 MB', () => {
    const sizes = made.map((name) => statSync(resolve(root, pictures, name)).size)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(4 * 1024 * 1024)
  })
})

describe('the chapters of the officer’s guide', () => {
  it('are all reached from the front door', () => {
    const front = read(`${folder}/README.md`)
    for (const name of chapters.filter((each) => each !== 'README.md')) expect(front).toContain(`](${name})`)
  })

  it.each(chapters)('%s links only to what is there', (name) => {
    const targets = [...read(`${folder}/${name}`).matchAll(/\]\(([^)]+)\)/gu)].map(([, target = '']) => target)
    const lost = targets.filter(
      (target) => !existsSync(resolve(root, normalize(join(dirname(`${folder}/${name}`), target)))),
    )
    expect(lost).toEqual([])
  })

  it.each(chapters)('%s is written in short sentences and stored composed (NFC)', (name) => {
    const chapter = read(`${folder}/${name}`)
    expect(chapter.normalize('NFC')).toBe(chapter)
    const words = chapter
      .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/gu, '$1')
      .split(/[.:;!?]\s|\n\n|\n(?=[-#\d])/u)
      .map((sentence) => sentence.trim().split(/\s+/u).length)
    expect(Math.max(...words)).toBeLessThanOrEqual(45)
  })

  it('name only people who are invented, by calling nobody by name', () => {
    expect(text).not.toMatch(/\b(ông|bà|anh|chị|đồng chí) \p{Lu}\p{Ll}+/u)
    expect(text).not.toMatch(/\b\d{12}\b|\b0\d{9}\b|https?:/u)
  })
})

describe('what the windows take into their bundles from outside of the source', () => {
  it('is the languages, the codes’ pages and the officer’s guide', () => {
    const globs = readdirSync(resolve(root, 'renderer'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/u.test(name))
      .flatMap((name) => [
        ...read(`renderer/${name}`).matchAll(/import\.meta\.glob(?:<[^(]*>)?\(\s*(\[[^\]]*\]|'[^']*')/gu),
      ])
      .flatMap(([, patterns = '']) => [...patterns.matchAll(/'([^']+)'/gu)].map(([, pattern = '']) => pattern))
      .filter((pattern) => /^(\.\.\/)+(docs|resources)\//u.test(pattern))
      .map((pattern) => pattern.replace(/^(\.\.\/)+/u, ''))
    expect(new Set(globs)).toEqual(
      new Set(['resources/languages/*/*.json', 'docs/failure-codes/*.md', 'docs/huong-dan-can-bo/*.md']),
    )
  })
})
