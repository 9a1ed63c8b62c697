import type { DossierEvent } from '#domain/enrolment/index.ts'
import { expect } from '@playwright/test'
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { failed, ok, test, type Answers, type Screen } from './harness.ts'
import { allRight, answersTo, atReview, sealedUp, signed } from './officer-citizen.ts'
import {
  answersAround,
  around,
  atCheck,
  atCompare,
  atDocuments,
  atFingers,
  atPortrait,
  chipRead,
  differing,
  documentsTaken,
  opened,
  pictures,
  portraitTaken,
  qrScanned,
  stationOpen,
  taken,
  today,
} from './officer-desk.ts'

type State = {
  readonly events?: readonly DossierEvent[]
  readonly answers?: Answers
  readonly drafts?: Readonly<Record<string, string>>
  /** What happens once the window stands. */
  readonly after?: (screen: Screen) => Promise<void>
  /** What the officer must be able to read there. */
  readonly says: readonly string[]
}

const unwell: Answers['surroundings'] = () =>
  ok({
    ...around,
    host: 'restarting',
    devices: around.devices.map((device) =>
      device.kind === 'fingerprint-scanner' ? { ...device, state: 'failed', problem: 'DEVICE_SILENT' } : device,
    ),
    citizenScreen: 'no-display',
  })

const wronged: readonly DossierEvent[] = [
  ...answersTo(6),
  { type: 'answered', field: 'ethnicity', value: 'Thái', answer: 'wrong', by: 'citizen' },
  { type: 'answered', field: 'religion', value: 'Không', answer: 'right', by: 'officer' },
]

const states: Readonly<Record<string, State>> = {
  'station-new': {
    answers: { station: () => ok({ phase: 'new', runtime: 'stand-in', simulated: true, today }) },
    says: ['Thiết lập trạm', 'Chứng thư của nơi nhận'],
  },
  'station-locked': {
    answers: {
      station: () => ok({ ...stationOpen, phase: 'locked' }),
      unlockStation: () => failed('WRONG_PASSPHRASE'),
    },
    after: async ({ page }) => {
      await page.getByLabel('Cụm mật khẩu').fill('sai rồi')
      await page.getByRole('button', { name: 'Mở trạm' }).click()
    },
    says: ['Công an xã Thuận Châu đang khóa', 'WRONG_PASSPHRASE'],
  },
  'station-failed': {
    answers: { station: () => ok({ ...stationOpen, phase: 'failed', failure: 'STORE_FROM_FUTURE' }) },
    says: ['Không mở được kho hồ sơ', 'STORE_FROM_FUTURE'],
  },
  'home-empty': {
    says: ['Hôm nay chưa có hồ sơ nào', 'Tiếp đón người mới', 'Thiết bị mô phỏng', 'Bản thay thế Electron'],
  },
  home: {
    answers: {
      listDossiers: () =>
        ok([
          {
            id: 'd1',
            number: 'SL-0312-000145',
            status: 'closed',
            openedAt: `${today}T01:00:00.000Z`,
            changedAt: `${today}T01:08:00.000Z`,
          },
          {
            id: 'd2',
            number: 'SL-0312-000139',
            status: 'open',
            openedAt: '2026-11-20T02:00:00.000Z',
            changedAt: '2026-11-20T02:04:00.000Z',
          },
          {
            id: 'd3',
            number: 'SL-0312-000146',
            status: 'abandoned',
            openedAt: `${today}T02:00:00.000Z`,
            changedAt: `${today}T02:01:00.000Z`,
          },
          {
            id: 'd4',
            number: 'SL-0312-000101',
            status: 'closed',
            openedAt: '2026-11-19T02:00:00.000Z',
            changedAt: '2026-11-19T02:04:00.000Z',
          },
        ]),
    },
    says: ['SL-0312-000139', 'Làm tiếp', 'SL-0312-000145', 'đã xong', 'đã bỏ'],
  },
  arrival: {
    events: [opened],
    says: ['Công dân chưa rõ tên', 'Nhập số định danh, quét mã QR hoặc gõ MRZ', 'Hẹn trả 02/12/2026'],
  },
  'arrival-reading': {
    events: [opened, qrScanned, ...chipRead.slice(0, 1)],
    after: (screen) =>
      screen.emit('chipProgress', {
        attempt: 'c1',
        stage: 'read',
        file: 'DG2',
        bytesRead: 9_216,
        bytesTotal: 18_432,
        details: { fullName: 'Quàng Văn Mẫu', personalNumber: '014088004567', birthDate: '01/06/1988', sex: 'Nam' },
      }),
    says: ['Đang đọc DG2', '9 KB / 18 KB', 'Dừng đọc', '014 088 004 567', 'đang đọc tiếp, giữ yên thẻ'],
  },
  'arrival-denied': {
    events: [opened, qrScanned],
    answers: {
      readChip: () =>
        failed('CHIP_ACCESS_DENIED', { reason: 'wrong-password', likely: 'expiry-date', attemptsLeft: 2 }),
    },
    after: (screen) => screen.page.keyboard.press('Control+r'),
    says: ['Chưa mở được chip của thẻ', 'Nhiều khả năng sai ngày hết hạn', 'Thẻ còn 2 lần thử'],
  },
  'arrival-last-attempt': {
    events: [opened, qrScanned],
    answers: { readChip: () => failed('CHIP_ACCESS_DENIED', { reason: 'last-attempt', attemptsLeft: 1 }) },
    after: (screen) => screen.page.keyboard.press('Control+r'),
    says: ['Thẻ chỉ còn một lần thử', 'Thử lần cuối'],
  },
  'arrival-failed': {
    events: [
      opened,
      qrScanned,
      ...chipRead.slice(0, 1),
      { type: 'chipReadFailed', attempt: 'c1', code: 'CARD_REMOVED' },
    ],
    answers: { surroundings: unwell },
    says: ['CARD_REMOVED', 'không trả lời, rút ra cắm lại', 'Màn hình công dân: chưa cắm'],
  },
  'arrival-chip': {
    events: [opened, qrScanned, ...chipRead],
    says: ['Quàng Văn Mẫu', 'chưa xác thực: chưa có chứng thư gốc', '014 088 004 567'],
  },
  'arrival-chip-forged': {
    events: [
      opened,
      qrScanned,
      ...chipRead.map((event) =>
        event.type === 'chipRead' ? ({ ...event, trust: 'failed', failedCheck: 'group-hash' } as const) : event,
      ),
    ],
    says: ['chip có thể bị làm giả', 'Dữ liệu đọc từ chip khác với dữ liệu đã ký', 'giữ thẻ và báo chỉ huy'],
  },
  compare: {
    events: [...atCompare, ...differing],
    says: ['chỉ khác dấu', 'chỉ có một phần ngày', 'giá trị được nhận'],
  },
  'compare-missing': {
    events: [
      opened,
      { type: 'declared', field: 'fullName', value: 'Lò Thị Mẫu' },
      { type: 'stepEntered', from: 'arrival', to: 'compare' },
    ],
    says: ['Còn thiếu: Số định danh, Ngày sinh', 'còn thiếu, ghi vào đây', 'Chip: chưa đọc'],
  },
  documents: { events: [...atDocuments, ...documentsTaken.slice(0, 1)], says: ['Lật thẻ: chụp mặt sau', 'Đã chụp 1'] },
  portrait: {
    events: [...atPortrait, portraitTaken],
    says: ['So với ảnh trong chip', 'Ảnh vừa chụp', 'Ảnh trong chip'],
  },
  check: { events: [...atCheck, ...answersTo(3)], says: ['đang hỏi', 'Giới tính có đúng không?', 'Trả lời thay'] },
  'check-wrong': { events: [...atCheck, ...wronged], says: ['Công dân chưa đồng ý: dân tộc', 'cán bộ trả lời thay'] },
  'check-signed': { events: [...atCheck, ...allRight, signed], says: ['Ký lại'] },
  review: { events: atReview, says: ['Cần xem 1', 'Chip chưa xác thực được'] },
  'review-missing': {
    events: [opened, ...differing, { type: 'stepEntered', from: 'arrival', to: 'review' }],
    says: ['Còn thiếu 6', 'Thiếu thông tin bắt buộc', 'Chưa chụp ảnh chân dung', 'Thiếu vân tay'],
  },
  'review-sealing': {
    events: [...atReview, { type: 'sealRequested', attempt: 's1' }],
    says: ['Đang ký, mã hóa và đọc lại tệp'],
  },
  'review-failed': {
    events: [
      ...atReview,
      { type: 'sealRequested', attempt: 's1' },
      { type: 'sealFailed', attempt: 's1', code: 'DISK_FULL' },
    ],
    says: ['DISK_FULL', 'Niêm phong hồ sơ'],
  },
  sealed: { events: sealedUp, says: ['Đã niêm phong', 'SL-0312-000147.p7m', '3,1 MB', '3fa4c1d2', 'Kết thúc lượt'] },
}

for (const [name, { events, answers, drafts, after, says }] of Object.entries(states)) {
  test(`the officer's ${name} screen says what it must, and is sound by day and by night`, async ({ openScreen }) => {
    const screen = await openScreen({
      role: 'officer',
      answers: { ...answersAround(events, drafts), ...answers },
      pictures,
    })
    const { page } = screen
    await page.getByRole('heading', { level: 1 }).waitFor()
    await after?.(screen)
    for (const words of says) await expect(page.getByText(words).first()).toBeVisible()
    await expect(page.locator('[data-settling]')).toHaveCount(0)
    if ((await page.locator('.camera').count()) > 0)
      await expect(page.locator('.camera')).toHaveAttribute('data-phase', 'live')
    await screen.picture(`officer-${name}`)
    await screen.expectSound()
    const hidden = await page.locator('.screen-work').evaluate((work) => work.scrollHeight - work.clientHeight)
    expect(hidden, 'pixels that a laptop of 1366 by 768 must scroll for').toBeLessThanOrEqual(0)
    await screen.expectSoundByNight()
    await screen.picture(`officer-${name}-dark`)
  })
}

test('English is chosen in the menu and every word follows', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: answersAround([...atFingers, ...taken('right-four', 'f1', [78, 81, 34, 66])]),
    pictures,
  })
  await screen.page.getByRole('button', { name: 'Trình đơn' }).click()
  await screen.page.getByRole('menuitemradio', { name: 'English' }).click()
  await expect(screen.page.getByRole('heading', { level: 1 })).toHaveText('Four right fingers, flat')
  await expect(screen.page.locator('html')).toHaveAttribute('lang', 'en')
  await screen.picture('officer-english')
  await screen.expectSound()
})

test('both languages hold the same words, and the window asks for no others', () => {
  const root = resolve(import.meta.dirname, '../../..')
  const words = (language: string) =>
    flatten(JSON.parse(readFileSync(resolve(root, `resources/languages/${language}/officer.json`), 'utf8')) as Words)
  const vietnamese = words('vi')
  const singular = (key: string) => key.endsWith('_one')
  expect([...words('en')].filter((key) => !singular(key)).toSorted()).toEqual([...vietnamese].toSorted())

  const sources = readdirSync(resolve(root, 'renderer/officer'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.tsx?$/u.test(path),
  )
  const asked = sources.flatMap((path) =>
    [...readFileSync(resolve(root, 'renderer/officer', path), 'utf8').matchAll(/\bt\('([\w.-]+)'/gu)].map(
      ([, key = '']) => key,
    ),
  )
  expect(asked.length).toBeGreaterThan(100)
  expect(asked.filter((key) => !vietnamese.has(key) && !vietnamese.has(`${key}_other`))).toEqual([])
})

type Words = { readonly [key: string]: string | Words }

function flatten(words: Words, before = ''): Set<string> {
  return new Set(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string' ? [before + key] : [...flatten(value, `${before}${key}.`)],
    ),
  )
}
