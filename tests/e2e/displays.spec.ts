import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import words from '#resources/languages/vi/officer.json' with { type: 'json' }
import { deskOfFile, expect, station, test, type Desk } from './fixture.ts'

const both = 'laptop=1366x768,hall=1280x800'
const deskHere = deskOfFile({ displays: both })

type Calls = { readonly call: Readonly<Record<string, (input: unknown) => Promise<unknown>>> }

const ask = (page: Page, name: string, input: unknown = {}) =>
  page.evaluate(([call, data]) => (window as unknown as { desk: Calls }).desk.call[call]!(data), [name, input] as const)
/** Where a window stands on the desktop; one that is hidden stands far to the left of it. */
const left = (page: Page) => page.evaluate(() => window.screenX)
const citizenScreen = (desk: Desk) =>
  ask(desk.program.officer, 'surroundings').then(
    (answer) => (answer as { value: { citizenScreen: string } }).value.citizenScreen,
  )
const citizenWindows = ({ program }: Desk) =>
  program.officer
    .context()
    .pages()
    .filter((page) => page.url().includes('citizen')).length

test.beforeAll(() =>
  deskHere()
    .officer()
    .setUpStation({ ...station, certificate: deskHere().receiver.certificate }),
)

/** Every test begins with both displays and a citizen's window on its own. */
async function withBoth(): Promise<{ readonly desk: Desk; readonly citizen: Page }> {
  const desk = deskHere()
  await desk.program.setDisplays(both)
  const citizen = await desk.program.window('citizen')
  await expect.poll(() => left(citizen)).toBe(1366)
  await expect.poll(() => citizenScreen(desk)).toBe('shown')
  return { desk, citizen }
}

test('the display of citizens is known by what it is: gone, beside a stranger, and back in another order', async () => {
  const { desk, citizen: before } = await withBoth()
  const { program } = desk
  expect(readFileSync(join(program.dataFolder, 'screens.json'), 'utf8')).toContain('hall')

  await program.setDisplays('laptop=1366x768,stranger=1920x1080')
  await expect.poll(() => before.isClosed()).toBe(true)
  await expect.poll(() => citizenScreen(desk)).toBe('unchosen')
  expect(citizenWindows(desk)).toBe(0)

  await program.setDisplays('hall=1280x800,laptop=1366x768,stranger=1920x1080')
  const again = await program.window('citizen')
  await expect.poll(() => left(again)).toBe(0)
  await expect.poll(() => left(program.officer)).toBe(1280)
  await expect.poll(() => citizenScreen(desk)).toBe('shown')
})

test("the officer's window hides when only the citizen's display is left, and comes back with its own", async () => {
  const { desk, citizen } = await withBoth()
  const { program } = desk
  await program.setDisplays('hall=1280x800')
  await expect.poll(() => left(program.officer)).toBeLessThan(0)
  await expect.poll(() => left(citizen)).toBe(0)
  expect(await citizenScreen(desk)).toBe('turned')
  await program.setDisplays(both)
  await expect.poll(() => left(program.officer)).toBe(0)
  await expect.poll(() => left(citizen)).toBe(1366)
  expect(citizen.isClosed()).toBe(false)
  await expect.poll(() => citizenScreen(desk)).toBe('shown')
})

test("the officer's small view of the citizen's screen is a small picture of it", async () => {
  const { desk, citizen } = await withBoth()
  const { program } = desk
  await program.officer.evaluate(() => {
    const own = window as unknown as { desk: { on: Painted }; painted?: number }
    type Painted = { citizenPainted: (heard: (data: { number: number }) => void) => void }
    own.desk.on.citizenPainted(({ number }) => {
      own.painted = number
    })
  })
  await ask(citizen, 'reportPainted')
  // The page may report by itself as well: only the last number has a picture.
  const sizeOfLast = () =>
    program.officer.evaluate(async () => {
      const image = new Image()
      image.src = `/live/screen/${(window as unknown as { painted?: number }).painted}`
      return image.decode().then(
        () => [image.naturalWidth, image.naturalHeight],
        () => undefined,
      )
    })
  await expect.poll(sizeOfLast).toEqual([480, 300])
})

test("a laptop that is turned round shows the citizen's page alone until the officer's key takes it back", async () => {
  const { desk } = await withBoth()
  const { program } = desk
  await program.setDisplays('laptop=1366x768')
  await expect.poll(() => citizenScreen(desk)).toBe('no-display')
  expect(await ask(program.officer, 'turnToCitizen')).toMatchObject({ error: { code: 'DOSSIER_MISSING' } })

  expect(await ask(program.officer, 'openDossier')).toMatchObject({ ok: true })
  expect(await ask(program.officer, 'turnToCitizen')).toMatchObject({ ok: true })
  const turned = await program.window('citizen')
  await expect(turned.locator('.citizen[data-scene]')).toBeVisible()
  await expect.poll(() => turned.evaluate(() => [screenX, innerWidth, innerHeight])).toEqual([0, 1366, 768])
  await expect.poll(() => left(program.officer)).toBeLessThan(0)
  await expect.poll(() => citizenScreen(desk)).toBe('turned')

  await test.step('also when a display is plugged in meanwhile', async () => {
    await program.setDisplays(both)
    await expect.poll(() => left(program.officer)).toBeLessThan(0)
    expect(await left(turned)).toBe(0)
    await program.setDisplays('laptop=1366x768')
  })

  // The page is gone before the key is up.
  await turned.keyboard.press('Control+F9').catch(() => {})
  await expect.poll(() => turned.isClosed()).toBe(true)
  await expect.poll(() => left(program.officer)).toBe(0)
  await expect(program.officer.getByText(words.footer.citizen['no-display'])).toBeVisible()
})
