import type { Page } from '@playwright/test'
import { citizenAt } from '#build/visit/people.ts'
import words from '#resources/languages/vi/officer.json' with { type: 'json' }
import { expect, test, type Desk } from '../fixture.ts'
import { sealAndOpen } from './opened.ts'
import { openStation, prepareDossier, quang } from './prepared.ts'

test.use({ displays: 'laptop=1366x768,hall=1280x800' })
const both = 'laptop=1366x768,hall=1280x800'
const alone = 'laptop=1366x768'

/** Where a window stands on the desktop; one that is hidden stands far to the left of it. */
const left = (page: Page) => page.evaluate(() => window.screenX)

async function unplug({ program }: Desk, citizen: Page): Promise<void> {
  await program.setDisplays(alone)
  await expect.poll(() => citizen.isClosed()).toBe(true)
  // Said where the officer looks, with both ways out.
  await expect(program.officer.getByText(words.check['screen-no-display'])).toBeVisible()
  await expect(program.officer.getByText(words.footer.citizen['no-display'])).toBeVisible()
  await expect(program.officer.getByRole('button', { name: words.check.turn })).toBeVisible()
  // Never on the officer's display.
  expect(await left(program.officer)).toBe(0)
  const pages = program.officer.context().pages()
  expect(pages.filter((page) => page.url().includes('citizen'))).toEqual([])
}

async function plugIn({ program }: Desk) {
  await program.setDisplays(both)
  const page = await program.window('citizen')
  await expect.poll(() => left(page)).toBe(1366)
  await expect(program.officer.getByText(words.check['screen-no-display'])).toBeHidden()
  return citizenAt(page)
}

test('the citizen’s display goes while they check and while they sign: nothing is lost, nothing half-written stays', async ({
  desk,
}) => {
  test.setTimeout(180_000)
  await openStation(desk)
  const { program } = desk
  const officer = desk.officer()
  await prepareDossier(program.officer)
  await officer.sees(words.check.title)
  const answered = program.officer.locator('.check-item', { hasText: 'đúng · công dân' })

  let citizen = desk.citizen()
  const asked = await test.step('unplugged in the middle of the questions', async () => {
    for (const _ of [1, 2]) {
      const now = await citizen.reads()
      await citizen.answers('right')
      await citizen.afterAnswer(now)
    }
    const open = await citizen.reads()
    await unplug(desk, citizen.page)
    await expect(answered).toHaveCount(2)
    return open
  })

  await test.step('plugged in again the same question stands there', async () => {
    citizen = await plugIn(desk)
    expect(await citizen.reads()).toEqual(asked)
    expect((await citizen.findsAllRight()).map(({ field }) => field)).toEqual([
      'birthDate',
      'sex',
      'nationality',
      'residence',
    ])
    await citizen.confirmsPage()
  })

  await test.step('unplugged with ink on the pad and the pen down', async () => {
    await citizen.sees('sign')
    await citizen.signs()
    await expect.poll(() => citizen.hasInk()).toBe(true)
    await citizen.beginsToSign()
    await unplug(desk, citizen.page)
    await expect(program.officer.getByText(words.check['page-by-citizen'])).toBeVisible()
    await expect(program.officer.getByRole('img', { name: words.check['signature-picture'] })).toBeHidden()
  })

  await test.step('plugged in again signing begins on an empty pad', async () => {
    citizen = await plugIn(desk)
    await citizen.sees('sign')
    expect(await citizen.hasInk()).toBe(false)
    await expect(citizen.page.locator('.sign-done')).toHaveAttribute('aria-disabled', 'true')
    await citizen.signs()
    await citizen.finishesSigning()
    await expect(program.officer.getByRole('img', { name: words.check['signature-picture'] })).toBeVisible()
  })

  const { dossier, shown, events, read } = await sealAndOpen(desk)
  await citizen.sees('idle')
  expect(shown.answers.map(({ answer, kind }) => answer ?? kind)).toEqual([
    ...Object.keys(quang).map(() => 'right'),
    'page',
  ])
  const showings = shown.showings.filter(({ what }) => what.kind === 'detail' && what.field === asked.field)
  expect(showings.length, 'shown once before and once after').toBe(2)
  expect(events.filter(({ type }) => type === 'signed')).toHaveLength(1)
  const { strokes } = dossier['signature'] as { strokes: { file: string } }
  expect((JSON.parse(read(strokes.file).toString()) as { strokes: unknown[] }).strokes).toHaveLength(2)
})

test('with one display the laptop is turned: the officer’s data is hidden until the officer’s key takes it back', async ({
  desk,
}) => {
  await openStation(desk)
  const { program } = desk
  const officer = desk.officer()
  await prepareDossier(program.officer)
  await officer.sees(words.check.title)
  await unplug(desk, program.citizen)

  await officer.key('Control+F9')
  await expect(program.officer.getByText(words.screens.turn.announced)).toBeVisible()
  // Pressed again it need not be waited for.
  await officer.key('Control+F9')
  const citizen = citizenAt(await program.window('citizen'))
  await expect.poll(() => left(program.officer)).toBeLessThan(0)
  await expect.poll(() => citizen.page.evaluate(() => [screenX, innerWidth, innerHeight])).toEqual([0, 1366, 768])
  await expect(program.officer.locator('.cover')).toContainText(words.curtain.turned)
  const readable = await program.officer.evaluate(() => {
    const cover = document.querySelector('.cover')!
    const { width, height } = cover.getBoundingClientRect()
    const others = [...document.body.children].filter(
      (element) => element !== cover && element.checkVisibility() && !element.hasAttribute('inert'),
    )
    return {
      whole: width >= innerWidth && height >= innerHeight,
      opaque: getComputedStyle(cover).backgroundColor.startsWith('rgb('),
      others: others.length,
      over: document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.closest('.cover') === cover,
    }
  })
  expect(readable).toEqual({ whole: true, opaque: true, others: 0, over: true })
  await expect(citizen.page.getByText(words.check.title, { exact: true })).toHaveCount(0)

  const asked = await citizen.reads()
  expect(asked).toEqual({ field: 'fullName', value: quang.fullName })
  await citizen.answers('wrong')
  await citizen.afterAnswer(asked)

  // The page is gone before the key is up.
  await citizen.page.keyboard.press('Control+F9').catch(() => {})
  await expect.poll(() => citizen.page.isClosed()).toBe(true)
  await expect.poll(() => left(program.officer)).toBe(0)
  await expect(program.officer.locator('.cover')).toHaveCount(0)
  await expect(program.officer.getByText(/Công dân chưa đồng ý: họ và tên\./u)).toBeVisible()
  await expect(program.officer.locator('button[data-key="Enter"]', { hasText: 'Sửa họ và tên' })).toBeVisible()
})
