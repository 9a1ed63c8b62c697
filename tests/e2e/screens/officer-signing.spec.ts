import { expect } from '@playwright/test'
import { allFingers } from '#domain/biometrics/index.ts'
import type { DossierEvent } from '#domain/enrolment/index.ts'
import { failed, ok, test, type Screen } from './harness.ts'
import {
  allRight,
  answersTo,
  cannotWrite,
  childAtCheck,
  citizenActs,
  marked,
  markPictures,
  signed,
  witness,
  witnessed,
} from './officer-citizen.ts'
import { answersAround, atCheck, enter, liveDossier } from './officer-desk.ts'
import { awake, inputs } from './officer-fingers.ts'

const confirmed: readonly DossierEvent[] = [...atCheck, ...allRight]
const excepted: readonly DossierEvent[] = [...confirmed, cannotWrite]
const noFingers: readonly DossierEvent[] = allFingers.map((finger) => ({
  type: 'fingerExcepted',
  finger,
  reason: 'missing',
}))
const childRight = [...childAtCheck, ...answersTo(6, 'representative', childAtCheck)]

type Look = {
  readonly events: readonly DossierEvent[]
  readonly after?: (screen: Screen) => Promise<void>
  readonly says: readonly string[]
}

const open = async (screen: Screen) => {
  await awake(screen)
  await screen.page.keyboard.press('Control+u')
  await screen.page.getByRole('dialog', { name: 'Không ký được' }).waitFor()
}
const takeMark = async (screen: Screen) => {
  await awake(screen)
  await screen.page.keyboard.press('Control+i')
}

const looks: Readonly<Record<string, Look>> = {
  asked: {
    events: confirmed,
    after: open,
    says: ['Điểm chỉ thay chữ ký', 'Không biết viết', 'Không nhìn thấy', 'Người làm chứng'],
  },
  early: {
    events: [...atCheck, ...answersTo(2), cannotWrite],
    says: ['Không ký: không biết viết', 'Sau khi xác nhận toàn bộ: lấy dấu', 'Giàng A Mẫu'],
  },
  ready: {
    events: excepted,
    says: ['Mời công dân đặt ngón tay', 'Lấy dấu', 'ký sau dấu ngón tay'],
  },
  marked: {
    events: [...excepted, marked],
    says: ['Ngón trỏ phải', 'khớp dấu trong hồ sơ (71/100)', 'Người làm chứng ký trên màn hình công dân'],
  },
  complete: { events: [...excepted, marked, witnessed], says: ['Giàng A Mẫu', 'Làm lại', 'Bỏ, ký được'] },
  'no-finger': {
    events: [...atCheck, ...noFingers, ...allRight, cannotWrite],
    says: ['Không có ngón nào để điểm chỉ', 'Người làm chứng ký trên màn hình công dân'],
  },
  review: {
    events: [...excepted, marked, witnessed, enter('check', 'review')],
    says: ['không ký: không biết viết', 'Ngón trỏ phải', 'Giàng A Mẫu · 012 080 000 456', 'Tiếng Việt'],
  },
  'review-missing': {
    events: [...childRight, { ...cannotWrite, reason: 'hand-injured' }, enter('check', 'review')],
    says: [
      'Chưa xác nhận trang toàn bộ',
      'Chưa lấy dấu ngón tay thay chữ ký',
      'Người làm chứng chưa ký',
      'Lò Thị Mẫu · mẹ · 014 190 000 123',
    ],
  },
}

for (const [name, { events, after, says }] of Object.entries(looks)) {
  test(`signing that cannot be, ${name}, says what it must, and is sound by day and by night`, async ({
    openScreen,
  }) => {
    const screen = await openScreen({ role: 'officer', answers: answersAround(events), pictures: markPictures })
    const { page } = screen
    await page.getByRole('heading', { level: 1 }).waitFor()
    await after?.(screen)
    for (const words of says) await expect(page.getByText(words).filter({ visible: true }).first()).toBeVisible()
    await expect(page.locator('[data-settling]')).toHaveCount(0)
    await screen.picture(`officer-signing-${name}`)
    await screen.expectSound()
    const hidden = await page.locator('.screen-work').evaluate((work) => work.scrollHeight - work.clientHeight)
    expect(hidden, 'pixels that a laptop of 1366 by 768 must scroll for').toBeLessThanOrEqual(0)
    await screen.expectSoundByNight()
    await screen.picture(`officer-signing-${name}-dark`)
  })
}

const live = (start: readonly DossierEvent[]) => {
  const desk = liveDossier(start)
  return { ...desk, answers: { ...desk.answers, ...citizenActs(desk) } }
}

test('somebody who cannot write lays down a finger and a witness signs, all by keyboard', async ({ openScreen }) => {
  const desk = live(confirmed)
  const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures: markPictures })
  desk.attach(screen)
  const { page } = screen
  const { keyboard } = page
  await open(screen)
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Họ và tên')).toBeFocused()
  await keyboard.type(witness.name)
  await keyboard.press('Tab')
  await keyboard.type(witness.number)
  await keyboard.press('Enter')
  // Without a reason there is nothing to record.
  await expect(dialog.getByRole('button', { name: /Ghi người làm chứng/u })).toBeDisabled()
  await keyboard.press('Shift+Tab')
  await keyboard.press('Shift+Tab')
  await keyboard.press('Space')
  await expect(dialog.getByRole('radio', { checked: true })).toHaveCount(1)
  await keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  expect(inputs(screen, 'exceptSigning')).toHaveLength(1)
  expect(inputs(screen, 'exceptSigning')[0]?.['witness']).toEqual(witness)

  await expect(page.getByRole('combobox', { name: 'Ngón điểm chỉ' })).toHaveValue('right-index')
  await keyboard.press('Control+i')
  await expect(page.getByText('khớp dấu trong hồ sơ (71/100)')).toBeVisible()
  expect(inputs(screen, 'takeMark')).toEqual([{ finger: 'right-index' }])
  await desk.happen(witnessed)
  await expect(page.getByAltText('Chữ ký của người làm chứng')).toBeVisible()
  await keyboard.press('Control+k')
  await expect(page.getByAltText('Chữ ký của người làm chứng')).toHaveCount(0)
  await expect(page.getByRole('button', { name: /Lấy dấu/u })).toBeEnabled()
  await page.getByRole('button', { name: /Bỏ, ký được/u }).click()
  await expect(page.getByText('Đang chờ công dân ký')).toBeVisible()
  expect(screen.calls('goToStep')).toEqual([])
})

test('a finger that is waited for is called by its name, and Esc stops the waiting', async ({ openScreen }) => {
  let stop: (() => void) | undefined
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...answersAround(excepted),
      takeMark: () => new Promise((done) => (stop = () => done(failed('CANCELLED')))),
      stopOfficerCapture: () => {
        stop?.()
        return ok({})
      },
    },
    pictures: markPictures,
  })
  await awake(screen)
  await screen.page.getByRole('combobox', { name: 'Ngón điểm chỉ' }).selectOption('Ngón trỏ trái')
  await screen.page.keyboard.press('Control+i')
  await expect(screen.page.getByText('Mời công dân đặt ngón trỏ trái lên máy vân tay, giữ yên.')).toBeVisible()
  await screen.picture('officer-signing-waiting')
  await screen.expectSound()
  await screen.page.keyboard.press('Escape')
  await expect(screen.page.getByText('Đã dừng. Lấy lại khi sẵn sàng.')).toBeVisible()
  expect(screen.calls('stopOfficerCapture')).toHaveLength(1)
  expect(screen.calls('goToStep')).toEqual([])
})

for (const [code, words] of [
  ['FINGER_DIFFERS', 'Không khớp ngón trỏ phải trong hồ sơ'],
  ['LOW_QUALITY', 'Dấu chưa rõ. Lau ngón tay và mặt kính'],
  ['NO_FINGER', 'Chưa thấy ngón tay. Đặt ngón trỏ phải'],
  ['DEVICE_GONE', 'DEVICE_GONE'],
] as const) {
  test(`a mark refused with ${code} says what to do, and can be taken again at once`, async ({ openScreen }) => {
    const screen = await openScreen({
      role: 'officer',
      answers: { ...answersAround(excepted), takeMark: () => failed(code) },
      pictures: markPictures,
    })
    await takeMark(screen)
    await expect(screen.page.getByText(words)).toBeVisible()
    await expect(screen.page.getByText(code)).toBeVisible()
    await expect(screen.page.getByRole('button', { name: /Lấy dấu/u })).toBeEnabled()
    await screen.picture(`officer-signing-${code}`)
    await screen.expectSound()
  })
}

test('fingers that cannot be taken are not offered for the mark', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: answersAround([
      ...atCheck,
      { type: 'fingerExcepted', finger: 'right-index', reason: 'missing' },
      ...allRight,
      cannotWrite,
    ]),
    pictures: markPictures,
  })
  const choice = screen.page.getByRole('combobox', { name: 'Ngón điểm chỉ' })
  await expect(choice).toHaveValue('left-index')
  await expect(choice.getByRole('option')).toHaveCount(9)
})

test('a witness who is the citizen, or too young, is refused beside the number', async ({ openScreen }) => {
  const desk = live([...confirmed])
  const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures: markPictures })
  desk.attach(screen)
  await open(screen)
  const dialog = screen.page.getByRole('dialog')
  await dialog.getByText('Không nhìn thấy').click()
  await dialog.getByLabel('Họ và tên').fill('Quàng Văn Mẫu')
  await dialog.getByLabel('Số định danh cá nhân').fill('014088004567')
  await screen.page.keyboard.press('Enter')
  await expect(dialog.getByText('Số này là của công dân')).toBeVisible()
  await dialog.getByLabel('Số định danh cá nhân').fill('014218000018')
  await screen.page.keyboard.press('Enter')
  await expect(dialog.getByText('Người này chưa đủ 18 tuổi')).toBeVisible()
  await screen.picture('officer-signing-unfit')
  await screen.expectSound()
})

test('a signature that is there is not doubted: only signing again is offered', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: answersAround([...confirmed, signed]),
    pictures: markPictures,
  })
  await expect(screen.page.getByRole('button', { name: /Ký lại/u })).toBeVisible()
  await expect(screen.page.getByRole('button', { name: /Không ký được/u })).toHaveCount(0)
})
