import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import words from '#resources/languages/vi/officer.json' with { type: 'json' }
import lessonWords from '#resources/languages/vi/training.json' with { type: 'json' }
import { openSealed } from '#build/receiver/index.ts'
import { trainingMain } from '#build/training/index.ts'
import { citizenAt, officerAt } from '#build/visit/people.ts'
import { openProgram, type Program } from '#build/visit/windows.ts'
import { rolledSteps } from '#domain/biometrics/index.ts'
import { handActs, pointsOf, type HandAct } from '#domain/training/index.ts'
import { people } from '#native/sim/people/people.ts'

let folder = ''
let program: Program

test.beforeAll(async () => {
  test.setTimeout(60_000)
  folder = mkdtempSync(join(tmpdir(), 'quay-can-cuoc-training-'))
  program = await openProgram({
    main: trainingMain,
    dataFolder: join(folder, 'data'),
    env: { TMPDIR: folder, QCC_TRAINING_PACE: '0' },
  })
})

test.afterAll(async () => {
  await program.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** An act of the hands by its key, and what it leaves lying there. */
async function hand(page: Page, act: HandAct): Promise<void> {
  const button = page.locator(`.hand[data-act="${act}"]`)
  await expect(button).toBeEnabled()
  await page.keyboard.press(`Alt+${(handActs.indexOf(act) + 1) % 10}`)
  // What presses a button leaves nothing behind.
  if (act !== 'press-shutter') await expect(button).toHaveCount(0)
}

test('a new officer takes the first lesson with the keyboard, and the score names what was missed', async () => {
  test.setTimeout(420_000)
  const officer = officerAt(program.officer)
  const citizen = citizenAt(program.citizen)
  const { page } = officer

  await test.step('the program says that it is training, on every window', async () => {
    for (const each of [page, citizen.page]) await expect(each).toHaveTitle(/^LUYỆN TẬP · /u)
    await officer.sees(lessonWords.setup.title)
    await page.getByLabel(lessonWords.setup.passphrase).focus()
    await officer.type('mua nep nuong tren doi')
    await officer.key('Tab')
    await officer.type('mua nep nuong tren doi')
    await page.locator('h1').first().focus()
    await officer.press('Enter')
    await officer.sees(lessonWords.home.title)
  })

  await test.step('the card is read where the hands laid it', async () => {
    await officer.press('Enter')
    await page.locator('.lesson-strip').waitFor()
    await officer.press('Enter')
    await officer.sees(words.arrival.title)
    await officer.type(people.lo.personalNumber)
    await officer.key('Enter')
    await hand(page, 'show-card-back')
    await officer.key('Control+q')
    await page.getByText(words.arrival['has-qr']).waitFor()
    await hand(page, 'lay-card-on-reader')
    await officer.press('Ctrl+R')
    await page.getByText(words.trust['no-trust-anchor']).waitFor()
    await hand(page, 'take-card-away')
  })

  await test.step('the open camera sees what the hands show', async () => {
    await officer.press('Enter')
    await officer.sees(words.compare.title)
    await hand(page, 'show-card-front')
    await officer.press('Enter')
    await officer.sees(words.documents.title)
    await page.locator('button[data-key="Space"]:not([disabled])').waitFor()
    await officer.press('Space')
    await page.locator('.thumb:not([data-pending]) img').first().waitFor()
    await page.locator('button[data-key="Space"]:not([disabled]):not([data-busy])').waitFor()
    await hand(page, 'show-card-back')
    await page.locator('button[data-key="Space"]:not([disabled]):not([data-busy])').waitFor()
    await hand(page, 'press-shutter')
    await page.locator('.thumb:not([data-pending]) img').nth(1).waitFor()
    await page.screenshot({ path: test.info().outputPath('documents.png') })
    await hand(page, 'show-face')
    await officer.press('Enter')
    await officer.sees(words.portrait.title)
    await page.locator('button[data-key="Space"]:not([disabled])').waitFor()
    await officer.press('Space')
    await page.getByText(words.portrait['task-taken']).waitFor()
  })

  await test.step('the hand lies on the glass as long as it is asked for', async () => {
    await officer.press('Enter')
    await officer.sees(words.fingers.title['right-four'])
    await hand(page, 'place-hand')
    await officer.press('Enter')
    for (const step of ['right-four', 'left-four', 'two-thumbs', ...rolledSteps] as const)
      await officer.seesFingers(step)
    await hand(page, 'lift-hand')
  })

  let number = ''
  await test.step('the citizen answers and signs, the officer seals, exports and ends the visit', async () => {
    await page.locator('button[data-key="Enter"]:not([disabled])', { hasText: words.fingers.next }).waitFor()
    await officer.press('Enter')
    await officer.sees(words.check.title)
    await citizen.sees('check')
    await citizen.findsAllRight()
    await citizen.confirmsPage()
    await citizen.sees('sign')
    await citizen.signs()
    await citizen.finishesSigning()
    await page.getByRole('img', { name: words.check['signature-picture'] }).waitFor()
    number = await officer.seals()
    expect(number).toBe('LT-0000-000001')
    await officer.exportsTo(join(folder, 'usb'))
    await page.locator('h1').first().focus()
    await officer.press('Enter')
  })

  await test.step('the score counts what was reached and says what to do about the rest', async () => {
    const title = lessonWords.score.title.replace('{{title}}', lessonWords.lesson['first-adult'].title)
    await officer.sees(title)
    const missed = page.locator('.score-missed h3')
    await expect(missed).toHaveText([lessonWords.point['portrait-compared-with-chip'].title])
    const all = pointsOf['first-adult'].length
    await expect(page.locator('.score-count')).toHaveText(`${all - 1}/${all}`)
    await page.screenshot({ path: test.info().outputPath('score.png') })
  })

  await test.step('no receiver takes the file but one that asks for training', async () => {
    const centre = join(folder, 'data/station/training-centre')
    const sealed = {
      file: join(folder, `usb/${number}.p7m`),
      key: join(centre, 'receiver.key'),
      certificate: join(centre, 'receiver.pem'),
      outFolder: join(folder, 'opened'),
    }
    expect(() => openSealed(sealed)).toThrow('a file of the training program')
    const { contentFolder } = openSealed({ ...sealed, training: true })
    const dossier = JSON.parse(readFileSync(join(contentFolder, 'dossier.json'), 'utf8')) as object
    expect(dossier).toMatchObject({ training: true, number, person: { fullName: { value: people.lo.fullName } } })
  })
  expect(program.consoleErrors).toEqual([])
})
