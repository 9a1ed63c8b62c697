import { expect } from '@playwright/test'
import { failed, ok, test } from './harness.ts'
import { looks, open, openPage, trace, watchCopies } from './technician-desk.ts'

test.describe('the technician’s traces', () => {
  for (const [name, options] of Object.entries(looks)) {
    test(`show frames decoded beside hex, faults and masks marked: ${name}`, async ({ openScreen }) => {
      const screen = await open(openScreen, {}, options)
      await openPage(screen, 3)
      const table = screen.page.getByRole('region', { name: 'Vết, các dòng' })
      await expect(table.getByRole('row')).toHaveCount(trace.entries.length + 1)
      await expect(table.locator('[data-n="2"]')).toContainText('GetSlotStatus slot 0, seq 249')
      await expect(table.locator('[data-n="2"]')).toContainText('03 06 6F 00 00 00 00 F9')
      await expect(table.locator('[data-n="3"]')).toContainText('12 lần liền')
      await expect(table.locator('[data-n="5"]')).toContainText('168 byte đã che')
      await expect(table.locator('[data-n="5"]')).toContainText('thêm 132 byte')
      await expect(table.locator('[data-n="7"]')).toContainText('bị cắt')
      await expect(table.locator('[data-n="9"]')).toContainText('Bị rút ra')
      await screen.picture(`technician-traces-${name}`)
      await screen.expectSound()
    })
  }

  test('are followed while the page is shown, and not after it was left', async ({ openScreen }) => {
    let entries = trace.entries.slice(0, 3)
    const screen = await open(openScreen, {
      deviceTrace: ({ after }) => ok({ ...trace, entries: entries.filter(({ n }) => n > after) }),
    })
    await screen.page.clock.install()
    await openPage(screen, 3)
    await expect(screen.page.locator('[data-n="3"]')).toContainText('12 lần liền')
    entries = [...trace.entries.slice(0, 2), { ...trace.entries[2]!, times: 13 }, trace.entries[3]!]
    await expect(screen.page.locator('[data-n="4"]')).toContainText('XfrBlock')
    await expect(screen.page.locator('[data-n="3"]')).toContainText('13 lần liền')
    await expect(screen.page.locator('[data-n="3"]')).toHaveCount(1)
    await screen.page.keyboard.press('4')
    await screen.page.getByRole('heading', { level: 1, name: 'Sức khỏe' }).waitFor()
    const before = screen.calls('deviceTrace').length
    await screen.page.clock.runFor(10_000)
    expect(screen.calls('deviceTrace')).toHaveLength(before)
  })

  test('are not followed once that was switched off', async ({ openScreen }) => {
    const screen = await open(openScreen)
    await screen.page.clock.install()
    await openPage(screen, 3)
    await expect(screen.page.locator('[data-n="9"]')).toHaveCount(1)
    await screen.page.keyboard.press('Alt+F')
    await expect(screen.page.getByRole('switch', { name: /Theo dõi/u })).not.toBeChecked()
    await screen.page.clock.runFor(10_000)
    const before = screen.calls('deviceTrace').length
    await screen.page.clock.runFor(10_000)
    expect(screen.calls('deviceTrace')).toHaveLength(before)
  })

  test('begin anew when the device was bound anew', async ({ openScreen }) => {
    let answer = trace
    const screen = await open(openScreen, {
      deviceTrace: ({ after }) => ok({ ...answer, entries: answer.entries.filter(({ n }) => n > after) }),
    })
    await openPage(screen, 3)
    await expect(screen.page.locator('[data-n="9"]')).toHaveCount(1)
    answer = { ...trace, since: '2026-11-12T05:00:00.000Z', entries: trace.entries.slice(0, 2) }
    await expect(screen.page.locator('[data-n="9"]')).toHaveCount(0)
    await expect(screen.page.locator('[data-n="2"]')).toHaveCount(1)
  })

  test('can be narrowed to faults, and opened to the last byte', async ({ openScreen }) => {
    const screen = await open(openScreen)
    await openPage(screen, 3)
    const frame = screen.page.locator('[data-n="5"]')
    await frame.getByRole('button', { name: 'thêm 132 byte' }).click()
    await expect(frame.locator('.hex-line')).toHaveCount(12)
    await screen.page.keyboard.press('Alt+L')
    await expect(screen.page.locator('[data-n]')).toHaveCount(3)
    await expect(screen.page.locator('[data-n="2"]')).toHaveCount(0)
  })

  test('are stopped, gone on with, marked and exported', async ({ openScreen }) => {
    let running = true
    const screen = await open(openScreen, {
      deviceTrace: ({ after }) => ok({ ...trace, running, entries: trace.entries.filter(({ n }) => n > after) }),
      runTrace: ({ on }) => {
        running = on
        return ok({})
      },
      exportTrace: () => failed('EXPORT_FAILED'),
    })
    const { page } = screen
    await openPage(screen, 3)
    await expect(page.getByText('đang ghi')).toBeVisible()
    await page.keyboard.press('Alt+R')
    await expect(page.getByText('đã dừng')).toBeVisible()
    await page.keyboard.press('Alt+M')
    await page.getByLabel('Vài chữ để tìm lại').fill('đổi dây')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    expect(screen.calls('markTrace').map(({ input }) => input)).toEqual([{ device: 'reader', text: 'đổi dây' }])
    await page.keyboard.press('Alt+E')
    await page.getByLabel('Thư mục (đường dẫn đầy đủ)').fill('/media/usb')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toContainText('Chưa ghi được tệp vào thư mục này')
    await screen.picture('technician-export')
    await screen.expectSound()
    screen.answer('exportTrace', () => ok({ file: '/media/usb/reader.trace.json' }))
    await page.keyboard.press('Enter')
    await expect(page.getByText('/media/usb/reader.trace.json')).toBeVisible()
    expect(screen.calls('runTrace').map(({ input }) => input)).toEqual([{ device: 'reader', on: false }])
  })

  test('of a device that went away say so', async ({ openScreen }) => {
    const screen = await open(openScreen, { deviceTrace: () => failed('HOST_GONE') })
    await openPage(screen, 3)
    await expect(screen.page.getByRole('alert')).toContainText('HOST_GONE')
    await screen.expectSound()
  })

  test('of another device are chosen with the arrow keys', async ({ openScreen }) => {
    const screen = await open(openScreen)
    await openPage(screen, 3)
    await screen.page.getByRole('button', { name: /^reader/u }).focus()
    await screen.page.keyboard.press('ArrowDown')
    await expect(screen.page.getByRole('button', { name: /^scanner/u })).toBeFocused()
    await expect.poll(() => screen.calls('deviceTrace').at(-1)?.input['device']).toBe('scanner')
  })

  test('are copied whole as tab-separated text', async ({ openScreen }) => {
    const screen = await open(openScreen)
    const copied = await watchCopies(screen)
    await openPage(screen, 3)
    await screen.page.locator('[data-n="9"]').waitFor()
    await screen.page.keyboard.press('Alt+C')
    await expect.poll(async () => (await copied()).split('\n')).toHaveLength(trace.entries.length + 1)
    expect(await copied()).toContain('XfrBlock · INTERNAL AUTHENTICATE, 8 bytes · 8 byte đã che')
  })
})
