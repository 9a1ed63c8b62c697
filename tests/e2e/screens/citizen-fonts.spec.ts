import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { citizenAnswers, noWords, withViewing } from './citizen-desk.ts'
import { check } from './citizen-scenes.ts'
import { ok, test, type Screen, type ScreenOptions } from './harness.ts'

/** A font with Tai Viet letters only, as a pack might bring it. */
const font = readFileSync(
  new URL(
    '../../../node_modules/@fontsource/noto-sans-tai-viet/files/noto-sans-tai-viet-tai-viet-400-normal.woff2',
    import.meta.url,
  ),
)
/** One that draws Vietnamese and digits, in thin lines: where it is used, text is measurably narrower or wider. */
const latin = readFileSync(
  new URL(
    '../../../node_modules/@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff2',
    import.meta.url,
  ),
)
const question = 'check.question.fullName'
// Letters in a row, not sentences: the test judges how they are drawn.
const taiViet = 'ꪀꪁꪂ ꪃꪄꪅ ꪆꪇꪈ'
const khmer = 'កខគ ឃងច ឆជឈ'

type Open = (options: ScreenOptions) => Promise<Screen>
const shown = (openScreen: Open, language: string, text: string, own: Readonly<Record<string, Uint8Array>> = {}) =>
  openScreen({
    role: 'citizen',
    pictures: Object.fromEntries(Object.entries(own).map(([name, bytes]) => [`/font/${language}/${name}`, bytes])),
    answers: citizenAnswers(withViewing(check('fullName'), { language }), {
      languageWords: ({ language: id }) =>
        ok(
          id === language
            ? { ...noWords(id), texts: { [question]: text, 'answer.right': text }, fonts: Object.keys(own) }
            : noWords(id),
        ),
    }),
  })

/** The fonts that letters of an element are really drawn with, as the browser itself tells them. */
async function drawnWith(page: Page, selector: string): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('DOM.enable')
  await session.send('CSS.enable')
  const { root } = await session.send('DOM.getDocument')
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector })
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId })
  await session.detach()
  return fonts.filter(({ isCustomFont }) => isCustomFont).map(({ familyName }) => familyName)
}

for (const [language, text, family] of [
  ['blt-Tavt', taiViet, 'Noto Sans Tai Viet'],
  ['km', khmer, 'Noto Sans Khmer'],
] as const)
  test(`${language} is drawn with ${family}, which comes with the program`, async ({ openScreen }) => {
    const screen = await shown(openScreen, language, text)
    const { page } = screen
    await expect(page.locator('.check-question')).toContainText(text)
    await expect.poll(() => drawnWith(page, '.check-question')).toContainEqual(expect.stringContaining(family))
    await expect
      .poll(() => drawnWith(page, '.big-right .big-button-words'))
      .toContainEqual(expect.stringContaining(family))
    expect(await page.evaluate((name) => document.fonts.check(`24px "${name}"`, 'កꪀ'), family)).toBe(true)
    await screen.picture(`citizen-font-${language}`)
  })

test('what a pack says is drawn with the fonts of the pack, names and numbers never', async ({ openScreen }) => {
  const screen = await shown(openScreen, 'mww', 'abc 123', { mono: latin })
  const { page } = screen
  await expect(page.locator('.check-question')).toContainText('abc 123')
  expect(await drawnWith(page, '.check-question')).toContainEqual(expect.stringContaining('JetBrains Mono'))
  expect(await drawnWith(page, '.big-right .big-button-words')).toContainEqual(
    expect.stringContaining('JetBrains Mono'),
  )
  const value = await drawnWith(page, '.check-value')
  expect(value).toContainEqual(expect.stringContaining('Be Vietnam Pro'))
  expect(value).not.toContainEqual(expect.stringContaining('JetBrains'))
  await screen.picture('citizen-font-pack')
})

test('letters that the fonts of the pack lack come from those of the program', async ({ openScreen }) => {
  const { page } = await shown(openScreen, 'mww', `${taiViet} abc`, { thai: font })
  await expect(page.locator('.check-question')).toContainText(`${taiViet} abc`)
  const fonts = await drawnWith(page, '.check-question')
  expect(fonts).toContainEqual(expect.stringContaining('Noto Sans Tai Viet'))
  expect(fonts).toContainEqual(expect.stringContaining('Be Vietnam Pro'))
})

test('a font that the browser refuses is passed over, and the other one used', async ({ openScreen }) => {
  const torn = Uint8Array.from(latin)
  torn.fill(0x55, 60)
  const { page } = await shown(openScreen, 'mww', 'abc 123', { a: torn, b: latin })
  await expect(page.locator('.check-question')).toContainText('abc 123')
  expect(await drawnWith(page, '.check-question')).toContainEqual(expect.stringContaining('JetBrains Mono'))
  expect(await page.evaluate(() => document.documentElement.style.getPropertyValue('--pack-fonts'))).not.toContain('-a')
})
