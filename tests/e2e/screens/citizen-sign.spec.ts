import { expect, type CDPSession, type Page } from '@playwright/test'
import type { CitizenView } from '#contract/index.ts'
import { citizenAnswers, withViewing } from './citizen-desk.ts'
import { child, sign } from './citizen-scenes.ts'
import { failed, ok, test, type Answers, type Screen, type ScreenOptions } from './harness.ts'

type Options = Partial<ScreenOptions> & { readonly more?: Answers }
const open = (openScreen: (options: ScreenOptions) => Promise<Screen>, view: CitizenView, options: Options = {}) =>
  openScreen({
    role: 'citizen',
    size: { width: 1366, height: 768 },
    ...options,
    answers: citizenAnswers(view, options.more),
  })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const pad = (page: Page) => page.getByRole('img', { name: 'Khung ký tên' })

type Point = { readonly x: number; readonly y: number; readonly t: number; readonly pressure: number }
type Signed = {
  readonly width: number
  readonly height: number
  readonly strokes: readonly (readonly Point[])[]
  readonly pointer: string
  readonly png: { readonly bytes: number }
}
const sent = (screen: Screen) => screen.calls('sign').map(({ input }) => input as unknown as Signed)

async function boxOf(page: Page) {
  const box = await pad(page).boundingBox()
  if (!box) throw new Error('no pad')
  return box
}

async function wave(page: Page) {
  const box = await boxOf(page)
  for (const [from, to] of [
    [0.2, 0.5],
    [0.55, 0.8],
  ] as const) {
    await page.mouse.move(box.x + box.width * from, box.y + box.height * 0.6)
    await page.mouse.down()
    for (let step = 1; step <= 12; step++) {
      const x = from + ((to - from) * step) / 12
      await page.mouse.move(box.x + box.width * x, box.y + box.height * (0.5 + 0.2 * Math.sin(step)))
    }
    await page.mouse.up()
  }
  return box
}

/** A touch screen and a pen, as the browser's own input: `at` in parts of the pad. */
async function hand(page: Page) {
  const box = await boxOf(page)
  const cdp: CDPSession = await page.context().newCDPSession(page)
  await cdp.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 5 })
  type At = { readonly x: number; readonly y: number }
  const place = ({ x, y }: At) => ({ x: box.x + box.width * x, y: box.y + box.height * y })
  return {
    touch: (type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel', ...fingers: At[]) =>
      cdp.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: fingers.map((at, id) => ({ ...place(at), id, force: 0.4 })),
      }),
    pen: (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', at: At, force: number) =>
      cdp.send('Input.dispatchMouseEvent', {
        type,
        ...place(at),
        force,
        pointerType: 'pen',
        button: force > 0 || type !== 'mouseMoved' ? 'left' : 'none',
        buttons: type === 'mouseReleased' || force === 0 ? 0 : 1,
        clickCount: 1,
      }),
  }
}

test.describe('a signature', () => {
  test('is recorded as strokes with time and pressure, and sent once with its picture', async ({ openScreen }) => {
    const screen = await open(openScreen, sign())
    const { page } = screen
    await expect(button(page, 'Ký xong')).toBeDisabled()
    const box = await wave(page)
    await screen.picture('citizen-signed')
    await button(page, 'Ký xong').dblclick()
    await expect.poll(() => sent(screen).length).toBe(1)
    const [signed] = sent(screen)
    if (!signed) throw new Error('nothing was sent')
    expect(Math.abs(signed.width - box.width) + Math.abs(signed.height - box.height)).toBeLessThan(2)
    expect(signed.pointer).toBe('mouse')
    expect(signed.strokes).toHaveLength(2)
    const points = signed.strokes.flat()
    expect(points.length).toBeGreaterThan(20)
    expect(points[0]?.t).toBe(0)
    expect(points.map(({ t }) => t)).toEqual(points.map(({ t }) => t).toSorted((a, b) => a - b))
    expect(points.at(-1)?.t).toBeGreaterThan(0)
    expect(new Set(points.slice(0, 10).map(({ pressure }) => pressure))).toEqual(new Set([0.5]))
    expect(points.every(({ x, y }) => x >= 0 && y >= 0 && x <= signed.width && y <= signed.height)).toBe(true)
    expect(signed.png.bytes).toBeGreaterThan(1000)
  })

  test('of a pen keeps its pressure, and the hand that rests beside it draws nothing', async ({ openScreen }) => {
    const screen = await open(openScreen, sign())
    const { touch, pen } = await hand(screen.page)
    // The hand comes down first, as hands do.
    await touch('touchStart', { x: 0.8, y: 0.8 })
    await touch('touchMove', { x: 0.8, y: 0.82 })
    await touch('touchEnd')
    await pen('mouseMoved', { x: 0.2, y: 0.5 }, 0)
    await pen('mousePressed', { x: 0.2, y: 0.5 }, 0.25)
    for (let step = 1; step <= 10; step++)
      await pen('mouseMoved', { x: 0.2 + step * 0.04, y: step % 2 ? 0.4 : 0.6 }, step % 2 ? 0.5 : 0.75)
    await pen('mouseReleased', { x: 0.6, y: 0.6 }, 0)
    await touch('touchStart', { x: 0.8, y: 0.8 })
    for (let step = 1; step <= 10; step++) await touch('touchMove', { x: 0.8 - step * 0.03, y: 0.8 })
    await touch('touchEnd')
    await expect(button(screen.page, 'Ký xong')).toBeEnabled()
    await screen.page.keyboard.press('Tab')
    await button(screen.page, 'Ký xong').click()
    await expect.poll(() => sent(screen).length).toBe(1)
    const [signed] = sent(screen)
    expect(signed?.pointer).toBe('pen')
    expect(signed?.strokes).toHaveLength(1)
    const pressures = new Set(signed?.strokes.flat().map(({ pressure }) => pressure))
    expect(pressures).toContain(0.25)
    expect(pressures).toContain(0.75)
  })

  test('by touch is drawn by one finger at a time', async ({ openScreen }) => {
    const screen = await open(openScreen, sign())
    const { touch } = await hand(screen.page)
    await touch('touchStart', { x: 0.2, y: 0.3 })
    await touch('touchStart', { x: 0.2, y: 0.3 }, { x: 0.8, y: 0.8 })
    for (let step = 1; step <= 10; step++)
      await touch('touchMove', { x: 0.2 + step * 0.03, y: 0.3 }, { x: 0.8, y: 0.8 - step * 0.03 })
    await touch('touchEnd')
    await button(screen.page, 'Ký xong').click()
    await expect.poll(() => sent(screen).length).toBe(1)
    const [signed] = sent(screen)
    expect(signed?.pointer).toBe('touch')
    expect(signed?.strokes).toHaveLength(1)
    const height = signed?.height ?? 0
    expect(signed?.strokes.flat().every(({ y }) => Math.abs(y - height * 0.3) < 3)).toBe(true)
  })

  test('keeps what was drawn when the touch screen vanishes in mid-stroke, and goes on with the mouse', async ({
    openScreen,
  }) => {
    const screen = await open(openScreen, sign())
    const { touch } = await hand(screen.page)
    await touch('touchStart', { x: 0.2, y: 0.3 })
    for (let step = 1; step <= 10; step++) await touch('touchMove', { x: 0.2 + step * 0.03, y: 0.3 })
    await touch('touchCancel')
    await expect(button(screen.page, 'Ký xong')).toBeEnabled()
    expect(screen.calls('sign')).toEqual([])
    await wave(screen.page)
    await button(screen.page, 'Ký xong').click()
    await expect.poll(() => sent(screen)[0]?.strokes.length).toBe(3)
  })

  test('that a pointer never ended is ended by the next one', async ({ openScreen }) => {
    const screen = await open(openScreen, sign())
    await pad(screen.page).evaluate((canvas: HTMLCanvasElement) => {
      const box = canvas.getBoundingClientRect()
      // A pointer that the browser did not make cannot be captured: as one whose screen is gone.
      canvas.setPointerCapture = () => undefined
      const send = (type: string, pointerId: number, x: number) =>
        canvas.dispatchEvent(
          new PointerEvent(type, {
            pointerId,
            pointerType: 'touch',
            clientX: box.x + x,
            clientY: box.y + 90,
            button: 0,
            bubbles: true,
          }),
        )
      send('pointerdown', 7, 20)
      for (let x = 30; x <= 180; x += 10) send('pointermove', 7, x)
      send('pointerdown', 8, 220)
      for (let x = 230; x <= 300; x += 10) send('pointermove', 8, x)
      send('pointerup', 8, 300)
    })
    await button(screen.page, 'Ký xong').click()
    await expect.poll(() => sent(screen)[0]?.strokes.map((stroke) => stroke.length)).toEqual([17, 9])
  })

  test('stays when the window changes its size, and is written on', async ({ openScreen }) => {
    const screen = await open(openScreen, sign())
    const { page } = screen
    const before = await wave(page)
    await page.setViewportSize({ width: 1024, height: 600 })
    await expect(button(page, 'Ký xong')).toBeEnabled()
    await expect.poll(async () => (await boxOf(page)).width).toBeLessThan(before.width)
    const inked = () =>
      pad(page).evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
        return data.filter((value, at) => at % 4 === 3 && value > 0).length
      })
    await expect.poll(inked).toBeGreaterThan(100)
    await wave(page)
    await button(page, 'Ký xong').click()
    await expect.poll(() => sent(screen).length).toBe(1)
    const [signed] = sent(screen)
    expect(signed?.strokes).toHaveLength(4)
    expect(
      signed?.strokes.flat().every(({ x, y }) => x >= 0 && y >= 0 && x <= signed.width && y <= signed.height),
    ).toBe(true)
  })

  test('is no signature as a dot, and can be begun again', async ({ openScreen }) => {
    const { page } = await open(openScreen, sign())
    await pad(page).click()
    await expect(button(page, 'Ký lại')).toBeEnabled()
    await expect(button(page, 'Ký xong')).toBeDisabled()
    await wave(page)
    await expect(button(page, 'Ký xong')).toBeEnabled()
    await button(page, 'Ký lại').click()
    await expect(button(page, 'Ký xong')).toBeDisabled()
    await expect(page.getByText('Ký vào đây')).toBeVisible()
  })

  test('that was not saved stays on the pad and can be sent again', async ({ openScreen }) => {
    const screen = await open(openScreen, sign(), { more: { sign: () => failed('DISK_FULL') } })
    await wave(screen.page)
    await button(screen.page, 'Ký xong').click()
    await expect(screen.page.getByRole('alert')).toContainText('Máy chưa lưu được chữ ký')
    await screen.picture('citizen-sign-failed')
    screen.answer('sign', () => ok({}))
    await button(screen.page, 'Thử lại').click()
    await expect(screen.page.getByRole('alert')).toHaveCount(0)
    await expect.poll(() => sent(screen).length).toBe(2)
    const [first, second] = sent(screen)
    expect(second?.strokes).toEqual(first?.strokes)
  })

  test('of a left hand is written on the left, with the buttons the other way round', async ({ openScreen }) => {
    const screen = await open(openScreen, sign())
    const right = { pad: await boxOf(screen.page), clear: await button(screen.page, 'Ký lại').boundingBox() }
    await screen.emit('citizenChanged', withViewing(sign(), { hand: 'left' }))
    await expect.poll(async () => (await boxOf(screen.page)).x).toBeLessThan(right.pad.x)
    const heading = await screen.page.getByRole('heading', { level: 1 }).boundingBox()
    const left = await boxOf(screen.page)
    expect(heading?.x).toBeGreaterThan(left.x + left.width)
    const clear = await button(screen.page, 'Ký lại').boundingBox()
    const done = await button(screen.page, 'Ký xong').boundingBox()
    expect(clear?.x).toBeGreaterThan(done?.x ?? Infinity)
    expect(right.clear?.x).toBeLessThan(right.pad.x + right.pad.width / 2)
    await screen.picture('citizen-sign-left')
    await screen.expectSound()
  })

  test('is asked of a representative for the child, and of a witness on an empty pad', async ({ openScreen }) => {
    const screen = await open(openScreen, { ...sign(child, 'representative'), address: 'chị', about: 'cháu' })
    const heading = screen.page.getByRole('heading', { level: 1 })
    await expect(heading).toHaveText('Mời chị ký tên thay cháu')
    await wave(screen.page)
    await screen.emit('citizenChanged', { ...sign({}, 'witness'), address: 'ông' })
    await expect(heading).toHaveText('Mời ông ký tên làm chứng')
    await expect(button(screen.page, 'Ký xong')).toBeDisabled()
    await expect(screen.page.getByText('Ký vào đây')).toBeVisible()
  })
})
