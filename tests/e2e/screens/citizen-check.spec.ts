import { expect, type Page } from '@playwright/test'
import type { CitizenView } from '#contract/index.ts'
import type { Viewing } from '#domain/enrolment/index.ts'
import { heard, overhear } from './citizen-sound.ts'
import { citizenAnswers, withViewing } from './citizen-desk.ts'
import { check, child, long, person } from './citizen-scenes.ts'
import { failed, ok, test, type Answers, type Screen, type ScreenOptions } from './harness.ts'

type Options = Partial<ScreenOptions> & { readonly more?: Answers; readonly viewing?: Partial<Viewing> }
const open = (openScreen: (options: ScreenOptions) => Promise<Screen>, view: CitizenView, options: Options = {}) =>
  openScreen({
    role: 'citizen',
    size: { width: 1366, height: 768 },
    ...options,
    answers: citizenAnswers(withViewing(view, options.viewing ?? {}), options.more),
  })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const answersOf = (screen: Screen) => screen.calls('answerDetail').map(({ input }) => input)

test.describe('a question', () => {
  test('sends the answer that was pressed, with the value that was shown', async ({ openScreen }) => {
    for (const [name, answer] of [
      ['Đúng', 'right'],
      ['Sai', 'wrong'],
      ['Không chắc', 'unsure'],
    ] as const) {
      const screen = await open(openScreen, check('personalNumber'))
      await expect(screen.page.locator('.check-value')).toHaveText('014 088 004 567')
      await button(screen.page, name).click()
      await expect.poll(() => answersOf(screen)).toEqual([{ field: 'personalNumber', value: '014088004567', answer }])
    }
  })

  test('can be answered only after main has taken on record what stands there, word for word', async ({
    openScreen,
  }) => {
    let taken: () => void = () => undefined
    const report = new Promise<void>((done) => {
      taken = done
    })
    const screen = await open(openScreen, check('sex'), {
      viewing: { language: 'en' },
      more: { reportShown: () => report.then(() => ok({})) },
    })
    await expect.poll(() => screen.calls('reportShown').length).toBe(1)
    expect(screen.calls('reportShown')[0]?.input).toEqual({
      what: { kind: 'detail', field: 'sex', value: 'Nam' },
      language: 'en',
      lines: ['Sex: is this right?', 'Nam', 'male'],
      heard: 'nothing',
    })
    await expect(button(screen.page, 'Right')).toBeDisabled()
    await screen.page.keyboard.press('1')
    await button(screen.page, 'Right').click({ force: true })
    taken()
    await expect(button(screen.page, 'Right')).toBeEnabled()
    expect(answersOf(screen)).toEqual([])
    await screen.page.keyboard.press('1')
    await expect.poll(() => answersOf(screen)).toHaveLength(1)
  })

  test('that could not be taken on record says so, and is told once more on request', async ({ openScreen }) => {
    const screen = await open(openScreen, check('fullName'), { more: { reportShown: () => failed('DISK_FULL') } })
    await expect(screen.page.getByRole('alert')).toContainText('Máy chưa sẵn sàng nhận câu trả lời')
    await expect(button(screen.page, 'Đúng')).toBeDisabled()
    await screen.expectSound()
    await screen.picture('citizen-check-unrecorded')
    screen.answer('reportShown', () => ok({}))
    await button(screen.page, 'Thử lại').click()
    await expect(button(screen.page, 'Đúng')).toBeEnabled()
    await expect(screen.page.getByRole('alert')).toHaveCount(0)
  })

  test('in another language is another one: it is told anew before it can be answered', async ({ openScreen }) => {
    const screen = await open(openScreen, check('fullName'))
    await expect(button(screen.page, 'Đúng')).toBeEnabled()
    screen.answer('reportShown', () => 'never')
    await screen.emit('citizenChanged', withViewing(check('fullName'), { language: 'en' }))
    await expect
      .poll(() => screen.calls('reportShown').map(({ input }) => [input['language'], input['lines']]))
      .toEqual([
        ['vi', ['Họ và tên của bác có đúng không?', 'Quàng Văn Mẫu']],
        ['en', ['Full name: is this right?', 'Quàng Văn Mẫu']],
      ])
    await expect(button(screen.page, 'Right')).toBeDisabled()
  })

  test('longer than its place sleeps until its end was on the screen', async ({ openScreen }) => {
    const screen = await open(openScreen, check('residence', long.residence), {
      size: { width: 1024, height: 600 },
      viewing: { textSize: 200 },
    })
    const { page } = screen
    const further = button(page, 'Xem tiếp phần dưới')
    await expect(further).toBeEnabled()
    await expect(button(page, 'Đúng')).toBeDisabled()
    await screen.picture('citizen-check-turning')
    expect(screen.calls('reportShown')).toEqual([])
    const sizeOf = (value: Element) => parseFloat(getComputedStyle(value).fontSize)
    expect(await page.locator('.check-value').evaluate(sizeOf)).toBeGreaterThanOrEqual(2 * 24)
    await expect(async () => {
      await further.click({ timeout: 1000 })
      await expect(further).toBeDisabled({ timeout: 100 })
    }).toPass()
    await expect(button(page, 'Đúng')).toBeEnabled()
    expect(screen.calls('reportShown')).toHaveLength(1)
  })

  test('asks a representative about the child', async ({ openScreen }) => {
    const screen = await open(openScreen, { ...check('fullName', child.fullName), address: 'chị', about: 'cháu' })
    await expect(screen.page.getByRole('heading', { level: 1 })).toContainText('Họ và tên của cháu có đúng không?')
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
      await expect(screen.page.locator('.check-value')).toHaveText(`Mẫu ${place}`)
      await expect(button(screen.page, 'Đúng')).toBeEnabled()
      await screen.page.keyboard.press(key)
      await expect.poll(() => answersOf(screen).at(-1)).toEqual({ field: 'fullName', value: `Mẫu ${place}`, answer })
    }
  })

  test('is reached and answered with Tab and Enter alone', async ({ openScreen }) => {
    const screen = await open(openScreen, check('fullName'))
    await expect(button(screen.page, 'Sai')).toBeEnabled()
    for (let press = 0; press < 12; press++) {
      await screen.page.keyboard.press('Tab')
      if (await button(screen.page, 'Sai').evaluate((element) => element === document.activeElement)) break
    }
    await expect(button(screen.page, 'Sai')).toBeFocused()
    await screen.page.keyboard.press('Enter')
    await expect.poll(() => answersOf(screen).map(({ answer }) => answer)).toEqual(['wrong'])
  })

  test('takes a double tap as one answer', async ({ openScreen }) => {
    const screen = await open(openScreen, check('fullName'))
    await button(screen.page, 'Đúng').dblclick({ force: false })
    await screen.page.keyboard.press('2')
    await screen.emit('citizenChanged', check('personalNumber'))
    await expect(screen.page.locator('.check-value')).toHaveText('014 088 004 567')
    await expect(button(screen.page, 'Đúng')).toBeEnabled()
    expect(answersOf(screen).map(({ field }) => field)).toEqual(['fullName'])
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
    await expect(page.locator('.check-value')).toHaveText('014 088 004 567')
    await tap()
    await page.keyboard.press('1')
    // The frames in which it is painted, and told.
    await page.clock.runFor(200)
    await expect.poll(() => screen.calls('reportShown').length).toBe(2)
    await tap()
    await expect(right).toBeDisabled()
    await page.clock.runFor(1000)
    await expect(right).toBeEnabled()
    expect(answersOf(screen).map(({ field }) => field)).toEqual(['fullName'])
    await tap()
    await expect.poll(() => answersOf(screen).map(({ field }) => field)).toEqual(['fullName', 'personalNumber'])
  })

  test('accepts only a press that began on its own buttons', async ({ openScreen }) => {
    const screen = await open(openScreen, check('fullName'))
    await expect(button(screen.page, 'Sai')).toBeEnabled()
    await button(screen.page, 'Sai').hover()
    await screen.page.mouse.down()
    await screen.emit('citizenChanged', check('personalNumber'))
    await expect(screen.page.locator('.check-value')).toHaveText('014 088 004 567')
    await expect(button(screen.page, 'Sai')).toBeEnabled()
    await screen.page.mouse.up()
    await button(screen.page, 'Đúng').click()
    await expect
      .poll(() => answersOf(screen).map(({ field, answer }) => [field, answer]))
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
    await expect.poll(() => answersOf(screen).map(({ answer }) => answer)).toEqual(['wrong', 'wrong'])
  })

  test('is read aloud with its value, digits one by one and dates with their words, and once more on request', async ({
    openScreen,
  }) => {
    const silent = await open(openScreen, check('birthDate'))
    await expect(button(silent.page, 'Đúng')).toBeVisible()
    await expect(silent.page.getByRole('button', { name: 'Nghe lại' })).toHaveCount(0)

    const screen = await open(openScreen, check('birthDate'), { before: overhear })
    const said = async () => (await heard(screen.page)).join(' ')
    await expect.poll(said).toContain('Ngày sinh của bác có đúng không?')
    await screen.picture('citizen-check-listen')
    await expect.poll(() => screen.calls('reportShown').map(({ input }) => input['heard'])).toContain('voice')
    await screen.emit('citizenChanged', check('personalNumber'))
    await expect.poll(said).toContain('Số định danh của bác có đúng không?')
    await button(screen.page, 'Nghe lại').click()
    await expect.poll(async () => (await said()).split('Số định danh').length).toBe(3)
    expect(person.personalNumber).toBe('014088004567')
  })
})
