import { expect } from '@playwright/test'
import { failed, ok, test, type Screen, type ScreenOptions } from './harness.ts'
import { liveStudio, packFound, putMicrophone, sentenceKeys, tone } from './officer-studio.ts'

type Open = (options: ScreenOptions) => Promise<Screen>

async function openStudio(openScreen: Open, studio: ReturnType<typeof liveStudio>, more: Partial<ScreenOptions> = {}) {
  const screen = await openScreen({ role: 'officer', answers: studio.answers, before: putMicrophone, ...more })
  studio.attach(screen)
  await screen.page.getByRole('button', { name: 'Trình đơn' }).click()
  await screen.page.getByRole('menuitem', { name: 'Ngôn ngữ của màn hình công dân…' }).click()
  await expect(screen.page.getByRole('heading', { name: 'Ngôn ngữ của màn hình công dân' })).toBeVisible()
  await screen.page.getByRole('button', { name: /^Tiếng Mông/u }).click()
  await expect(screen.page.getByRole('option').first()).toBeVisible()
  await screen.page.getByRole('listbox', { name: 'Các câu' }).focus()
  return screen
}

const record = ({ page }: Screen) => page.locator('.recorder-record .button')
const heard = (page: Screen['page'], seconds: RegExp) => expect(page.getByTestId('seconds')).toHaveText(seconds)
const said = (screen: Screen) => screen.page.locator('.recorder-says')
const loud = ({ page }: Screen, value: number) =>
  page.evaluate((next) => {
    document.documentElement.dataset['loud'] = String(next)
  }, value)

test('sentences are recorded one after the other by keyboard alone', async ({ openScreen }) => {
  const studio = liveStudio()
  const screen = await openStudio(openScreen, studio)
  const { page } = screen
  await screen.picture('officer-studio')
  await screen.expectSound()
  for (const [place, keys] of [
    [1, ['r', 'r']],
    [2, ['Space', 'Space']],
    [3, ['r', 'Space']],
  ] as const) {
    await page.keyboard.press(keys[0])
    await expect(record(screen)).toContainText('Dừng, lưu')
    await heard(page, /^(0,[6-9]|[1-9])/u)
    if (place === 1) {
      await expect(page.getByRole('meter', { name: 'Độ to của giọng' })).toHaveAttribute('aria-valuenow', /[5-9]\d/u)
      await screen.picture('officer-studio-recording')
      await screen.expectSound()
    }
    await page.keyboard.press(keys[1])
    await expect(page.getByText(/Đã lưu \d,\d giây/u)).toBeVisible()
    await expect(page.locator('.studio-progress')).toContainText(`Đã thu ${place}/125 câu`)
    await page.keyboard.press('n')
  }
  expect(studio.recorded('mww')).toEqual(['greeting.heading', 'greeting.what', 'greeting.takes'].toSorted(byPlace))
  for (const { input } of screen.calls('saveRecording')) {
    expect(input['language']).toBe('mww')
    expect(input['seconds']).toBeGreaterThan(0.5)
    expect((input['audio'] as { bytes: number }).bytes).toBeGreaterThan(500)
  }
  expect(JSON.parse((await page.locator('html').getAttribute('data-asked')) ?? '{}')).toMatchObject({
    audio: { channelCount: 1 },
  })
  await screen.picture('officer-studio-saved')
})
const byPlace = (one: string, other: string) => sentenceKeys.indexOf(one) - sentenceKeys.indexOf(other)

test('a recording is made with the microphone of the browser as it is', async ({ openScreen }) => {
  const studio = liveStudio()
  const screen = await openStudio(openScreen, studio, { before: () => {} })
  const { page } = screen
  await page.keyboard.press('r')
  await heard(page, /^[2-9],/u)
  await page.keyboard.press('r')
  // Its beeps are cut off at full scale.
  await expect(page.getByText('Giọng to quá nên bị rè, chưa lưu.')).toBeVisible()
  await page.keyboard.press('s')
  await expect(page.getByText(/Đã lưu \d,\d giây/u)).toBeVisible()
  expect(studio.recorded('mww')).toHaveLength(1)
})

test('a recording is listened to, made anew and deleted', async ({ openScreen }) => {
  const studio = liveStudio({}, 2)
  const [first = '', second = ''] = sentenceKeys
  const screen = await openStudio(openScreen, studio, { pictures: { [`/audio/mww/${first}`]: tone() } })
  const { page } = screen
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/audio/')) asked.push(new URL(request.url()).pathname)
  })
  await page.locator(`#sentence-${first.replaceAll('.', '_')}`).click()
  await page.keyboard.press('l')
  await expect.poll(() => asked).toContain(`/audio/mww/${first}`)
  await expect(page.getByRole('button', { name: /^Nghe/u })).toBeVisible()
  await page.keyboard.press('r')
  await heard(page, /^(0,[6-9]|[1-9])/u)
  await page.keyboard.press('r')
  await expect.poll(() => screen.calls('saveRecording').map(({ input }) => input['key'])).toEqual([first])
  await expect(record(screen)).toContainText('Thu lại')
  await page.keyboard.press('Delete')
  await expect
    .poll(() => screen.calls('dropRecording').map(({ input }) => input))
    .toEqual([{ language: 'mww', key: first }])
  await expect(page.getByText('Chưa thu.')).toBeVisible()
  expect(studio.recorded('mww')).toEqual([second])
})

test('what cannot be used is not saved and says why; what is doubtful waits for the officer', async ({
  openScreen,
}) => {
  const studio = liveStudio()
  const screen = await openStudio(openScreen, studio)
  const { page } = screen
  const take = async (value: number) => {
    await loud(screen, value)
    await page.keyboard.press('r')
    await heard(page, /^(0,[6-9]|[1-9])/u)
    await page.keyboard.press('r')
    await expect(record(screen)).toBeEnabled()
  }
  await take(0)
  await expect(page.getByText('Không nghe thấy gì, chưa lưu.')).toBeVisible()
  await take(0.02)
  await expect(page.getByText('Giọng nhỏ quá, chưa lưu.')).toBeVisible()
  await screen.picture('officer-studio-quiet')
  await screen.expectSound()
  await take(2)
  await expect(page.getByText('Giọng to quá nên bị rè, chưa lưu.')).toBeVisible()
  expect(screen.calls('saveRecording')).toEqual([])
  screen.answer('saveRecording', () => failed('DISK_FULL'))
  await page.keyboard.press('s')
  await expect(page.getByText('DISK_FULL', { exact: true })).toBeVisible()
  screen.answer('saveRecording', studio.answers.saveRecording!)
  await page.keyboard.press('s')
  await expect(page.getByText(/Đã lưu \d,\d giây/u)).toBeVisible()
  expect(studio.recorded('mww')).toHaveLength(1)

  await loud(screen, 0.4)
  await page.keyboard.press('n')
  await page.keyboard.press('r')
  await expect(record(screen)).toContainText('Dừng, lưu')
  await page.keyboard.press('r')
  await expect(page.getByText('Ngắn quá, chưa lưu.')).toBeVisible()
  // Escape gives up the recording and nothing else.
  await page.keyboard.press('r')
  await heard(page, /^(0,[6-9]|[1-9])/u)
  await page.keyboard.press('Escape')
  await expect(record(screen)).toContainText('Thu âm')
  await expect(page.getByRole('heading', { name: 'Ngôn ngữ của màn hình công dân' })).toBeVisible()
  expect(studio.recorded('mww')).toHaveLength(1)
})

for (const [name, words] of [
  ['NotFoundError', 'Máy không có micrô.'],
  ['NotAllowedError', 'Chương trình không được dùng micrô.'],
  ['NotReadableError', 'Micrô đang bận.'],
] as const)
  test(`a microphone that answers ${name} is told from the others in words`, async ({ openScreen }) => {
    const screen = await openStudio(openScreen, liveStudio(), {
      before: () => {
        navigator.mediaDevices.getUserMedia = () =>
          Promise.reject(new DOMException('', document.documentElement.dataset['refusal']))
      },
    })
    await screen.page.evaluate((refusal) => {
      document.documentElement.dataset['refusal'] = refusal
    }, name)
    await screen.page.keyboard.press('r')
    await expect(screen.page.getByText(words)).toBeVisible()
    await expect(record(screen)).toBeEnabled()
  })

test('a microphone that is pulled while it records is said, and the next recording opens it again', async ({
  openScreen,
}) => {
  const studio = liveStudio()
  const screen = await openStudio(openScreen, studio)
  const { page } = screen
  await page.keyboard.press('r')
  await heard(page, /^(0,[6-9]|[1-9])/u)
  await page.evaluate(() => dispatchEvent(new Event('pull-microphone')))
  await expect(page.getByText('Mất micrô trong lúc thu.')).toBeVisible()
  expect(screen.calls('saveRecording')).toEqual([])
  await page.keyboard.press('r')
  await heard(page, /^(0,[6-9]|[1-9])/u)
  await page.keyboard.press('r')
  await expect(page.getByText(/Đã lưu \d,\d giây/u)).toBeVisible()
  expect(studio.recorded('mww')).toHaveLength(1)
})

test('what citizens lacked stands first when it is asked for, the most often lacked at the top', async ({
  openScreen,
}) => {
  const screen = await openStudio(
    openScreen,
    liveStudio({ 'sign.heading': 12, 'digit.7': 30, 'greeting.heading': 5 }, 3),
  )
  const { page } = screen
  await page.keyboard.press('m')
  await expect(page.getByRole('option').nth(0)).toContainText('bảy')
  await expect(page.getByRole('option').nth(1)).toContainText('Mời ký tên vào khung.')
  await expect(page.getByText('Công dân đã cần mà chưa có')).toBeVisible()
  await page.keyboard.press('Home')
  await expect(said(screen)).toHaveText('bảy')
  await expect(page.getByText('Công dân đã cần câu này 30 lần.')).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(said(screen)).toHaveText('Mời ký tên vào khung.')
  await screen.picture('officer-studio-missed')
  await screen.expectSound()
})

test('the words of a sentence are kept when the field is left by whatever way', async ({ openScreen }) => {
  const screen = await openStudio(openScreen, liveStudio())
  const { page } = screen
  const field = page.getByLabel('Câu này viết bằng tiếng đó')
  await page.keyboard.press('Home')
  await field.fill('mẫu rnl')
  await field.press('Enter')
  await expect.poll(() => screen.calls('saveSentenceText').length).toBe(1)
  await expect(page.getByRole('option').first()).toContainText('mẫu rnl')
  // Letters that are keys elsewhere are letters here, and Escape only leaves the field.
  await field.press('End')
  await page.keyboard.type(' R')
  await page.keyboard.press('Escape')
  await expect(field).not.toBeFocused()
  await page.keyboard.press('ArrowDown')
  await field.fill('hai')
  await page.getByRole('button', { name: 'Đóng' }).click()
  await expect
    .poll(() => screen.calls('saveSentenceText').map(({ input }) => input['text']))
    .toEqual(['mẫu rnl', 'mẫu rnl R', 'hai'])
  expect(screen.calls('saveRecording')).toEqual([])
})

test('a language is named, its dates put in order, reviewed and exported', async ({ openScreen }) => {
  const screen = await openStudio(openScreen, liveStudio({}, 125))
  const { page } = screen
  await page.getByRole('radio', { name: 'Tên, duyệt, xuất gói' }).click()
  await page.getByLabel('Tên của ngôn ngữ, bằng chính tiếng đó').fill('Hmoob mẫu')
  await page.getByLabel('Đọc ngày theo thứ tự').selectOption('year,month,day')
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect(page.getByText('Đã lưu.')).toBeVisible()
  expect(screen.calls('describeLanguage')[0]?.input).toEqual({
    language: 'mww',
    name: 'Hmoob mẫu',
    date: ['year', 'month', 'day'],
  })
  await expect(page.getByText('Gói chưa duyệt')).toBeVisible()
  await page.getByLabel('Người duyệt').fill('Giàng A Mẫu')
  await page.getByRole('button', { name: 'Ghi là đã duyệt' }).click()
  await expect(page.locator('.studio-progress')).toContainText('Đã thu đủ 125 câu · Giàng A Mẫu duyệt ngày 23/11/2026')

  screen.answer('exportLanguage', () => failed('EXPORT_FAILED'))
  await page.getByLabel('Thư mục trên USB').fill('/media/usb')
  await page.getByRole('button', { name: 'Xuất gói', exact: true }).click()
  await expect(page.getByText(/Chưa ghi được gói ra thư mục này/u)).toBeVisible()
  screen.answer('exportLanguage', ({ folder }) => ok({ folder: `${folder}/mww-SL-0312`, recordings: 125 }))
  await page.getByRole('button', { name: 'Xuất gói', exact: true }).click()
  await expect(page.getByText('Đã chép và đọc lại 125 bản thu vào /media/usb/mww-SL-0312.')).toBeVisible()
  await screen.picture('officer-studio-about')
  await screen.expectSound()
})

test('a pack of a station never seen is shown with its fingerprint before anything is taken over', async ({
  openScreen,
}) => {
  const screen = await openStudio(openScreen, liveStudio())
  const { page } = screen
  await page.getByRole('radio', { name: 'Nhập gói' }).click()
  await page.getByLabel('Thư mục có gói').fill('/media/usb/mww')
  screen.answer('inspectLanguage', () => failed('PACK_SIGNATURE'))
  await page.keyboard.press('Enter')
  await expect(page.getByText('PACK_SIGNATURE', { exact: true })).toBeVisible()
  screen.answer('inspectLanguage', () => ok(packFound))
  await page.getByRole('button', { name: 'Xem gói' }).click()
  await expect(page.getByText('3fa4 c1d2 9e0b 77a6')).toBeVisible()
  await expect(page.getByText('Công an xã Mẫu · SL-0999')).toBeVisible()
  await expect(page.getByText('Chưa từng nhập gói của trạm này.')).toBeVisible()
  await expect(page.getByText('Thay 3 bản thu đang có trên máy này.')).toBeVisible()
  await screen.picture('officer-studio-import')
  await screen.expectSound()
  expect(screen.calls('importLanguage')).toEqual([])
  await page.getByRole('button', { name: 'Đã so, nhập gói' }).click()
  await expect(page.getByText('Đã nhập Tiếng Mông mẫu: 119 bản thu.')).toBeVisible()
  expect(screen.calls('importLanguage')[0]?.input).toEqual({
    folder: '/media/usb/mww',
    fingerprint: packFound.fingerprint,
  })
})

for (const [size, dark] of [
  [{ width: 1024, height: 600 }, false],
  [{ width: 1366, height: 768 }, true],
  [{ width: 1920, height: 1080 }, true],
] as const)
  test(`the studio fits ${size.width} × ${size.height}, ${dark ? 'by night' : 'by day'}`, async ({ openScreen }) => {
    const screen = await openStudio(openScreen, liveStudio({ 'greeting.heading': 4 }, 40), { size, dark })
    await screen.picture(`officer-studio-${size.width}${dark ? '-dark' : ''}`)
    await screen.expectSound()
    for (const view of ['Tên, duyệt, xuất gói', 'Nhập gói']) {
      await screen.page.getByRole('radio', { name: view }).click()
      await screen.expectSound()
    }
  })
