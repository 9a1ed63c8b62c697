import { expect } from '@playwright/test'
import { failed, ok, test, type Screen } from './harness.ts'
import { looks, open, plugged, surroundings, watchCopies } from './technician-desk.ts'

const table = (screen: Screen, name: string) => screen.page.getByRole('region', { name, exact: true })
const row = (screen: Screen, id: string) =>
  table(screen, 'Thiết bị của quầy')
    .getByRole('row')
    .filter({ has: screen.page.getByRole('rowheader', { name: id, exact: true }) })
const line = (screen: Screen, address: string) =>
  table(screen, 'Đang cắm vào máy này').getByRole('row').filter({ hasText: address })

test.describe('the technician’s page of devices', () => {
  for (const [name, options] of Object.entries(looks)) {
    test(`shows every device and everything plugged in, accessible and whole: ${name}`, async ({ openScreen }) => {
      const screen = await open(openScreen, {}, options)
      await expect(row(screen, 'reader')).toContainText('Đầu đọc thẻ chip')
      await expect(row(screen, 'reader')).toContainText('sẵn sàng, có thẻ')
      await expect(row(screen, 'reader')).toContainText('/dev/ttyUSB0')
      await expect(row(screen, 'scanner')).toContainText('Thiết bị không trả lời')
      await expect(row(screen, 'scanner')).toContainText('DEVICE_SILENT')
      await expect(screen.page.getByText('SL-0312 · Công an xã Thuận Châu')).toBeVisible()
      await expect(line(screen, '/dev/ttyUSB0')).toContainText('Đã khai báo: reader')
      await expect(line(screen, '/dev/hidraw3')).toContainText('hid-pos')
      await expect(line(screen, '/dev/hidraw3')).toContainText('thiết bị tự báo là loại này')
      await expect(line(screen, '/dev/hidraw3')).toContainText('trùng số máy')
      await expect(screen.page.getByText('Không xem được đường nối PC/SC.')).toBeVisible()
      await screen.picture(`technician-devices-${name}`)
      await screen.expectSound()
    })
  }

  test('follows every change of the devices and of what is plugged in', async ({ openScreen }) => {
    const screen = await open(openScreen)
    await expect(row(screen, 'scanner')).toContainText('lỗi')
    const devices = surroundings.devices.map(({ problem, ...device }) =>
      device.id === 'scanner'
        ? { ...device, state: 'ready' as const }
        : { ...device, ...(problem !== undefined && { problem }) },
    )
    await screen.emit('surroundingsChanged', { ...surroundings, waiting: 3, devices })
    await expect(row(screen, 'scanner')).toContainText('sẵn sàng')
    await expect(row(screen, 'scanner')).not.toContainText('DEVICE_SILENT')
    await screen.emit(
      'pluggedInChanged',
      plugged.filter(({ address }) => address !== '/dev/hidraw3'),
    )
    await expect(line(screen, '/dev/hidraw3')).toHaveCount(0)
    await expect(line(screen, '/dev/ttyUSB1')).toHaveCount(1)
  })

  test('asks an unknown device what it is, and says who was answered', async ({ openScreen }) => {
    const screen = await open(openScreen, {
      probeDevice: () => ok({ proposals: [{ driver: 'zfm', kind: 'fingerprint-scanner', because: 'answers' }] }),
    })
    await expect(line(screen, '/dev/ttyUSB1')).toContainText('và 2 trình điều khiển khác')
    await line(screen, '/dev/ttyUSB1').getByRole('button', { name: 'Hỏi thiết bị' }).click()
    await expect(line(screen, '/dev/ttyUSB1')).toContainText('zfm Máy lấy vân tay: đã hỏi và trả lời đúng')
    expect(screen.calls('probeDevice').map(({ input }) => input)).toEqual([{ key: 'serial:/dev/ttyUSB1' }])
    await screen.emit(
      'pluggedInChanged',
      plugged.map((one) => (one.address === '/dev/ttyUSB1' ? { ...one, since: '2026-11-12T04:00:00.000Z' } : one)),
    )
    await expect(line(screen, '/dev/ttyUSB1')).toContainText('có thể, cần hỏi thiết bị')
  })

  test('says in words why a device could not be asked', async ({ openScreen }) => {
    const screen = await open(openScreen, { probeDevice: () => failed('DEVICE_BUSY') })
    await line(screen, '/dev/ttyUSB1').getByRole('button', { name: 'Hỏi thiết bị' }).click()
    await expect(screen.page.getByRole('alert')).toContainText('Cán bộ hoặc một chương trình khác đang dùng nó')
    await screen.expectSound()
  })

  test('binds a device under a name by the keyboard alone, and offers its test', async ({ openScreen }) => {
    const screen = await open(openScreen)
    const { page } = screen
    await line(screen, '/dev/ttyUSB1').getByRole('button', { name: 'Khai báo' }).press('Enter')
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByLabel('Tên ở quầy')).toHaveValue('reader-2')
    await dialog.getByRole('radio', { name: /zfm/u }).check()
    await expect(dialog.getByLabel('Tên ở quầy')).toHaveValue('fingers')
    await screen.picture('technician-bind')
    await screen.expectSound()
    await dialog.getByLabel('Tên ở quầy').fill('Máy vân tay')
    await expect(dialog).toContainText('Chỉ dùng chữ thường không dấu')
    await expect(dialog.getByRole('button', { name: 'Khai báo' })).toBeDisabled()
    await dialog.getByLabel('Tên ở quầy').fill('scanner')
    await expect(dialog).toContainText('thiết bị này sẽ thay nó')
    await dialog.getByLabel('Tên ở quầy').fill('van-tay')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Đã khai báo van-tay.')).toBeVisible()
    expect(screen.calls('bindDevice').map(({ input }) => input)).toEqual([
      { id: 'van-tay', driver: 'zfm', transport: 'serial', address: '/dev/ttyUSB1' },
    ])
  })

  test('takes a device away only after asking, and says when it could not', async ({ openScreen }) => {
    const screen = await open(openScreen, { unbindDevice: () => failed('DISK_FULL') })
    const { page } = screen
    await row(screen, 'scanner').getByRole('button', { name: 'Gỡ scanner khỏi quầy' }).click()
    const dialog = page.getByRole('alertdialog')
    await expect(dialog).toContainText('Cán bộ sẽ không dùng được máy lấy vân tay này')
    await screen.picture('technician-unbind')
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    expect(screen.calls('unbindDevice')).toEqual([])
    await row(screen, 'scanner').getByRole('button', { name: 'Gỡ scanner khỏi quầy' }).click()
    await page.keyboard.press('Delete')
    await expect(dialog).toContainText('Ổ đĩa đã đầy')
    screen.answer('unbindDevice', () => ok({}))
    await page.keyboard.press('Delete')
    await expect(dialog).toHaveCount(0)
    expect(screen.calls('unbindDevice').at(-1)?.input).toEqual({ id: 'scanner' })
  })

  test('says what to do when the device process is down', async ({ openScreen }) => {
    const screen = await open(openScreen, {
      surroundings: () => ok({ ...surroundings, host: 'failed' }),
      pluggedIn: () => failed('HOST_GONE'),
    })
    await expect(screen.page.getByRole('alert')).toContainText('khởi động lại chương trình')
    await expect(screen.page.getByText('Chưa biết những gì đang cắm')).toBeVisible()
    await screen.picture('technician-host-failed')
    await screen.expectSound()
    await screen.emit('surroundingsChanged', { ...surroundings, host: 'restarting' })
    await expect(screen.page.getByRole('alert')).toContainText('tự khởi động lại')
    await screen.emit('surroundingsChanged', surroundings)
    await screen.emit('pluggedInChanged', plugged)
    await expect(screen.page.getByRole('alert')).toHaveCount(0)
    await expect(line(screen, '/dev/ttyUSB1')).toHaveCount(1)
  })

  test('says what to do when nothing is bound or plugged in, and when main does not answer', async ({ openScreen }) => {
    const empty = await open(openScreen, {
      surroundings: () => ok({ ...surroundings, devices: [] }),
      pluggedIn: () => ok([]),
      unlistedTransports: () => ok([]),
    })
    await expect(empty.page.getByText('Quầy chưa có thiết bị nào.')).toBeVisible()
    await expect(empty.page.getByText('Không thấy thiết bị nào đang cắm.')).toBeVisible()
    await empty.picture('technician-empty')
    await empty.expectSound()

    const silent = await open(openScreen, { surroundings: () => failed('INTERNAL') })
    await expect(silent.page.getByRole('alert')).toContainText('Chưa hỏi được')
    silent.answer('surroundings', () => ok(surroundings))
    await silent.page.getByRole('button', { name: 'Hỏi lại' }).click()
    await expect(row(silent, 'reader')).toBeVisible()
    await expect(silent.page.getByRole('alert')).toHaveCount(0)
  })

  test('copies both tables, or one line, as tab-separated text', async ({ openScreen }) => {
    const screen = await open(openScreen)
    const copied = await watchCopies(screen)
    await expect(line(screen, '/dev/ttyUSB1')).toHaveCount(1)
    await screen.page.keyboard.press('Alt+C')
    await expect(screen.page.getByText('Đã sao chép: thiết bị của quầy và thiết bị đang cắm')).toBeVisible()
    const lines = (await copied()).split('\n')
    expect(lines).toHaveLength(surroundings.devices.length + plugged.length + 3)
    expect(lines[1]).toContain('reader\tĐầu đọc thẻ chip\tsẵn sàng, có thẻ')
    await screen.page.getByRole('button', { name: 'Sao chép dòng scanner' }).click()
    await expect(screen.page.getByText('Đã sao chép: scanner')).toBeVisible()
    expect((await copied()).split('\n')).toHaveLength(2)
    expect(await copied()).toContain('DEVICE_SILENT')
  })

  test('shows sixty ports without reaching out of the window', async ({ openScreen }) => {
    const [, port] = plugged
    const many = Array.from({ length: 60 }, (_, index) => ({
      ...port!,
      key: `serial:/dev/ttyS${index}`,
      address: `/dev/ttyS${index}`,
    }))
    const screen = await open(openScreen, { pluggedIn: () => ok(many) })
    await expect(table(screen, 'Đang cắm vào máy này').getByRole('row')).toHaveCount(61)
    await screen.expectFits()
  })

  test('is also in English', async ({ openScreen }) => {
    const screen = await open(openScreen)
    await screen.page.getByRole('button', { name: 'English' }).click()
    await expect(screen.page.getByRole('heading', { name: 'Plugged into this computer' })).toBeVisible()
    await expect(screen.page.getByText('Chip card reader').first()).toBeVisible()
    await expect(screen.page.getByText('Thiết bị')).toHaveCount(0)
    await screen.picture('technician-english')
    await screen.expectSound()
  })
})
