import { expect } from '@playwright/test'
import { rolledSteps, singleSteps, type CaptureStep, type FingerDoubt } from '#domain/biometrics/index.ts'
import type { DossierEvent } from '#domain/enrolment/index.ts'
import { failed, ok, test, type Answers, type Screen } from './harness.ts'
import {
  allFingers,
  answersAround,
  around,
  atFingers,
  blobs,
  captureStarted,
  found,
  liveDossier,
  officers,
  pictures,
  printPictures,
  slapsTaken,
  taken,
  today,
} from './officer-desk.ts'

type State = {
  readonly events: readonly DossierEvent[]
  readonly answers?: Answers
  readonly after?: (screen: Screen) => Promise<unknown>
  readonly says: readonly string[]
}

const repeated: FingerDoubt = { kind: 'repeated', position: 'right-index', other: 'right-middle', score: 71 }
const weakTwice: readonly DossierEvent[] = [
  ...taken('right-four', 'f1', [52, 70, 21, 60]),
  ...taken('right-four', 'f2', [78, 81, 34, 66]),
]
const inBed: DossierEvent = { type: 'bedsideChosen', reason: 'nằm tại giường, bàn tay mòn' }
const deformed: DossierEvent & { type: 'fingerExcepted' } = {
  type: 'fingerExcepted',
  finger: 'right-ring',
  reason: 'deformed',
  photo: blobs.hand,
}
const deformedThumb: DossierEvent = { ...deformed, finger: 'left-thumb' }
const child = (birthDate: string, shortForChildren: boolean): readonly DossierEvent[] => [
  { type: 'opened', number: 'SL-0312-000148', station: 'SL-0312', day: today, shortForChildren },
  { type: 'declared', field: 'fullName', value: 'Lò Thị Mẫu' },
  { type: 'declared', field: 'birthDate', value: birthDate },
  { type: 'stepEntered', from: 'arrival', to: 'fingers' },
]
const openSheet = (name: RegExp) => async (screen: Screen) => {
  await screen.page.getByRole('button', { name }).click()
  await screen.page.getByRole('dialog').waitFor()
}
const openOfficers = async ({ page }: Screen) => {
  await page.getByRole('button', { name: 'Trình đơn' }).click()
  await page.getByRole('menuitem', { name: 'Vân tay cán bộ…' }).click()
  await page.getByRole('dialog').waitFor()
}

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

const allPictures = { ...pictures, ...printPictures('right-four', 'f1', 'f2', 'f3') }

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
    await page.emulateMedia({ colorScheme: 'dark' })
    await screen.picture(`officer-fingers-${name}-dark`)
    await screen.expectSound()
  })
}

/** The green button, once it is awake. */
const awake = (screen: Screen) => expect(screen.page.locator('.button-next')).toBeEnabled()
const title = (screen: Screen) => screen.page.getByRole('heading', { level: 1 })
const inputs = (screen: Screen, name: string) =>
  screen
    .calls()
    .filter((each) => each.name === name)
    .map(({ input }) => input)

test('one Enter takes the whole plan: each good capture leads to the next by itself', async ({ openScreen }) => {
  const desk = liveDossier(atFingers)
  const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
  desk.attach(screen)
  await awake(screen)
  await screen.page.keyboard.press('Enter')
  await expect(screen.page.getByRole('button', { name: 'Nhận vân tay, sang Công dân xem' })).toBeEnabled()
  expect(inputs(screen, 'captureFingers').map(({ step }) => step)).toEqual([
    'right-four',
    'left-four',
    'two-thumbs',
    ...rolledSteps,
  ])
  await screen.page.keyboard.press('Enter')
  await expect(title(screen)).toHaveText('Công dân xem')
})

test('without the chain every capture waits for its own Enter', async ({ openScreen }) => {
  const desk = liveDossier(atFingers)
  const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
  desk.attach(screen)
  const { page } = screen
  await awake(screen)
  await page.keyboard.press('Control+l')
  await expect(page.getByRole('switch', { name: 'Chụp liên tiếp' })).not.toBeChecked()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Nhận tay phải, sang tay trái' })).toBeEnabled()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Nhận tay trái, sang hai ngón cái' })).toBeEnabled()
  expect(inputs(screen, 'captureFingers')).toEqual([{ step: 'right-four' }, { step: 'left-four' }])
})

test('a weak capture stops the chain, and so does a doubted one', async ({ openScreen }) => {
  const qualities = { 'left-four': [61, 30, 83, 77] } as Partial<Record<CaptureStep, readonly number[]>>
  const doubts = { 'two-thumbs': [{ kind: 'wrong-hand' }] } as Partial<Record<CaptureStep, readonly FingerDoubt[]>>
  const desk = liveDossier(atFingers)
  let count = 0
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...desk.answers,
      captureFingers: ({ step }) => {
        const own = qualities[step] ?? [78, 81, 64, 66]
        delete qualities[step]
        return desk.happen(...taken(step, `h${++count}`, own, doubts[step]))
      },
    },
    pictures,
  })
  desk.attach(screen)
  const { page } = screen
  await awake(screen)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Chưa đạt 40: ngón giữa trái')).toHaveCount(0)
  await expect(page.getByText('Chưa đạt 40: ngón áp út trái')).toBeVisible()
  await awake(screen)
  expect(inputs(screen, 'captureFingers').map(({ step }) => step)).toEqual(['right-four', 'left-four'])
  await page.keyboard.press('Enter')
  await expect(page.getByText('Hình này giống bàn tay kia.')).toBeVisible()
  expect(inputs(screen, 'captureFingers').map(({ step }) => step)).toEqual([
    'right-four',
    'left-four',
    'left-four',
    'two-thumbs',
  ])
  await expect(page.locator('.button-next')).toBeDisabled()
})

test('the chain waits for the comparison, and Escape ends it there', async ({ openScreen }) => {
  const desk = liveDossier(atFingers)
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...desk.answers,
      // Taken, but not yet compared with the other prints.
      captureFingers: ({ step }) => desk.happen(...taken(step, 'h1', [78, 81, 64, 66]).slice(0, 2)),
    },
    pictures,
  })
  desk.attach(screen)
  const { page } = screen
  await awake(screen)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Đang so với các vân tay đã lấy…')).toBeVisible()
  await expect(page.getByText('Đang chụp liên tiếp. Esc để dừng.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('Các ngón đều đạt.')).toBeVisible()
  await desk.happen({ type: 'fingersCompared', attempt: 'h1', doubts: [] })
  await expect(page.getByText('Đang so với các vân tay đã lấy…')).toHaveCount(0)
  expect(inputs(screen, 'captureFingers')).toEqual([{ step: 'right-four' }])
  expect(inputs(screen, 'goToStep')).toEqual([])
})

test('a dialog ends the chain: what is compared meanwhile leads nowhere', async ({ openScreen }) => {
  const desk = liveDossier(atFingers)
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...desk.answers,
      captureFingers: ({ step }) => desk.happen(...taken(step, 'h1', [78, 81, 64, 66]).slice(0, 2)),
    },
    pictures,
  })
  desk.attach(screen)
  const { page } = screen
  await awake(screen)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Đang chụp liên tiếp')).toBeVisible()
  await openSheet(/^Ngón áp út phải/u)(screen)
  await desk.happen({ type: 'fingersCompared', attempt: 'h1', doubts: [] })
  await page.keyboard.press('F3')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByText('Các ngón đều đạt.')).toBeVisible()
  expect(inputs(screen, 'captureFingers')).toEqual([{ step: 'right-four' }])
  expect(inputs(screen, 'goToStep')).toEqual([])
})

test('Escape stops a capture and with it the chain, and Space shoots at once', async ({ openScreen }) => {
  const desk = liveDossier(atFingers)
  let stop: (reply: ReturnType<typeof failed>) => void = () => {}
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...desk.answers,
      captureFingers: async ({ step }) => {
        await desk.happen(captureStarted(step, 'h1'))
        return new Promise<ReturnType<typeof failed>>((resolve) => {
          stop = resolve
        })
      },
      stopCapture: async () => {
        await desk.happen({ type: 'fingerCaptureFailed', attempt: 'h1', code: 'CANCELLED' })
        stop(failed('CANCELLED'))
        return ok({})
      },
    },
    pictures,
  })
  desk.attach(screen)
  const { page } = screen
  await awake(screen)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Đang chờ tay trên mặt kính')).toBeVisible()
  await page.keyboard.press('Space')
  await expect.poll(() => inputs(screen, 'shootFingers')).toHaveLength(1)
  await page.keyboard.press('Escape')
  await expect(page.getByText('CANCELLED')).toBeVisible()
  await awake(screen)
  expect(inputs(screen, 'captureFingers')).toHaveLength(1)
})

test('captures are chosen by digit and by arrows, in any order, and any of them is taken again', async ({
  openScreen,
}) => {
  const desk = liveDossier([...atFingers, ...slapsTaken])
  const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
  desk.attach(screen)
  const { page } = screen
  await expect(title(screen)).toHaveText('Lăn ngón cái phải')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(title(screen)).toHaveText('Lăn ngón giữa phải')
  await page.keyboard.press('ArrowLeft')
  await expect(title(screen)).toHaveText('Lăn ngón trỏ phải')
  await page.keyboard.press('2')
  await expect(title(screen)).toHaveText('Bốn ngón tay trái, đặt phẳng')
  await page.keyboard.press('Control+l')
  await page.keyboard.press('Control+r')
  await expect(page.getByRole('button', { name: 'Lần 2' })).toBeVisible()
  expect(inputs(screen, 'captureFingers')).toEqual([{ step: 'left-four' }])
  await page.keyboard.press('Enter')
  await expect(title(screen)).toHaveText('Lăn ngón cái phải')
})

test('of all tries the best print of each finger is used, and any of them can be looked at', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: answersAround([...atFingers, ...weakTwice]),
    pictures: allPictures,
  })
  const { page } = screen
  const used = (finger: string) =>
    page.getByRole('row', { name: new RegExp(`^${finger}`, 'u') }).locator('[data-used="true"]')
  await expect(used('Trỏ')).toHaveText(/78/u)
  await expect(used('Áp út')).toHaveText(/34/u)
  await expect(page.getByAltText('Lần lấy 2')).toBeVisible()
  await page.getByRole('button', { name: 'Lần 1' }).click()
  await expect(page.getByAltText('Lần lấy 1')).toBeVisible()
  await expect(page.locator('.finger-label').filter({ hasText: 'Áp út' })).toContainText('21')
})

test('weak prints are accepted only with a reason after three tries', async ({ openScreen }) => {
  const weak = ['f1', 'f2', 'f3'].flatMap((attempt) => taken('left-four', attempt, [52, 70, 21, 60]))
  const desk = liveDossier([...atFingers, ...weak])
  const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
  desk.attach(screen)
  await awake(screen)
  await expect(screen.page.getByRole('button', { name: 'Nhận dù chưa đạt' })).toHaveCount(0)
  await screen.page.keyboard.press('2')
  await expect(title(screen)).toHaveText('Bốn ngón tay trái, đặt phẳng')
  await screen.page.keyboard.press('Control+m')
  await expect(screen.page.getByRole('button', { name: 'Nhận với lý do này' })).toBeDisabled()
  await screen.page.getByLabel('Vì sao nhận vân tay chưa đạt').fill('ngón giữa mòn')
  await screen.picture('officer-fingers-accept')
  await screen.page.keyboard.press('Enter')
  await expect(screen.page.getByText('Nhận tay trái, sang hai ngón cái')).toBeVisible()
  expect(inputs(screen, 'acceptFingers')).toEqual([{ step: 'left-four', reason: 'ngón giữa mòn' }])
})

test('a failed capture says what to do and is taken again with the same key', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: { ...answersAround(atFingers), captureFingers: () => failed('DEVICE_GONE') },
    pictures,
  })
  await awake(screen)
  await screen.page.keyboard.press('Enter')
  await expect(screen.page.getByText('DEVICE_GONE')).toBeVisible()
  await awake(screen)
  await screen.page.keyboard.press('Enter')
  await expect.poll(() => inputs(screen, 'captureFingers')).toHaveLength(2)
})

test('a doubted try is dropped with one key, or used with a reason', async ({ openScreen }) => {
  const desk = liveDossier([
    ...atFingers,
    ...taken('right-four', 'f1', [78, 81, 64, 66], [repeated]),
    ...taken('right-four', 'f2', [70, 71, 72, 73], [repeated]),
  ])
  const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
  desk.attach(screen)
  const { page } = screen
  await expect(page.getByText('Lần 2', { exact: true })).toBeVisible()
  await page.keyboard.press('Delete')
  await expect(page.getByRole('button', { name: 'Lần 2: đã bỏ' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Lần 1' })).toBeVisible()
  await page.keyboard.press('Control+d')
  await expect(page.getByRole('button', { name: 'Vẫn dùng', exact: true })).toBeDisabled()
  await page.getByLabel('Vì sao vẫn dùng').fill('đã xem tận tay')
  await screen.picture('officer-fingers-doubt-reason')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Lần 1 vẫn dùng: đã xem tận tay')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Nhận tay phải, sang tay trái' })).toBeVisible()
  expect(inputs(screen, 'dropFingerTry')).toEqual([{ attempt: 'f2' }])
  expect(inputs(screen, 'dismissFingerDoubt')).toEqual([{ attempt: 'f1', reason: 'đã xem tận tay' }])
})

test('every doubt is said in words', async ({ openScreen }) => {
  const doubts: readonly FingerDoubt[] = [
    repeated,
    { kind: 'roll-differs', position: 'right-ring' },
    { kind: 'wrong-hand' },
    { kind: 'officer', position: 'right-little', badge: '112-345', score: 60 },
    { kind: 'other-dossier', position: 'right-index', dossier: 'SL-0312-000101', score: 55 },
  ]
  const screen = await openScreen({
    role: 'officer',
    answers: answersAround([...atFingers, ...taken('right-four', 'f1', [78, 81, 64, 66], doubts)]),
    pictures,
  })
  await expect(screen.page.locator('.doubts li')).toHaveText([
    'Ngón trỏ phải giống ngón giữa phải đã lấy.',
    'Dấu lăn và dấu phẳng của ngón áp út phải không giống nhau.',
    'Hình này giống bàn tay kia.',
    'Ngón út phải giống vân tay của cán bộ 112-345.',
    'Ngón trỏ phải giống vân tay trong hồ sơ SL-0312-000101.',
  ])
  await screen.expectFits()
})

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

test('single fingers are taken with a reason after weak tries, and left again', async ({ openScreen }) => {
  const desk = liveDossier([...atFingers, ...weakTwice])
  const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
  desk.attach(screen)
  const { page } = screen
  await awake(screen)
  await page.keyboard.press('Control+b')
  await expect(page.getByLabel('Vì sao lấy từng ngón')).toBeFocused()
  await page.keyboard.type('nằm tại giường')
  await screen.picture('officer-fingers-bedside-reason')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Đang lấy từng ngón')).toBeVisible()
  await awake(screen)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Nhận vân tay, sang Công dân xem' })).toBeEnabled()
  // What the slaps gave above the lower threshold is not asked for again.
  const asked = inputs(screen, 'captureFingers').map(({ step }) => step)
  expect(asked).toEqual(['flat-right-thumb', ...singleSteps.slice(5)])
  await page.keyboard.press('Control+b')
  await expect(page.getByText('Đang lấy từng ngón')).toHaveCount(0)
  expect(inputs(screen, 'chooseBedside')).toEqual([{ reason: 'nằm tại giường' }, { reason: '' }])
})

test('a frame of the preview changes nothing but the picture and what lies on it', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: answersAround([...atFingers, captureStarted('right-four', 'a1')]),
    pictures,
  })
  const { page } = screen
  const frame = (number: number, qualities: readonly number[]) =>
    screen.emit('fingerPreview', {
      attempt: 'a1',
      number,
      width: 800,
      height: 460,
      fingers: found('right-four', qualities),
      missing: [],
    })
  const shown = (number: number) =>
    expect(page.getByAltText('Hình trực tiếp của máy vân tay')).toHaveAttribute('src', `/live/a1/${number}.png`)
  await frame(1, [70, 71, 72, 73])
  await shown(1)
  await expect(page.locator('[data-settling]')).toHaveCount(0)
  await page.evaluate(() => {
    const changed: string[] = []
    Object.assign(window, { changed })
    new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement
        if (!element?.closest('.slap')) changed.push(element?.outerHTML.slice(0, 80) ?? '')
      }
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
  })
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const spent = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)
  }
  const before = await spent()
  const frames = 60
  for (let number = 2; number < 2 + frames; number++) await frame(number, [70 + (number % 9), 71, 72, 73])
  await shown(1 + frames)
  test.info().annotations.push({
    type: 'figure',
    description: `${((await spent()) - before) / frames} ms of the window's main thread per preview frame`,
  })
  expect(await page.evaluate(() => (window as unknown as { changed: string[] }).changed)).toEqual([])
  await frame(200, [20, 71, 72, 73])
  await expect(page.getByText('Ngón trỏ phải chưa đạt 40')).toBeVisible()
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
