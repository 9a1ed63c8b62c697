import { expect } from '@playwright/test'
import type { StationView, Surroundings } from '#contract/index.ts'
import { failed, ok, test, type Answers, type Screen, type ScreenOptions } from './harness.ts'

const station: StationView = {
  phase: 'open',
  code: 'SL-0312',
  name: 'Công an xã Thuận Châu',
  runtime: 'stand-in',
  simulated: true,
  today: '2026-11-12',
}
const since = '2026-11-12T03:42:07.000Z'
const surroundings: Surroundings = {
  host: 'running',
  citizenScreen: 'shown',
  waiting: 14,
  devices: [
    {
      id: 'reader',
      kind: 'card-reader',
      driver: 'gempc-twin',
      transport: 'serial',
      address: '/dev/ttyUSB0',
      state: 'ready',
      since,
      model: 'GemPC Twin 1.02',
      cardPresent: true,
    },
    {
      id: 'scanner',
      kind: 'fingerprint-scanner',
      driver: 'hid-image',
      transport: 'hid',
      address: '1209:f4f4',
      state: 'failed',
      since,
      problem: 'DEVICE_SILENT',
    },
    {
      id: 'shutter',
      kind: 'document-camera',
      driver: 'hid-button',
      transport: 'socket',
      address: '/tmp/quay-can-cuoc-simulators/a-rather-long-folder-name/document-camera-shutter.socket',
      state: 'absent',
      since,
      problem: 'DEVICE_ABSENT',
    },
    {
      id: 'face',
      kind: 'portrait-camera',
      driver: 'browser-camera',
      transport: 'browser',
      address: 'fake_device_0',
      state: 'busy',
      since,
    },
  ],
}
const answers = (more: Answers = {}): Answers => ({
  station: () => ok(station),
  surroundings: () => ok(surroundings),
  ...more,
})

type Open = (options: ScreenOptions) => Promise<Screen>
const open = (openScreen: Open, more: Answers = {}, options: Partial<ScreenOptions> = {}) =>
  openScreen({ role: 'technician', ...options, answers: answers(more) })
const row = (screen: Screen, id: string) =>
  screen.page.getByRole('row').filter({ has: screen.page.getByRole('rowheader', { name: id, exact: true }) })

test.describe('the technician’s window', () => {
  for (const [name, options] of Object.entries({
    light: {},
    dark: { dark: true },
    small: { size: { width: 1024, height: 600 } },
  })) {
    test(`shows every device with its line, state and last error, accessible and whole: ${name}`, async ({
      openScreen,
    }) => {
      const screen = await open(openScreen, {}, options)
      await expect(row(screen, 'reader')).toContainText('Đầu đọc thẻ chip')
      await expect(row(screen, 'reader')).toContainText('sẵn sàng, có thẻ')
      await expect(row(screen, 'reader')).toContainText('/dev/ttyUSB0')
      await expect(row(screen, 'scanner')).toContainText('Thiết bị không trả lời')
      await expect(row(screen, 'scanner')).toContainText('DEVICE_SILENT')
      await expect(screen.page.getByText('SL-0312 · Công an xã Thuận Châu')).toBeVisible()
      await screen.picture(`technician-${name}`)
      await screen.expectSound()
    })
  }

  test('follows every change', async ({ openScreen }) => {
    const screen = await open(openScreen)
    await expect(row(screen, 'scanner')).toContainText('lỗi')
    const devices = surroundings.devices.map((device) =>
      device.id === 'scanner' ? { ...device, state: 'ready' as const, problem: undefined } : device,
    )
    await screen.emit('surroundingsChanged', {
      ...surroundings,
      waiting: 3,
      devices: devices.map(({ problem, ...device }) => (problem === undefined ? device : { ...device, problem })),
    })
    await expect(row(screen, 'scanner')).toContainText('sẵn sàng')
    await expect(row(screen, 'scanner')).not.toContainText('DEVICE_SILENT')
  })

  test('says what to do when the device process is down', async ({ openScreen }) => {
    const screen = await open(openScreen, { surroundings: () => ok({ ...surroundings, host: 'failed' }) })
    await expect(screen.page.getByRole('alert')).toContainText('khởi động lại chương trình')
    await screen.picture('technician-host-failed')
    await screen.expectSound()
    await screen.emit('surroundingsChanged', { ...surroundings, host: 'restarting' })
    await expect(screen.page.getByRole('alert')).toContainText('tự khởi động lại')
    await screen.emit('surroundingsChanged', surroundings)
    await expect(screen.page.getByRole('alert')).toHaveCount(0)
  })

  test('says what to do when nothing is configured, and when main does not answer', async ({ openScreen }) => {
    const empty = await open(openScreen, { surroundings: () => ok({ ...surroundings, devices: [] }) })
    await expect(empty.page.getByText('devices.json')).toBeVisible()
    await empty.picture('technician-empty')
    await empty.expectSound()

    const silent = await open(openScreen, { surroundings: () => failed('INTERNAL') })
    await expect(silent.page.getByRole('alert')).toContainText('Chưa hỏi được')
    silent.answer('surroundings', () => ok(surroundings))
    await silent.page.getByRole('button', { name: 'Hỏi lại' }).click()
    await expect(row(silent, 'reader')).toBeVisible()
    await expect(silent.page.getByRole('alert')).toHaveCount(0)
  })

  test('copies the table, or one line, as tab-separated text', async ({ openScreen }) => {
    const screen = await open(openScreen)
    const { page } = screen
    await page.evaluate(() => {
      window.addEventListener('copy', (event) =>
        Object.assign(window, { copied: event.clipboardData?.getData('text/plain') }),
      )
    })
    const copied = () => page.evaluate(() => (window as unknown as { copied?: string }).copied ?? '')
    await page.getByRole('button', { name: /Sao chép bảng/u }).click()
    await expect(page.getByText('Đã sao chép: Thiết bị')).toBeVisible()
    const lines = (await copied()).split('\n')
    expect(lines).toHaveLength(5)
    expect(lines[0]?.split('\t')).toHaveLength(9)
    expect(lines[1]).toContain('reader\tĐầu đọc thẻ chip\tsẵn sàng, có thẻ')
    await page.getByRole('button', { name: 'Sao chép dòng scanner' }).click()
    await expect(page.getByText('Đã sao chép: scanner')).toBeVisible()
    expect((await copied()).split('\n')).toHaveLength(2)
    expect(await copied()).toContain('DEVICE_SILENT')
  })

  test('is also in English', async ({ openScreen }) => {
    const screen = await open(openScreen)
    await screen.page.getByRole('button', { name: 'English' }).click()
    await expect(row(screen, 'reader')).toContainText('Chip card reader')
    await expect(row(screen, 'scanner')).not.toContainText('Thiết bị')
    await screen.expectSound()
  })
})
