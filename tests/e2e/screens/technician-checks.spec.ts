import { expect } from '@playwright/test'
import type { CallOutput } from '#contract/index.ts'
import { AppError, type Result } from '#domain/failure/index.ts'
import { failed, ok, test } from './harness.ts'
import { looks, open, openPage, readerReport, stationReports, watchCopies } from './technician-desk.ts'

type Outcome = Result<CallOutput<'checkDevice'>>

test.describe('the technician’s guided tests', () => {
  for (const [name, options] of Object.entries(looks)) {
    test(`show the last verdict of each, and what to do about each cause: ${name}`, async ({ openScreen }) => {
      const screen = await open(openScreen, {}, options)
      await openPage(screen, 2)
      const list = screen.page.getByRole('list', { name: 'Những gì kiểm tra được' })
      await expect(list.getByRole('button', { name: /Đầu đọc thẻ chip reader/u })).toContainText(
        'Dùng được, có hạn chế',
      )
      await expect(list.getByRole('button', { name: /Đồng hồ máy/u })).toContainText('Không hoạt động')
      await expect(list.getByRole('button', { name: /Máy lấy vân tay scanner/u })).toContainText('chưa kiểm tra')
      const report = screen.page.getByRole('region', { name: 'Kết quả' })
      await expect(report).toContainText('Ăng-ten đầu đọc yếu')
      await expect(report).toContainText('Đưa đầu đọc xa vật kim loại')
      await expect(report.getByRole('row', { name: /Lần đọc tốt/u })).toContainText('dẫn tới kết luận')
      await screen.picture(`technician-checks-${name}`)
      await screen.expectSound()
    })
  }

  test('are led by large words, gone on with by Enter and kept when they end', async ({ openScreen }) => {
    const { promise, resolve } = Promise.withResolvers<Outcome>()
    const screen = await open(openScreen, { checks: () => ok([]), checkDevice: () => promise })
    const { page } = screen
    await openPage(screen, 2)
    await expect(page.getByText('chưa kiểm tra').first()).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByText('Đang đo, chưa cần làm gì')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Đang đo…' })).toBeDisabled()
    await page.keyboard.press('Enter')
    await screen.emit('checkPrompt', { device: 'reader', prompt: 'lay-test-card', done: 0.2 })
    await expect(page.getByText('Đặt thẻ kiểm tra lên đầu đọc')).toBeVisible()
    await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '20')
    await screen.picture('technician-prompt')
    await screen.expectSound()
    await page.keyboard.press('Enter')
    await expect.poll(() => screen.calls('goOnChecking')).toHaveLength(1)
    expect(screen.calls('checkDevice').map(({ input }) => input)).toEqual([{ device: 'reader' }])
    await page.keyboard.press('1')
    await expect(page.getByRole('img', { name: 'đang kiểm tra' })).toBeVisible()
    await page.keyboard.press('2')
    await expect(page.getByText('Đặt thẻ kiểm tra lên đầu đọc')).toBeVisible()
    resolve(ok(readerReport))
    await expect(page.getByRole('region', { name: 'Kết quả' })).toContainText('Ăng-ten đầu đọc yếu')
  })

  for (const prompt of [
    'take-card-away',
    'clean-and-clear-platen',
    'lay-finger',
    'lift-finger',
    'lay-target',
    'scan-a-code',
    'press-shutter',
  ]) {
    test(`have words and a drawing for the prompt ${prompt}`, async ({ openScreen }) => {
      const screen = await open(openScreen, { checks: () => ok([]), checkDevice: () => 'never' })
      await openPage(screen, 2)
      await screen.page.keyboard.press('Enter')
      await expect(screen.page.getByText('Đang đo, chưa cần làm gì')).toBeVisible()
      await screen.emit('checkPrompt', { device: 'reader', prompt, done: 0.5 })
      await expect(screen.page.getByText('Đang đo, chưa cần làm gì')).toHaveCount(0)
      await expect(screen.page.getByRole('region', { name: 'Việc cần làm' })).not.toContainText(prompt)
      await expect(screen.page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '50')
      await expect(screen.page.getByRole('button', { name: 'Đã làm xong' })).toBeEnabled()
      await screen.picture(`technician-prompt-${prompt}`)
      await screen.expectFits()
    })
  }

  test('are stopped by Escape, and say that it was asked for', async ({ openScreen }) => {
    const { promise, resolve } = Promise.withResolvers<Outcome>()
    const screen = await open(openScreen, {
      checks: () => ok([]),
      checkDevice: () => promise,
      stopChecking: () => {
        resolve({ ok: false, error: new AppError('CANCELLED', 'device.check').toFailure() })
        return ok({})
      },
    })
    const { page } = screen
    await openPage(screen, 2)
    await page.keyboard.press('ArrowDown')
    await page.getByRole('button', { name: /Máy lấy vân tay scanner/u }).click()
    await page.keyboard.press('Enter')
    await expect(page.getByText('Đang đo, chưa cần làm gì')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByText('Đã dừng theo yêu cầu')).toBeVisible()
    expect(screen.calls('checkDevice').map(({ input }) => input)).toEqual([{ device: 'scanner' }])
    await screen.expectSound()
  })

  test('say why a device could not be tested', async ({ openScreen }) => {
    const screen = await open(openScreen, { checkDevice: () => failed('HOST_GONE') })
    await openPage(screen, 2)
    await screen.page.keyboard.press('Enter')
    await expect(screen.page.getByRole('alert')).toContainText('HOST_GONE')
  })

  test('test all of the station by one key, and one part of it by Enter', async ({ openScreen }) => {
    const screen = await open(openScreen, {
      checks: () => ok([]),
      checkStation: ({ subjects }) => ok(stationReports.filter(({ subject }) => subjects?.includes(subject) ?? true)),
    })
    const { page } = screen
    await openPage(screen, 2)
    await page.keyboard.press('Alt+A')
    await expect(page.getByRole('button', { name: /Đồng hồ máy/u })).toContainText('Không hoạt động')
    await expect(page.getByRole('button', { name: /^Ổ đĩa/u })).toBeInViewport({ ratio: 1 })
    await expect(page.getByRole('region', { name: 'Kết quả' })).toContainText('41,2 %')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => screen.calls('checkStation').map(({ input }) => input))
      .toEqual([{}, { subjects: ['disk'] }])
  })

  test('show what was found last, also when the clock was put back since', async ({ openScreen }) => {
    const before = { ...stationReports[0]!, at: '2036-11-12T03:52:00.000Z', verdict: 'fails' as const }
    const screen = await open(openScreen, {
      checks: () => ok([before]),
      checkStation: () => ok([stationReports[0]!]),
    })
    const { page } = screen
    await openPage(screen, 2)
    const disk = page.getByRole('button', { name: /^Ổ đĩa/u })
    await expect(disk).toContainText('Không hoạt động')
    await disk.click()
    await page.keyboard.press('Enter')
    await expect(disk).toContainText('Hoạt động tốt')
  })

  test('are copied with causes and figures', async ({ openScreen }) => {
    const screen = await open(openScreen)
    const copied = await watchCopies(screen)
    await openPage(screen, 2)
    await screen.page.getByRole('region', { name: 'Kết quả' }).waitFor()
    await screen.page.keyboard.press('Alt+C')
    await expect.poll(copied).toContain('(antenna-weak)')
    expect(await copied()).toContain('readMedianMs\t1812')
  })

  test('begin from the line of a device', async ({ openScreen }) => {
    const screen = await open(openScreen)
    await screen.page.getByRole('button', { name: 'Kiểm tra scanner' }).click()
    await expect(screen.page.getByRole('heading', { level: 2, name: 'Máy lấy vân tay scanner' })).toBeVisible()
    await expect(screen.page.getByText('Xem mặt kính đã lau')).toBeVisible()
    await screen.picture('technician-check-first')
    await screen.expectSound()
  })
})
