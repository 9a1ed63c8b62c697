import { expect } from '@playwright/test'
import type { DossierEvent } from '#domain/enrolment/index.ts'
import { failed, ok, test } from './harness.ts'
import {
  allFingers,
  answersAround,
  around,
  atFingers,
  device,
  liveDossier,
  officers,
  picture,
  pictures,
  slapsTaken,
  taken,
} from './officer-desk.ts'
import { awake, deformed, inBed, inputs, openOfficers, openSheet, title } from './officer-fingers.ts'

const deformedThumb: DossierEvent = { ...deformed, finger: 'left-thumb' }

test('a finger is excepted by keyboard: chosen on the hands, with its reason and a picture of the hand', async ({
  openScreen,
}) => {
  const desk = liveDossier(atFingers)
  const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
  desk.attach(screen)
  const { page } = screen
  await awake(screen)
  await page.getByRole('button', { name: /^Ngón út phải/u }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Không có ngón' }).focus()
  await page.keyboard.press('Space')
  await expect(page.locator('.camera')).toHaveAttribute('data-phase', 'live')
  await page.keyboard.press('Control+p')
  await expect(dialog.getByAltText('Ảnh bàn tay')).toBeVisible()
  const [said] = inputs(screen, 'exceptFinger')
  expect(said).toMatchObject({ finger: 'right-little', reason: 'missing', photo: { bytes: expect.any(Number) } })
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Ngón út phải. không lấy được' })).toBeVisible()
  await expect(page.getByText('Còn thiếu 18 dấu vân tay')).toBeVisible()
  expect(inputs(screen, 'captureFingers')).toEqual([])
  await page.getByRole('button', { name: 'Ngón út phải. không lấy được' }).click()
  await dialog.getByRole('button', { name: 'Lấy được rồi, bỏ ghi nhận' }).click()
  await expect(dialog.getByText('Chọn lý do')).toBeVisible()
  expect(inputs(screen, 'dropFingerException')).toEqual([{ finger: 'right-little' }])
})

test('an approval waits for the second officer, is stopped with Escape, and shows who approved', async ({
  openScreen,
}) => {
  const desk = liveDossier([...atFingers, deformed])
  let answer: (reply: Awaited<ReturnType<typeof desk.happen>>) => void = () => {}
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...desk.answers,
      approveFingerException: () =>
        new Promise<Awaited<ReturnType<typeof desk.happen>>>((resolve) => {
          answer = resolve
        }),
      stopOfficerCapture: () => {
        answer(failed('CANCELLED'))
        return ok({})
      },
    },
    pictures,
  })
  desk.attach(screen)
  const { page } = screen
  await openSheet(/^Ngón áp út phải/u)(screen)
  const dialog = page.getByRole('dialog')
  const ask = async () => {
    await dialog.getByLabel('Cán bộ duyệt').selectOption('112-346')
    await dialog.getByRole('button', { name: 'Mời đặt ngón tay' }).click()
    await expect(dialog.getByText('Giàng A Mẫu: đặt ngón đã đăng ký')).toBeVisible()
  }
  await ask()
  await page.keyboard.press('Escape')
  await expect(dialog.getByText('CANCELLED')).toBeVisible()
  await ask()
  answer(
    await desk.happen({
      type: 'fingerExceptionApproved',
      finger: 'right-ring',
      badge: '112-346',
      name: 'Giàng A Mẫu',
      score: 80,
    }),
  )
  await expect(dialog.getByText('Đã duyệt: Giàng A Mẫu (112-346)')).toBeVisible()
  expect(inputs(screen, 'approveFingerException')).toEqual([
    { finger: 'right-ring', badge: '112-346' },
    { finger: 'right-ring', badge: '112-346' },
  ])
  expect(inputs(screen, 'stopOfficerCapture')).toHaveLength(1)
})

test("officers' prints are listed, taken, and removed only when asked once more", async ({ openScreen }) => {
  let known = officers
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...answersAround(undefined),
      listOfficers: () => ok(known),
      removeOfficer: ({ badge }) => {
        known = known.filter((each) => each.badge !== badge)
        return ok({})
      },
      registerOfficer: ({ badge, name, finger }) => {
        known = [...known, { badge, name, fingers: [finger] }]
        return ok({})
      },
    },
    pictures,
  })
  const { page } = screen
  await title(screen).waitFor()
  await openOfficers(screen)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Bỏ vân tay của Giàng A Mẫu' }).click()
  expect(inputs(screen, 'removeOfficer')).toEqual([])
  await dialog.getByRole('button', { name: 'Bỏ vân tay', exact: true }).click()
  await expect(dialog.getByText('112-346')).toHaveCount(0)
  await dialog.getByLabel('Số hiệu').fill(' 112-347 ')
  await dialog.getByLabel('Họ và tên').fill('Quàng Văn Mẫu')
  await dialog.getByLabel('Ngón tay').selectOption('left-thumb')
  await dialog.getByRole('button', { name: 'Lấy ngón này' }).click()
  await expect(dialog.getByText('Đã ghi ngón cái trái của Quàng Văn Mẫu.')).toBeVisible()
  await expect(dialog.getByText('112-347')).toBeVisible()
  expect(inputs(screen, 'registerOfficer')).toEqual([{ badge: '112-347', name: 'Quàng Văn Mẫu', finger: 'left-thumb' }])
  await dialog.getByText('Trẻ 6–13 tuổi: chỉ lấy vân tay phẳng').click()
  await expect(dialog.getByRole('switch')).toBeChecked()
  expect(inputs(screen, 'setStationPolicy')).toEqual([{ shortForChildren: true }])
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  expect(inputs(screen, 'openDossier')).toEqual([])
})

test('a reader below the grade of enrolment says what it is not for', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...answersAround(atFingers),
      surroundings: () =>
        ok({
          ...around,
          devices: around.devices.map((device) =>
            device.kind === 'fingerprint-scanner' ? { ...device, grade: 'verification' as const } : device,
          ),
        }),
    },
    pictures,
  })
  await expect(screen.page.getByText('Máy vân tay nhỏ (chỉ để xác minh, không dùng cho thẻ)')).toBeVisible()
  await screen.expectFits()
})

test('what is doubted or lacks its proof blocks the seal and is said with its finger', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: answersAround([
      ...atFingers,
      ...allFingers,
      ...taken('left-four', 'f9', [61, 70, 83, 77], [{ kind: 'wrong-hand' }]),
      { type: 'fingerExcepted', finger: 'right-ring', reason: 'unreadable' },
      deformedThumb,
      { type: 'bedsideChosen', reason: 'nằm tại giường' },
      { type: 'bedsideChosen', reason: '' },
      { type: 'stepEntered', from: 'fingers', to: 'review' },
    ]),
    pictures,
  })
  const { page } = screen
  const finding = (words: string) => page.getByRole('button', { name: words })
  await expect(finding('Vân tay có nghi ngờ, chưa quyết định')).toContainText('tay trái')
  await expect(finding('Ngón không lấy được chưa có ảnh')).toContainText('ngón áp út phải')
  await expect(finding('Ngón không lấy được chưa có cán bộ duyệt')).toContainText('ngón cái trái')
  await expect(page.getByText('Không lấy: ngón áp út phải (tạm thời không đọc được)')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Niêm phong hồ sơ' })).toBeDisabled()
  await screen.picture('officer-review-fingers')
  await screen.expectSound()
})

test('the review tells that single fingers were taken, and why', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: answersAround([
      ...atFingers,
      ...slapsTaken,
      inBed,
      { type: 'stepEntered', from: 'fingers', to: 'review' },
    ]),
    pictures,
  })
  await expect(screen.page.getByText('Lấy từng ngón: nằm tại giường, bàn tay mòn')).toBeVisible()
  await expect(screen.page.getByText('Đủ dấu vân tay')).toBeVisible()
})

test('irises are taken where there is a camera for them, and nothing is shown of them where there is none', async ({
  openScreen,
}) => {
  const without = await openScreen({ role: 'officer', answers: answersAround(atFingers), pictures })
  await expect(title(without)).toBeVisible()
  await expect(without.page.getByText('Mống mắt')).toHaveCount(0)

  const desk = liveDossier(atFingers)
  const irises = (['left', 'right'] as const).map((eye) => ({ eye, quality: 72, picture: picture(eye, 640, 480) }))
  const devices = [...around.devices, device('eyes', 'iris-camera', 'sbi-iris', 'http')]
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...desk.answers,
      surroundings: () => ok({ ...around, devices }),
      captureIrises: () => desk.happen({ type: 'irisesTaken', irises }),
    },
    pictures,
  })
  desk.attach(screen)
  await screen.page.getByRole('button', { name: 'Chụp mống mắt' }).waitFor()
  await screen.page.keyboard.press('Control+i')
  await expect(screen.page.getByAltText('Mắt trái')).toBeVisible()
  await expect(screen.page.getByAltText('Mắt phải')).toBeVisible()
  await screen.picture('officer-fingers-irises')
  await screen.expectSound()
  await screen.page.setViewportSize({ width: 1024, height: 600 })
  await screen.expectFits()
})
