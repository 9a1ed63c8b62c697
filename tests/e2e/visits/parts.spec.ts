import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import diagnosis from '#resources/languages/vi/diagnosis.json' with { type: 'json' }
import words from '#resources/languages/vi/technician.json' with { type: 'json' }
import { deskOfFile, expect, station, test, type Desk } from '../fixture.ts'

const deskHere = deskOfFile({
  displays: 'laptop=1366x768,hall=1280x800',
  programArguments: ['--technician'],
  programSettings: { QCC_STANDIN_PRINTS: '{folder}/prints' },
})

type Calls = { readonly call: Readonly<Record<string, (input: unknown) => Promise<unknown>>> }
const ask = (page: Page, name: string, input: unknown = {}) =>
  page.evaluate(([call, data]) => (window as unknown as { desk: Calls }).desk.call[call]!(data), [name, input] as const)

const press = (page: Page, name: string) => page.getByRole('button', { name }).click()
const partRow = (page: Page, kind: string, text: string) =>
  page.locator(`tr[data-part="${kind}"]`).filter({ hasText: text })
const prompt = (page: Page, text: string) => expect(page.locator('.prompt-do')).toContainText(text)
const outcome = (page: Page) => page.getByRole('region', { name: words.checks.outcome })

async function technician({ program }: Desk): Promise<Page> {
  const page = await program.window('technician')
  await page.keyboard.press('Alt+1')
  await page.getByRole('heading', { level: 1, name: words.page.devices }).waitFor()
  return page
}

async function beginScreenTest(page: Page): Promise<void> {
  await page.keyboard.press('Alt+2')
  await page.locator('[data-key="subject citizen-screen"]').click()
  await page.locator('.task-acts [data-key="Enter"]').click()
}

/** The person at the citizen's screen touches the cross that stands there, so many points beside it. */
async function touchCross(citizen: Page, at: number, beside = 0): Promise<void> {
  const cross = citizen.locator(`[data-cross="${at}"]`)
  await cross.waitFor()
  const box = await cross.boundingBox()
  if (!box) throw new Error('the cross is not to be seen')
  await citizen.mouse.click(box.x + box.width / 2 + beside, box.y + box.height / 2)
}

test("the citizen's screen is tried by frame, colours and crosses, and given back", async () => {
  const desk = deskHere()
  const { program } = desk
  const page = await technician(desk)
  await expect(partRow(page, 'display', 'hall')).toContainText(words.parts.use.citizen)
  await expect(partRow(page, 'display', 'laptop')).toContainText(words.parts.use.officer)
  await beginScreenTest(page)
  const scene = program.citizen.locator('.screen-test')
  await expect(scene).toHaveAttribute('data-picture', 'edges')
  await prompt(page, words.partAsk.picture.do)
  await program.citizen.screenshot({ path: 'artifacts/screens/parts-citizen-frame.png' })
  await page.screenshot({ path: 'artifacts/screens/parts-technician-question.png' })
  await press(page, words.partAsk.picture.yes)
  await prompt(page, words.partAsk.edges.do)
  await press(page, words.partAsk.edges.yes)
  for (const colour of ['white', 'black', 'red', 'green', 'blue'] as const) {
    await expect(scene).toHaveAttribute('data-picture', colour)
    await prompt(page, `phủ kín màu ${words.partAsk.picture[colour]}`)
    await press(page, colour === 'red' ? words.partAsk.colour.no : words.partAsk.colour.yes)
  }
  for (const cross of [0, 1, 2, 3]) await touchCross(program.citizen, cross, cross === 2 ? 40 : 3)
  await program.citizen.locator('[data-cross="4"]').waitFor()
  await program.citizen.screenshot({ path: 'artifacts/screens/parts-citizen-cross.png' })
  await press(page, words.partAsk.cross.no)

  for (const cause of ['display-spots', 'touch-missing', 'touch-off-target'] as const)
    await expect(outcome(page)).toContainText(diagnosis.cause[cause].title)
  await expect(outcome(page).locator('.cause')).toHaveCount(3)
  await expect(outcome(page).getByRole('row', { name: words.figure.touchWorstPx })).toContainText('40')
  await expect(outcome(page).getByRole('row', { name: words.figure.touchMedianPx })).toContainText('3')
  await page.screenshot({ path: 'artifacts/screens/parts-technician-outcome.png' })
  await expect(program.citizen.locator('.citizen')).toHaveAttribute('data-scene', 'idle')
  expect(await ask(page, 'checks')).toMatchObject({ value: [{ subject: 'citizen-screen', verdict: 'limits' }] })
})

test('one test page is printed, which is about nobody, and the answer is what is found', async () => {
  const desk = deskHere()
  const { folder } = desk
  const prints = join(folder, 'prints')
  mkdirSync(prints)
  const page = await technician(desk)
  const row = partRow(page, 'printer', 'Stand-in PDF')
  await expect(row).toBeVisible()
  const test = () => row.getByRole('button', { name: /Kiểm tra/u }).click()
  await test()
  await prompt(page, words.partAsk.print.do)
  await page.screenshot({ path: 'artifacts/screens/parts-print-question.png' })
  const [file] = readdirSync(prints)
  const printed = execFileSync('pdftotext', ['-layout', join(prints, file!), '-'], { encoding: 'utf8' })
  expect(printed).toContain(words.testPage.title)
  expect(printed).toContain('ĂÂĐÊÔƠƯ')
  for (const other of [words.title, words.page.checks, words.checks.outcome, station.name])
    expect(printed).not.toContain(other)
  execFileSync('pdftoppm', ['-r', '50', '-png', join(prints, file!), 'artifacts/screens/parts-test-page'])
  await press(page, words.partAsk.print.pale)
  await expect(outcome(page)).toContainText(diagnosis.cause['print-pale'].title)

  rmSync(prints, { recursive: true })
  await page.keyboard.press('Alt+1')
  await test()
  await expect(outcome(page)).toContainText(diagnosis.cause['print-refused'].title)
  await page.keyboard.press('Alt+1')
  await expect(row).toContainText(diagnosis.cause['print-refused'].title)
})

test('a dead, an unplugged, a mirrored and an unchosen display are told apart', async () => {
  const desk = deskHere()
  const { program } = desk
  const page = await technician(desk)
  await expect(partRow(page, 'display', 'hall')).toContainText(words.parts.use.citizen)

  await test.step('dark: the system has it, the person sees nothing', async () => {
    await beginScreenTest(page)
    await prompt(page, words.partAsk.picture.do)
    await press(page, words.partAsk.picture.no)
    await expect(outcome(page)).toContainText(diagnosis.cause['display-dark'].title)
  })

  await test.step('unplugged in the middle of the test', async () => {
    await beginScreenTest(page)
    await prompt(page, words.partAsk.picture.do)
    await program.setDisplays('laptop=1366x768')
    await expect(outcome(page)).toContainText(diagnosis.cause['not-plugged-in'].title)
    await page.keyboard.press('Alt+1')
    await expect(partRow(page, 'display', 'hall')).toContainText(words.parts.missing)
    await page.screenshot({ path: 'artifacts/screens/parts-display-missing.png', fullPage: true })
  })

  await test.step('before the test', async () => {
    await beginScreenTest(page)
    await expect(outcome(page)).toContainText(diagnosis.cause['not-plugged-in'].title)
  })

  await test.step('mirrored', async () => {
    await program.setDisplays('laptop=1280x800,hall=1280x800@0')
    await page.keyboard.press('Alt+1')
    await expect(partRow(page, 'display', 'hall')).toContainText(words.parts.there)
    await beginScreenTest(page)
    await expect(outcome(page)).toContainText(diagnosis.cause['display-mirrored'].title)
  })

  await test.step('another one in its place is chosen in this window', async () => {
    await program.setDisplays('laptop=1366x768,stranger=1920x1080')
    await page.keyboard.press('Alt+1')
    await page.getByRole('button', { name: words.parts.chooseRow.replace('{{name}}', 'stranger') }).click()
    await expect(partRow(page, 'display', 'stranger')).toContainText(words.parts.use.citizen)
    const citizen = await program.window('citizen')
    await expect.poll(() => citizen.evaluate(() => window.screenX)).toBe(1366)
    await beginScreenTest(page)
    await expect(citizen.locator('.screen-test')).toHaveAttribute('data-picture', 'edges')
    await page.keyboard.press('Escape')
    await expect(page.getByText(words.failed.CANCELLED.title)).toBeVisible()
  })
})

test("while a dossier is open the citizen's screen is not taken, and one that is opened takes it back", async () => {
  const desk = deskHere()
  const { program } = desk
  await desk.officer().setUpStation({ ...station, certificate: desk.receiver.certificate })
  const page = await technician(desk)
  await beginScreenTest(page)
  await prompt(page, words.partAsk.picture.do)
  expect(await ask(program.officer, 'openDossier')).toMatchObject({ ok: true })
  await expect(page.getByText(words.failed.CITIZEN_AT_DESK.title)).toBeVisible()
  await expect((await program.window('citizen')).locator('.citizen')).toHaveAttribute('data-scene', /greeting|wait/u)
  await beginScreenTest(page)
  await expect(page.getByText(words.failed.CITIZEN_AT_DESK.advice)).toBeVisible()
  await page.screenshot({ path: 'artifacts/screens/parts-citizen-at-desk.png' })
  await expect((await program.window('citizen')).locator('.screen-test')).toHaveCount(0)
})
