import { expect } from '@playwright/test'
import type { Surroundings } from '#contract/index.ts'
import { failed, ok, test, type Screen } from './harness.ts'
import { answersTo, atReview, pageShown, questionShown, sealedUp, signed } from './officer-citizen.ts'
import {
  allFingers,
  answersAround,
  around,
  atCheck,
  atCompare,
  atDocuments,
  atFingers,
  captureStarted,
  liveDossier,
  pictures,
  stationOpen,
  today,
  viewOf,
} from './officer-desk.ts'

/** The green button, once it is awake. */
const awake = (screen: Screen) => expect(screen.page.locator('.button-next')).toBeEnabled()

test('a whole visit is made by keyboard alone, each green key leading to the next step', async ({ openScreen }) => {
  const desk = liveDossier([])
  const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
  desk.attach(screen)
  const { keyboard } = screen.page
  const heading = (text: string) => expect(screen.page.getByRole('heading', { level: 1 })).toHaveText(text)
  const goOn = async (text: string) => {
    await awake(screen)
    await keyboard.press('Enter')
    await heading(text)
  }

  await heading('Quầy tiếp nhận')
  await goOn('Tiếp đón')
  await keyboard.type('014088004567|050123456|Quàng Văn Mẫu|01061988|Nam|Thôm Mòn|12082022')
  await keyboard.press('Enter')
  await expect(screen.page.getByText('đã có mã QR')).toBeVisible()
  await keyboard.press('Control+r')
  await expect(screen.page.getByText('chưa có chứng thư gốc')).toBeVisible()
  await screen.page.getByRole('heading', { level: 1 }).focus()
  await goOn('Đối chiếu thông tin')
  await goOn('Giấy tờ')
  await expect(screen.page.locator('.camera')).toHaveAttribute('data-phase', 'live')
  for (const taken of [1, 2]) {
    await expect(screen.page.locator('[data-key="Space"]')).toBeEnabled()
    await keyboard.press('Space')
    await expect(screen.page.locator('.thumb:not([data-pending])')).toHaveCount(taken)
  }
  await goOn('Ảnh chân dung')
  await expect(screen.page.locator('.camera')).toHaveAttribute('data-phase', 'live')
  await expect(screen.page.locator('[data-key="Space"]')).toBeEnabled()
  await keyboard.press('Space')
  await expect(screen.page.getByText('So với ảnh trong chip')).toBeVisible()
  await goOn('Bốn ngón tay phải, đặt phẳng')
  await awake(screen)
  // One key for the whole plan.
  await keyboard.press('Enter')
  await expect(screen.page.getByText('Nhận vân tay, sang Công dân xem')).toBeVisible()
  await goOn('Công dân xem')
  for (let left = 9; left > 0; left--) {
    await expect(screen.page.getByText('chưa hỏi')).toHaveCount(left - 1)
    await expect(screen.page.locator('[data-key="1"]')).toBeEnabled()
    await keyboard.press('1')
  }
  await desk.happen(pageShown, { type: 'pageConfirmed', by: 'citizen' })
  await expect(screen.page.getByText('Đang chờ công dân ký')).toBeVisible()
  await desk.happen(signed)
  await goOn('Kiểm tra, niêm phong')
  await awake(screen)
  await keyboard.press('Control+Enter')
  await heading('Đã niêm phong')
  await goOn('Quầy tiếp nhận')
})

test('a doubled press of the green key leads one step on, not two', async ({ openScreen }) => {
  const desk = liveDossier(atCompare)
  const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
  desk.attach(screen)
  await awake(screen)
  for (let n = 0; n < 2; n++) {
    await screen.page.keyboard.down('Enter')
    await screen.page.keyboard.up('Enter')
  }
  await expect(screen.page.getByRole('heading', { level: 1 })).toHaveText('Giấy tờ')
  await awake(screen)
  expect(screen.calls('goToStep').map(({ input }) => input)).toEqual([{ from: 'compare', to: 'documents' }])
  expect(screen.calls('confirmComparison')).toHaveLength(1)
})

test('a key held down acts once', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: answersAround([...atFingers, captureStarted('right-four', 'a1')]),
    pictures,
  })
  await screen.page.getByText('Chụp ngay').waitFor()
  for (let n = 0; n < 4; n++) await screen.page.keyboard.down('Space')
  await screen.page.keyboard.up('Space')
  await screen.page.keyboard.press('Escape')
  await expect.poll(() => screen.calls('stopCapture')).toHaveLength(1)
  expect(screen.calls('shootFingers')).toHaveLength(1)
})

test('the step that main no longer stands on is not told as a failure', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: { ...answersAround(atDocuments), goToStep: () => failed('EVENT_NOT_ALLOWED') },
    pictures,
  })
  await screen.page.getByRole('heading', { level: 1 }).waitFor()
  await screen.page.keyboard.press('F5')
  await expect
    .poll(() => screen.calls('goToStep').map(({ input }) => input))
    .toEqual([{ from: 'documents', to: 'fingers' }])
  await expect(screen.page.getByRole('alert')).toHaveCount(0)
})

test('setting up the station hands over its certificate as text, and only when all is filled in', async ({
  openScreen,
}) => {
  const answers = {
    ...answersAround(undefined),
    station: () => ok({ ...stationOpen, phase: 'new' as const }),
    setUpStation: () => failed('CERTIFICATE_UNSUITABLE'),
  }
  const screen = await openScreen({ role: 'officer', answers })
  const { page } = screen
  const button = page.getByRole('button', { name: 'Thiết lập, mở trạm' })
  await page.getByLabel('Mã trạm').fill('sl-0312')
  await page.getByLabel('Tên trạm').fill('Công an xã Thuận Châu')
  await page.getByLabel('Cụm mật khẩu', { exact: true }).fill('sông núi bản mường lúa')
  await page.getByLabel('Nhập lại cụm mật khẩu').fill('sông núi bản mường')
  await expect(page.getByText('Chưa giống cụm mật khẩu')).toBeVisible()
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'trung-tam.pem', mimeType: 'text/plain', buffer: Buffer.from('một chứng thư') })
  await expect(page.getByText('trung-tam.pem')).toBeVisible()
  await expect(button).toBeDisabled()
  await page.getByLabel('Nhập lại cụm mật khẩu').fill('sông núi bản mường lúa')
  await awake(screen)
  await page.keyboard.press('Enter')
  await expect(page.getByText('CERTIFICATE_UNSUITABLE')).toBeVisible()
  expect(screen.calls('setUpStation').map(({ input }) => input)).toEqual([
    {
      code: 'SL-0312',
      name: 'Công an xã Thuận Châu',
      passphrase: 'sông núi bản mường lúa',
      receiverCertificate: 'một chứng thư',
    },
  ])
})

test('the button on the camera takes the picture too', async ({ openScreen }) => {
  const screen = await openScreen({ role: 'officer', answers: answersAround(atDocuments), pictures })
  await expect(screen.page.locator('.camera')).toHaveAttribute('data-phase', 'live')
  await screen.emit('shutterPressed', { device: 'papers' })
  await expect.poll(() => screen.calls('takePage').map(({ input }) => input['kind'])).toEqual(['old-card-front'])
})

test('a picture that cannot be stored is kept on the screen and sent again', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: { ...answersAround(atDocuments), takePage: () => failed('DISK_FULL') },
    pictures,
  })
  await expect(screen.page.locator('.camera')).toHaveAttribute('data-phase', 'live')
  await expect(screen.page.locator('[data-key="Space"]')).toBeEnabled()
  await screen.page.keyboard.press('Space')
  await expect(screen.page.getByText('DISK_FULL')).toBeVisible()
  await expect(screen.page.getByAltText('Ảnh vừa chụp')).toBeVisible()
  await screen.picture('officer-documents-unsent')
  screen.answer('takePage', () => ok({}))
  await screen.page.keyboard.press('Control+s')
  await expect(screen.page.getByAltText('Ảnh vừa chụp')).toHaveCount(0)
  const [first, second] = screen.calls('takePage')
  expect(second?.input).toEqual(first?.input)
})

test('a missing camera is said in words, and comes to life with a new try', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: answersAround(atDocuments),
    pictures,
    before: () => {
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
      let plugged = false
      addEventListener('plug', () => {
        plugged = true
      })
      navigator.mediaDevices.getUserMedia = (wishes) =>
        plugged ? open(wishes) : Promise.reject(new DOMException('none', 'NotFoundError'))
    },
  })
  await expect(screen.page.getByText('Không thấy máy chụp')).toBeVisible()
  await screen.picture('officer-documents-no-camera')
  await screen.expectSound()
  await screen.page.evaluate(() => dispatchEvent(new Event('plug')))
  await screen.page.getByRole('button', { name: 'Thử lại' }).click()
  await expect(screen.page.locator('.camera')).toHaveAttribute('data-phase', 'live')
})

test('a camera that sends no picture is told from one that is not there', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: answersAround(atDocuments),
    pictures,
    before: () => {
      navigator.mediaDevices.getUserMedia = () => Promise.resolve(document.createElement('canvas').captureStream(0))
    },
  })
  await expect(screen.page.getByText('Máy chụp không gửi hình')).toBeVisible()
  await expect(screen.page.getByRole('button', { name: /Chụp mặt trước/u })).toBeDisabled()
})

test('answers of the citizen appear as they come, and a wrong one is corrected in place and asked again', async ({
  openScreen,
}) => {
  const desk = liveDossier([...atCheck, ...answersTo(1), questionShown(1)])
  const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
  desk.attach(screen)
  const row = (field: string) => screen.page.locator('.check-item').filter({ hasText: field })
  await expect(row('Số định danh')).toContainText('đang hỏi')
  await desk.happen({
    type: 'answered',
    field: 'personalNumber',
    value: '014088004567',
    answer: 'wrong',
    by: 'citizen',
  })
  await expect(row('Số định danh')).toContainText('sai')
  await screen.page.keyboard.press('Control+d')
  await screen.page.getByLabel('Số định danh đúng').fill('014088004568')
  await screen.page.keyboard.press('Enter')
  await expect(row('Số định danh')).toContainText('014 088 004 568')
  await expect(row('Số định danh')).toContainText('đang hỏi')
})

test('what is missing leads to its step, and the seal waits until nothing is', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: answersAround([...atReview, { type: 'signatureCleared' }]),
    pictures,
  })
  await expect(screen.page.getByRole('button', { name: 'Niêm phong hồ sơ' })).toBeDisabled()
  await screen.page.getByRole('button', { name: /^Chưa ký/u }).click()
  await expect.poll(() => screen.calls('goToStep').map(({ input }) => input)).toEqual([{ from: 'review', to: 'check' }])
})

test('exported files are told in words, damaged ones apart', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: { ...answersAround(sealedUp), exportSealed: () => ok({ written: 3, already: 1, damaged: 1 }) },
    pictures,
  })
  await screen.page.getByLabel('Thư mục nhận').fill('/media/usb')
  await screen.page.keyboard.press('Enter')
  await expect(screen.page.getByText('Đã chép và đọc lại 3 tệp; 1 tệp đã có sẵn ở đó.')).toBeVisible()
  await expect(screen.page.getByText('1 tệp trên đĩa này đã hỏng')).toBeVisible()
  expect(screen.calls('closeDossier')).toEqual([])
})

test('an open dossier of another day is taken up again from home', async ({ openScreen }) => {
  const row = {
    id: 'd2',
    number: 'SL-0312-000139',
    status: 'open',
    openedAt: '2026-11-20T02:00:00.000Z',
    changedAt: '2026-11-20T02:04:00.000Z',
  } as const
  const screen = await openScreen({
    role: 'officer',
    answers: { ...answersAround(undefined), listDossiers: () => ok([row]) },
    pictures,
  })
  await screen.page.getByRole('button', { name: /SL-0312-000139/u }).click()
  await expect.poll(() => screen.calls('resumeDossier').map(({ input }) => input)).toEqual([{ id: 'd2' }])
  await screen.emit('dossierChanged', viewOf([...atFingers, ...allFingers]))
  await expect(screen.page.getByText('Đủ dấu vân tay')).toBeVisible()
})

test('giving up a dossier asks for a reason and stops every other key', async ({ openScreen }) => {
  const screen = await openScreen({ role: 'officer', answers: answersAround(atDocuments), pictures })
  await screen.page.getByRole('button', { name: 'Trình đơn' }).click()
  await screen.page.getByRole('menuitem', { name: 'Bỏ hồ sơ này…' }).click()
  const dialog = screen.page.getByRole('alertdialog')
  await expect(dialog.getByRole('button', { name: 'Bỏ hồ sơ' })).toBeDisabled()
  await screen.page.keyboard.press('F5')
  await screen.page.keyboard.press('Control+k')
  await dialog.getByLabel('Lý do bỏ hồ sơ').fill('công dân về lấy giấy tờ')
  await screen.picture('officer-abandon')
  await screen.expectSound()
  await dialog.getByRole('button', { name: 'Bỏ hồ sơ' }).click()
  await expect
    .poll(() => screen.calls('abandonDossier').map(({ input }) => input))
    .toEqual([{ reason: 'công dân về lấy giấy tờ' }])
  expect(screen.calls('goToStep')).toEqual([])
})

test('a station opened elsewhere shows the dossier under way', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...answersAround(atDocuments),
      station: () => ok({ ...stationOpen, phase: 'locked' }),
      currentDossier: () => failed('STATION_LOCKED'),
    },
    pictures,
  })
  await expect(screen.page.getByRole('heading', { level: 1 })).toHaveText('Mở trạm')
  screen.answer('currentDossier', () => ok(viewOf(atDocuments)))
  await screen.emit('stationChanged', { ...stationOpen, today })
  await expect(screen.page.getByRole('heading', { level: 1 })).toHaveText('Giấy tờ')
})

test('between two citizens the desk tells of devices that get worse, and what to do about it', async ({
  openScreen,
}) => {
  const wearing: Surroundings['wearing'] = [
    { device: 'scanner', kind: 'fingerprint-scanner', how: 'needs-more-tries' },
    { device: 'reader', kind: 'card-reader', how: 'slower' },
  ]
  const screen = await openScreen({
    role: 'officer',
    answers: { ...answersAround(undefined), surroundings: () => ok({ ...around, wearing }) },
    pictures,
  })
  const notice = screen.page.getByRole('status').filter({ hasText: 'mấy hôm nay' })
  await expect(notice).toContainText('Máy vân tay phải lấy lại nhiều lần hơn')
  await expect(notice).toContainText('Đầu đọc thẻ chậm dần mấy hôm nay. Lau sạch')
  await screen.picture('officer-home-wearing')
  await screen.expectSound()
  await screen.emit('surroundingsChanged', around)
  await expect(notice).toHaveCount(0)
})
