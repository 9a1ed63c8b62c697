import { expect, type Page } from '@playwright/test'
import type { CitizenView } from '#contract/index.ts'
import sentences from '../../../resources/languages/sentences.json' with { type: 'json' }
import { nextPaint, overflows, tooSmall } from './citizen-checks.ts'
import { citizenAnswers, longPack, noWords, station, withViewing } from './citizen-desk.ts'
import { check, person, scenes } from './citizen-scenes.ts'
import { failed, ok, test, type Answers, type Screen, type ScreenOptions } from './harness.ts'

const longWords: Answers = {
  languageWords: ({ language }) =>
    ok(language === 'mww' ? longPack(sentences.map(({ key }) => key)) : noWords(language)),
}

type Open = (options: ScreenOptions) => Promise<Screen>
const open = (openScreen: Open, view: CitizenView, options: Partial<ScreenOptions> & { more?: Answers } = {}) =>
  openScreen({
    role: 'citizen',
    size: { width: 1366, height: 768 },
    ...options,
    answers: citizenAnswers(view, options.more),
  })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const languageOf = { vi: 'vi', en: 'en', long: 'mww' } as const

for (const [width, height] of [
  [1024, 600],
  [1366, 768],
  [1920, 1080],
] as const)
  for (const textSize of [100, 200] as const)
    // English is as long as Vietnamese: the smallest screen tells.
    for (const words of width === 1024 ? (['vi', 'en', 'long'] as const) : (['vi', 'long'] as const))
      test(`at ${width}×${height}, ${textSize} %, in ${words === 'long' ? 'a pack of long words' : words}, nothing is cut off or lies on the answers`, async ({
        openScreen,
      }) => {
        const seenAs = (view: CitizenView) => withViewing(view, { language: languageOf[words], textSize })
        const screen = await open(openScreen, { scene: 'idle' }, { size: { width, height }, more: longWords })
        const found: Record<string, string[]> = {}
        for (const [name, view] of Object.entries(scenes)) {
          await screen.emit('citizenChanged', seenAs(view))
          await expect(screen.page.locator('.citizen')).toHaveAttribute('data-scene', view.scene)
          await expect(screen.page.getByRole('heading', { level: 1 })).toBeVisible()
          await screen.page.evaluate(() => document.fonts.ready.then(() => undefined))
          await nextPaint(screen.page)
          await screen.picture(`citizen-${name}-${width}-${textSize}-${words}`)
          const wrong = [...(await overflows(screen.page)), ...(await screen.page.evaluate(tooSmall))]
          if (wrong.length > 0) found[name] = wrong
        }
        expect(found).toEqual({})
      })

/** Each kind of scene, also where its words are too long for it. */
const looked = [
  'greeting',
  'wait',
  'check-sex',
  'check-long-residence',
  'correcting',
  'page',
  'page-long',
  'sign',
  'mark',
  'thanks',
] as const

for (const textSize of [100, 200] as const)
  test(`every scene is accessible at ${textSize} %`, async ({ openScreen }) => {
    const screen = await open(openScreen, { scene: 'idle' })
    for (const name of looked) {
      const view = scenes[name] ?? { scene: 'idle' }
      await screen.emit('citizenChanged', withViewing(view, { textSize }))
      await expect(screen.page.locator('.citizen')).toHaveAttribute('data-scene', view.scene)
      await expect(screen.page.getByRole('heading', { level: 1 })).toBeVisible()
      await screen.expectSound()
    }
  })

test.describe('the greeting', () => {
  test('tells only the parts of this visit, and how long they take', async ({ openScreen }) => {
    const { page } = await open(openScreen, scenes['greeting-child'] ?? { scene: 'idle' })
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Xin chào chị')
    await expect(page.getByText('cho cháu')).toBeVisible()
    await expect(page.getByText('Khoảng 4 phút')).toBeVisible()
    await expect(page.locator('.visit-part')).toHaveText(['Xem giấy tờ', 'Chụp ảnh', 'Kiểm tra', 'Ký tên'])
  })
})

test.describe('the thanks', () => {
  test('say the day with its weekday, the place, the hours, and the phone in the largest type', async ({
    openScreen,
  }) => {
    const { page } = await open(openScreen, scenes['thanks'] ?? { scene: 'idle' })
    await expect(page.locator('.due')).toHaveText(/thứ hai\s+23\/11\/2026/iu)
    await expect(page.getByText('Thứ hai đến thứ sáu, 7:30–16:30')).toBeVisible()
    await expect(page.getByText('Nhận giấy hẹn từ cán bộ và mang theo')).toBeVisible()
    const phone = page.getByText('0212 3840 000')
    const sizeOf = (element: Element) => parseFloat(getComputedStyle(element).fontSize)
    expect(await phone.evaluate(sizeOf)).toBeGreaterThanOrEqual(2 * 24)
  })

  test('name nobody to call where the station has no phone', async ({ openScreen }) => {
    const { page } = await open(openScreen, scenes['thanks'] ?? { scene: 'idle' }, {
      more: { station: () => ok({ ...station, contact: { place: '', hours: '', phone: '' } }) },
    })
    await expect(page.getByText('xin hỏi cán bộ ngay lúc này')).toBeVisible()
    await expect(page.locator('.phone')).toHaveCount(0)
  })
})

test.describe('the citizen’s window', () => {
  test('holds nothing of the last citizen when the visit ends: it starts afresh', async ({ openScreen }) => {
    const screen = await open(openScreen, withViewing(check('fullName'), { language: 'en' }))
    const { page } = screen
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Full name: is this right?')
    await page.evaluate(() => Object.assign(window, { leftover: 'Quàng Văn Mẫu' }))
    screen.answer('citizenView', () => ok({ scene: 'idle' }))
    const afresh = page.waitForEvent('load')
    await screen.emit('citizenChanged', { scene: 'idle' })
    await afresh
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Xin chào')
    expect(await page.evaluate(() => 'leftover' in window)).toBe(false)
    const everything = await page.evaluate(
      () => document.documentElement.outerHTML + JSON.stringify({ ...localStorage, ...sessionStorage }),
    )
    for (const value of Object.values(person).filter((each) => each.length > 6)) expect(everything).not.toContain(value)
  })

  test('stays as it is when it starts between two citizens', async ({ openScreen }) => {
    const screen = await open(openScreen, { scene: 'idle' })
    await expect(screen.page.getByText('Công an xã Thuận Châu').first()).toBeVisible()
    await screen.emit('citizenChanged', { scene: 'idle' })
    await screen.emit('citizenChanged', scenes['greeting'] ?? { scene: 'idle' })
    await expect(screen.page.getByRole('heading', { level: 1 })).toHaveText('Xin chào bác')
    expect(screen.calls('citizenView')).toHaveLength(1)
  })

  test('says in English what a Vietnamese value means', async ({ openScreen }) => {
    const screen = await open(openScreen, withViewing(check('sex'), { language: 'en' }))
    await expect(screen.page.getByRole('heading', { level: 1 })).toContainText('Sex: is this right?')
    await expect(screen.page.locator('.check-value')).toHaveText('Nam')
    await expect(screen.page.getByText('male', { exact: true })).toBeVisible()
    await expect(button(screen.page, 'Not sure')).toBeVisible()
  })

  test('offers nothing to select, open or save', async ({ openScreen }) => {
    const { page } = await open(openScreen, check('fullName'))
    await expect(page.locator('.check-value')).toBeVisible()
    expect(await page.locator('a, input, textarea, video').count()).toBe(0)
    const prevented = (name: string) =>
      page.evaluate(
        (type) =>
          !document.querySelector('.check-value')?.dispatchEvent(new Event(type, { bubbles: true, cancelable: true })),
        name,
      )
    for (const name of ['contextmenu', 'selectstart', 'dragstart', 'copy'])
      expect(await prevented(name), name).toBe(true)
    await page.locator('.check-value').dblclick()
    expect(await page.evaluate(() => getSelection()?.toString())).toBe('')
  })

  test('waits with calm words when main does not answer, and asks again', async ({ openScreen }) => {
    const screen = await open(openScreen, { scene: 'idle' }, { more: { citizenView: () => failed('INTERNAL') } })
    await expect(screen.page.getByRole('alert')).toContainText('Xin chờ một chút')
    await screen.expectSound()
    screen.answer('citizenView', () => ok(check('fullName')))
    await button(screen.page, 'Thử lại').click()
    await expect(screen.page.locator('.check-value')).toHaveText('Quàng Văn Mẫu')
  })

  test('says on every scene that a run is a trial', async ({ openScreen }) => {
    const screen = await open(
      openScreen,
      { scene: 'idle' },
      { more: { station: () => ok({ ...station, simulated: true }) }, size: { width: 1024, height: 600 } },
    )
    await expect(screen.page.getByText('Bản chạy thử')).toBeVisible()
    await screen.emit('citizenChanged', check('fullName'))
    await expect(screen.page.locator('.check-value')).toBeVisible()
    await expect(screen.page.getByText('Bản chạy thử')).toBeVisible()
    await screen.expectSound()
  })

  test('is whole in the dark and on an upright screen', async ({ openScreen }) => {
    for (const [name, options] of Object.entries({
      dark: { dark: true },
      upright: { size: { width: 768, height: 1024 } },
    })) {
      const screen = await open(openScreen, { scene: 'idle' }, options)
      for (const [scene, view] of Object.entries(scenes)) {
        await screen.emit('citizenChanged', view)
        await expect(screen.page.locator('.citizen')).toHaveAttribute('data-scene', view.scene)
        await nextPaint(screen.page)
        await screen.picture(`citizen-${scene}-${name}`)
        expect(await overflows(screen.page), `${scene} ${name}`).toEqual([])
        if (name === 'dark' && /^(?:check-name|page|sign|thanks)$/u.test(scene)) await screen.expectSound()
      }
    }
  })
})
