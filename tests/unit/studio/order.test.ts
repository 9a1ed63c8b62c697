import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { StudioSentence } from '#contract/index.ts'
import { grouped, inFours, moved, nextMissing } from '../../../renderer/officer/languages/order.ts'

const bundled = JSON.parse(
  readFileSync(new URL('../../../resources/languages/sentences.json', import.meta.url), 'utf8'),
) as readonly { readonly key: string; readonly vi: string }[]

const sentence = (key: string, more: Partial<StudioSentence> = {}): StudioSentence => ({
  key,
  vietnamese: key,
  missed: 0,
  ...more,
})
const recorded = { recording: { seconds: 1, at: '2026-11-23T03:42:09.000Z' } }

describe('the sentences of the program', () => {
  const all = bundled.map(({ key, vi }) => sentence(key, { vietnamese: vi }))

  it('all belong to a part of the visit, each once', () => {
    const groups = grouped(all, true)
    expect(groups.map(({ name }) => name)).not.toContain('other')
    const keys = groups.flatMap(({ sentences }) => sentences.map(({ key }) => key))
    expect(keys).toHaveLength(125)
    expect(new Set(keys).size).toBe(125)
  })

  it('are all reached by asking for the next missing one again and again', () => {
    let left = grouped(all, false).flatMap(({ sentences }) => sentences)
    let key: string | undefined
    const reached: string[] = []
    while ((key = nextMissing(left, key)) !== undefined) {
      const now = key
      reached.push(now)
      left = left.map((each) => (each.key === now ? { ...each, ...recorded } : each))
    }
    expect(new Set(reached).size).toBe(125)
    expect(reached).toHaveLength(125)
  })
})

it('what citizens lacked comes first when asked for, the most often lacked before the others, recorded ones never', () => {
  const sentences = [
    sentence('greeting.heading', { missed: 2 }),
    sentence('sign.heading', { missed: 9 }),
    sentence('digit.7', { missed: 40, ...recorded }),
  ]
  const [first, ...rest] = grouped(sentences, true)
  expect(first).toMatchObject({ name: 'missed' })
  expect(first?.sentences.map(({ key }) => key)).toEqual(['sign.heading', 'greeting.heading'])
  expect(rest.map(({ name }) => name)).toEqual(['numbers'])
  expect(grouped(sentences, false).map(({ name }) => name)).toEqual(['welcome', 'sign', 'numbers'])
})

it('a sentence that the program does not know is still shown', () => {
  expect(grouped([sentence('weather.rain')], false)).toMatchObject([{ name: 'other' }])
})

it('the next missing one is looked for behind the chosen one first, then from the start', () => {
  const list = [sentence('a'), sentence('b', recorded), sentence('c'), sentence('d', recorded)]
  expect(nextMissing(list, 'a')).toBe('c')
  expect(nextMissing(list, 'd')).toBe('a')
  expect(nextMissing(list, undefined)).toBe('a')
  expect(
    nextMissing(
      list.map((each) => ({ ...each, ...recorded })),
      'a',
    ),
  ).toBeUndefined()
})

it('moving through the list stops at its ends', () => {
  const list = ['a', 'b', 'c'].map((key) => sentence(key))
  expect(moved(list, 'b', 1)).toBe('c')
  expect(moved(list, 'c', 8)).toBe('c')
  expect(moved(list, 'a', -8)).toBe('a')
  expect(moved([], 'a', 1)).toBeUndefined()
})

it('a fingerprint is read in groups of four', () => {
  expect(inFours('3fa4c1d29e')).toBe('3fa4 c1d2 9e')
})
