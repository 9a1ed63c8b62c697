import { expect, type Page } from '@playwright/test'
import type { CitizenView, StationView } from '#contract/index.ts'
import { detailFields, type DetailField } from '#domain/person/index.ts'
import { cutOff, giveVoice, tooSmall } from './citizen-checks.ts'
import { failed, ok, test, type Answers, type Screen, type ScreenOptions } from './harness.ts'

// Invented people.
const person: Readonly<Record<DetailField, string>> = {
  fullName: 'Quàng Văn Mẫu',
  personalNumber: '014088004567',
  birthDate: '01/06/1988',
  sex: 'Nam',
  nationality: 'Việt Nam',
  ethnicity: 'Thái',
  religion: 'Không',
  origin: 'Thôm Mòn, Thuận Châu, Sơn La',
  residence: 'Bản Mẫu, Thuận Châu, Sơn La',
}
const long: Partial<Record<DetailField, string>> = {
  fullName: 'Nguyễn Hoàng Phương Thảo Nguyên Trường Giang Thương Thương Mẫu Rất Dài H’Wương Ksor Kpă Niê Blŏ',
  residence: `Số 1234/56/7 ngách 89 ngõ 1011 tổ dân phố số 12, bản Mẫu Nghiêng Phương Thuợng, khu tái định cư Trường Khuyến Nông, xã Thuận Châu, tỉnh Sơn La (${'Nghiêng'.repeat(9)})`,
}
const visit = { address: 'bác', done: 2, total: 7 } as const
const check = (field: DetailField, value = person[field], place = detailFields.indexOf(field) + 1): CitizenView => ({
  scene: 'check',
  ...visit,
  done: 4,
  detail: { field, value },
  place,
  of: 9,
})
const sign = (values: Partial<Record<DetailField, string>> = {}): CitizenView => ({
  scene: 'sign',
  ...visit,
  done: 5,
  details: detailFields.map((field) => ({ field, value: values[field] ?? person[field] })),
  portrait: { name: '00ff'.repeat(8), sha256: '0'.repeat(64), size: 10, mediaType: 'image/jpeg' },
})

const scenes: Readonly<Record<string, CitizenView>> = {
  idle: { scene: 'idle' },
  greeting: { scene: 'greeting', ...visit, done: 0 },
  wait: { scene: 'wait', ...visit, done: 1 },
  portrait: { scene: 'portrait', ...visit },
  'check-name': check('fullName'),
  'check-number': check('personalNumber'),
  'check-year': check('birthDate', '1988'),
  'check-residence': check('residence'),
  'check-long-name': check('fullName', long.fullName),
  'check-long-residence': check('residence', long.residence),
  correcting: { scene: 'correcting', ...visit, done: 4 },
  sign: sign(),
  'sign-long': sign(long),
  thanks: { scene: 'thanks', ...visit, done: 7, due: '2026-11-23' },
}

const station: StationView = {
  phase: 'open',
  code: 'SL-0312',
  name: 'Công an xã Thuận Châu',
  runtime: 'electron',
  simulated: false,
  today: '2026-11-12',
}
const answers = (view: CitizenView, more: Answers = {}): Answers => ({
  station: () => ok(station),
  citizenView: () => ok(view),
  ...more,
})

type Open = (options: ScreenOptions) => Promise<Screen>
const open = (openScreen: Open, view: CitizenView, options: Partial<ScreenOptions> & { more?: Answers } = {}) =>
  openScreen({ role: 'citizen', size: { width: 1280, height: 800 }, ...options, answers: answers(view, options.more) })
const sceneOf = (page: Page) => page.locator('.citizen')
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

for (const [width, height] of [
  [1280, 800],
  [1024, 600],
] as const) {
  test.describe(`on a screen of ${width}×${height}`, () => {
    for (const [name, view] of Object.entries(scenes)) {
      test(`${name} is whole, readable and accessible`, async ({ openScreen }) => {
        const screen = await open(openScreen, view, { size: { width, height } })
        await expect(sceneOf(screen.page)).toHaveAttribute('data-scene', view.scene)
        await expect(screen.page.getByRole('heading', { level: 1 })).toBeVisible()
        await screen.page.evaluate(() => document.fonts.ready.then(() => undefined))
        await screen.picture(`citizen-${name}-${width}`)
        await screen.expectSound()
        expect(await screen.page.evaluate(tooSmall)).toEqual([])
        expect(await screen.page.evaluate(cutOff)).toEqual([])
      })
    }
  })
}

test.describe('a check', () => {
  test('sends the answer that was pressed, with the value that was shown', async ({ openScreen }) => {
    for (const [name, answer] of [
      ['Đúng', 'right'],
      ['Sai', 'wrong'],
      ['Không chắc', 'unsure'],
    ] as const) {
      const { page, calls } = await open(openScreen, check('personalNumber'))
      await expect(page.locator('.value')).toHaveText('014 088 004 567')
      await button(page, name).click()
      await expect
        .poll(() => calls('answerDetail').map(({ input }) => input))
        .toEqual([{ field: 'personalNumber', value: '014088004567', answer }])
    }
  })

  test('is answered by the digits of the keyboard and of a number pad', async ({ openScreen }) => {
    const screen = await open(openScreen, check('fullName'))
    for (const [place, [key, answer]] of (
      [
        ['1', 'right'],
        ['2', 'wrong'],
        ['Numpad3', 'unsure'],
      ] as const
    ).entries()) {
      await screen.emit('citizenChanged', check('fullName', `Mẫu ${place}`, place + 1))
      await expect(screen.page.locator('.value')).toHaveText(`Mẫu ${place}`)
      await expect(button(screen.page, 'Đúng')).toBeEnabled()
      await screen.page.keyboard.press(key)
      await expect
        .poll(() => screen.calls('answerDetail').at(-1)?.input)
        .toEqual({ field: 'fullName', value: `Mẫu ${place}`, answer })
    }
  })

  test('takes a double tap as one answer', async ({ openScreen }) => {
    const screen = await open(openScreen, check('fullName'))
    await button(screen.page, 'Đúng').dblclick({ force: false })
    await screen.page.keyboard.press('2')
    await screen.emit('citizenChanged', check('personalNumber'))
    await expect(screen.page.locator('.value')).toHaveText('014 088 004 567')
    await expect(button(screen.page, 'Đúng')).toBeEnabled()
    expect(screen.calls('answerDetail').map(({ input }) => input['field'])).toEqual(['fullName'])
  })

  test('lets the second tap of a double tap fall on nothing, also when the next question came in between', async ({
    openScreen,
  }) => {
    const screen = await open(openScreen, check('fullName'))
    const { page } = screen
    const right = button(page, 'Đúng')
    await expect(right).toBeEnabled()
    screen.answer('answerDetail', async () => {
      await screen.emit('citizenChanged', check('personalNumber'))
      return ok({})
    })
    await page.clock.install()
    await page.clock.pauseAt(Date.now() + 60_000)
    const box = await right.boundingBox()
    if (!box) throw new Error('no button')
    const tap = () => page.mouse.click(box.x + 40, box.y + 40)
    await tap()
    await expect(page.locator('.value')).toHaveText('014 088 004 567')
    await tap()
    await page.keyboard.press('1')
    await expect(right).toBeDisabled()
    await page.clock.runFor(1000)
    await expect(right).toBeEnabled()
    expect(screen.calls('answerDetail').map(({ input }) => input['field'])).toEqual(['fullName'])
    await tap()
    await expect
      .poll(() => screen.calls('answerDetail').map(({ input }) => input['field']))
      .toEqual(['fullName', 'personalNumber'])
  })

  test('accepts only a press that began on its own buttons', async ({ openScreen }) => {
    const screen = await open(openScreen, check('fullName'))
    await expect(button(screen.page, 'Sai')).toBeEnabled()
    await button(screen.page, 'Sai').hover()
    await screen.page.mouse.down()
    await screen.emit('citizenChanged', check('personalNumber'))
    await expect(screen.page.locator('.value')).toHaveText('014 088 004 567')
    await expect(button(screen.page, 'Sai')).toBeEnabled()
    await screen.page.mouse.up()
    await button(screen.page, 'Đúng').click()
    await expect
      .poll(() => screen.calls('answerDetail').map(({ input }) => [input['field'], input['answer']]))
      .toEqual([['personalNumber', 'right']])
  })

  test('says calmly that an answer was not saved, and tries again on request', async ({ openScreen }) => {
    const screen = await open(openScreen, check('fullName'), { more: { answerDetail: () => failed('DISK_FULL') } })
    await button(screen.page, 'Sai').click()
    await expect(screen.page.getByRole('alert')).toContainText('Máy chưa ghi được câu trả lời')
    await expect(screen.page.locator('body')).not.toContainText('DISK_FULL')
    await screen.picture('citizen-check-failed')
    await screen.expectSound()
    screen.answer('answerDetail', () => ok({}))
    await button(screen.page, 'Thử lại').click()
    await expect(screen.page.getByRole('alert')).toHaveCount(0)
    await expect
      .poll(() => screen.calls('answerDetail').map(({ input }) => input['answer']))
      .toEqual(['wrong', 'wrong'])
  })
})

type Point = { readonly x: number; readonly y: number; readonly t: number; readonly pressure: number }
type Signed = {
  readonly width: number
  readonly height: number
  readonly strokes: readonly (readonly Point[])[]
  readonly png: { readonly bytes: number }
}

test.describe('a signature', () => {
  const wave = async (page: Page) => {
    const box = await page.getByRole('img', { name: 'Khung ký tên' }).boundingBox()
    if (!box) throw new Error('no pad')
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

  test('is recorded as strokes with time and pressure, and sent once with its picture', async ({ openScreen }) => {
    const screen = await open(openScreen, sign())
    const { page } = screen
    await expect(button(page, 'Ký xong')).toBeDisabled()
    const box = await wave(page)
    await screen.picture('citizen-signed')
    await button(page, 'Ký xong').dblclick()
    await expect.poll(() => screen.calls('sign').length).toBe(1)
    const sent = screen.calls('sign')[0]?.input as unknown as Signed
    expect(Math.abs(sent.width - box.width) + Math.abs(sent.height - box.height)).toBeLessThan(2)
    expect(sent.strokes).toHaveLength(2)
    const points = sent.strokes.flat()
    expect(points.length).toBeGreaterThan(20)
    expect(points[0]?.t).toBe(0)
    expect(points.map(({ t }) => t)).toEqual(points.map(({ t }) => t).toSorted((a, b) => a - b))
    expect(points.at(-1)?.t).toBeGreaterThan(0)
    expect(new Set(points.slice(0, 10).map(({ pressure }) => pressure))).toEqual(new Set([0.5]))
    expect(points.every(({ x, y }) => x >= 0 && y >= 0 && x <= sent.width && y <= sent.height)).toBe(true)
    expect(sent.png.bytes).toBeGreaterThan(1000)
  })

  test('keeps the pressure of a pen and leaves a palm beside it out', async ({ openScreen }) => {
    const screen = await open(openScreen, sign())
    const { page } = screen
    const pad = page.getByRole('img', { name: 'Khung ký tên' })
    await pad.evaluate((canvas: HTMLCanvasElement) => {
      const box = canvas.getBoundingClientRect()
      // A pointer that the browser did not make cannot be captured.
      canvas.setPointerCapture = () => undefined
      const send = (type: string, pointerId: number, pointerType: string, x: number, pressure: number) =>
        canvas.dispatchEvent(
          new PointerEvent(type, {
            pointerId,
            pointerType,
            clientX: box.x + x,
            clientY: box.y + 90,
            pressure,
            button: 0,
            bubbles: true,
            isPrimary: pointerId === 7,
          }),
        )
      send('pointerdown', 7, 'pen', 20, 0.2)
      send('pointerdown', 8, 'touch', 150, 1)
      for (let x = 30; x <= 180; x += 10) {
        send('pointermove', 7, 'pen', x, 0.2 + x / 400)
        send('pointermove', 8, 'touch', 150, 1)
      }
      send('pointerup', 8, 'touch', 150, 0)
      send('pointerup', 7, 'pen', 180, 0)
    })
    await button(page, 'Ký xong').click()
    await expect.poll(() => screen.calls('sign').length).toBe(1)
    const strokes = (screen.calls('sign')[0]?.input as unknown as Signed | undefined)?.strokes
    expect(strokes).toHaveLength(1)
    expect(strokes?.[0]?.map(({ pressure }) => pressure)).toEqual([
      0.2,
      ...Array.from({ length: 16 }, (_, at) => Math.round((0.2 + (30 + at * 10) / 400) * 1000) / 1000),
    ])
  })

  test('is no signature as a touch by accident, and can be begun again', async ({ openScreen }) => {
    const { page } = await open(openScreen, sign())
    await page.getByRole('img', { name: 'Khung ký tên' }).click()
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
    await expect.poll(() => screen.calls('sign').length).toBe(2)
    const [first, second] = screen.calls('sign')
    expect(second?.input['strokes']).toEqual(first?.input['strokes'])
  })
})

test.describe('the citizen’s window', () => {
  test('holds nothing of the last citizen when the visit ends: it starts afresh, in Vietnamese', async ({
    openScreen,
  }) => {
    const screen = await open(openScreen, check('fullName'))
    const { page } = screen
    await button(page, 'English').click()
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
    for (const value of Object.values(person).filter((value) => value.length > 6))
      expect(everything).not.toContain(value)
    await expect(page.getByRole('button', { name: 'Tiếng Việt' })).toHaveAttribute('aria-pressed', 'true')
  })

  test('stays as it is when it starts between two citizens', async ({ openScreen }) => {
    const screen = await open(openScreen, { scene: 'idle' })
    await expect(screen.page.getByText('Công an xã Thuận Châu')).toBeVisible()
    await screen.emit('citizenChanged', { scene: 'idle' })
    await screen.emit('citizenChanged', { scene: 'greeting', ...visit, done: 0 })
    await expect(screen.page.getByRole('heading', { level: 1 })).toHaveText('Xin chào bác')
    expect(screen.calls('citizenView')).toHaveLength(1)
  })

  test('speaks English when asked to, and says what a Vietnamese value means', async ({ openScreen }) => {
    const screen = await open(openScreen, check('sex'))
    await button(screen.page, 'English').click()
    await expect(screen.page.getByRole('heading', { level: 1 })).toContainText('Sex: is this right?')
    await expect(screen.page.locator('.value')).toHaveText('Nam')
    await expect(screen.page.getByText('male', { exact: true })).toBeVisible()
    await expect(button(screen.page, 'Not sure')).toBeVisible()
    await screen.picture('citizen-check-english')
    await screen.expectSound()
  })

  test('has no button for listening without a voice, and reads digits and dates with one', async ({ openScreen }) => {
    const silent = await open(openScreen, check('birthDate'))
    await expect(button(silent.page, 'Đúng')).toBeVisible()
    await expect(silent.page.getByRole('button', { name: 'Nghe lại' })).toHaveCount(0)

    const screen = await open(openScreen, check('birthDate'), { before: giveVoice })
    const said = () => screen.page.evaluate(() => (window as unknown as { said: string[] }).said)
    await expect.poll(said).toContain('Ngày sinh của bác có đúng không? ngày 1 tháng 6 năm 1988')
    await screen.emit('citizenChanged', check('personalNumber'))
    await expect.poll(said).toContain('Số định danh của bác có đúng không? 0 1 4, 0 8 8, 0 0 4, 5 6 7')
    const before = (await said()).length
    await screen.page.getByRole('button', { name: 'Nghe lại' }).click()
    await expect.poll(async () => (await said()).length).toBe(before + 1)
    await screen.picture('citizen-check-listen')
    await screen.expectSound()
    await button(screen.page, 'English').click()
    await expect(screen.page.getByRole('button', { name: 'Listen again' })).toHaveCount(0)
  })

  test('offers nothing to select, open or save', async ({ openScreen }) => {
    const { page } = await open(openScreen, check('fullName'))
    await expect(page.locator('.value')).toBeVisible()
    expect(await page.locator('a, input, textarea, video').count()).toBe(0)
    const prevented = (name: string) =>
      page.evaluate(
        (type) =>
          !document.querySelector('.value')?.dispatchEvent(new Event(type, { bubbles: true, cancelable: true })),
        name,
      )
    for (const name of ['contextmenu', 'selectstart', 'dragstart', 'copy'])
      expect(await prevented(name), name).toBe(true)
    await page.locator('.value').dblclick()
    expect(await page.evaluate(() => getSelection()?.toString())).toBe('')
  })

  test('waits with calm words when main does not answer, and asks again', async ({ openScreen }) => {
    const screen = await open(openScreen, { scene: 'idle' }, { more: { citizenView: () => failed('INTERNAL') } })
    await expect(screen.page.getByRole('alert')).toContainText('Xin chờ một chút')
    await screen.picture('citizen-unreachable')
    await screen.expectSound()
    screen.answer('citizenView', () => ok(check('fullName')))
    await button(screen.page, 'Thử lại').click()
    await expect(screen.page.locator('.value')).toHaveText('Quàng Văn Mẫu')
  })

  test('says on every scene that a run is a trial', async ({ openScreen }) => {
    const screen = await open(
      openScreen,
      { scene: 'idle' },
      { more: { station: () => ok({ ...station, simulated: true }) }, size: { width: 1024, height: 600 } },
    )
    await expect(screen.page.getByText('Bản chạy thử')).toBeVisible()
    await screen.emit('citizenChanged', check('fullName'))
    await expect(screen.page.locator('.value')).toBeVisible()
    await expect(screen.page.getByText('Bản chạy thử')).toBeVisible()
    await screen.picture('citizen-trial')
    await screen.expectSound()
  })

  test('is whole in the dark and on an upright screen', async ({ openScreen }) => {
    for (const [name, options] of Object.entries({
      dark: { dark: true },
      upright: { size: { width: 768, height: 1024 } },
    })) {
      for (const scene of ['check-residence', 'sign', 'thanks'] as const) {
        const screen = await open(openScreen, scenes[scene] ?? { scene: 'idle' }, options)
        await expect(screen.page.getByRole('heading', { level: 1 })).toBeVisible()
        await screen.picture(`citizen-${scene}-${name}`)
        await screen.expectSound()
        expect(await screen.page.evaluate(cutOff)).toEqual([])
      }
    }
  })
})
