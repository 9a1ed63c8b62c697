import { expect } from '@playwright/test'
import type { DossierEvent } from '#domain/enrolment/index.ts'
import { failed, test, type Answers, type Screen } from './harness.ts'
import {
  allFingers,
  answersAround,
  atFingers,
  captureStarted,
  found,
  slapsTaken,
  taken,
  today,
} from './officer-desk.ts'
import { allPictures, deformed, inBed, openOfficers, openSheet, repeated, weakTwice } from './officer-fingers.ts'

type State = {
  readonly events: readonly DossierEvent[]
  readonly answers?: Answers
  readonly after?: (screen: Screen) => Promise<unknown>
  readonly says: readonly string[]
}

const child = (birthDate: string, shortForChildren: boolean): readonly DossierEvent[] => [
  { type: 'opened', number: 'SL-0312-000148', station: 'SL-0312', day: today, shortForChildren },
  { type: 'declared', field: 'fullName', value: 'Lò Thị Mẫu' },
  { type: 'declared', field: 'birthDate', value: birthDate },
  { type: 'stepEntered', from: 'arrival', to: 'fingers' },
]

const states: Readonly<Record<string, State>> = {
  start: {
    events: atFingers,
    says: ['Bắt đầu lấy tay phải', 'Còn thiếu 20 dấu vân tay · bước 1/13', 'Lăn thiếu cả mười ngón', 'Chụp liên tiếp'],
  },
  live: {
    events: [...atFingers, captureStarted('right-four', 'a1')],
    after: (screen) =>
      screen.emit('fingerPreview', {
        attempt: 'a1',
        number: 7,
        width: 800,
        height: 460,
        fingers: found('right-four', [78, 81, 34]).map((finger) =>
          finger.position === 'right-ring' ? { ...finger, advice: 'moisten' } : finger,
        ),
        missing: ['right-little'],
      }),
    says: [
      'Áp út 34',
      'khô: thấm ẩm',
      'Chưa thấy ngón út phải',
      'Tự chụp khi cả bốn ngón đạt. Ngón áp út phải chưa đạt 40.',
      'Chụp ngay',
      'Dừng',
    ],
  },
  'wrong-hand': {
    events: [...atFingers, captureStarted('right-four', 'a1')],
    after: (screen) =>
      screen.emit('fingerPreview', {
        attempt: 'a1',
        number: 7,
        width: 800,
        height: 460,
        fingers: [],
        missing: ['right-index', 'right-middle', 'right-ring', 'right-little'],
        problem: 'wrong-hand',
      }),
    says: ['Nhầm tay: mời đặt bốn ngón tay phải.'],
  },
  rolling: {
    events: [...atFingers, ...slapsTaken, captureStarted('rolled-right-thumb', 'a1')],
    after: (screen) =>
      screen.emit('fingerPreview', {
        attempt: 'a1',
        number: 8,
        width: 500,
        height: 460,
        fingers: found('rolled-right-thumb', [38]).map((finger) => ({ ...finger, advice: 'roll-further' })),
        missing: [],
      }),
    says: ['Lăn ngón cái phải', 'Lăn thêm, chậm và đều', 'lăn thêm', 'Tự chụp khi ngón đã lăn đủ'],
  },
  'weak-coached': {
    events: [...atFingers, ...weakTwice],
    says: [
      'Chưa đạt 40: ngón áp út phải',
      'Bàn tay khô, mòn',
      'Màn hình công dân đang mời ngâm tay nước ấm',
      'Bôi kem',
      'Lấy từng ngón',
      'Lấy lại tay phải',
    ],
  },
  acceptable: {
    events: [...atFingers, ...weakTwice, ...taken('right-four', 'f3', [60, 62, 12, 55])],
    says: ['Nhận dù chưa đạt', 'đang mời'],
  },
  doubtful: {
    events: [...atFingers, ...taken('right-four', 'f1', [78, 81, 64, 66], [repeated])],
    says: [
      'Ngón trỏ phải giống ngón giữa phải đã lấy.',
      'Bỏ lần chụp này',
      'Vẫn dùng, vì…',
      'Quyết định lần chụp này trước',
    ],
  },
  decided: {
    events: [
      ...atFingers,
      ...taken('right-four', 'f1', [78, 81, 64, 66], [repeated]),
      { type: 'fingerTryDropped', attempt: 'f1' },
      ...taken(
        'right-four',
        'f2',
        [70, 61, 60, 50],
        [{ kind: 'officer', position: 'right-ring', badge: '112-345', score: 60 }],
      ),
      { type: 'fingerDoubtDismissed', attempt: 'f2', reason: 'đã xem tận tay' },
    ],
    after: ({ page }) => page.keyboard.press('1'),
    says: ['Lần 2 vẫn dùng: đã xem tận tay', 'Nhận tay phải, sang tay trái'],
  },
  failed: {
    events: [
      ...atFingers,
      ...taken('right-four', 'f1', [52, 70, 21]),
      captureStarted('right-four', 'f2'),
      { type: 'fingerCaptureFailed', attempt: 'f2', code: 'DEVICE_GONE' },
    ],
    says: ['DEVICE_GONE', 'Lần này không thấy ngón út phải', 'Lấy lại tay phải'],
  },
  rolls: {
    events: [
      ...atFingers,
      ...slapsTaken,
      ...taken('rolled-right-thumb', 'r1', [72]),
      ...taken('rolled-right-index', 'r2', [33]),
    ],
    says: [
      'Lăn lại ngón trỏ phải',
      'Còn thiếu 9 dấu vân tay · bước 5/13',
      'Lăn thiếu trỏ phải, giữa phải, áp út phải, út phải, cả tay trái.',
    ],
  },
  done: { events: [...atFingers, ...allFingers], says: ['Đủ dấu vân tay', 'Nhận vân tay, sang Công dân xem'] },
  bedside: {
    events: [...atFingers, ...weakTwice, inBed],
    says: ['Đang lấy từng ngón: chờ lâu hơn, ngưỡng 25.', 'nằm tại giường, bàn tay mòn', 'Về cách thường', 'Từng ngón'],
  },
  'child-short': { events: child('02/03/2016', true), says: ['Còn thiếu 10 dấu vân tay · bước 1/3'] },
  'child-under-6': {
    events: child('02/03/2022', false),
    says: ['Công dân chưa đủ 6 tuổi nên không lấy vân tay', 'Sang Công dân xem'],
  },
  'sheet-choice': {
    events: [...atFingers, ...weakTwice, { type: 'fingerTryDropped', attempt: 'f1' }],
    after: async (screen) => {
      await openSheet(/^Ngón áp út phải/u)(screen)
      await screen.page.getByText('Tạm thời không đọc được').click()
      await expect(screen.page.locator('.camera')).toHaveAttribute('data-phase', 'live')
    },
    says: [
      'Không lấy được vân tay này',
      'Cần ảnh bàn tay.',
      'Cần cán bộ thứ hai duyệt bằng vân tay.',
      'Có thể lấy bổ sung sau',
      'Chụp ảnh, ghi nhận',
      'đã bỏ',
      'được dùng',
    ],
  },
  'sheet-approval': {
    events: [...atFingers, ...weakTwice, deformed],
    answers: { approveFingerException: () => 'never' },
    after: async (screen) => {
      await openSheet(/^Ngón áp út phải/u)(screen)
      await screen.page.getByLabel('Cán bộ duyệt').selectOption('112-345')
      await screen.page.getByRole('button', { name: 'Mời đặt ngón tay' }).click()
    },
    says: ['Đã ghi: dị dạng', 'Lò Thị Mẫu: đặt ngón đã đăng ký lên máy vân tay', 'Dừng chờ', 'bỏ ghi nhận'],
  },
  'sheet-approval-failed': {
    events: [...atFingers, ...weakTwice, deformed],
    answers: { approveFingerException: () => failed('FINGER_DIFFERS') },
    after: async (screen) => {
      await openSheet(/^Ngón áp út phải/u)(screen)
      await screen.page.getByLabel('Cán bộ duyệt').selectOption('112-346')
      await screen.page.getByRole('button', { name: 'Mời đặt ngón tay' }).click()
    },
    says: ['Vân tay không khớp', 'FINGER_DIFFERS'],
  },
  'sheet-approved': {
    events: [
      ...atFingers,
      ...weakTwice,
      deformed,
      { type: 'fingerExceptionApproved', finger: 'right-ring', badge: '112-346', name: 'Giàng A Mẫu', score: 80 },
    ],
    after: openSheet(/^Ngón áp út phải/u),
    says: ['Đã duyệt: Giàng A Mẫu (112-346)'],
  },
  excepted: {
    events: [...atFingers, deformed, ...taken('right-four', 'f1', [78, 81])],
    says: ['Không lấy ngón áp út phải.', 'Chờ duyệt: ngón áp út phải.'],
  },
  officers: {
    events: atFingers,
    answers: { registerOfficer: () => failed('LOW_QUALITY') },
    after: async (screen) => {
      await openOfficers(screen)
      const { page } = screen
      await page.getByRole('button', { name: 'Bỏ vân tay của Giàng A Mẫu' }).click()
      await page.getByLabel('Số hiệu').fill('112-347')
      await page.getByLabel('Họ và tên').fill('Quàng Văn Mẫu')
      await page.keyboard.press('Enter')
    },
    says: [
      'không bao giờ dùng cho thẻ',
      'Ngón trỏ phải, Ngón trỏ trái',
      'Bỏ mọi vân tay của Giàng A Mẫu?',
      'LOW_QUALITY',
      'Trẻ 6–13 tuổi: chỉ lấy vân tay phẳng',
    ],
  },
}

for (const [name, { events, answers, after, says }] of Object.entries(states)) {
  test(`the fingers ${name} screen says what it must, fits a small laptop, and is sound by day and by night`, async ({
    openScreen,
  }) => {
    const screen = await openScreen({
      role: 'officer',
      answers: { ...answersAround(events), ...answers },
      pictures: allPictures,
    })
    const { page } = screen
    await page.getByRole('heading', { level: 1 }).waitFor()
    await after?.(screen)
    for (const words of says) await expect(page.getByText(words).first()).toBeVisible()
    await expect(page.locator('[data-settling]')).toHaveCount(0)
    await screen.picture(`officer-fingers-${name}`)
    await screen.expectSound()
    const hidden = () => page.locator('.screen-work').evaluate((work) => work.scrollHeight - work.clientHeight)
    expect(await hidden(), 'pixels that must be scrolled for').toBeLessThanOrEqual(0)
    await page.setViewportSize({ width: 1024, height: 600 })
    await screen.picture(`officer-fingers-${name}-small`)
    await screen.expectFits()
    expect(await hidden(), 'pixels that must be scrolled for on a small screen').toBeLessThanOrEqual(0)
    await page.setViewportSize({ width: 1366, height: 768 })
    await screen.expectSoundByNight()
    await screen.picture(`officer-fingers-${name}-dark`)
  })
}
