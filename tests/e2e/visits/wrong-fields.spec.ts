import words from '#resources/languages/vi/officer.json' with { type: 'json' }
import { expect, test } from '../fixture.ts'
import { lastAnswer, sealAndOpen } from './opened.ts'
import { openStation, prepareDossier, quang } from './prepared.ts'

test('two fields found wrong go to the officer at once, are corrected, asked again and confirmed on one page', async ({
  desk,
}) => {
  await openStation(desk)
  const { program } = desk
  const officer = desk.officer()
  const citizen = desk.citizen()
  await prepareDossier(program.officer, { details: { ...quang, fullName: 'Quàng Văn Mầu', residence: 'Bản Cũ' } })
  await officer.sees(words.check.title)
  const row = (field: string) =>
    program.officer.locator('.check-item', { has: program.officer.locator(`[data-field="${field}"]`) })

  await test.step('the first question is answered wrong, the officer sees it while the next is asked', async () => {
    const asked = await citizen.reads()
    expect(asked).toEqual({ field: 'fullName', value: 'Quàng Văn Mầu' })
    await citizen.answers('wrong')
    await citizen.afterAnswer(asked)
    await expect(row('fullName')).toContainText('sai · công dân')
    await expect(program.officer.getByText(/Công dân chưa đồng ý: họ và tên\./u)).toBeVisible()
    await expect(program.officer.locator('button[data-key="Enter"]', { hasText: 'Sửa họ và tên' })).toBeVisible()
  })

  await test.step('nothing can be confirmed as long as something is wrong', async () => {
    for (;;) {
      const asked = await citizen.reads()
      await citizen.answers(asked.field === 'residence' ? 'wrong' : 'right')
      if (asked.field === 'residence') break
      await citizen.afterAnswer(asked)
    }
    await citizen.sees('correcting')
    await expect(citizen.page.getByRole('heading', { name: 'Mời anh chờ cán bộ sửa' })).toBeVisible()
    await expect(program.officer.getByText(/Công dân chưa đồng ý: họ và tên, nơi cư trú\./u)).toBeVisible()
  })

  await test.step('each is corrected with Enter and asked again by itself', async () => {
    for (const [field, right] of [
      ['fullName', quang.fullName],
      ['residence', quang.residence],
    ] as const) {
      await officer.press('Enter')
      const edit = program.officer.locator('.correct input, .correct textarea')
      await edit.fill(right)
      await edit.press('Enter')
      await expect(citizen.page.locator(`.check-value[data-field="${field}"]`)).toHaveText(right)
      const asked = await citizen.reads()
      await citizen.answers('right')
      await citizen.afterAnswer(asked)
    }
  })

  await test.step('everything stands on one page, which is confirmed and signed', async () => {
    await citizen.sees('page')
    for (const [field, shown] of Object.entries({ ...quang, personalNumber: '014 088 004 567' }))
      await expect(citizen.page.locator(`.page-value[data-field="${field}"]`)).toHaveText(shown)
    await expect(citizen.page.locator('.page-portrait')).toBeVisible()
    await citizen.confirmsPage()
    await citizen.sees('sign')
    await citizen.signs()
    await citizen.finishesSigning()
    await expect(program.officer.getByText(words.check['page-by-citizen'])).toBeVisible()
    await expect(program.officer.getByRole('img', { name: words.check['signature-picture'] })).toBeVisible()
  })

  const { dossier, shown } = await sealAndOpen(desk)
  await citizen.sees('idle')
  expect(dossier.person['fullName']?.value).toBe(quang.fullName)
  expect(dossier.person['residence']?.value).toBe(quang.residence)
  for (const [field, before, after] of [
    ['fullName', 'Quàng Văn Mầu', quang.fullName],
    ['residence', 'Bản Cũ', quang.residence],
  ] as const) {
    const told = shown.answers.filter((answer) => answer.field === field)
    expect(told.map(({ value, answer, by }) => [value, answer, by])).toEqual([
      [before, 'wrong', 'citizen'],
      [after, 'right', 'citizen'],
    ])
    expect(lastAnswer(shown, field).showing?.what).toEqual({ kind: 'detail', field, value: after })
  }
  expect(program.consoleErrors).toEqual([])
})
