import { expect, type Page } from '@playwright/test'
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { LessonView } from '#contract/index.ts'
import type { DossierEvent } from '#domain/enrolment/index.ts'
import { handActs, lessonPoints, lessons, type HandAct } from '#domain/training/index.ts'
import { hintOf, hintWords, type Hint } from '../../../renderer/officer/training/hint.ts'
import { failed, ok, test, type Screen } from './harness.ts'
import { atReview, sealedUp } from './officer-citizen.ts'
import {
  allFingers,
  answersAround,
  atCheck,
  atCompare,
  atDocuments,
  atFingers,
  atPortrait,
  blobs,
  captureStarted,
  chipRead,
  differing,
  documentsTaken,
  enter,
  liveDossier,
  opened,
  pictures,
  portraitMade,
  qrScanned,
  taken,
  viewOf,
} from './officer-desk.ts'
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
    await page.keyboard.press('Alt+h')
    await expect(hint).toHaveText('Đặt mặt trước thẻ cũ dưới máy chụp.')
    await expect(page.locator('.hand[data-hinted]')).toHaveAttribute('data-act', 'show-card-front')
    await screen.emit('lessonChanged', lessonWith('first-adult', ['show-card-front']))
    await expect(hint).toContainText('Ctrl+Q')
    await visit.answers.giveCode?.({ text: 'the code of the card' })
    await expect(hint).toHaveText('Đặt thẻ lên đầu đọc.')
    await screen.emit('lessonChanged', lessonWith('first-adult', ['lay-card-on-reader']))
    await expect(hint).toContainText('Ctrl+R')
    await page.keyboard.press('Alt+h')
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
    await page.keyboard.press('Alt+h')
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
      await page.keyboard.press('Alt+h')
      await page.locator('.lesson-hint p').waitFor()
    }
    await screen.picture(`training-${name}`)
    await screen.expectSound()
    await page.emulateMedia({ colorScheme: 'dark' })
    await screen.picture(`training-${name}-dark`)
    await screen.expectSound()
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

const weak = (step: 'right-four', ...attempts: readonly string[]) =>
  attempts.flatMap((attempt) => taken(step, attempt, [78, 81, 12, 66]))
const judged: DossierEvent = { type: 'portraitJudged', name: blobs.face.name, same: 'yes' }

/** Where a visit stands, what the hands hold, and the next step of a good one. */
const nextSteps: readonly (readonly [
  about: string,
  lesson: LessonView['lesson'],
  holds: readonly HandAct[],
  events: readonly DossierEvent[] | null,
  hint: Hint,
])[] = [
  ['somebody has just sat down', 'first-adult', [], null, { words: 'receive' }],
  ['nothing is known', 'first-adult', [], [opened], { words: 'show-front', act: 'show-card-front' }],
  [
    'the card’s front is seen',
    'first-adult',
    ['show-card-front'],
    [opened],
    { words: 'scan-code', act: 'show-card-back' },
  ],
  ['the card’s back is seen', 'first-adult', ['show-card-back'], [opened], { words: 'scan-code' }],
  ['the code was read', 'first-adult', [], [opened, qrScanned], { words: 'lay-card', act: 'lay-card-on-reader' }],
  ['the card lies there', 'first-adult', ['lay-card-on-reader'], [opened, qrScanned], { words: 'read-chip' }],
  ['the chip is being read', 'first-adult', [], [opened, qrScanned, ...chipRead.slice(0, 1)], { words: 'reading' }],
  ['the chip was read', 'first-adult', [], [opened, qrScanned, ...chipRead], { words: 'to-compare' }],
  ['nobody has a card', 'lost-card', [], [opened], { words: 'declare-number' }],
  [
    'only the number was said',
    'child',
    [],
    [opened, { type: 'declared', field: 'personalNumber', value: '012201000045' }],
    { words: 'declare-details', fields: ['fullName', 'birthDate', 'sex'] },
  ],
  [
    'a child came with somebody who is not named yet',
    'child',
    [],
    [
      opened,
      { type: 'declared', field: 'personalNumber', value: '012201000045' },
      { type: 'declared', field: 'fullName', value: 'Giàng A Mẫu' },
      { type: 'declared', field: 'birthDate', value: '09/05/2018' },
      { type: 'declared', field: 'sex', value: 'Nam' },
    ],
    { words: 'representative' },
  ],
  ['two sources differ', 'first-adult', [], [...atCompare, ...differing], { words: 'settle-difference' }],
  ['the sources agree', 'first-adult', [], atCompare, { words: 'accept-compare' }],
  ['the card is to be photographed', 'first-adult', [], atDocuments, { words: 'show-front', act: 'show-card-front' }],
  [
    'the card lies below the camera',
    'first-adult',
    ['show-card-front'],
    atDocuments,
    { words: 'shoot-page', act: 'press-shutter' },
  ],
  [
    'its front was taken',
    'first-adult',
    ['show-card-front'],
    [...atDocuments, ...documentsTaken.slice(0, 1)],
    { words: 'show-back', act: 'show-card-back' },
  ],
  ['there is a report only', 'lost-card', [], atDocuments, { words: 'show-loss-report', act: 'show-paper' }],
  ['both sides were taken', 'first-adult', [], [...atDocuments, ...documentsTaken], { words: 'to-portrait' }],
  ['nobody sits before the camera', 'first-adult', [], atPortrait, { words: 'show-face', act: 'show-face' }],
  ['the face is seen', 'first-adult', ['show-face'], atPortrait, { words: 'shoot-face' }],
  ['the portrait was taken', 'first-adult', ['show-face'], [...atPortrait, portraitMade], { words: 'compare-faces' }],
  ['the faces were compared', 'first-adult', [], [...atPortrait, portraitMade, judged], { words: 'to-fingers' }],
  ['no print was taken', 'first-adult', [], atFingers, { words: 'start-capture' }],
  [
    'the scanner waits',
    'first-adult',
    [],
    [...atFingers, captureStarted('right-four', 'f1')],
    { words: 'place-hand', act: 'place-hand' },
  ],
  [
    'the hand lies there',
    'first-adult',
    ['place-hand'],
    [...atFingers, captureStarted('right-four', 'f1')],
    { words: 'hold-still' },
  ],
  [
    'a print is weak',
    'worn-hands',
    [],
    [...atFingers, ...weak('right-four', 'f1')],
    { words: 'clean-hand', act: 'clean-and-moisten-hand' },
  ],
  [
    'the fingers are moist',
    'worn-hands',
    ['clean-and-moisten-hand'],
    [...atFingers, ...weak('right-four', 'f1')],
    { words: 'take-again' },
  ],
  [
    'three tries were weak',
    'worn-hands',
    [],
    [...atFingers, ...weak('right-four', 'f1', 'f2', 'f3')],
    { words: 'accept-weak' },
  ],
  ['all prints were taken', 'first-adult', [], [...atFingers, ...allFingers], { words: 'to-check' }],
  ['the citizen is being asked', 'first-adult', [], atCheck, { words: 'answer-at-screen' }],
  ['the file is complete', 'first-adult', [], atReview, { words: 'seal' }],
  ['something is missing', 'first-adult', [], [opened, enter('arrival', 'review')], { words: 'complete-review' }],
  ['it is sealed', 'first-adult', [], sealedUp, { words: 'export' }],
  ['it is exported', 'first-adult', [], [...sealedUp, { type: 'exported' }], { words: 'close' }],
]

for (const [about, lesson, holds, events, hint] of nextSteps)
  test(`in the lesson ${lesson}, when ${about}, the hint is “${hint.words}”`, () => {
    expect(hintOf(lessonWith(lesson, holds), events && viewOf(events))).toMatchObject(hint)
  })

test('no other screen of the officer’s has a use for Alt, and every hand has a digit of its own', () => {
  const folder = resolve(import.meta.dirname, '../../../renderer/officer')
  const others = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => /\.tsx?$/u.test(path) && !path.startsWith('training'),
  )
  expect(others.length).toBeGreaterThan(50)
  expect(others.filter((path) => readFileSync(resolve(folder, path), 'utf8').includes('Alt+'))).toEqual([])
  expect(handActs.length).toBeLessThanOrEqual(10)
})

test('both languages hold the same words of the training, for every lesson, hand and point, and the screens ask for no others', () => {
  const root = resolve(import.meta.dirname, '../../..')
  const words = (language: string) =>
    flatten(JSON.parse(readFileSync(resolve(root, `resources/languages/${language}/training.json`), 'utf8')) as Words)
  const vietnamese = words('vi')
  expect([...words('en')].filter((key) => !key.endsWith('_one')).toSorted()).toEqual([...vietnamese].toSorted())
  const folder = resolve(root, 'renderer/officer')
  const asked = [
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx$/u.test(path))
      .flatMap((path) => [...readFileSync(resolve(folder, path), 'utf8').matchAll(/'training:([\w.-]+)'/gu)])
      .map(([, key = '']) => key),
    ...hintWords.map((each) => `hint.${each}`),
    ...lessons.flatMap((each) => ['title', 'teaches', 'scene', 'says'].map((key) => `lesson.${each}.${key}`)),
    ...handActs.flatMap((each) => [`hand.${each}`, `held.${each}`]),
    ...lessonPoints.flatMap((each) => ['title', 'missed', 'next'].map((key) => `point.${each}.${key}`)),
  ]
  expect(asked.filter((key) => !vietnamese.has(key) && !vietnamese.has(`${key}_other`))).toEqual([])
  const unasked = [...vietnamese].filter((key) => !/^(?:home\.first-|lesson\.child\.scene-alone)/u.test(key))
  expect(unasked.filter((key) => !asked.includes(key.replace(/_other$/u, '')))).toEqual([])
})

type Words = { readonly [key: string]: string | Words }

function flatten(words: Words, before = ''): Set<string> {
  return new Set(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string' ? [before + key] : [...flatten(value, `${before}${key}.`)],
    ),
  )
}
