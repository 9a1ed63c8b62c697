import { people } from '#native/sim/people/people.ts'
import words from '#resources/languages/vi/officer.json' with { type: 'json' }
import { expect, test } from '../fixture.ts'
import { sealAndOpen } from './opened.ts'
import { openStation, prepareDossier } from './prepared.ts'

const witness = { name: people.lo.fullName, number: people.lo.personalNumber } as const

test('a person whose hand is hurt lays a finger down, and a witness signs', async ({ desk }) => {
  test.setTimeout(180_000)
  await openStation(desk)
  const { program, stage } = desk
  const officer = desk.officer()
  const citizen = desk.citizen()
  const sees = (text: string | RegExp) => expect(program.officer.getByText(text).first()).toBeVisible()
  await prepareDossier(program.officer, { fingers: ['right-index'], to: 'fingers' })

  await test.step('the one finger that is left is taken', async () => {
    await officer.press('Enter')
    await officer.seesFingers('flat-right-index')
    await program.officer.locator('button[data-key="Enter"]', { hasText: words.fingers.next }).waitFor()
    await officer.press('Enter')
    await officer.sees(words.check.title)
  })

  await test.step('the citizen answers with the keys of a number pad', async () => {
    while (await citizen.page.locator('.check-value').count()) {
      const asked = await citizen.reads()
      await citizen.page.locator('.big-right[aria-disabled="false"]').waitFor()
      await citizen.page.keyboard.press('1')
      await citizen.afterAnswer(asked)
    }
    await citizen.sees('page')
  })

  await test.step('why nobody signs, and who is the witness; the citizen is the wrong one', async () => {
    await officer.press('Ctrl+U')
    await program.officer.getByRole('dialog').getByRole('textbox', { name: words.citizen.name }).waitFor()
    await officer.type(witness.name)
    await officer.key('Tab')
    await officer.type(people.quang.personalNumber)
    await program.officer.locator('.reason', { hasText: words.check.cannot.reason['hand-injured'] }).click()
    await officer.press('Enter')
    await sees(words.citizen.unfit['same-person'])
    await program.officer.getByRole('dialog').getByRole('textbox', { name: words.citizen.number }).fill(witness.number)
    await officer.press('Enter')
    await sees(`Không ký: ${words.check.cannot.reason['hand-injured'].toLowerCase()}`)
    await sees(words.check.mark.later)
  })

  await test.step('everything is confirmed; somebody else’s finger is no mark', async () => {
    await citizen.confirmsPage()
    await citizen.sees('mark')
    await expect(citizen.page.getByRole('heading')).toHaveText('Mời anh đặt ngón tay lên mặt kính, thay cho chữ ký')
    await stage.placeFingers(777)
    await officer.press('Ctrl+I')
    await sees('FINGER_DIFFERS')
    await citizen.sees('mark')
    await stage.placeFingers()
    await officer.press('Ctrl+I')
    await expect(program.officer.getByRole('img', { name: words.check.mark.picture })).toBeVisible()
    await sees(/khớp dấu trong hồ sơ/u)
  })

  await test.step('the witness signs on the citizen’s screen', async () => {
    await citizen.sees('sign')
    await expect(citizen.page.getByRole('heading')).toHaveText('Mời chị ký tên làm chứng')
    await sees(words.check['witness-now'])
    await citizen.signs()
    await citizen.finishesSigning()
    await expect(program.officer.getByRole('img', { name: words.check['witness-picture'] })).toBeVisible()
  })

  const { dossier, read } = await sealAndOpen(desk)
  await citizen.sees('idle')
  expect(dossier['signature']).toBeUndefined()
  expect(dossier).toMatchObject({
    pageConfirmed: { by: 'citizen' },
    signingException: { reason: 'hand-injured', witness, mark: { finger: 'right-index', fgp: 2 } },
  })
  const { mark, witnessed } = dossier['signingException'] as {
    mark: { score: number; print: { file: string } }
    witnessed: { picture: { file: string }; vector: { file: string } }
  }
  expect(mark.score).toBeGreaterThan(0)
  expect(read(mark.print.file).subarray(1, 4).toString()).toBe('PNG')
  expect(read(witnessed.picture.file).subarray(1, 4).toString()).toBe('PNG')
  expect(read(witnessed.vector.file).toString()).toMatch(/<svg[\s\S]*<path/u)
  expect(program.consoleErrors).toEqual([])
})
