import { expect, type Page } from '@playwright/test'
import type { CitizenView } from '#contract/index.ts'
import { fingerHints, portraitHints } from '#domain/enrolment/index.ts'
import { cutOff, pushedOut, tooSmall } from './citizen-checks.ts'
import { citizenAnswers, visit, withViewing } from './citizen-desk.ts'
import { heard, overhear } from './citizen-sound.ts'
import { test, type Screen, type ScreenOptions } from './harness.ts'

const portrait: CitizenView = { scene: 'portrait', ...visit }
const fingers: CitizenView = {
  scene: 'fingers',
  ...visit,
  step: 'left-four',
  phase: 'place',
  fingers: ['left-index', 'left-middle', 'left-ring', 'left-little'],
}
type Open = (options: ScreenOptions) => Promise<Screen>
const open = async (openScreen: Open, view: CitizenView, options: Partial<ScreenOptions> = {}) => {
  const screen = await openScreen({
    role: 'citizen',
    size: { width: 1024, height: 600 },
    ...options,
    answers: citizenAnswers(view),
  })
  await expect(screen.page.getByRole('heading', { level: 1 })).toBeVisible()
  return screen
}
const hint = (page: Page) => page.locator('.hint')
const whole = async (page: Page) =>
  [await page.evaluate(tooSmall), await page.evaluate(cutOff), await page.evaluate(pushedOut)].flat()

test('each hint for the hand is a sign and a sentence of its own, whole on the smallest screen', async ({
  openScreen,
}) => {
  const screen = await open(openScreen, fingers)
  const signs = new Set<string>()
  const words = new Set<string>()
  for (const each of fingerHints) {
    await screen.emit('citizenHint', { of: 'fingers', hint: each })
    await expect(hint(screen.page)).toHaveAttribute('data-hint', each)
    signs.add((await screen.page.locator('.hint-badge path').getAttribute('d')) ?? '')
    words.add(await hint(screen.page).innerText())
    expect(await whole(screen.page), each).toEqual([])
  }
  // Down to the glass and down on the glass are nearly the same sign, and differ in what the hand does.
  expect(signs.size).toBe(fingerHints.length)
  expect(words.size).toBe(fingerHints.length)
})

test('each hint before the camera is a picture and a sentence of its own, whole on the smallest screen', async ({
  openScreen,
}) => {
  const screen = await open(openScreen, portrait)
  const drawn = new Set<string>()
  const words = new Set<string>()
  for (const each of portraitHints) {
    await screen.emit('citizenHint', { of: 'portrait', hint: each })
    await expect(hint(screen.page)).toHaveAttribute('data-hint', each)
    drawn.add(await screen.page.locator('.face-hint').innerHTML())
    words.add(await hint(screen.page).innerText())
    expect(await whole(screen.page), each).toEqual([])
  }
  expect(drawn.size).toBe(portraitHints.length)
  expect(words.size).toBe(portraitHints.length)
})

test('an arrow points where the hand on the screen goes, also for the left hand', async ({ openScreen }) => {
  const screen = await open(openScreen, fingers)
  await screen.emit('citizenHint', { of: 'fingers', hint: 'move-left' })
  await expect(hint(screen.page)).toHaveText('Đưa tay sang trái một chút')
  const ends = await screen.page.locator('.hint-badge path').evaluate((path) => {
    const arrow = path as SVGPathElement
    const matrix = arrow.getScreenCTM() ?? undefined
    return [arrow.getPointAtLength(0).matrixTransform(matrix).x, arrow.getPointAtLength(80).matrixTransform(matrix).x]
  })
  expect(ends[1]).toBeLessThan(ends[0] ?? 0)
})

test('a hint is gone when nothing is looked at, and when the print is taken', async ({ openScreen }) => {
  const screen = await open(openScreen, fingers)
  await screen.emit('citizenHint', { of: 'fingers', hint: 'wipe' })
  await expect(hint(screen.page)).toHaveText('Tay ướt. Lau khô tay')
  await screen.emit('citizenHint', null)
  await expect(hint(screen.page)).toHaveCount(0)
  await screen.emit('citizenHint', { of: 'fingers', hint: 'good' })
  await expect(hint(screen.page)).toBeVisible()
  await screen.emit('citizenChanged', { ...fingers, phase: 'taken' })
  await expect(screen.page.getByRole('heading', { level: 1 })).toHaveText(/^Đã lấy xong/u)
  await expect(hint(screen.page)).toHaveCount(0)
  // A hint for the camera is none for the hand.
  await screen.emit('citizenChanged', fingers)
  await screen.emit('citizenHint', { of: 'portrait', hint: 'closer' })
  await expect(screen.page.getByRole('heading', { level: 1 })).toHaveText(/^Mời bác đặt/u)
  await expect(hint(screen.page)).toHaveCount(0)
})

test('hints are spoken at most every four seconds, and then what they are by now', async ({ openScreen }) => {
  const screen = await open(openScreen, { scene: 'idle' }, { before: overhear })
  const { page } = screen
  await page.clock.install()
  await screen.emit('citizenChanged', portrait)
  await expect.poll(() => heard(page)).toHaveLength(4)
  const spoken = async () => (await heard(page)).slice(4)
  const see = async (each: 'closer' | 'open-eyes' | 'good') => {
    await screen.emit('citizenHint', { of: 'portrait', hint: each })
    await expect(hint(page)).toHaveAttribute('data-hint', each)
  }
  await see('closer')
  await page.clock.runFor(100)
  expect(await spoken()).toEqual(['Lại gần hơn'])
  await see('open-eyes')
  await page.clock.runFor(2000)
  await see('good')
  await page.clock.runFor(1000)
  expect(await spoken()).toEqual(['Lại gần hơn'])
  await page.clock.runFor(1500)
  expect(await spoken()).toEqual(['Lại gần hơn', 'Tốt rồi, giữ yên'])
  await page.clock.runFor(20_000)
  expect(await spoken()).toHaveLength(2)
})

test('hints are not spoken where the sound is off', async ({ openScreen }) => {
  const screen = await open(openScreen, { scene: 'idle' }, { before: overhear })
  const { page } = screen
  await page.clock.install()
  await screen.emit('citizenChanged', withViewing(portrait, { sound: false }))
  await screen.emit('citizenHint', { of: 'portrait', hint: 'closer' })
  await expect(hint(page)).toBeVisible()
  await page.clock.runFor(10_000)
  expect(await heard(page)).toEqual([])
})
