import { expect } from '@playwright/test'
import type { DisplayView } from '#contract/index.ts'
import { failed, ok, test } from './harness.ts'
import { answersAround, around, atCheck, atCompare, liveDossier, pictures, stationOpen } from './officer-desk.ts'
import { facePicture } from './pictures.ts'

const displays: readonly DisplayView[] = [
  { key: 'edid-1', label: 'Màn hình trong máy', width: 1366, height: 768, touch: false, use: 'officer' },
  { key: 'edid-2', label: 'ACR 15"', width: 1024, height: 768, touch: true, use: 'none' },
  { key: 'edid-3', label: 'Máy chiếu phòng họp', width: 1920, height: 1080, touch: false, use: 'none' },
]
const atWork = () => ({ role: 'officer', answers: answersAround(atCheck), pictures }) as const
const name = 'Quàng Văn Mẫu'

test.describe('the small picture of the citizen’s screen', () => {
  test('follows what is painted, one picture on its way at a time, the last one winning', async ({ openScreen }) => {
    const screen = await openScreen({ ...atWork(), pictures: { ...pictures, '/live/screen/9': facePicture() } })
    const { page } = screen
    const asked: string[] = []
    let letGo = () => {}
    const first = new Promise<void>((resolve) => {
      letGo = resolve
    })
    await page.route('**/live/screen/*', async (route) => {
      asked.push(new URL(route.request().url()).pathname)
      if (asked.length === 1) await first
      await route.continue()
    })
    await expect(page.getByText('Đang hỏi: Họ và tên (1/9).')).toBeVisible()
    for (const number of [4, 5, 6, 9]) await screen.emit('citizenPainted', { number })
    await expect.poll(() => asked).toEqual(['/live/screen/4'])
    letGo()
    await expect(page.locator('.mirror-picture img')).toHaveAttribute('src', '/live/screen/9')
    expect(new Set(asked)).toEqual(new Set(['/live/screen/4', '/live/screen/9']))
    await screen.picture('officer-mirror')
    await screen.expectSound()

    await page.keyboard.press('F9')
    await expect(page.locator('.mirror-large')).toBeVisible()
    await screen.picture('officer-mirror-large')
    await screen.expectSound()
    await page.keyboard.press('Escape')
    await expect(page.locator('.mirror-large')).toHaveCount(0)
    expect(screen.calls('goToStep')).toEqual([])
    await page.getByRole('button', { name: 'Phóng to hình màn hình công dân' }).click()
    await expect(page.locator('.mirror-large')).toBeVisible()
  })

  test('says what to do when citizens have no screen, and is not there where it does not fit', async ({
    openScreen,
  }) => {
    const screen = await openScreen(atWork())
    const { page } = screen
    await expect(page.getByText('Đang hỏi: Họ và tên (1/9).')).toBeVisible()
    await screen.emit('surroundingsChanged', { ...around, citizenScreen: 'unchosen' })
    await expect(page.getByText('Màn hình công dân: chưa chọn, mở trình đơn để chọn')).toBeVisible()
    await screen.picture('officer-mirror-unchosen')
    await page.getByRole('button', { name: 'Chọn màn hình' }).click()
    await expect(page.getByRole('heading', { name: 'Màn hình nào cho công dân xem?' })).toBeVisible()
    await page.keyboard.press('Escape')
    await screen.emit('surroundingsChanged', { ...around, citizenScreen: 'no-display' })
    await expect(page.getByRole('button', { name: 'Xoay máy Ctrl F9' })).toBeVisible()
    await screen.picture('officer-mirror-none')
    await screen.expectSound()
    await page.setViewportSize({ width: 1024, height: 600 })
    await expect(page.locator('.mirror-small')).toBeHidden()
    await screen.expectSound()
  })
})

test.describe('the curtain', () => {
  test('hides everything at once, dialogs too, and gives back what was typed and where', async ({ openScreen }) => {
    const desk = liveDossier(atCompare)
    const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
    desk.attach(screen)
    const { page } = screen
    await expect(page.getByText(name).first()).toBeVisible()
    await page.getByRole('button', { name: 'Trình đơn' }).click()
    await page.getByRole('menuitem', { name: 'Bỏ hồ sơ này…' }).click()
    const reason = page.getByLabel('Lý do bỏ hồ sơ')
    await reason.fill('công dân về lấy')
    await page.keyboard.press('F8')
    await expect(page.locator('.cover')).toBeVisible()
    expect(screen.calls('setCurtain').map(({ input }) => input)).toEqual([{ drawn: true }])
    await screen.picture('officer-curtain')
    await screen.expectSound()
    // Nothing beneath can be read out, seen through or worked.
    await expect(page.getByRole('dialog')).toHaveCount(1)
    await expect(page.getByRole('button')).toHaveCount(0)
    expect(
      await page.evaluate(() => {
        const covered = [...document.body.children].filter(
          (each) => !each.matches('.cover') && each.checkVisibility({ visibilityProperty: true }),
        )
        const { left, top, width, height } = document.querySelector('.cover')!.getBoundingClientRect()
        return {
          open: covered.filter((each) => !each.hasAttribute('inert') || each.getAttribute('aria-hidden') !== 'true')
            .length,
          whole: left === 0 && top === 0 && width === innerWidth && height === innerHeight,
          onTop: [0.05, 0.5, 0.95].every((part) =>
            document.elementFromPoint(part * innerWidth, part * innerHeight)?.closest('.cover'),
          ),
        }
      }),
    ).toEqual({ open: 0, whole: true, onTop: true })
    const before = screen.calls().length
    await page.keyboard.type('xyz 1')
    for (const key of ['Enter', 'Escape', 'F2', 'Tab', 'Control+F9', 'Control+Enter']) await page.keyboard.press(key)
    expect(screen.calls()).toHaveLength(before)
    // What main says meanwhile stays covered.
    await screen.emit('dossierChanged', null)
    await expect(page.getByRole('button')).toHaveCount(0)
    await desk.happen()
    await page.keyboard.press('F8')
    await expect(page.locator('.cover')).toHaveCount(0)
    expect(screen.calls('setCurtain').at(-1)?.input).toEqual({ drawn: false })
    await expect(page.getByText(name).first()).toBeVisible()
  })

  test('leaves the field and its text as they were', async ({ openScreen }) => {
    const screen = await openScreen({ role: 'officer', answers: answersAround(atCompare), pictures })
    const { page } = screen
    await page.getByRole('button', { name: 'Trình đơn' }).click()
    await page.getByRole('menuitem', { name: 'Bỏ hồ sơ này…' }).click()
    const reason = page.getByLabel('Lý do bỏ hồ sơ')
    await reason.fill('công dân về lấy')
    await page.keyboard.press('F8')
    await expect(page.locator('.cover')).toBeVisible()
    await page.keyboard.type('không ai thấy')
    await page.keyboard.press('F8')
    await expect(reason).toBeFocused()
    await page.keyboard.type(' giấy')
    await expect(reason).toHaveValue('công dân về lấy giấy')
  })

  test('is found drawn by a window that is opened anew, and says when the citizen’s screen was not told', async ({
    openScreen,
  }) => {
    const screen = await openScreen({
      ...atWork(),
      answers: { ...atWork().answers, curtain: () => ok({ drawn: true }) },
    })
    const { page } = screen
    await expect(page.locator('.cover')).toBeVisible()
    await screen.emit('curtainChanged', { drawn: false })
    await expect(page.locator('.cover')).toHaveCount(0)
    screen.answer('setCurtain', () => failed('INTERNAL'))
    await page.keyboard.press('F8')
    await expect(page.getByText('Chưa báo được cho màn hình công dân.')).toBeVisible()
    await expect(page.locator('.cover')).toBeVisible()
  })
})

test.describe('the turned laptop', () => {
  test('is announced with its key, covers the officer’s window and is taken back with that key', async ({
    openScreen,
  }) => {
    const screen = await openScreen(atWork())
    const { page } = screen
    await screen.emit('surroundingsChanged', { ...around, citizenScreen: 'no-display' })
    await page.keyboard.press('Control+F9')
    await expect(page.getByText('Xoay máy cho công dân xem; lấy lại bằng Ctrl F9.')).toBeVisible()
    await screen.picture('officer-turn')
    await screen.expectSound()
    await expect.poll(() => screen.calls('turnToCitizen').length).toBe(1)
    await screen.emit('surroundingsChanged', { ...around, citizenScreen: 'turned' })
    await expect(page.locator('.cover')).toBeVisible()
    await expect(page.getByText('lấy lại bằng Ctrl F9')).toHaveCount(0)
    await screen.picture('officer-turned')
    await page.keyboard.press('F8')
    await page.keyboard.press('Escape')
    await expect(page.locator('.cover')).toBeVisible()
    await page.keyboard.press('Control+F9')
    await expect.poll(() => screen.calls('takeBack').length).toBe(1)
    await screen.emit('surroundingsChanged', { ...around, citizenScreen: 'no-display' })
    await expect(page.getByText(name).first()).toBeVisible()
    await expect(page.locator('.cover')).toHaveCount(0)
    expect(screen.calls('setCurtain')).toEqual([])
  })

  test('can be called off while it is announced, and is not turned where the citizen has a screen', async ({
    openScreen,
  }) => {
    const screen = await openScreen(atWork())
    const { page } = screen
    await expect(page.getByText('Màn hình công dân: đang hiện')).toBeVisible()
    await page.keyboard.press('Control+F9')
    await expect(page.getByText('Công dân đã có màn hình riêng')).toBeVisible()
    await page.keyboard.press('Escape')
    await screen.emit('surroundingsChanged', { ...around, citizenScreen: 'no-display' })
    await page.keyboard.press('Control+F9')
    await page.keyboard.press('Escape')
    await expect(page.getByText('lấy lại bằng Ctrl F9')).toHaveCount(0)
    expect(screen.calls('turnToCitizen')).toEqual([])
    screen.answer('turnToCitizen', () => failed('DOSSIER_MISSING'))
    await page.keyboard.press('Control+F9')
    await page.keyboard.press('Control+F9')
    await expect(page.getByText('DOSSIER_MISSING', { exact: true })).toBeVisible()
    expect(screen.calls('turnToCitizen')).toHaveLength(1)
  })
})

test('a display is given to the citizens with one press or its number, and what is shown there is chosen', async ({
  openScreen,
}) => {
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...answersAround(undefined),
      station: () => ok({ ...stationOpen, contact: { place: 'Công an xã Thuận Châu', hours: '', phone: '' } }),
      displays: () => ok(displays),
      noticeFolder: () =>
        ok({
          folder: '/home/canbo/thong-bao',
          shown: 6,
          left: [
            { file: 'phim.mp4', why: 'unreadable' },
            { file: 'ap-phich-kho-lon.png', why: 'too-large' },
          ],
        }),
      setNoticeFolder: ({ folder }) => ok({ folder, problem: 'missing', shown: 0, left: [] }),
    },
  })
  const { page } = screen
  await page.getByRole('button', { name: 'Trình đơn' }).click()
  await page.getByRole('menuitem', { name: 'Màn hình công dân…', exact: true }).click()
  await expect(page.getByText('Đang hiện 6 thông báo')).toBeVisible()
  await expect(page.getByText('ap-phich-kho-lon.png – quá lớn')).toBeVisible()
  await screen.picture('officer-screens')
  await screen.expectSound()
  // To scale: the projector is drawn as much wider as it is.
  const widths = await page.locator('.display svg').evaluateAll((all) => all.map((each) => each.clientWidth))
  expect(widths[1]! / widths[2]!).toBeCloseTo(1024 / 1920, 1)

  await page.keyboard.press('2')
  await expect.poll(() => screen.calls('bindDisplay').map(({ input }) => input)).toEqual([{ key: 'edid-3' }])
  await screen.emit('displaysChanged', [displays[0]!, displays[1]!, { ...displays[2]!, use: 'citizen' }])
  await expect(page.getByRole('button', { name: /^Máy chiếu/u })).toHaveAttribute('aria-pressed', 'true')
  screen.answer('bindDisplay', () => failed('DISPLAY_ABSENT'))
  await page.getByRole('button', { name: /^ACR/u }).click()
  await expect(page.getByText('DISPLAY_ABSENT', { exact: true })).toBeVisible()
  screen.answer('bindDisplay', () => ok({}))
  await page.getByRole('button', { name: 'Không dùng màn hình nào cho công dân' }).click()
  await expect.poll(() => screen.calls('bindDisplay').at(-1)?.input).toEqual({ key: '' })

  await page.getByLabel('Thư mục thông báo').fill('/media/usb/tb ')
  await page.getByRole('button', { name: 'Dùng thư mục này' }).click()
  await expect(page.getByText('Không thấy thư mục /media/usb/tb.')).toBeVisible()
  await page.getByLabel('Giờ làm việc').fill('7:30 – 16:30')
  await page.getByLabel('Điện thoại').fill('0212 3 000 000')
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect
    .poll(() => screen.calls('setStationContact').map(({ input }) => input))
    .toEqual([{ place: 'Công an xã Thuận Châu', hours: '7:30 – 16:30', phone: '0212 3 000 000' }])
  await screen.emit('stationChanged', {
    ...stationOpen,
    contact: { place: 'Công an xã Thuận Châu', hours: '7:30 – 16:30', phone: '0212 3 000 000' },
  })
  await expect(page.getByText('Đã lưu. Hiện ở cuối mỗi lượt.')).toBeVisible()
  await screen.expectSound()
})

for (const [size, dark] of [
  [{ width: 1024, height: 600 }, false],
  [{ width: 1366, height: 768 }, true],
] as const)
  test(`the displays fit ${size.width} × ${size.height}, ${dark ? 'by night' : 'by day'}`, async ({ openScreen }) => {
    const answers = { ...answersAround(undefined), displays: () => ok(displays) }
    const screen = await openScreen({ role: 'officer', answers, size, dark })
    await screen.page.getByRole('button', { name: 'Trình đơn' }).click()
    await screen.picture(`officer-menu-${size.width}`)
    await screen.page.getByRole('menuitem', { name: 'Màn hình công dân…', exact: true }).click()
    await expect(screen.page.getByRole('button', { name: /^ACR/u })).toBeVisible()
    await screen.picture(`officer-screens-${size.width}${dark ? '-dark' : ''}`)
    await screen.expectSound()
  })
