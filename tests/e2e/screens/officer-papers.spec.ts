import { expect } from '@playwright/test'
import type { CallOutput } from '#contract/index.ts'
import type { DossierEvent } from '#domain/enrolment/index.ts'
import { failed, ok, test } from './harness.ts'
import { answersAround, atDocuments, blobs, documentsTaken, liveDossier, pictures } from './officer-desk.ts'
import { live, thumbs, page, glare } from './officer-looks.ts'

test.describe('papers', () => {
  test('the page is outlined and what is wrong is said', async ({ openScreen }) => {
    let seen: CallOutput<'lookAtPage'> = { ...page, problems: [glare] }
    const screen = await openScreen({
      role: 'officer',
      answers: { ...answersAround(atDocuments), lookAtPage: () => ok(seen) },
      pictures,
    })
    await live(screen)
    await expect(screen.page.getByText('Lóa: nghiêng giấy hoặc đèn')).toBeVisible()
    await expect(screen.page.locator('.page-marks rect')).toHaveCount(1)
    seen = page
    await expect(screen.page.getByText('Thấy trọn trang')).toBeVisible()
    await expect(screen.page.locator('.page-marks polygon')).toHaveAttribute('data-good', 'true')
  })

  test('the usual ones come first, others have several pages, each turned and in grey as wanted', async ({
    openScreen,
  }) => {
    const desk = liveDossier(atDocuments)
    const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
    desk.attach(screen)
    await live(screen)
    const shootNow = async (count: number) => {
      await expect(screen.page.locator('[data-key="Space"]')).toBeEnabled()
      await screen.page.keyboard.press('Space')
      await expect(thumbs(screen)).toHaveCount(count)
    }
    await shootNow(1)
    await shootNow(2)
    await screen.page.getByLabel('Giấy tờ khác…').selectOption('birth-certificate')
    await screen.page.keyboard.press('g')
    await screen.page.keyboard.press('r')
    await shootNow(3)
    await expect(screen.page.getByText('Đặt trang 2 của giấy khai sinh')).toBeVisible()
    await shootNow(4)
    await screen.page.keyboard.press('9')
    await expect(screen.page.getByRole('button', { name: /Chụp trang 1/u })).toBeVisible()
    const kinds = screen.calls('takePage').map(({ input: { picture: _, ...about } }) => about)
    expect(kinds).toEqual([
      { kind: 'old-card-front', colour: 'colour', turn: 0 },
      { kind: 'old-card-back', colour: 'colour', turn: 0 },
      { kind: 'birth-certificate', colour: 'grey', turn: 90, page: 1 },
      { kind: 'birth-certificate', colour: 'grey', turn: 90, page: 2 },
    ])
    await screen.picture('officer-documents-pages')
    await screen.expectSound()
  })

  test('a page is turned from its original, and the old one goes only when the new one is there', async ({
    openScreen,
  }) => {
    const taken: DossierEvent = {
      type: 'documentTaken',
      kind: 'guardianship',
      picture: blobs.front,
      original: blobs.original,
      colour: 'grey',
      turn: 270,
      page: 2,
    }
    const desk = liveDossier([...atDocuments, taken])
    const screen = await openScreen({
      role: 'officer',
      answers: { ...desk.answers, takePage: () => failed('HOST_GONE') },
      pictures,
    })
    desk.attach(screen)
    const turn = screen.page.getByRole('button', { name: 'Xoay Giấy tờ giám hộ · trang 2' })
    await turn.click()
    await expect(screen.page.getByText('HOST_GONE')).toBeVisible()
    expect(screen.calls('dropDocument')).toEqual([])
    screen.answer('takePage', desk.answers.takePage!)
    await turn.click()
    await expect
      .poll(() => screen.calls('dropDocument').map(({ input }) => input))
      .toEqual([{ name: blobs.front.name }])
    expect(screen.calls('takePage').at(-1)?.input).toMatchObject({
      kind: 'guardianship',
      colour: 'grey',
      turn: 0,
      page: 2,
    })
  })

  test('what is read off a page becomes part of the dossier only line by line, by the officer', async ({
    openScreen,
  }) => {
    const desk = liveDossier([...atDocuments, ...documentsTaken.slice(0, 1)])
    const hostile = 'https://mau.example/<script>alert(1)</script>'
    const box = { x: 1, y: 1, width: 10, height: 10 }
    const screen = await openScreen({
      role: 'officer',
      answers: {
        ...desk.answers,
        giveCode: () => failed('QR_FORMAT'),
        readPage: ({ wanted }) =>
          ok({
            codes: wanted === 'codes' ? [hostile] : [],
            texts:
              wanted === 'text'
                ? [
                    { kind: 'text', text: 'Nơi cư trú', confidence: 70, box: { ...box, y: 9 } },
                    { kind: 'number', text: '014190000123', confidence: 91, box },
                    { kind: 'date', text: '15/03/1990', confidence: 80, box: { ...box, y: 5 } },
                  ]
                : [],
          }),
      },
      pictures,
    })
    desk.attach(screen)
    await live(screen)
    await screen.page.getByRole('button', { name: 'Đọc chữ: Mặt trước' }).click()
    const rows = screen.page.locator('.suggestion')
    await expect(rows).toHaveCount(4)
    await expect(screen.page.getByText(hostile)).toBeVisible()
    await expect(screen.page.locator('.suggestion a, .suggestion script')).toHaveCount(0)
    expect([...screen.calls('declareDetail'), ...screen.calls('giveCode')]).toEqual([])
    await screen.picture('officer-documents-read')
    await screen.expectSound()

    await rows.nth(0).getByRole('button').click()
    await expect(rows.nth(0).getByText('QR_FORMAT')).toBeVisible()
    await rows.nth(2).getByRole('textbox').fill('15/03/1991')
    await rows.nth(2).getByRole('button').click()
    await expect(rows.nth(2).getByText('Đã nhận')).toBeVisible()
    await expect(rows.nth(3).getByRole('button')).toBeDisabled()
    expect(screen.calls('declareDetail').map(({ input }) => input)).toEqual([
      { field: 'birthDate', value: '15/03/1991' },
    ])
  })

  test('the sides of the old card are read by themselves for what no source has said', async ({ openScreen }) => {
    const desk = liveDossier(atDocuments)
    const mrz = [
      'IDVNM1900001230014190000123<<7',
      '9003152F3003150VNM<<<<<<<<<<<2',
      'LO<<THI<MAU<<<<<<<<<<<<<<<<<<<',
    ] as const
    const screen = await openScreen({
      role: 'officer',
      answers: { ...desk.answers, readPage: () => ok({ codes: [], mrz, texts: [] }) },
      pictures,
    })
    desk.attach(screen)
    await live(screen)
    await screen.page.keyboard.press('2')
    await screen.page.keyboard.press('Space')
    await screen.page.getByRole('button', { name: 'Nhận mã này' }).click()
    await expect(screen.page.getByText('Đã nhận')).toBeVisible()
    // The QR code was scanned at arrival.
    expect(screen.calls('readPage').map(({ input }) => input['wanted'])).toEqual(['mrz'])
    expect(screen.calls('giveCode').map(({ input }) => input)).toEqual([{ text: mrz.join('\n') }])
  })
})
