import { expect, type Page } from '@playwright/test'
import type { CitizenView } from '#contract/index.ts'
import type { Viewing } from '#domain/enrolment/index.ts'
import { overflows } from './citizen-checks.ts'
import { citizenAnswers, withViewing } from './citizen-desk.ts'
import { check, child, long, onePage } from './citizen-scenes.ts'
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
const line = (page: Page, name: RegExp) => page.getByRole('button', { name })

test.describe('the one page', () => {
  test('is confirmed once, after main has every line and the portrait of it on record', async ({ openScreen }) => {
    let taken: () => void = () => undefined
    const report = new Promise<void>((done) => {
      taken = done
    })
    const view = onePage()
    const screen = await open(openScreen, view, { more: { reportShown: () => report.then(() => ok({})) } })
    await expect.poll(() => screen.calls('reportShown').length).toBe(1)
    const told = screen.calls('reportShown')[0]?.input
    expect(told?.['what']).toEqual({ kind: 'page', details: view.details, portrait: view.portrait?.name })
    expect(told?.['lines']).toEqual([
      'Mời bác xem lại. Tất cả có đúng không?',
      '1. Họ và tên: Quàng Văn Mẫu',
      '2. Số định danh: 014 088 004 567',
      '3. Ngày sinh: 01/06/1988',
      '4. Giới tính: Nam',
      '5. Quốc tịch: Việt Nam',
      '6. Dân tộc: Thái',
      '7. Tôn giáo: Không',
      '8. Quê quán: Thôm Mòn, Thuận Châu, Sơn La',
      '9. Nơi cư trú: Bản Mẫu, Thuận Châu, Sơn La',
    ])
    await screen.page.keyboard.press('1')
    await expect(button(screen.page, 'Đúng hết')).toBeDisabled()
    taken()
    await expect(button(screen.page, 'Đúng hết')).toBeEnabled()
    expect(screen.calls('confirmPage')).toEqual([])
    await button(screen.page, 'Đúng hết').dblclick()
    await screen.page.keyboard.press('1')
    await expect.poll(() => screen.calls('confirmPage').length).toBe(1)
    await expect(button(screen.page, 'Đúng hết')).toBeDisabled()
    expect(screen.calls('confirmPage')).toHaveLength(1)
  })

  test('asks which line after “something is wrong”, and sends the line that is touched', async ({ openScreen }) => {
    const screen = await open(openScreen, onePage())
    await button(screen.page, 'Có chỗ sai').click()
    await expect(screen.page.getByRole('heading', { level: 1 })).toContainText('Chỗ nào sai?')
    await expect(line(screen.page, /^5 Quốc tịch/u)).toBeEnabled()
    await screen.picture('citizen-page-which')
    await screen.expectSound()
    expect(await overflows(screen.page)).toEqual([])
    await line(screen.page, /^5 Quốc tịch/u).click()
    await expect
      .poll(() => screen.calls('answerDetail').map(({ input }) => input))
      .toEqual([{ field: 'nationality', value: 'Việt Nam', answer: 'wrong' }])
    expect(screen.calls('confirmPage')).toEqual([])
  })

  test('takes the number of a line from a number pad, but not the second tap of “not sure”', async ({ openScreen }) => {
    const screen = await open(openScreen, onePage())
    await expect(button(screen.page, 'Không chắc')).toBeEnabled()
    await screen.page.keyboard.press('Numpad3')
    await screen.page.keyboard.press('Numpad3')
    await expect(line(screen.page, /^9 Nơi cư trú/u)).toBeEnabled()
    expect(screen.calls('answerDetail')).toEqual([])
    await screen.page.keyboard.press('Numpad9')
    await expect
      .poll(() => screen.calls('answerDetail').map(({ input }) => [input['field'], input['answer']]))
      .toEqual([['residence', 'unsure']])
  })

  test('leads back from the lines without an answer', async ({ openScreen }) => {
    const screen = await open(openScreen, onePage())
    await button(screen.page, 'Có chỗ sai').click()
    await expect(button(screen.page, 'Quay lại')).toBeEnabled()
    await screen.page.keyboard.press('0')
    await expect(button(screen.page, 'Đúng hết')).toBeEnabled()
    expect(screen.calls('answerDetail')).toEqual([])
    await button(screen.page, 'Đúng hết').click()
    await expect.poll(() => screen.calls('confirmPage').length).toBe(1)
  })

  test('longer than the screen cannot be confirmed before its end was there', async ({ openScreen }) => {
    const screen = await open(openScreen, onePage(long), {
      size: { width: 1024, height: 600 },
      viewing: { textSize: 200 },
    })
    const { page } = screen
    const further = button(page, 'Xem tiếp phần dưới')
    await expect(further).toBeEnabled()
    await page.keyboard.press('1')
    await expect(button(page, 'Đúng hết')).toBeDisabled()
    expect(screen.calls('reportShown')).toEqual([])
    let turns = 0
    await expect(async () => {
      turns++
      await further.click({ timeout: 1000 })
      await expect(further).toBeDisabled({ timeout: 100 })
    }).toPass()
    expect(turns).toBeGreaterThan(1)
    await screen.picture('citizen-page-end')
    await expect(button(page, 'Đúng hết')).toBeEnabled()
    expect(screen.calls('reportShown')).toHaveLength(1)
    await button(page, 'Đúng hết').click()
    await expect.poll(() => screen.calls('confirmPage').length).toBe(1)
  })

  test('is turned with the arrow keys too', async ({ openScreen }) => {
    const screen = await open(openScreen, onePage(long), {
      size: { width: 1024, height: 600 },
      viewing: { textSize: 200 },
    })
    await expect(button(screen.page, 'Xem tiếp phần dưới')).toBeEnabled()
    await expect(async () => {
      await screen.page.keyboard.press('PageDown')
      await expect(button(screen.page, 'Xem tiếp phần dưới')).toBeDisabled({ timeout: 100 })
    }).toPass()
    await expect(button(screen.page, 'Đúng hết')).toBeEnabled()
  })

  test('without its portrait on the screen cannot be confirmed', async ({ openScreen }) => {
    const view = onePage()
    const path = `/blob/${view.portrait?.name ?? ''}`
    const screen = await open(openScreen, check('fullName'), { pictures: { [path]: new Uint8Array([1, 2, 3]) } })
    await screen.emit('citizenChanged', view)
    await expect(button(screen.page, 'Hiện lại ảnh chân dung')).toBeVisible()
    await expect(button(screen.page, 'Đúng hết')).toBeDisabled()
    expect(screen.calls('reportShown').filter(({ input }) => JSON.stringify(input).includes('"page"'))).toEqual([])
    await screen.picture('citizen-page-no-portrait')
    await button(screen.page, 'Có chỗ sai').click()
    await line(screen.page, /^1 Họ và tên/u).click()
    await expect.poll(() => screen.calls('answerDetail').length).toBe(1)
  })

  test('speaks to a representative about the child', async ({ openScreen }) => {
    const screen = await open(openScreen, { ...onePage(child), address: 'chị', about: 'cháu' })
    await expect(screen.page.getByRole('heading', { level: 1 })).toContainText(
      'Thông tin của cháu: tất cả có đúng không?',
    )
  })

  test('that main could not save can be confirmed again', async ({ openScreen }) => {
    const screen = await open(openScreen, onePage(), { more: { confirmPage: () => failed('DISK_FULL') } })
    await button(screen.page, 'Đúng hết').click()
    await expect(screen.page.getByRole('alert')).toContainText('Máy chưa ghi được câu trả lời')
    expect(await overflows(screen.page)).toEqual([])
    screen.answer('confirmPage', () => ok({}))
    await button(screen.page, 'Đúng hết').click()
    await expect.poll(() => screen.calls('confirmPage').length).toBe(2)
    await expect(screen.page.getByRole('alert')).toHaveCount(0)
  })
})
