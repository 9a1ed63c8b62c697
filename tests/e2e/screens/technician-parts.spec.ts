import { execFileSync } from 'node:child_process'
import { expect } from '@playwright/test'
import type { CallOutput } from '#contract/index.ts'
import type { Result } from '#domain/failure/index.ts'
import { failed, ok, test, type Screen } from './harness.ts'
import { bundle, looks, open, openPage, parts, plugged, watchCopies } from './technician-desk.ts'

const row = ({ page }: Screen, text: string) => page.locator('tr[data-part]').filter({ hasText: text })
const line = ({ page }: Screen, address: string) => page.locator('.plugged tbody tr').filter({ hasText: address })
const table = ({ page }: Screen) => page.getByRole('region', { name: 'Màn hình, máy in, TPM và kho khóa' })

test.describe('displays, printers, TPM and keystore', () => {
  for (const [name, look] of Object.entries(looks))
    test(`are told with what they are for, since when and what is wrong (${name})`, async ({ openScreen }) => {
      const screen = await open(openScreen, {}, look)
      await expect(row(screen, 'eDP-1')).toContainText('Màn hình cán bộ')
      await expect(row(screen, 'DELL P2419H')).toContainText('1536 × 864 · 125 % · tại 1366, 0')
      await expect(row(screen, 'ViewSonic TD1655')).toContainText('không thấy')
      await expect(row(screen, 'ViewSonic TD1655')).toContainText('Chưa thấy thiết bị')
      await expect(row(screen, 'Canon LBP2900')).toContainText('Máy in không nhận trang')
      await expect(row(screen, 'HP LaserJet')).toContainText('mặc định')
      await expect(row(screen, 'tpm0')).toContainText('có, phiên bản 2.0')
      await expect(row(screen, 'gnome_libsecret')).toContainText('đang giữ khóa dữ liệu')
      await table(screen).scrollIntoViewIfNeeded()
      await screen.picture(`technician-parts-${name}`)
      await screen.expectSound()
    })

  test('are copied as a line, and change as soon as main tells of it', async ({ openScreen }) => {
    const screen = await open(openScreen)
    const copied = await watchCopies(screen)
    await row(screen, 'tpm0')
      .getByRole('button', { name: /Sao chép/u })
      .click()
    expect(await copied()).toContain('TPM\ttpm0\tcó, phiên bản 2.0\t/dev/tpmrm0')
    await screen.emit('partsChanged', { ...parts, printers: [], tpm: { is: 'none' }, keystore: { is: 'none' } })
    await expect(table(screen)).toContainText('chưa có máy in nào')
    await expect(table(screen)).toContainText('máy không có')
    await expect(table(screen)).toContainText('không có, mở bằng cụm mật khẩu')
    await screen.emit('partsChanged', {
      displays: [],
      tpm: { is: 'not-looked-at' },
      keystore: { is: 'shut', name: 'dpapi' },
    })
    await expect(row(screen, 'Máy in')).toContainText('chưa hỏi được')
    await expect(row(screen, 'dpapi')).toContainText('giữ khóa nhưng không trả')
  })

  test("a display becomes the citizen's here, unless a citizen is at the desk", async ({ openScreen }) => {
    const screen = await open(openScreen, { chooseDisplay: () => failed('CITIZEN_AT_DESK') })
    const choose = row(screen, 'DELL P2419H').getByRole('button', { name: /cho công dân/u })
    await choose.click()
    await expect(screen.page.getByRole('alert')).toContainText('Có công dân đang làm việc tại quầy')
    await screen.expectSound()
    screen.answer('chooseDisplay', () => ok({}))
    await choose.click()
    await expect(screen.page.getByRole('alert')).toHaveCount(0)
    expect(screen.calls('chooseDisplay').map(({ input }) => input)).toEqual([{ key: 'stranger' }, { key: 'stranger' }])
  })

  test('a printer is tested from its line, by name, and the answers are asked for in words', async ({ openScreen }) => {
    const { promise, resolve } = Promise.withResolvers<Result<CallOutput<'checkPart'>>>()
    const screen = await open(openScreen, { checkPart: () => promise })
    const { page } = screen
    await row(screen, 'Canon LBP2900')
      .getByRole('button', { name: /Kiểm tra/u })
      .click()
    await expect(page.getByText('Đang chuẩn bị…')).toBeVisible()
    expect(screen.calls('checkPart').map(({ input }) => input)).toEqual([{ part: 'printer', printer: 'Canon_LBP2900' }])
    await screen.emit('partQuestion', { part: 'printer', ask: 'print', place: 1, of: 1 })
    await screen.picture('technician-print-question')
    await screen.expectSound()
    await page.getByRole('button', { name: 'Mờ hoặc có sọc' }).click()
    await expect(page.getByText('Đang chuẩn bị…')).toBeVisible()
    expect(screen.calls('answerPart').map(({ input }) => input)).toEqual([{ answer: 'pale' }])
    resolve(
      ok({
        subject: 'printer',
        verdict: 'limits',
        found: [{ cause: 'print-pale', figures: { pageDark: 0 } }],
        figures: { printers: 2, printTaken: 1, pageCame: 1, pageStraight: 1, pageDark: 0 },
        at: '2026-11-12T04:00:00.000Z',
        took: 14_000,
      }),
    )
    await expect(page.getByRole('region', { name: 'Kết quả' })).toContainText('Trang in mờ hoặc có sọc')
    await expect(page.getByRole('row', { name: /Mực đậm và đều/u })).toContainText('không')
  })

  test("the test of the citizen's screen is answered by keys and stopped by Escape", async ({ openScreen }) => {
    const screen = await open(openScreen, { checkPart: () => 'never' })
    const { page } = screen
    await openPage(screen, 2)
    await page.getByRole('button', { name: /^Màn hình công dân/u }).click()
    await page.keyboard.press('Enter')
    const asks = [
      ['picture', 'edges'],
      ['edges', 'edges'],
      ['colour', 'blue'],
      ['cross', 'cross'],
    ] as const
    for (const [ask, picture] of asks) {
      await screen.emit('partQuestion', { part: 'citizen-screen', ask, picture, place: 1, of: ask === 'cross' ? 5 : 1 })
      await expect(page.getByRole('button', { name: /K$/u })).toBeVisible()
      await screen.picture(`technician-screen-${ask}`)
      await screen.expectFits()
      await page.keyboard.press(ask === 'cross' || ask === 'edges' ? 'k' : 'Enter')
    }
    await screen.expectSound()
    expect(screen.calls('answerPart').map(({ input }) => input['answer'])).toEqual(['yes', 'no', 'yes', 'no'])
    await page.keyboard.press('Escape')
    await expect.poll(() => screen.calls('stopPart')).toHaveLength(1)
    expect(screen.calls('stopChecking')).toHaveLength(0)
  })
})

test.describe('a device that nothing was proposed for', () => {
  test('is bound with a driver that is chosen from all of its kind of line', async ({ openScreen }) => {
    const screen = await open(openScreen)
    const { page } = screen
    await line(screen, '/dev/hidraw0').getByRole('button', { name: 'Khai báo' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('button', { name: 'Khai báo' })).toBeDisabled()
    await expect(dialog.getByRole('radio')).toHaveCount(2)
    await dialog.getByRole('radio', { name: /hid-button/u }).check()
    await expect(dialog.getByLabel('Tên ở quầy')).toHaveValue('papers')
    await screen.picture('technician-bind-other')
    await screen.expectSound()
    await dialog.getByRole('button', { name: 'Khai báo' }).click()
    await expect(page.getByText('Đã khai báo papers.')).toBeVisible()
    expect(screen.calls('bindDevice').map(({ input }) => input)).toEqual([
      { id: 'papers', driver: 'hid-button', transport: 'hid', address: '/dev/hidraw0' },
    ])
    await page.getByRole('button', { name: 'Kiểm tra ngay' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Kiểm tra' })).toBeVisible()
  })

  test('asking says how long it may take and is stopped', async ({ openScreen }) => {
    const { promise, resolve } = Promise.withResolvers<Result<CallOutput<'probeDevice'>>>()
    const screen = await open(openScreen, { probeDevice: () => promise })
    const asked = line(screen, '/dev/ttyUSB1')
    await asked.getByRole('button', { name: 'Hỏi thiết bị' }).click()
    await expect(asked).toContainText('Đang thử lần lượt 4 trình điều khiển, lâu nhất 14 giây.')
    await screen.picture('technician-probing')
    await screen.expectSound()
    await asked.getByRole('button', { name: 'Dừng hỏi' }).click()
    expect(screen.calls('stopProbing').map(({ input }) => input)).toEqual([{ key: plugged[1]?.key }])
    resolve(failed('CANCELLED'))
    await expect(asked.getByRole('button', { name: 'Hỏi thiết bị' })).toBeEnabled()
    await expect(screen.page.getByRole('alert')).toHaveCount(0)
  })
})

test.describe('the code for the telephone', () => {
  for (const dark of [false, true])
    test(`is read by a scanner from the screen, and spelled in words (${dark ? 'dark' : 'light'})`, async ({
      openScreen,
    }, testInfo) => {
      const screen = await open(openScreen, {}, { dark })
      const { page } = screen
      const copied = await watchCopies(screen)
      await openPage(screen, 5)
      await page.getByRole('textbox', { name: /Thư mục/u }).fill('/media/usb')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('img', { name: /Mã QR/u })).toBeVisible()
      await screen.picture(`technician-code-${dark ? 'dark' : 'light'}`)
      const read = async (name: string) => {
        const path = testInfo.outputPath(`${name}.png`)
        await page.screenshot({ path })
        return execFileSync('zbarimg', ['--quiet', '--raw', path], { encoding: 'utf8' }).trim()
      }
      expect(await read('page')).toBe(bundle.code)
      await page.getByRole('button', { name: 'Sao chép mã' }).click()
      expect(await copied()).toBe(bundle.code)
      await page.keyboard.press('Alt+l')
      const spelled = page.getByRole('dialog').getByRole('listitem')
      await expect(spelled).toHaveText([
        /^K7QM.*Kon Tum · bảy · .*Quảng Ninh · .*Mường La$/u,
        /^2RTD.*hai · .*Rạch Giá · .*Thái Nguyên · .*$/u,
        /^91XA/u,
        /^PZ4C/u,
      ])
      await screen.picture(`technician-code-large-${dark ? 'dark' : 'light'}`)
      await screen.expectSound()
      expect(await read('large')).toBe(bundle.code)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
    })
})
