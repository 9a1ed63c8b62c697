import { expect } from '@playwright/test'
import { failed, ok, test } from './harness.ts'
import { bundle, health, looks, open, openPage, station, watchCopies } from './technician-desk.ts'

test.describe('the technician’s health and support bundle', () => {
  for (const [name, options] of Object.entries(looks)) {
    test(`draw what each device did, and warn of what gets worse: ${name}`, async ({ openScreen }) => {
      const screen = await open(openScreen, {}, options)
      await openPage(screen, 4)
      const { page } = screen
      await expect(page.getByText('reader chậm dần.')).toBeVisible()
      await expect(page.getByText('Trước: 2,1 giây; gần đây: 4,3 giây.')).toBeVisible()
      await expect(page.getByText('Trước: 1 %; gần đây: 12,4 %.')).toBeVisible()
      const reader = page.getByRole('region', { name: 'reader' })
      await expect(reader.getByRole('img').first()).toHaveAttribute('aria-label', /31\/10: \d+ xong, 5 hỏng/u)
      await expect(reader.locator('.bar-failed')).toHaveCount(4)
      await expect(reader).toContainText('CARD_REMOVED')
      await screen.picture(`technician-health-${name}`)
      await screen.expectSound()
    })

    test(`give a code that is read over the telephone: ${name}`, async ({ openScreen }) => {
      const screen = await open(openScreen, {}, options)
      await openPage(screen, 5)
      const { page } = screen
      await page.getByLabel('Thư mục (đường dẫn đầy đủ)').fill('/media/usb')
      await page.keyboard.press('Enter')
      await expect(page.locator('.bundle-group')).toHaveText(['K7QM', '2RTD', '91XA', 'PZ4C'])
      await expect(page.getByText(bundle.file)).toBeVisible()
      await expect(page.getByRole('region', { name: 'Tóm tắt' })).toContainText('Ổ đĩa: Hoạt động tốt')
      expect(screen.calls('makeBundle').map(({ input }) => input)).toEqual([{ folder: '/media/usb' }])
      await screen.picture(`technician-bundle-${name}`)
      await screen.expectSound()
    })
  }

  test('count acts in whole numbers on the first day', async ({ openScreen }) => {
    const first = { ...health.rows[0]!, done: 1, failed: 0 }
    const screen = await open(openScreen, { health: () => ok({ rows: [first], warnings: [] }) })
    await openPage(screen, 4)
    const axis = screen.page.locator('.chart').first().locator('svg text')
    await expect.poll(() => axis.allTextContents()).toEqual(expect.arrayContaining(['0', '1', '2']))
    expect((await axis.allTextContents()).join(' ')).not.toContain(',')
  })

  test('say when there are no figures yet', async ({ openScreen }) => {
    const screen = await open(openScreen, { health: () => ok({ rows: [], warnings: [] }) })
    await openPage(screen, 4)
    await expect(screen.page.getByText('Chưa có số liệu.')).toBeVisible()
    await screen.expectSound()
  })

  test('say why a bundle could not be made', async ({ openScreen }) => {
    const screen = await open(openScreen, { makeBundle: () => failed('EXPORT_FAILED') })
    await openPage(screen, 5)
    await screen.page.getByLabel('Thư mục (đường dẫn đầy đủ)').fill('/nowhere')
    await screen.page.keyboard.press('Enter')
    await expect(screen.page.getByRole('alert')).toContainText('Chưa ghi được tệp vào thư mục này')
    await screen.expectSound()
  })

  test('keep the address of the centre, and say what is wrong with one', async ({ openScreen }) => {
    const screen = await open(openScreen, { setCentre: () => failed('FIELD_FORMAT') })
    const { page } = screen
    await openPage(screen, 5)
    await expect(page.getByText('Chưa đặt; bước kiểm tra đường mạng cần địa chỉ này.')).toBeVisible()
    await page.getByLabel('Địa chỉ').fill('http://centre')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert')).toContainText('Địa chỉ chưa đúng dạng')
    expect(screen.calls('makeBundle')).toEqual([])
    screen.answer('setCentre', () => ok({}))
    await page.getByLabel('Địa chỉ').fill('https://centre.example')
    await page.keyboard.press('Alt+S')
    await expect(page.getByText('Dùng khi kiểm tra đường mạng')).toBeVisible()
    expect(screen.calls('setCentre').at(-1)?.input).toEqual({ address: 'https://centre.example' })
  })

  test('ask for the address of the centre again when the officer has opened the desk', async ({ openScreen }) => {
    const screen = await open(openScreen, {
      station: () => ok({ ...station, phase: 'new' }),
      centre: () => failed('STATION_LOCKED'),
    })
    const { page } = screen
    await openPage(screen, 5)
    await expect(page.getByText('Đặt được sau khi cán bộ thiết lập quầy.')).toBeVisible()
    await expect(page.getByLabel('Địa chỉ')).toBeDisabled()
    screen.answer('centre', () => ok({ address: 'https://centre.example' }))
    await screen.emit('stationChanged', station)
    await expect(page.getByLabel('Địa chỉ')).toHaveValue('https://centre.example')
    await expect(page.getByText('Đặt được sau khi cán bộ thiết lập quầy.')).toHaveCount(0)
  })

  test('of a locked desk say that the address cannot be seen', async ({ openScreen }) => {
    const screen = await open(openScreen, { centre: () => failed('STATION_LOCKED') })
    await openPage(screen, 5)
    await expect(screen.page.getByRole('alert')).toContainText('Quầy đang khóa')
  })

  test('are copied', async ({ openScreen }) => {
    const screen = await open(openScreen)
    const copied = await watchCopies(screen)
    await openPage(screen, 4)
    await screen.page.getByRole('region', { name: 'reader' }).waitFor()
    await screen.page.keyboard.press('Alt+C')
    await expect.poll(copied).toContain('reader\t2026-10-31\t')
    await openPage(screen, 5)
    await screen.page.getByLabel('Thư mục (đường dẫn đầy đủ)').fill('/media/usb')
    await screen.page.keyboard.press('Enter')
    await screen.page.locator('.bundle-group').first().waitFor()
    await screen.page.keyboard.press('Alt+C')
    await expect.poll(copied).toContain('K7QM-2RTD-91XA-PZ4C')
  })
})
