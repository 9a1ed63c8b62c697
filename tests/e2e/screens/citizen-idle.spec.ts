import { expect, type Page } from '@playwright/test'
import type { CitizenView, Notice } from '#contract/index.ts'
import { citizenAnswers, visit, withViewing } from './citizen-desk.ts'
import { check, sign } from './citizen-scenes.ts'
import { heard, overhear } from './citizen-sound.ts'
import { ok, test, type Screen, type ScreenOptions } from './harness.ts'
import { cardPicture } from './pictures.ts'

const idle: CitizenView = { scene: 'idle' }
const curtain: CitizenView = { scene: 'curtain' }
const notices: readonly Notice[] = [
  { title: 'Lịch làm việc', lines: ['Thứ hai đến thứ sáu', '7:30 đến 16:30'] },
  { lines: ['Mang theo giấy hẹn khi đến nhận thẻ.'], picture: 'giay-hen.png' },
  { title: 'Số điện thoại', lines: ['0212 3840 000'] },
]

type Open = (options: ScreenOptions) => Promise<Screen>
const open = (
  openScreen: Open,
  view: CitizenView,
  shown: readonly Notice[] = [],
  options: Partial<ScreenOptions> = {},
) =>
  openScreen({
    role: 'citizen',
    pictures: { '/notice/giay-hen.png': cardPicture() },
    ...options,
    answers: citizenAnswers(view, { notices: () => ok(shown) }),
  })
const heading = (page: Page) => page.getByRole('heading', { level: 1 })
const scene = (page: Page) => page.locator('.citizen')

test.describe('between two citizens', () => {
  test('the notices of the station take turns every twelve seconds, the first after the last', async ({
    openScreen,
  }) => {
    const screen = await open(openScreen, idle)
    const { page } = screen
    await expect(heading(page)).toHaveText('Xin chào')
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    await page.clock.install()
    await screen.emit('noticesChanged', notices)
    await expect(heading(page)).toHaveText('Lịch làm việc')
    await page.clock.runFor(11_000)
    await expect(heading(page)).toHaveText('Lịch làm việc')
    await page.clock.runFor(1500)
    await expect(page.locator('.notice-words')).toContainText('Mang theo giấy hẹn')
    await expect(page.locator('.notice-picture')).toHaveAttribute('src', '/notice/giay-hen.png')
    await page.clock.runFor(12_500)
    await expect(heading(page)).toHaveText('Số điện thoại')
    await page.clock.runFor(12_500)
    await expect(heading(page)).toHaveText('Lịch làm việc')
    await expect(page.getByRole('button')).toHaveCount(0)
  })

  test('they stand still where motion is not wanted, until a button is pressed', async ({ openScreen }) => {
    const screen = await open(openScreen, idle, [])
    const { page } = screen
    await page.clock.install()
    await screen.emit('noticesChanged', notices)
    await page.clock.runFor(60_000)
    await expect(heading(page)).toHaveText('Lịch làm việc')
    await page.getByRole('button', { name: 'Xem tiếp' }).click()
    await expect(page.locator('.notice-words')).toContainText('Mang theo giấy hẹn')
  })

  for (const [width, height] of [
    [1024, 600],
    [1920, 1080],
  ] as const)
    test(`notices, the welcome and the curtain are whole and accessible on ${width}×${height}`, async ({
      openScreen,
    }) => {
      const screen = await open(openScreen, idle, [], { size: { width, height } })
      const { page } = screen
      await expect(heading(page)).toHaveText('Xin chào')
      await screen.picture(`citizen-welcome-${width}`)
      await screen.expectSound()
      await screen.emit('noticesChanged', notices)
      for (const place of notices.keys()) {
        await expect(page.locator('.notice-place')).toHaveText(`${place + 1}/3`)
        await screen.picture(`citizen-notice-${place}-${width}`)
        await screen.expectSound()
        await page.getByRole('button', { name: 'Xem tiếp' }).click()
      }
      await screen.emit('citizenChanged', curtain)
      await expect(heading(page)).toHaveText('Mời chờ một chút')
      await screen.picture(`citizen-curtain-${width}`)
      await screen.expectSound()
    })
})

test('the curtain shows nothing of anybody and ends what is being said; the visit goes on behind it', async ({
  openScreen,
}) => {
  const screen = await open(openScreen, withViewing(check('fullName'), { textSize: 150 }), [], { before: overhear })
  const { page } = screen
  await expect.poll(() => heard(page)).toContain('Quàng Văn Mẫu')
  await screen.emit('citizenChanged', curtain)
  await expect(scene(page)).toHaveAttribute('data-scene', 'curtain')
  await expect(page.locator('body')).not.toContainText(/Quàng|014|bác/u)
  await expect(page.getByRole('button')).toHaveCount(0)
  await page.evaluate(() => Object.assign(window, { same: true }))
  await screen.emit('citizenChanged', withViewing(check('fullName'), { textSize: 150 }))
  await expect(page.locator('.stage')).toContainText('Quàng Văn Mẫu')
  expect(await page.evaluate(() => 'same' in window)).toBe(true)
})

test('after a visit the page starts afresh in Vietnamese at 100 %, and keeps nothing of it anywhere', async ({
  openScreen,
}) => {
  const seen = { language: 'en', textSize: 200, contrast: 'high' } as const
  const screen = await open(openScreen, idle)
  const { page } = screen
  for (const view of [
    check('fullName'),
    check('personalNumber'),
    sign(),
    { scene: 'portrait', ...visit } as CitizenView,
  ]) {
    await screen.emit('citizenChanged', withViewing(view, seen))
    await expect(scene(page)).toHaveAttribute('data-scene', view.scene)
  }
  await expect(page.locator('html')).toHaveAttribute('data-text', '200')
  await page.evaluate(() => Object.assign(window, { same: true }))
  await screen.emit('citizenChanged', idle)
  await page.waitForFunction(() => !('same' in window))
  await expect(heading(page)).toHaveText('Xin chào')
  const html = page.locator('html')
  await expect(html).toHaveAttribute('data-text', '100')
  await expect(html).toHaveAttribute('data-contrast', 'usual')
  await expect(html).toHaveAttribute('lang', 'vi')
  const kept = await page.evaluate(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: await indexedDB.databases(),
    caches: 'caches' in window ? await caches.keys() : [],
    cookies: document.cookie,
    words: document.documentElement.outerHTML.includes('Mẫu'),
  }))
  expect(kept).toEqual({ local: {}, session: {}, databases: [], caches: [], cookies: '', words: false })
})

test.describe('no way out of the page', () => {
  test('by selecting, saving, dragging, copying or a menu', async ({ openScreen }) => {
    const { page } = await open(openScreen, check('fullName'))
    await expect(page.locator('.stage')).toContainText('Quàng Văn Mẫu')
    const names = ['contextmenu', 'selectstart', 'dragstart', 'dragover', 'drop', 'copy', 'cut', 'paste']
    const prevented = await page.evaluate(
      (all) =>
        all.filter((name) => {
          const event = new Event(name, { bubbles: true, cancelable: true })
          document.querySelector('h1')?.dispatchEvent(event)
          return event.defaultPrevented
        }),
      names,
    )
    expect(prevented).toEqual(names)
    await page.locator('.stage h1').dblclick()
    expect(await page.evaluate(() => getSelection()?.toString())).toBe('')
  })

  test('by keys that zoom, print, search, reload or go back, nor by wheel or two fingers', async ({ openScreen }) => {
    const { page } = await open(openScreen, check('fullName'))
    await expect(heading(page)).toBeVisible()
    await page.evaluate(() => Object.assign(window, { same: true }))
    const press = (key: string, more: { readonly ctrlKey?: boolean; readonly altKey?: boolean } = {}) =>
      page.evaluate(
        ([name, init]) => {
          const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...init })
          document.body.dispatchEvent(event)
          return event.defaultPrevented
        },
        [key, more] as const,
      )
    for (const key of ['+', '-', '0', 'p', 'f', 'r', 'w', 's', 'u'])
      expect(await press(key, { ctrlKey: true }), `Ctrl+${key}`).toBe(true)
    for (const key of ['ArrowLeft', 'ArrowRight', 'F4']) expect(await press(key, { altKey: true }), key).toBe(true)
    for (const key of ['F1', 'F5', 'F11', 'F12', 'BrowserBack', 'ContextMenu']) expect(await press(key), key).toBe(true)
    for (const key of ['Tab', 'Enter', ' ', 'Escape', '5']) expect(await press(key), key).toBe(false)
    expect(
      await page.evaluate(() => {
        const zoom = new WheelEvent('wheel', { ctrlKey: true, deltaY: -100, bubbles: true, cancelable: true })
        document.body.dispatchEvent(zoom)
        const finger = (identifier: number) =>
          new Touch({ identifier, target: document.body, clientX: 10 * identifier, clientY: 10 })
        const pinch = new TouchEvent('touchmove', {
          touches: [finger(1), finger(2)],
          bubbles: true,
          cancelable: true,
        })
        document.body.dispatchEvent(pinch)
        return [zoom.defaultPrevented, pinch.defaultPrevented]
      }),
    ).toEqual([true, true])
    await page.keyboard.press('F5')
    await page.keyboard.press('Control+r')
    await page.keyboard.press('Alt+ArrowLeft')
    expect(await page.evaluate(() => 'same' in window)).toBe(true)
    expect(await page.evaluate(() => visualViewport?.scale)).toBe(1)
  })

  test('except for the officer’s key, which takes a turned screen back', async ({ openScreen }) => {
    const { page, calls } = await open(openScreen, check('fullName'))
    await expect(heading(page)).toBeVisible()
    await page.keyboard.press('F9')
    await page.keyboard.press('Control+F9')
    await expect.poll(() => calls('takeBack')).toHaveLength(1)
  })
})
