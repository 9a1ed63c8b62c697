import { expect } from '@playwright/test'
import type { DossierEvent } from '#domain/enrolment/index.ts'
import { ok, test, type Screen } from './harness.ts'
import {
  allAnswered,
  allRight,
  answersTo,
  childAtCheck,
  childHere,
  citizenActs,
  motherNamed,
  questionShown,
  sealedUp,
} from './officer-citizen.ts'
import {
  answersAround,
  around,
  atCheck,
  atCompare,
  atFingers,
  enter,
  languages,
  liveDossier,
  opened,
  pictures,
  qrScanned,
} from './officer-desk.ts'
import { awake, inputs } from './officer-fingers.ts'

type Look = {
  readonly events: readonly DossierEvent[]
  readonly after?: (screen: Screen) => Promise<void>
  readonly noDisplay?: boolean
  readonly says: readonly string[]
}

const openCard = async (screen: Screen) => {
  const { page } = screen
  await awake(screen)
  await page.keyboard.press('Control+g')
  await page.getByRole('dialog', { name: 'Công dân' }).waitFor()
}
const openForm = async (screen: Screen) => {
  const { page } = screen
  await awake(screen)
  await page.keyboard.press('Control+h')
  await page.getByRole('dialog', { name: 'Người đại diện' }).waitFor()
}

const looks: Readonly<Record<string, Look>> = {
  card: {
    events: [opened, qrScanned],
    after: openCard,
    says: ['Tiếng Việt', 'Tiếng Mông', 'tự động: anh', '200 %', 'Đọc thành tiếng', 'Chọn bằng một nút'],
  },
  'child-arrival': {
    events: childHere,
    says: ['Dưới 14 tuổi: cha, mẹ hoặc người giám hộ phải có mặt', 'Người đại diện'],
  },
  'child-compare': {
    events: [...childHere, enter('arrival', 'compare')],
    says: ['Dưới 14 tuổi: cần cha, mẹ hoặc người giám hộ'],
  },
  'representative-form': {
    events: childHere,
    after: openForm,
    says: ['Công dân dưới 14 tuổi', 'Mẹ', 'Người giám hộ', 'Đừng quét'],
  },
  'representative-again': {
    events: [...childAtCheck, ...answersTo(2, 'representative', childAtCheck)],
    after: openForm,
    says: ['Bỏ người đại diện', 'các câu trả lời bị bỏ'],
  },
  'child-check': {
    events: [...childAtCheck, ...answersTo(2, 'representative', childAtCheck), questionShown(2, childAtCheck)],
    says: ['đúng · người đại diện', 'Người đại diện: Lò Thị Mẫu (mẹ)', 'Chữ ký của người đại diện'],
  },
  'check-page': {
    events: [...atCheck, ...allAnswered],
    says: ['Công dân đang xem toàn bộ', 'Xác nhận thay', 'đúng · công dân'],
  },
  'check-confirmed': {
    events: [...atCheck, ...allRight],
    says: ['Công dân đã xác nhận toàn bộ', 'Đang chờ công dân ký'],
  },
  'check-no-display': {
    events: [...atCheck, ...answersTo(3)],
    noDisplay: true,
    says: ['Chưa cắm màn hình công dân', 'Xoay máy cho công dân'],
  },
  'sealed-confirmed': { events: sealedUp, says: ['Ngôn ngữ', 'Tiếng Việt', 'công dân'] },
}

for (const [name, { events, after, noDisplay, says }] of Object.entries(looks)) {
  test(`the officer's view of the citizen, ${name}, says what it must, and is sound by day and by night`, async ({
    openScreen,
  }) => {
    const answers = answersAround(events)
    const screen = await openScreen({
      role: 'officer',
      answers: noDisplay ? { ...answers, surroundings: () => ok({ ...around, citizenScreen: 'no-display' }) } : answers,
      pictures,
    })
    const { page } = screen
    await page.getByRole('heading', { level: 1 }).waitFor()
    await after?.(screen)
    for (const words of says) await expect(page.getByText(words).filter({ visible: true }).first()).toBeVisible()
    await expect(page.locator('[data-settling]')).toHaveCount(0)
    await screen.picture(`officer-citizen-${name}`)
    await screen.expectSound()
    const hidden = await page.locator('.screen-work').evaluate((work) => work.scrollHeight - work.clientHeight)
    expect(hidden, 'pixels that a laptop of 1366 by 768 must scroll for').toBeLessThanOrEqual(0)
    await screen.expectSoundByNight()
    await screen.picture(`officer-citizen-${name}-dark`)
  })
}

test('language, address and the rest are chosen by keyboard from any step, and nothing behind the card acts', async ({
  openScreen,
}) => {
  const desk = liveDossier(atFingers)
  const screen = await openScreen({ role: 'officer', answers: { ...desk.answers, ...citizenActs(desk) }, pictures })
  desk.attach(screen)
  const { page } = screen
  await awake(screen)
  await openCard(screen)
  const card = page.getByRole('dialog', { name: 'Công dân' })
  // A pack without anything in it is no choice.
  await expect(card.getByRole('radio')).toHaveText([
    'Tiếng Việt',
    'English',
    'Tiếng Mông',
    'tự động: anh',
    'ông',
    'bà',
    'bác',
    'anh',
    'chị',
    'em',
    'cháu',
    'ông/bà',
    '100 %',
    '150 %',
    '200 %',
    'Tay phải',
    'Tay trái',
  ])
  await expect(card.getByRole('radio', { name: 'Tiếng Việt' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await expect(card.getByRole('radio', { name: 'Tiếng Mông' })).toBeChecked()
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  for (const _ of ['sound', 'contrast', 'scanning']) {
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
  }
  await expect
    .poll(() => inputs(screen, 'chooseViewing').at(-1))
    .toEqual({
      language: 'mww',
      textSize: 200,
      contrast: 'high',
      hand: 'left',
      sound: false,
      scanning: true,
    })
  expect(inputs(screen, 'chooseAddress')).toEqual([{ address: 'ông' }])
  await page.keyboard.press('Enter')
  await expect(card).toHaveCount(0)
  await expect(page.getByRole('button', { name: /Tiếng Mông, ông/u })).toBeVisible()
  expect(screen.calls('captureFingers')).toEqual([])
  expect(screen.calls('goToStep')).toEqual([])
})

test('Esc closes the card and does not go back a step', async ({ openScreen }) => {
  const screen = await openScreen({ role: 'officer', answers: answersAround(atCompare), pictures })
  await awake(screen)
  await openCard(screen)
  await screen.page.keyboard.press('Escape')
  await expect(screen.page.getByRole('dialog')).toHaveCount(0)
  expect(screen.calls('goToStep')).toEqual([])
})

test('on arrival the language and the form of address are chosen where they are asked', async ({ openScreen }) => {
  const desk = liveDossier([opened, qrScanned])
  const screen = await openScreen({ role: 'officer', answers: { ...desk.answers, ...citizenActs(desk) }, pictures })
  desk.attach(screen)
  await screen.page.getByRole('combobox', { name: 'Ngôn ngữ' }).selectOption('English')
  await screen.page.getByRole('combobox', { name: 'Cách gọi' }).selectOption('bác')
  await expect(screen.page.getByRole('button', { name: /English, bác/u })).toBeVisible()
  await screen.page.getByRole('combobox', { name: 'Cách gọi' }).selectOption('tự động: anh')
  await expect.poll(() => inputs(screen, 'chooseAddress')).toEqual([{ address: 'bác' }, { address: '' }])
})

test('a pack that is imported meanwhile can be chosen at once', async ({ openScreen }) => {
  const screen = await openScreen({ role: 'officer', answers: answersAround([opened]), pictures })
  const select = screen.page.getByRole('combobox', { name: 'Ngôn ngữ' })
  await expect(select.getByRole('option')).toHaveText(['Tiếng Việt', 'English', 'Tiếng Mông'])
  await screen.emit(
    'languagesChanged',
    languages.map((language) => ({ ...language, recordings: 12 })),
  )
  await expect(select.getByRole('option')).toHaveCount(4)
})

test('the representative of a child is named by keyboard, and a refusal stands beside the number', async ({
  openScreen,
}) => {
  const desk = liveDossier(childHere)
  const screen = await openScreen({ role: 'officer', answers: { ...desk.answers, ...citizenActs(desk) }, pictures })
  desk.attach(screen)
  const { page } = screen
  const { keyboard } = page
  await awake(screen)
  await openForm(screen)
  const form = page.getByRole('dialog', { name: 'Người đại diện' })
  await expect(form.getByLabel('Họ và tên')).toBeFocused()
  await keyboard.type('Lò Thị Mẫu')
  await keyboard.press('Tab')
  await keyboard.type('014218000018')
  await expect(form.getByLabel('Số định danh cá nhân')).toHaveValue('014 218 000 018')
  await expect(form.getByText('Sơn La · Nam · sinh năm 2018')).toBeVisible()
  await keyboard.press('Tab')
  // Arrows go through the relations: the mother is the second.
  await keyboard.press('Space')
  await keyboard.press('ArrowDown')
  await expect(form.getByRole('radio', { name: 'Mẹ' })).toBeChecked()
  await expect(form.getByRole('radio', { name: 'Công dân dưới 14 tuổi' })).toBeChecked()
  await keyboard.press('Enter')
  await expect(form.getByText('Số này là của công dân')).toBeVisible()

  const number = form.getByLabel('Số định danh cá nhân')
  await number.fill('014210000123')
  await keyboard.press('Enter')
  await expect(form.getByText('Người này chưa đủ 18 tuổi')).toBeVisible()
  await screen.picture('officer-citizen-representative-unfit')
  await screen.expectSound()
  await number.fill('014190000123')
  await keyboard.press('Enter')
  await expect(form).toHaveCount(0)
  expect(inputs(screen, 'nameRepresentative').at(-1)).toEqual({
    name: 'Lò Thị Mẫu',
    number: '014190000123',
    relation: 'mother',
    reason: 'under-14',
  })
  await expect(page.getByText('Người đại diện: Lò Thị Mẫu (mẹ)')).toBeVisible()
  await expect(page.getByText('Dưới 14 tuổi: cha, mẹ')).toHaveCount(0)
  expect(screen.calls('goToStep')).toEqual([])
})

test('what was typed of a representative survives a restart', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: answersAround(childHere, { 'representative.name': 'Lò Thị M', 'representative.number': '0141900' }),
    pictures,
  })
  await openForm(screen)
  await expect(screen.page.getByRole('dialog').getByLabel('Họ và tên')).toHaveValue('Lò Thị M')
  await expect(screen.page.getByRole('dialog').getByLabel('Số định danh cá nhân')).toHaveValue('014 190 0')
})

test('a representative is taken away again, and a ward of any age may have one', async ({ openScreen }) => {
  const desk = liveDossier([...childHere, motherNamed])
  const screen = await openScreen({ role: 'officer', answers: { ...desk.answers, ...citizenActs(desk) }, pictures })
  desk.attach(screen)
  await awake(screen)
  await openForm(screen)
  await screen.page.getByRole('button', { name: 'Bỏ người đại diện' }).click()
  await expect(screen.page.getByText('Dưới 14 tuổi: cha, mẹ').first()).toBeVisible()
  expect(screen.calls('dropRepresentative')).toHaveLength(1)

  const other = await openScreen({ role: 'officer', answers: answersAround(atCompare), pictures })
  await other.page.getByRole('button', { name: /Người đại diện/u }).click()
  await expect(other.page.getByRole('radio', { name: 'Công dân được giám hộ' })).toBeChecked()
})

test('a wrong field is the next act: Enter corrects it, and it is asked again', async ({ openScreen }) => {
  const desk = liveDossier([...atCheck, ...answersTo(1), questionShown(1)])
  const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
  desk.attach(screen)
  const row = (field: string) => screen.page.locator('.check-item').filter({ hasText: field })
  await awake(screen)
  await desk.happen({
    type: 'answered',
    field: 'personalNumber',
    value: '014088004567',
    answer: 'wrong',
    by: 'citizen',
  })
  await expect(row('Số định danh')).toContainText('sai · công dân')
  await expect(row('Số định danh')).toHaveAttribute('data-selected', 'true')
  await expect(screen.page.getByRole('button', { name: /Sửa số định danh/u })).toBeEnabled()
  await screen.page.keyboard.press('Enter')
  await screen.page.getByLabel('Số định danh đúng').fill('014088004568')
  await screen.page.keyboard.press('Enter')
  await expect(row('Số định danh')).toContainText('đang hỏi')
  await expect(screen.page.getByRole('button', { name: /Sang Kiểm tra/u })).toBeEnabled()
  expect(screen.calls('goToStep')).toEqual([])
})

test('the page is confirmed on behalf of the citizen only when asked, and it is said who did', async ({
  openScreen,
}) => {
  const desk = liveDossier([...atCheck, ...answersTo(8)])
  const screen = await openScreen({ role: 'officer', answers: { ...desk.answers, ...citizenActs(desk) }, pictures })
  desk.attach(screen)
  await awake(screen)
  await screen.page.keyboard.press('Control+m')
  expect(screen.calls('confirmPageForCitizen')).toEqual([])
  await screen.page.keyboard.press('1')
  await expect(screen.page.getByText('Đang mở trang toàn bộ')).toBeVisible()
  await screen.page.keyboard.press('Control+m')
  await expect(screen.page.getByText('Cán bộ đã xác nhận thay')).toBeVisible()
  await expect(screen.page.getByText('Đang chờ công dân ký')).toBeVisible()
})

test('without a display of their own the computer is turned to the citizen', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...answersAround([...atCheck, ...answersTo(3)]),
      surroundings: () => ok({ ...around, citizenScreen: 'unchosen' }),
    },
    pictures,
  })
  await expect(screen.page.getByText('Có màn hình nhưng chưa chọn cho công dân')).toBeVisible()
  await screen.page.getByRole('button', { name: /Xoay máy cho công dân/u }).click()
  await expect.poll(() => inputs(screen, 'turnToCitizen')).toEqual([{}])
})
