import { expect, type Page } from '@playwright/test'
import type { CitizenView } from '#contract/index.ts'
import { portraitHints, textSizes, usualViewing, type Viewing } from '#domain/enrolment/index.ts'
import sentences from '../../../resources/languages/sentences.json' with { type: 'json' }
import { cutOff, nextPaint, overflows, tooSmall } from './citizen-checks.ts'
import { citizenAnswers, longPack, noWords, visit, withViewing } from './citizen-desk.ts'
import { check, sign } from './citizen-scenes.ts'
import { overhear } from './citizen-sound.ts'
import { failed, ok, test, type Answers, type Screen, type ScreenOptions } from './harness.ts'

const portrait: CitizenView = { scene: 'portrait', ...visit }
const fingers: CitizenView = {
  scene: 'fingers',
  ...visit,
  step: 'right-four',
  phase: 'place',
  fingers: ['right-index', 'right-middle', 'right-ring', 'right-little'],
}
const remedy: CitizenView = { ...fingers, phase: 'again', remedy: 'soak' }

type Open = (options: ScreenOptions) => Promise<Screen>
const open = (openScreen: Open, view: CitizenView, options: Partial<ScreenOptions> & { more?: Answers } = {}) =>
  openScreen({ role: 'citizen', ...options, answers: citizenAnswers(view, options.more) })
const panel = (page: Page) => page.getByRole('dialog', { name: 'Cỡ chữ và cách hiển thị' })
const openPanel = async (page: Page) => {
  await page.getByRole('button', { name: /^Aa/u }).click()
  await expect(panel(page)).toBeVisible()
}
const choice = (page: Page, group: string, name: string) =>
  page.getByRole('group', { name: group }).getByRole('button', { name, exact: true })
const heading = (page: Page) => page.getByRole('heading', { level: 1 })

test.describe('how the screen speaks', () => {
  test('is chosen with large buttons, each shown at once and sent whole', async ({ openScreen }) => {
    const screen = await open(openScreen, portrait)
    const { page, calls } = screen
    await openPanel(page)
    const chosen: Partial<Viewing>[] = [
      { textSize: 150 },
      { contrast: 'high' },
      { sound: false },
      { hand: 'left' },
      { textSize: 200 },
    ]
    const buttons = [
      ['Cỡ chữ', '150 %'],
      ['Màu sắc', 'Đen trắng, nét đậm'],
      ['Đọc thành tiếng', 'Tắt'],
      ['Tay ký tên', 'Tay trái'],
      ['Cỡ chữ', '200 %'],
    ] as const
    for (const [group, name] of buttons) {
      await choice(page, group, name).click()
      await expect(choice(page, group, name)).toHaveAttribute('aria-pressed', 'true')
    }
    const steps = chosen.map((_, at) => Object.assign({}, usualViewing, ...chosen.slice(0, at + 1)) as Viewing)
    await expect.poll(() => calls('chooseViewing').map(({ input }) => input)).toEqual(steps)
    const html = page.locator('html')
    await expect(html).toHaveAttribute('data-text', '200')
    await expect(html).toHaveAttribute('data-contrast', 'high')
    await expect(html).toHaveAttribute('data-hand', 'left')
  })

  test('goes back when main refuses it', async ({ openScreen }) => {
    const screen = await open(openScreen, portrait)
    screen.answer('chooseViewing', () => failed('DOSSIER_MISSING'))
    await openPanel(screen.page)
    await choice(screen.page, 'Cỡ chữ', '150 %').click()
    await expect(screen.page.locator('html')).toHaveAttribute('data-text', '100')
    await expect(choice(screen.page, 'Cỡ chữ', '100 %')).toHaveAttribute('aria-pressed', 'true')
  })

  test('follows the officer’s choice', async ({ openScreen }) => {
    const screen = await open(openScreen, portrait)
    await openPanel(screen.page)
    await choice(screen.page, 'Cỡ chữ', '150 %').click()
    await screen.emit('citizenChanged', withViewing(portrait, { textSize: 200 }))
    await expect(screen.page.locator('html')).toHaveAttribute('data-text', '200')
  })

  test('is chosen by keyboard alone, and what lies below takes no key meanwhile', async ({ openScreen }) => {
    const screen = await open(openScreen, check('fullName'))
    const { page, calls } = screen
    await expect.poll(() => calls('reportShown')).toHaveLength(1)
    await page.getByRole('button', { name: /^Aa/u }).focus()
    await page.keyboard.press('Enter')
    await expect(panel(page)).toBeVisible()
    await page.keyboard.press('1')
    await page.keyboard.press('Numpad2')
    await choice(page, 'Cỡ chữ', '150 %').focus()
    await page.keyboard.press('Space')
    await expect(page.locator('html')).toHaveAttribute('data-text', '150')
    // A new view closes nothing: there is no hurry.
    await screen.emit('citizenChanged', withViewing(check('personalNumber'), { textSize: 150 }))
    await expect(panel(page)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(panel(page)).toHaveCount(0)
    expect(calls('answerDetail')).toEqual([])
  })

  test('makes every word as large as it says, and fits', async ({ openScreen }) => {
    const screen = await open(openScreen, portrait)
    const sizes: number[] = []
    for (const textSize of textSizes) {
      await screen.emit('citizenChanged', withViewing(portrait, { textSize }))
      await expect(screen.page.locator('html')).toHaveAttribute('data-text', String(textSize))
      sizes.push(
        await screen.page
          .locator('.wishes')
          .evaluate((list) => Math.round(parseFloat(getComputedStyle(list).fontSize) * 10)),
      )
    }
    const [usual = 0] = sizes
    expect(sizes).toEqual([usual, usual * 1.5, usual * 2].map(Math.round))
  })

  test('is told to the officer’s small view, at most twice a second', async ({ openScreen }) => {
    const screen = await open(openScreen, portrait)
    const { page, calls } = screen
    await expect(heading(page)).toBeVisible()
    await page.clock.install()
    await page.clock.runFor(2000)
    const before = calls('reportPainted').length
    for (const hint of portraitHints) {
      await screen.emit('citizenHint', { of: 'portrait', hint })
      await expect(page.locator('.hint')).toHaveAttribute('data-hint', hint)
    }
    await page.clock.runFor(2000)
    await expect.poll(() => calls('reportPainted').length - before).toBeGreaterThan(0)
    expect(calls('reportPainted').length - before).toBeLessThanOrEqual(4)
  })
})

test.describe('one switch', () => {
  const scanned = withViewing(check('fullName'), { scanning: true, sound: false })
  const lit = (page: Page) => page.locator('[data-lit]')
  const start = async (openScreen: Open, view: CitizenView, before?: () => void) => {
    const screen = await open(openScreen, { scene: 'idle' }, before ? { before } : {})
    await expect(heading(screen.page)).toBeVisible()
    await screen.page.clock.install()
    await screen.emit('citizenChanged', view)
    await expect(heading(screen.page)).toContainText(/Họ và tên|ký/u)
    return screen
  }
  /** Until the question counts. */
  const settle = async ({ page, calls }: Screen) => {
    for (let step = 0; step < 40 && calls('reportShown').length === 0; step++) await page.clock.runFor(100)
    await page.clock.runFor(1000)
  }

  test('lights the answers in turn, and Space takes the one that is lit', async ({ openScreen }) => {
    const screen = await start(openScreen, scanned)
    const { page, calls } = screen
    await settle(screen)
    const seen = new Set<string>()
    for (let step = 0; step < 12; step++) {
      seen.add(await lit(page).innerText())
      await page.clock.runFor(2000)
      await expect(lit(page)).toHaveCount(1)
    }
    expect([...seen].map((words) => words.split('\n')[0])).toEqual(
      expect.arrayContaining(['Đúng', 'Sai', 'Không chắc', 'Tiếng Việt', 'English']),
    )
    for (let step = 0; step < 12 && !(await lit(page).innerText()).startsWith('Sai'); step++)
      await page.clock.runFor(2000)
    await page.keyboard.press('Space')
    await expect
      .poll(() => calls('answerDetail').map(({ input }) => input))
      .toEqual([{ field: 'fullName', value: 'Quàng Văn Mẫu', answer: 'wrong' }])
  })

  test('takes a touch anywhere as the press of the lit one, and nothing else', async ({ openScreen }) => {
    const screen = await start(openScreen, scanned)
    const { page, calls } = screen
    await settle(screen)
    for (let step = 0; step < 12 && !(await lit(page).innerText()).startsWith('Không chắc'); step++)
      await page.clock.runFor(2000)
    const right = await page.getByRole('button', { name: 'Đúng' }).boundingBox()
    await page.mouse.click((right?.x ?? 0) + 30, (right?.y ?? 0) + 30)
    await expect.poll(() => calls('answerDetail').map(({ input }) => input['answer'])).toEqual(['unsure'])
  })

  test('leaves the pad free: a signature is drawn, not scanned', async ({ openScreen }) => {
    const screen = await start(openScreen, withViewing(sign(), { scanning: true, sound: false }))
    const { page, calls } = screen
    await page.clock.runFor(1000)
    const pad = await page.locator('.pad').boundingBox()
    const { x = 0, y = 0 } = pad ?? {}
    await page.mouse.move(x + 40, y + 40)
    await page.mouse.down()
    await page.mouse.move(x + 160, y + 60)
    await page.mouse.move(x + 60, y + 90)
    await page.mouse.up()
    await expect(page.locator('.pad')).toHaveAttribute('data-empty', 'false')
    expect(calls('sign')).toEqual([])
  })

  test('waits while the question is read, and a press ends the reading', async ({ openScreen }) => {
    const screen = await start(openScreen, withViewing(scanned, { sound: true }), () => {
      // A voice that is still speaking.
      const speech = Object.assign(new EventTarget(), {
        getVoices: () => [{ lang: 'vi-VN', name: 'thử' }],
        speak: () => undefined,
        cancel: () => undefined,
      })
      Object.defineProperty(window, 'speechSynthesis', { value: speech })
      Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: class {} })
    })
    const { page, calls } = screen
    await expect(page.locator('.waves')).toHaveAttribute('data-speaking', 'true')
    await page.clock.runFor(2500)
    await expect(lit(page)).toHaveCount(0)
    await page.keyboard.press('Enter')
    await expect(page.locator('.waves')).toHaveAttribute('data-speaking', 'false')
    await page.clock.runFor(1000)
    await expect(lit(page)).toHaveCount(1)
    expect(calls('answerDetail')).toEqual([])
  })
})

const longWords: Answers = {
  languageWords: ({ language }) =>
    ok(language === 'mww' ? longPack(sentences.map(({ key }) => key)) : noWords(language)),
}
const own: Readonly<Record<string, CitizenView>> = { portrait, fingers, remedy, curtain: { scene: 'curtain' } }

for (const [width, height] of [
  [1024, 600],
  [1366, 768],
  [1920, 1080],
] as const)
  test(`nothing is cut off at ${width}×${height} in any text size, in Vietnamese and in a pack of long words`, async ({
    openScreen,
  }) => {
    const screen = await open(
      openScreen,
      { scene: 'idle' },
      { size: { width, height }, more: longWords, before: overhear },
    )
    const { page } = screen
    const found: Record<string, string[]> = {}
    const measure = async (name: string) => {
      await page.evaluate(() => document.fonts.ready.then(() => undefined))
      await nextPaint(page)
      await screen.picture(`citizen-${name}-${width}`)
      const checks = [await overflows(page), await page.evaluate(cutOff), await page.evaluate(tooSmall)].flat()
      if (checks.length > 0) found[name] = checks
    }
    for (const textSize of textSizes)
      for (const [words, language] of [
        ['vi', 'vi'],
        ['long', 'mww'],
      ] as const) {
        for (const [name, view] of Object.entries(own)) {
          await screen.emit('citizenHint', null)
          await screen.emit('citizenChanged', withViewing(view, { textSize, language }))
          await expect(page.locator('.citizen')).toHaveAttribute('data-scene', view.scene)
          await expect(heading(page)).toBeVisible()
          await measure(`${name}-${textSize}-${words}`)
          if (view.scene !== 'portrait') continue
          await screen.emit('citizenHint', { of: 'portrait', hint: 'show-ears' })
          await expect(page.locator('.hint')).toBeVisible()
          await measure(`hint-${textSize}-${words}`)
        }
        await screen.emit('citizenChanged', withViewing(portrait, { textSize, language }))
        await openPanel(page)
        await measure(`panel-${textSize}-${words}`)
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toHaveCount(0)
      }
    expect(found).toEqual({})
  })

for (const contrast of ['usual', 'high'] as const)
  for (const dark of [false, true])
    test(`every scene is accessible in ${contrast} contrast, ${dark ? 'dark' : 'light'}`, async ({ openScreen }) => {
      const screen = await open(openScreen, { scene: 'idle' }, { dark, size: { width: 1024, height: 600 } })
      await expect(heading(screen.page)).toBeVisible()
      await screen.expectSound()
      for (const textSize of [100, 200] as const) {
        for (const [name, view] of Object.entries(own)) {
          await screen.emit('citizenHint', { of: 'fingers', hint: 'press-harder' })
          await screen.emit('citizenChanged', withViewing(view, { textSize, contrast }))
          await expect(screen.page.locator('.citizen')).toHaveAttribute('data-scene', view.scene)
          await screen.picture(`citizen-${name}-${contrast}-${dark ? 'dark' : 'light'}-${textSize}`)
          await screen.expectSound()
        }
        await screen.emit('citizenChanged', withViewing(portrait, { textSize, contrast }))
        await openPanel(screen.page)
        await screen.picture(`citizen-panel-${contrast}-${dark ? 'dark' : 'light'}-${textSize}`)
        await screen.expectSound()
        await screen.page.keyboard.press('Escape')
      }
    })
