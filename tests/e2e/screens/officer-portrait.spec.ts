import { expect } from '@playwright/test'
import type { CallOutput } from '#contract/index.ts'
import type { DossierEvent } from '#domain/enrolment/index.ts'
import { failed, ok, test } from './harness.ts'
import { answersAround, atPortrait, blobs, liveDossier, pictures, portraitMade } from './officer-desk.ts'
import { live, face, glasses, shadow, refused } from './officer-looks.ts'

test.describe('portrait', () => {
  test('each finding is said in words and marked on the live picture, refusals first', async ({ openScreen }) => {
    const screen = await openScreen({
      role: 'officer',
      answers: { ...answersAround(atPortrait), lookAtPortrait: () => ok({ ...face, findings: [shadow, glasses] }) },
      pictures,
    })
    await live(screen)
    await expect(screen.page.locator('.looks li')).toHaveText([/Đeo kính: bỏ kính ra/u, /Mặt có bóng/u])
    await expect(screen.page.locator('.mark-finding[data-demand="refusal"]')).toHaveCount(1)
    await expect(screen.page.locator('.mark-crop')).toHaveCount(1)
    await expect(screen.page.locator('.mark-eyes')).toHaveCount(1)
    const [video, marks] = await Promise.all(
      ['.camera-picture', '.marks'].map((part) => screen.page.locator(part).boundingBox()),
    )
    expect(marks).toEqual(video)
    expect(screen.calls('takePortrait')).toEqual([])
  })

  test('is taken by itself when nothing is refused for some looks, and only once', async ({ openScreen }) => {
    const desk = liveDossier(atPortrait)
    const screen = await openScreen({
      role: 'officer',
      answers: { ...desk.answers, lookAtPortrait: () => ok({ ...face, findings: [shadow] }) },
      pictures,
    })
    desk.attach(screen)
    await expect(screen.page.getByAltText('Ảnh vừa chụp')).toBeVisible()
    await expect(screen.page.getByText('So với ảnh trong chip')).toBeVisible()
    const looked = screen.calls('lookAtPortrait').length
    await expect.poll(() => screen.calls('lookAtPortrait').length).toBeGreaterThan(looked + 5)
    expect(screen.calls('takePortrait')).toHaveLength(1)
  })

  test('is not taken by itself when that is switched off, and by hand always', async ({ openScreen }) => {
    const desk = liveDossier(atPortrait)
    let seen: CallOutput<'lookAtPortrait'> = { ...face, findings: [glasses] }
    const screen = await openScreen({
      role: 'officer',
      answers: { ...desk.answers, lookAtPortrait: () => ok(seen) },
      pictures,
    })
    desk.attach(screen)
    await live(screen)
    await expect(screen.page.getByText('Tự chụp: bật')).toBeVisible()
    await screen.page.keyboard.press('a')
    await expect(screen.page.getByText('Tự chụp: tắt')).toBeVisible()
    seen = face
    await expect(screen.page.getByText('Đạt yêu cầu')).toBeVisible()
    const looked = screen.calls('lookAtPortrait').length
    await expect.poll(() => screen.calls('lookAtPortrait').length).toBeGreaterThan(looked + 5)
    expect(screen.calls('takePortrait')).toEqual([])
    await screen.page.keyboard.press('Space')
    await expect(screen.page.getByAltText('Ảnh vừa chụp')).toBeVisible()
    expect(screen.calls('takePortrait')).toHaveLength(1)
  })

  test('goes on against a refusal only with a reason', async ({ openScreen }) => {
    const desk = liveDossier([...atPortrait, refused])
    const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
    desk.attach(screen)
    await expect(screen.page.getByText('Ảnh chưa đạt:')).toBeVisible()
    const accept = screen.page.getByRole('button', { name: 'Dùng ảnh với lý do này' })
    await expect(accept).toBeDisabled()
    await screen.page.getByLabel('Vì sao dùng ảnh chưa đạt').fill('kính y tế')
    await live(screen)
    await screen.picture('officer-portrait-refused')
    await screen.expectSound()
    await screen.page.keyboard.press('Enter')
    await expect(screen.page.getByText('Dùng vì: kính y tế')).toBeVisible()
    await expect(accept).toHaveCount(0)
    expect(screen.calls('acceptPortrait').map(({ input }) => input)).toEqual([
      { name: blobs.face.name, because: 'kính y tế' },
    ])
    expect(screen.calls('goToStep')).toEqual([])
  })

  test('stands beside the chip’s with a figure, and the answer is the officer’s', async ({ openScreen }) => {
    const desk = liveDossier([...atPortrait, portraitMade])
    const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
    desk.attach(screen)
    await expect(screen.page.getByText('Giống nhau 82/100')).toBeVisible()
    await expect(screen.page.getByRole('radio', { name: 'Có', checked: true })).toHaveCount(0)
    await screen.page.keyboard.press('3')
    await expect(screen.page.getByRole('radio', { name: /Chưa rõ/u })).toBeChecked()
    expect(screen.calls('judgePortrait').map(({ input }) => input)).toEqual([
      { name: blobs.face.name, same: 'unsure', likeness: 82 },
    ])
  })

  test('that cannot be made is kept, and stored as it is when the officer says so', async ({ openScreen }) => {
    const desk = liveDossier(atPortrait)
    const screen = await openScreen({
      role: 'officer',
      answers: { ...desk.answers, takePortrait: () => failed('HOST_GONE'), lookAtPortrait: () => failed('HOST_GONE') },
      pictures,
    })
    desk.attach(screen)
    await live(screen)
    await expect(screen.page.getByText('Chưa phân tích được hình')).toBeVisible()
    await screen.page.keyboard.press('Space')
    await expect(screen.page.getByText('HOST_GONE')).toBeVisible()
    const pending = screen.page.locator('.face img[src^="blob:"]')
    await expect(pending).toBeVisible()
    await screen.picture('officer-portrait-unmade')
    await screen.expectSound()
    await screen.page.getByRole('button', { name: 'Lưu nguyên ảnh' }).click()
    await expect(pending).toHaveCount(0)
    expect(screen.calls('addPortrait')).toHaveLength(1)
  })

  test('is not asked for from a child under 6', async ({ openScreen }) => {
    const born: readonly DossierEvent[] = [
      { type: 'declared', field: 'birthDate', value: '01/06/2022' },
      { type: 'chosen', field: 'birthDate', source: 'declared' },
      { type: 'compared' },
    ]
    const screen = await openScreen({ role: 'officer', answers: answersAround([...atPortrait, ...born]), pictures })
    await expect(screen.page.getByText('không thu ảnh chân dung')).toBeVisible()
    await expect(screen.page.locator('.camera')).toHaveCount(0)
    await screen.picture('officer-portrait-child')
    await screen.expectSound()
  })
})
