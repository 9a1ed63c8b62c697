import words from '#resources/languages/vi/officer.json' with { type: 'json' }
import { people } from '#native/sim/people/people.ts'
import { expect, handDrawn, test } from '../fixture.ts'
import { sealAndOpen } from './opened.ts'
import { ask, openStation } from './prepared.ts'

test.use({ simulatorArguments: handDrawn })

/** Invented; the mother as well. */
const child = {
  personalNumber: '014218000018',
  fullName: 'Lò Văn Bé Mẫu',
  birthDate: '09/05/2018',
  sex: 'Nam',
  nationality: 'Việt Nam',
  residence: 'Bản Mẫu, Thuận Châu, Sơn La',
} as const
const mother = {
  name: people.lo.fullName,
  number: people.lo.personalNumber,
  relation: 'mother',
  reason: 'under-14',
} as const

test('a child is enrolled without a card: the mother is spoken to, answers, confirms and signs', async ({ desk }) => {
  test.setTimeout(180_000)
  await openStation(desk)
  const { program, stage } = desk
  const officer = desk.officer()
  const citizen = desk.citizen()
  const seen = (text: string) => expect(citizen.page.locator('.stage')).toContainText(text)
  await ask(program.officer, 'setStationPolicy', { shortForChildren: true })

  await test.step('the details are declared, and the program asks for a representative by itself', async () => {
    await officer.press('Enter')
    await officer.sees(words.arrival.title)
    await officer.type(child.personalNumber)
    await officer.key('Enter')
    await program.officer.getByRole('radio', { name: 'Nam' }).click()
    for (const field of ['fullName', 'birthDate', 'nationality', 'residence'] as const) {
      const own = program.officer.getByLabel(words.field[field], { exact: true })
      await own.fill(child[field])
      await own.press('Enter')
    }
    await expect(program.officer.getByText(words.citizen['who-child']).first()).toBeVisible()
    await citizen.sees('greeting')
  })

  await test.step('the representative is named on arrival, with the keyboard', async () => {
    await officer.key('Control+h')
    await program.officer.getByRole('dialog').getByRole('textbox', { name: words.citizen.name }).waitFor()
    await officer.type(mother.name)
    await officer.key('Tab')
    await officer.type(mother.number)
    await officer.key('Tab')
    await officer.key('Space')
    await officer.key('ArrowDown')
    await expect(program.officer.getByRole('radio', { name: words.citizen.relation.mother })).toBeChecked()
    await officer.press('Enter')
    await expect(program.officer.getByText(`${words.citizen.relation.mother}: ${mother.name}`)).toBeVisible()
    await seen('Xin chào chị')
    await seen('Hôm nay làm thẻ căn cước cho cháu:')
  })

  await test.step('portrait and prints are the child’s own: it is the child that is spoken to', async () => {
    await officer.press('Enter')
    await officer.sees(words.compare.title)
    await officer.press('Enter')
    await officer.sees(words.documents.title)
    await stage.show('face')
    await officer.press('Enter')
    await officer.sees(words.portrait.title)
    await seen('Mời cháu nhìn thẳng vào máy ảnh')
    await program.officer.locator('button[data-key="Space"]:not([disabled])').waitFor()
    await officer.press('Space')
    await program.officer.getByText(words.portrait['task-taken']).waitFor()
    await officer.press('Enter')
    await officer.sees(words.fingers.title['right-four'])
    await officer.press('Enter')
    for (const step of ['right-four', 'left-four', 'two-thumbs'] as const) await officer.seesFingers(step)
    await program.officer.locator('button[data-key="Enter"]', { hasText: words.fingers.next }).waitFor()
    await officer.press('Enter')
    await officer.sees(words.check.title)
  })

  await test.step('the mother is asked about the child, confirms and signs in its place', async () => {
    await seen('Họ và tên của cháu có đúng không?')
    const asked = await citizen.findsAllRight()
    expect(asked.map(({ field }) => field)).toEqual([
      'fullName',
      'personalNumber',
      'birthDate',
      'sex',
      'nationality',
      'residence',
    ])
    await seen('Thông tin của cháu: tất cả có đúng không?')
    await citizen.confirmsPage()
    await seen('Mời chị ký tên thay cháu')
    await citizen.signs()
    await citizen.finishesSigning()
    await expect(program.officer.getByRole('img', { name: words.check['signature-picture'] })).toBeVisible()
    await expect(program.officer.getByText(words.check['page-by-representative'])).toBeVisible()
    await expect(program.officer.locator('.check-item', { hasText: 'đúng · người đại diện' })).toHaveCount(asked.length)
  })

  const { dossier, shown } = await sealAndOpen(desk)
  await citizen.sees('idle')
  expect(dossier).toMatchObject({
    representative: mother,
    pageConfirmed: { by: 'representative' },
    signature: { by: 'representative' },
    capturePlan: { id: 'short' },
  })
  expect(shown.answers.map(({ kind, by }) => `${kind} ${by}`)).toEqual([
    ...Array.from({ length: 6 }, () => 'detail representative'),
    'page representative',
  ])
  expect(shown.showings[0]?.lines).toContain('Họ và tên của cháu có đúng không?')
  expect(program.consoleErrors).toEqual([])
})
