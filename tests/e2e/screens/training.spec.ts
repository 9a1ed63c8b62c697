import { expect, type Page } from '@playwright/test'
import type { LessonView } from '#contract/index.ts'
import { lessons } from '#domain/training/index.ts'
import { failed, ok, test, type Screen } from './harness.ts'
import { answersAround, atCompare, atFingers, atPortrait, liveDossier, opened, pictures } from './officer-desk.ts'
import { lessonWith, newStation, scoreWithout, trainingAnswers, trainingStation, untaken } from './training-desk.ts'

const openOfficer = { role: 'officer', training: true, pictures } as const
const heading = (page: Page) => page.getByRole('heading', { level: 1 })
const awake = (page: Page) => expect(page.locator('[data-settling]')).toHaveCount(0)
const strip = (page: Page) => page.getByRole('region', { name: 'Bài học đang làm' })
const started = (screen: Screen) => screen.calls('startLesson').map(({ input }) => input['lesson'])
const done = (screen: Screen) => screen.calls('useHands').map(({ input }) => input['act'])

test.describe('between lessons', () => {
  test('a new officer reads first what this program is and that nothing is sent, and Enter begins the first lesson', async ({
    openScreen,
  }) => {
    const screen = await openScreen({ ...openOfficer, answers: trainingAnswers(undefined, null) })
    const { page } = screen
    await expect(heading(page)).toHaveText('Bài học')
    await expect(page.getByText('Không gửi gì đi đâu: cứ thử, cứ sai.')).toBeVisible()
    await expect(page.locator('.lesson-row')).toHaveCount(4)
    await expect(page.locator('.lesson-row').last()).toBeInViewport({ ratio: 1 })
    await awake(page)
    await page.keyboard.press('Enter')
    await expect.poll(() => started(screen)).toEqual(['first-adult'])
  })

  test('a number begins its lesson, at once and only one', async ({ openScreen }) => {
    const screen = await openScreen({
      ...openOfficer,
      answers: trainingAnswers(undefined, null, { startLesson: () => 'never' }),
    })
    await screen.page.locator('.lesson-row').first().waitFor()
    await screen.page.keyboard.press('3')
    await expect.poll(() => started(screen)).toEqual(['child'])
    await expect(screen.page.locator('.lesson-row').first()).toBeDisabled()
    await screen.page.keyboard.press('4')
    expect(started(screen)).toEqual(['child'])
  })

  test('the best results are shown, and Enter begins the first lesson with something left to learn', async ({
    openScreen,
  }) => {
    const screen = await openScreen({
      ...openOfficer,
      answers: trainingAnswers(undefined, null, {
        lessons: () =>
          ok([
            { lesson: 'first-adult', best: 1 },
            { lesson: 'worn-hands', best: 0.829 },
            { lesson: 'child', best: 1 },
            { lesson: 'lost-card', best: 0 },
          ]),
      }),
    })
    const { page } = screen
    const row = (lesson: string) => page.locator(`.lesson-row[data-lesson="${lesson}"]`)
    await expect(row('first-adult')).toContainText('đủ mọi điểm')
    await expect(row('worn-hands')).toContainText('tốt nhất 82 %')
    await expect(row('lost-card')).toContainText('tốt nhất 0 %')
    await expect(page.getByText('Lần đầu mở chương trình này')).toHaveCount(0)
    await expect(page.getByText('không có gì được gửi đi đâu')).toBeVisible()
    await awake(page)
    await page.keyboard.press('Enter')
    await expect.poll(() => started(screen)).toEqual(['worn-hands'])
  })

  test('a lesson that cannot begin says why', async ({ openScreen }) => {
    const screen = await openScreen({
      ...openOfficer,
      answers: trainingAnswers(undefined, null, { startLesson: () => failed('DEVICE_GONE') }),
    })
    await screen.page.locator('.lesson-row').first().click()
    await expect(screen.page.getByRole('alert')).toContainText('DEVICE_GONE')
  })

  test('a file that was left open is taken up again from here', async ({ openScreen }) => {
    const row = {
      id: 'd7',
      number: 'LT-0000-000007',
      status: 'open',
      openedAt: '2026-11-20T02:00:00.000Z',
      changedAt: '2026-11-20T02:04:00.000Z',
    } as const
    const screen = await openScreen({
      ...openOfficer,
      answers: trainingAnswers(undefined, null, { listDossiers: () => ok([row]) }),
    })
    await screen.page.getByRole('button', { name: /LT-0000-000007.*Làm tiếp/u }).click()
    await expect.poll(() => screen.calls('resumeDossier').map(({ input }) => input)).toEqual([{ id: 'd7' }])
  })

  test('a station has no lessons, and asks for none', async ({ openScreen }) => {
    const screen = await openScreen({ role: 'officer', answers: answersAround(undefined), pictures })
    await expect(heading(screen.page)).toHaveText('Quầy tiếp nhận')
    expect([...screen.calls('lesson'), ...screen.calls('lessons')]).toEqual([])
  })
})

test.describe('during a lesson', () => {
  test('the person is there before being received: the home as at a station, and the strip says who it is', async ({
    openScreen,
  }) => {
    const screen = await openScreen({ ...openOfficer, answers: trainingAnswers(undefined, null) })
    const { page } = screen
    await heading(page).waitFor()
    await screen.emit('lessonChanged', lessonWith('child'))
    await expect(heading(page)).toHaveText('Quầy tiếp nhận')
    await expect(strip(page)).toContainText('Bài 3: Trẻ em đi cùng người đại diện')
    await expect(strip(page)).toContainText('Giàng A Mẫu, 8 tuổi')
    await expect(strip(page)).toContainText('012 201 000 045')
    await expect(strip(page)).toContainText('Đi cùng: Lò Thị Mẫu, số 014 190 000 123')
    await expect(strip(page)).toContainText('Ngày sinh: 09/05/2018')
    await awake(page)
    await page.keyboard.press('Enter')
    await expect.poll(() => screen.calls('openDossier').length).toBe(1)
  })

  test('each hand has its digit with Alt, which works while a field is written in and does nothing else', async ({
    openScreen,
  }) => {
    const screen = await openScreen({ ...openOfficer, answers: trainingAnswers([opened], lessonWith('first-adult')) })
    const { page } = screen
    const number = page.getByLabel('Số định danh cá nhân')
    await number.click()
    await number.pressSequentially('014')
    await page.keyboard.press('Alt+1')
    await expect.poll(() => done(screen)).toEqual(['lay-card-on-reader'])
    await expect(number).toHaveValue(/^014\s*$/u)
    await screen.emit('lessonChanged', lessonWith('first-adult', ['lay-card-on-reader']))
    await expect(page.locator('[data-held="lay-card-on-reader"]')).toHaveText('thẻ trên đầu đọc')
    await page.keyboard.press('Alt+2')
    await expect.poll(() => done(screen)).toEqual(['lay-card-on-reader', 'take-card-away'])
  })

  test('a digit with Alt is the hand’s, a digit alone the screen’s', async ({ openScreen }) => {
    const screen = await openScreen({ ...openOfficer, answers: trainingAnswers(atFingers, lessonWith('worn-hands')) })
    const { page } = screen
    await page.locator('.step-key').first().waitFor()
    await page.keyboard.press('Alt+7')
    await expect.poll(() => done(screen)).toEqual(['place-hand'])
    await expect(page.locator('.step-key[data-step="right-four"]')).toHaveAttribute('aria-current', 'step')
    await page.keyboard.press('2')
    await expect(page.locator('.step-key[data-step="left-four"]')).toHaveAttribute('aria-current', 'step')
    expect(done(screen)).toEqual(['place-hand'])
  })

  test('only what hands can do now has a button and a key', async ({ openScreen }) => {
    const screen = await openScreen({ ...openOfficer, answers: trainingAnswers([opened], lessonWith('lost-card')) })
    const { page } = screen
    await expect(page.locator('.hand')).toHaveCount(5)
    await expect(page.locator('.hand[data-act="lay-card-on-reader"]')).toHaveCount(0)
    await page.keyboard.press('Alt+1')
    await page.keyboard.press('Alt+5')
    await expect.poll(() => done(screen)).toEqual(['show-paper'])
  })

  test('hands that are gone are told of', async ({ openScreen }) => {
    const screen = await openScreen({
      ...openOfficer,
      answers: trainingAnswers([opened], lessonWith('lost-card'), { useHands: () => failed('DEVICE_GONE') }),
    })
    await screen.page.locator('.hand[data-act="show-paper"]').click()
    await expect(strip(screen.page).getByRole('alert')).toContainText('DEVICE_GONE')
  })

  test('the next step is told on demand only, marks its hand, and follows the visit', async ({ openScreen }) => {
    const visit = liveDossier([opened])
    const screen = await openScreen({
      ...openOfficer,
      answers: {
        ...visit.answers,
        station: () => ok(trainingStation),
        lessons: () => untaken,
        lesson: () => ok(lessonWith('first-adult')),
      },
    })
    visit.attach(screen)
    const { page } = screen
    const hint = page.locator('.lesson-hint')
    await strip(page).waitFor()
    await expect(hint).toBeEmpty()
    await page.keyboard.press('Alt+g')
    await expect(hint).toHaveText('Đặt mặt trước thẻ cũ dưới máy chụp.')
    await expect(page.locator('.hand[data-hinted]')).toHaveAttribute('data-act', 'show-card-front')
    await screen.emit('lessonChanged', lessonWith('first-adult', ['show-card-front']))
    await expect(hint).toContainText('Ctrl+Q')
    await visit.answers.giveCode?.({ text: 'the code of the card' })
    await expect(hint).toHaveText('Đặt thẻ lên đầu đọc.')
    await screen.emit('lessonChanged', lessonWith('first-adult', ['lay-card-on-reader']))
    await expect(hint).toContainText('Ctrl+R')
    await page.keyboard.press('Alt+g')
    await expect(hint).toBeEmpty()
  })

  test('folded it is one line, gives its room to the work, and keeps the keys', async ({ openScreen }) => {
    const screen = await openScreen({ ...openOfficer, answers: trainingAnswers(atPortrait, lessonWith('first-adult')) })
    const { page } = screen
    await strip(page).waitFor()
    const high = async () => (await strip(page).boundingBox())?.height ?? 0
    const before = await high()
    await page.keyboard.press('Alt+u')
    await expect(page.locator('.hand')).toHaveCount(0)
    expect(await high()).toBeLessThan(Math.min(before - 30, 56))
    await expect(strip(page)).toContainText('Quàng Văn Mẫu, 38 tuổi')
    await page.keyboard.press('Alt+6')
    await expect.poll(() => done(screen)).toEqual(['show-face'])
    await page.getByRole('button', { name: /Mở rộng/u }).click()
    await expect(page.locator('.hand').first()).toBeVisible()
  })

  test('it stands between the work and the footer and covers neither', async ({ openScreen }) => {
    const screen = await openScreen({
      ...openOfficer,
      answers: trainingAnswers(atPortrait, lessonWith('first-adult', ['show-face'])),
    })
    const { page } = screen
    await strip(page).waitFor()
    await page.keyboard.press('Alt+g')
    await expect(page.locator('.lesson-hint p')).toBeVisible()
    for (const size of [
      { width: 1366, height: 768 },
      { width: 1920, height: 1080 },
      { width: 1024, height: 768 },
    ]) {
      await page.setViewportSize(size)
      const work = await page.locator('.middle').boundingBox()
      const own = await strip(page).boundingBox()
      const foot = await page.locator('.footer').boundingBox()
      expect((work?.y ?? 0) + (work?.height ?? 0)).toBeLessThanOrEqual((own?.y ?? 0) + 0.5)
      expect((own?.y ?? 0) + (own?.height ?? 0)).toBeLessThanOrEqual((foot?.y ?? 0) + 0.5)
      const acts = await page.locator('.screen-acts').boundingBox()
      expect((acts?.y ?? 0) + (acts?.height ?? 0)).toBeLessThanOrEqual(own?.y ?? 0)
      await screen.expectFits()
      await screen.picture(`training-strip-${size.width}`)
    }
  })

  test('to leave it is asked about first', async ({ openScreen }) => {
    const screen = await openScreen({ ...openOfficer, answers: trainingAnswers([opened], lessonWith('first-adult')) })
    const { page } = screen
    await page.getByRole('button', { name: 'Dừng bài' }).click()
    await expect(page.getByRole('alertdialog')).toContainText('không chấm điểm')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('alertdialog')).toHaveCount(0)
    expect(screen.calls('leaveLesson')).toEqual([])
    await page.getByRole('button', { name: 'Dừng bài' }).click()
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: /Dừng bài/u })
      .click()
    await expect.poll(() => screen.calls('leaveLesson').length).toBe(1)
    await screen.emit('lessonChanged', null)
    await expect(strip(page)).toHaveCount(0)
  })
})

test.describe('the score', () => {
  const ended = (
    lesson: LessonView['lesson'],
    ...missed: Parameters<typeof scoreWithout> extends [unknown, ...infer P] ? P : never
  ) =>
    trainingAnswers(
      undefined,
      lessonWith(lesson, [], { dossier: 'LT-0000-000007', score: scoreWithout(lesson, ...missed) }),
    )

  test('says of each missed point why it matters and what to do next time, and Enter takes the lesson again', async ({
    openScreen,
  }) => {
    const screen = await openScreen({ ...openOfficer, answers: ended('worn-hands', 'all-prints', 'exported') })
    const { page } = screen
    await expect(heading(page)).toHaveText('Kết quả: Bàn tay mòn')
    await expect(page.getByText('Đạt 13 trên 15 điểm')).toBeVisible()
    const points = page.locator('.score-point')
    await expect(points).toHaveCount(2)
    await expect(points.first()).toContainText('bà cụ phải đi bốn mươi cây số lần nữa vì một ngón tay')
    await expect(points.first()).toContainText('Lần sau:')
    await expect(page.locator('.score-reached li')).toHaveCount(13)
    await expect(strip(page)).toHaveCount(0)
    await awake(page)
    await page.keyboard.press('Enter')
    await expect.poll(() => started(screen)).toEqual(['worn-hands'])
  })

  test('a perfect visit is told so, and Enter goes on to the next lesson', async ({ openScreen }) => {
    const screen = await openScreen({ ...openOfficer, answers: ended('first-adult') })
    const { page } = screen
    await expect(page.getByText('Trọn vẹn: đủ 13 điểm, không sót điểm nào')).toBeVisible()
    await expect(page.locator('.score-point')).toHaveCount(0)
    await awake(page)
    await screen.picture('training-score-perfect')
    await page.keyboard.press('Enter')
    await expect.poll(() => started(screen)).toEqual(['worn-hands'])
  })

  test('after the last lesson there is the list', async ({ openScreen }) => {
    const screen = await openScreen({ ...openOfficer, answers: ended('lost-card') })
    await awake(screen.page)
    await screen.page.getByRole('button', { name: /Danh sách bài/u }).click()
    await expect.poll(() => screen.calls('leaveLesson').length).toBe(1)
    await screen.emit('lessonChanged', null)
    await expect(heading(screen.page)).toHaveText('Bài học')
  })
})

test('the first start asks for a name and a passphrase only, and for nobody’s certificate', async ({ openScreen }) => {
  const screen = await openScreen({
    ...openOfficer,
    answers: trainingAnswers(undefined, null, {
      station: () => ok(newStation),
      setUpStation: () => failed('PASSPHRASE_WEAK'),
    }),
  })
  const { page } = screen
  await expect(heading(page)).toHaveText('Mở trạm luyện tập')
  await expect(page.getByText('LT-0000')).toBeVisible()
  await expect(page.locator('input[type=file]')).toHaveCount(0)
  const open = page.getByRole('button', { name: /Mở trạm luyện tập/u })
  await expect(page.getByLabel('Cụm mật khẩu luyện tập')).toBeFocused()
  await page.keyboard.type('năm con gà trống')
  await page.getByLabel('Nhập lại cụm mật khẩu').fill('năm con gà')
  await expect(page.getByText('Chưa giống cụm mật khẩu bên cạnh')).toBeVisible()
  await expect(open).toBeDisabled()
  await page.getByLabel('Nhập lại cụm mật khẩu').fill('năm con gà trống')
  await page.keyboard.press('Enter')
  await expect(page.getByText('PASSPHRASE_WEAK')).toBeVisible()
  expect(screen.calls('setUpStation').map(({ input }) => input)).toEqual([
    { code: 'LT-0000', name: 'Quầy tập', passphrase: 'năm con gà trống', receiverCertificate: '' },
  ])
  await screen.picture('training-set-up')
  await screen.expectSound()
})

const sound = {
  lessons: trainingAnswers(undefined, null),
  'lessons-taken': trainingAnswers(undefined, null, {
    lessons: () => ok(lessons.map((lesson, index) => ({ lesson, best: index / 3 }))),
  }),
  'lesson-home': trainingAnswers(undefined, lessonWith('lost-card')),
  'lesson-arrival': trainingAnswers([opened], lessonWith('child', ['show-paper'])),
  'lesson-compare': trainingAnswers(atCompare, lessonWith('first-adult', ['lay-card-on-reader'])),
  'lesson-fingers': trainingAnswers(atFingers, lessonWith('worn-hands', ['clean-and-moisten-hand', 'place-hand'])),
  score: trainingAnswers(
    undefined,
    lessonWith('worn-hands', [], {
      score: scoreWithout('worn-hands', 'chip-read', 'prints-tried-three-times', 'all-prints', 'exported'),
    }),
  ),
}

for (const [name, answers] of Object.entries(sound))
  test(`the training's ${name} screen is sound by day and by night, in both languages`, async ({ openScreen }) => {
    const screen = await openScreen({ ...openOfficer, answers })
    const { page } = screen
    await heading(page).waitFor()
    await awake(page)
    if (name.startsWith('lesson-')) {
      await page.keyboard.press('Alt+g')
      await page.locator('.lesson-hint p').waitFor()
    }
    await screen.picture(`training-${name}`)
    await screen.expectSound()
    await screen.expectSoundByNight()
    await screen.picture(`training-${name}-dark`)
    await page.emulateMedia({ colorScheme: 'light' })
    await page.getByRole('button', { name: 'Trình đơn' }).click()
    await page.getByRole('menuitemradio', { name: 'English' }).click()
    await expect(page.getByRole('note')).toHaveText(/^\s*TRAINING – /u, { useInnerText: true })
    await screen.picture(`training-${name}-english`)
    await screen.expectSound()
    // The steps themselves are made for 1366 by 768 and up.
    if (name.startsWith('lesson-')) return
    await page.setViewportSize({ width: 1024, height: 600 })
    await screen.expectFits()
  })
