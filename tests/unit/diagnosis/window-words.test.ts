import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

type Words = {
  readonly prompt: Record<string, { readonly do: string; readonly how: string } | string>
  readonly figure: Record<string, string>
  readonly about: { readonly window: Record<string, string> }
}

const root = join(import.meta.dirname, '../../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const folder = 'renderer/technician/checks/window'
const sources = ['check-camera.ts', 'check-sound.ts'].map((file) => read(join(folder, file))).join('\n')

/** What the tests of the window say, as it stands in their sources. */
const prompts = [
  ...[...sources.matchAll(/(?:show|ask|askWhether)\('([a-z-]+)'/gu)].map(([, prompt = '']) => prompt),
  'tone-left',
  'tone-right',
]
/** What the rules say that they judge by. */
const figures = ['camera.ts', 'sound.ts'].flatMap((file) => {
  const [, described = ''] =
    /\/\*\*\n \* Of (?:the picture|loudspeakers)([\s\S]*?)\*\//u.exec(read(`domain/diagnosis/${file}`)) ?? []
  return [...described.matchAll(/`([a-zA-Z]+)`/gu)].map(([, name = '']) => name)
})

describe.each(['vi', 'en'])('the words of the tests that a window makes, in %s', (language) => {
  const words = JSON.parse(read(`resources/languages/${language}/technician.json`)) as Words

  test('say what to do at each step, and how', () => {
    expect(prompts.length).toBeGreaterThan(8)
    for (const prompt of prompts)
      expect(words.prompt[prompt], prompt).toEqual({
        do: expect.stringMatching(/./u),
        how: expect.stringMatching(/./u),
      })
  })

  test('name every figure that leads to a cause', () => {
    expect(figures).toContain('edgePixels')
    expect(figures).toContain('toneDb')
    for (const name of figures) expect(words.figure[name], name).toMatch(/./u)
  })

  test('say of each test how long it takes and that nothing is kept', () => {
    expect(Object.keys(words.about.window).toSorted()).toEqual(['document-camera', 'portrait-camera', 'sound'])
  })
})
