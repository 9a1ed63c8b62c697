import { expect, type Page } from '@playwright/test'
import type { CitizenView, LanguageView, LanguageWords } from '#contract/index.ts'
import { citizenAnswers, languagesKnown, noWords, visit, withViewing } from './citizen-desk.ts'
import { check } from './citizen-scenes.ts'
import { heard, overhear, recorded } from './citizen-sound.ts'
import { ok, test, type Screen, type ScreenOptions } from './harness.ts'

const portrait: CitizenView = { scene: 'portrait', ...visit }
const wishes = ['portrait.heading', 'portrait.straight', 'portrait.bare', 'portrait.ears']

type Open = (options: ScreenOptions) => Promise<Screen>
type More = Partial<ScreenOptions> & {
  readonly languages?: readonly LanguageView[]
  readonly words?: Readonly<Record<string, Partial<LanguageWords>>>
}
/** An invented pack: its words are in no language. */
const open = (openScreen: Open, view: CitizenView, { languages = languagesKnown, words = {}, ...options }: More = {}) =>
  openScreen({
    role: 'citizen',
    answers: citizenAnswers(view, {
      languages: () => ok(languages),
      languageWords: ({ language }) => ok({ ...noWords(language), ...words[language] }),
    }),
    ...options,
  })
const chips = (page: Page) => page.locator('.language-chips button')
const inMong = (view: CitizenView) => withViewing(view, { language: 'mww' })
const withPack = (id: string, more: Partial<LanguageView>) =>
  languagesKnown.map((language) => (language.id === id ? { ...language, ...more } : language))

test.describe('the languages to choose from', () => {
  test('are Vietnamese, English and those of which there is something; empty slots are not offered', async ({
    openScreen,
  }) => {
    const { page, emit } = await open(openScreen, portrait, { languages: withPack('mww', { recordings: 3 }) })
    await expect(chips(page)).toHaveText(['Tiếng Việt', 'English', 'Tiếng Mông'])
    await emit('languagesChanged', withPack('blt-Tavt', { texts: 1 }))
    await expect(chips(page)).toHaveText(['Tiếng Việt', 'English', 'Tiếng Thái (chữ Thái)'])
  })

  test('go into one button with a large list where they do not fit, and are chosen from there', async ({
    openScreen,
  }) => {
    const many = Array.from({ length: 9 }, (_, at) => ({
      ...(languagesKnown[0] as LanguageView),
      id: `xx${String.fromCodePoint(97 + at)}`,
      name: `Tiếng thử số ${at}`,
      texts: 1,
    }))
    const screen = await open(openScreen, portrait, {
      languages: [...languagesKnown, ...many],
      size: { width: 1024, height: 600 },
    })
    const { page, calls } = screen
    await expect(chips(page).first()).toBeHidden()
    await page.getByRole('button', { name: /^Tiếng Việt.*Ngôn ngữ$/u }).click()
    await expect(page.getByRole('dialog', { name: 'Ngôn ngữ' })).toBeVisible()
    await screen.picture('citizen-languages-list')
    await screen.expectSound()
    await page.getByRole('button', { name: 'Tiếng thử số 4' }).click()
    await expect.poll(() => calls('chooseViewing').map(({ input }) => input['language'])).toEqual(['xxe'])
    await expect(page.getByRole('button', { name: 'Tiếng thử số 4', exact: true })).toHaveAttribute(
      'aria-pressed',
      'true',
    )
    await page.getByRole('button', { name: 'Xong' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })

  test('change the words at once, before main has answered', async ({ openScreen }) => {
    const screen = await open(openScreen, portrait)
    const { page } = screen
    screen.answer('chooseViewing', () => 'never')
    await page.getByRole('button', { name: 'English' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Please/u)
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  })
})

test.describe('a language pack', () => {
  test('says what it has words for; the rest stays Vietnamese, and each is marked as what it is', async ({
    openScreen,
  }) => {
    const texts = { 'portrait.heading': 'Txojthử ib', 'portrait.ears': 'Pobthử ob' }
    const { page } = await open(openScreen, inMong(portrait), { words: { mww: { texts } } })
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Txojthử ib')
    await expect(page.getByRole('heading', { level: 1 })).toHaveAttribute('lang', 'mww')
    const lines = page.locator('.wishes li')
    await expect(lines).toHaveText(['Ngồi thẳng lưng', 'Bỏ mũ, bỏ kính', 'Pobthử ob'])
    expect(await lines.evaluateAll((all) => all.map((line) => line.getAttribute('lang')))).toEqual(['vi', 'vi', 'mww'])
  })

  test('is laid out from right to left where it is written so', async ({ openScreen }) => {
    const texts = { 'portrait.heading': 'اختبار' }
    const screen = await open(openScreen, inMong(portrait), { words: { mww: { texts, direction: 'rtl' } } })
    await expect(screen.page.locator('html')).toHaveAttribute('dir', 'rtl')
    await expect(screen.page.getByRole('heading', { level: 1 })).toHaveText('اختبار')
    const at = async (selector: string) => (await screen.page.locator(selector).boundingBox())?.x ?? 0
    expect(await at('.beside')).toBeLessThan(await at('.pictogram-large'))
    await screen.expectSound()
  })

  test('in Tai Viet is drawn with the letters that are shipped, not with boxes', async ({ openScreen }) => {
    const { page } = await open(openScreen, withViewing(portrait, { language: 'blt-Tavt' }), {
      words: { 'blt-Tavt': { texts: { 'portrait.heading': 'ꪼꪕ' } } },
    })
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('ꪼꪕ')
    await expect
      .poll(() =>
        page.evaluate(() =>
          [...document.fonts].some(({ family, status }) => family.includes('Tai Viet') && status === 'loaded'),
        ),
      )
      .toBe(true)
  })
})

test.describe('what is heard', () => {
  test('is the recording of the language, then that of Vietnamese, then a Vietnamese voice', async ({ openScreen }) => {
    const own = ['portrait.heading']
    const vietnamese = ['portrait.heading', 'portrait.straight']
    const { page, calls } = await open(openScreen, inMong(portrait), {
      before: overhear,
      words: { mww: { recordings: own }, vi: { recordings: vietnamese } },
      pictures: { ...recorded('mww', own), ...recorded('vi', vietnamese) },
    })
    await expect
      .poll(() => heard(page))
      .toEqual(['/audio/mww/portrait.heading', '/audio/vi/portrait.straight', 'Bỏ mũ, bỏ kính.', 'Để lộ hai tai.'])
    // What was missing is counted once, also when it is heard again.
    await page.getByRole('button', { name: 'Nghe lại' }).click()
    await expect.poll(async () => (await heard(page)).length).toBe(8)
    expect(calls('reportMissed').map(({ input }) => input)).toEqual([{ language: 'mww', keys: wishes.slice(1) }])
  })

  test('of a date are its words and digits, in the order of the language', async ({ openScreen }) => {
    const keys = ['check.question.birthDate', 'date.day', 'date.month', 'date.year', 'digit.1', 'digit.2', 'digit.9']
    const { page } = await open(openScreen, inMong(check('birthDate', '12/02/1992')), {
      before: overhear,
      words: { mww: { recordings: keys, date: ['year', 'month', 'day'] } },
      pictures: recorded('mww', keys),
    })
    const order = ['check.question.birthDate', 'date.year', 1, 9, 9, 2, 'date.month', 2, 'date.day', 1, 2]
    await expect
      .poll(() => heard(page))
      .toEqual(order.map((key) => `/audio/mww/${typeof key === 'number' ? `digit.${key}` : key}`))
  })

  test('of a broken recording is what comes next, without a word to the citizen', async ({ openScreen }) => {
    const { page } = await open(openScreen, inMong(portrait), {
      before: overhear,
      words: { mww: { recordings: wishes } },
      pictures: {
        ...recorded('mww', wishes),
        '/audio/mww/portrait.heading': new TextEncoder().encode('không phải âm'),
      },
    })
    await expect
      .poll(() => heard(page))
      .toEqual(['Mời bác nhìn thẳng vào máy ảnh.', ...wishes.slice(1).map((key) => `/audio/mww/${key}`)])
    await expect(page.getByRole('alert')).toHaveCount(0)
  })

  test('is nothing while the sound is off, until it is asked for', async ({ openScreen }) => {
    const screen = await open(openScreen, withViewing(portrait, { sound: false }), { before: overhear })
    await screen.page.getByRole('button', { name: 'Nghe lại' }).click()
    await expect.poll(() => heard(screen.page)).toHaveLength(4)
    await screen.emit('citizenChanged', withViewing({ scene: 'wait', ...visit }, { sound: false }))
    await expect(screen.page.getByRole('heading', { level: 1 })).toHaveText(/chờ/u)
    expect(await heard(screen.page)).toHaveLength(4)
  })

  test('is no name: a name is only read while it stands on the screen, by a voice', async ({ openScreen }) => {
    const { page } = await open(openScreen, check('fullName'), { before: overhear })
    await expect.poll(() => heard(page)).toContain('Quàng Văn Mẫu')
    await expect(page.locator('.stage')).toContainText('Quàng Văn Mẫu')
    expect((await heard(page)).indexOf('Quàng Văn Mẫu')).toBe(1)
  })

  test('needs nothing: without recordings and without a voice there is no button, and the scene is whole', async ({
    openScreen,
  }) => {
    const screen = await open(openScreen, inMong(portrait))
    await expect(screen.page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect.poll(() => screen.calls('reportMissed')).toHaveLength(1)
    await expect(screen.page.locator('.listen')).toHaveCount(0)
  })
})
