import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import words from '#resources/languages/vi/officer.json' with { type: 'json' }
import failures from '#resources/languages/vi/failures.json' with { type: 'json' }
import { launch } from '#build/launch/index.ts'
import { routineVisit, type StepName } from '#build/visit/routine.ts'
import { startTimeline } from '#build/visit/timeline.ts'
import { deskOfFile, expect, handDrawn, station, test, type Desk } from './fixture.ts'

/** One visit on one desk, to which one thing after the other happens; a second try begins it anew. */
test.describe.configure({ mode: 'serial' })
const deskHere = deskOfFile({ simulatorArguments: handDrawn })

function visit(desk: Desk, steps: { readonly from?: StepName; readonly until: StepName }) {
  return routineVisit({
    officer: desk.officer(),
    citizen: desk.citizen(),
    stage: desk.stage,
    timeline: startTimeline(),
    station: { ...station, certificate: desk.receiver.certificate },
    exportFolder: join(desk.folder, 'usb'),
    ...steps,
  })
}

test('a second start on the same data folder ends at once and says why', async () => {
  const desk = deskHere()
  const started = launch({ args: ['--data', desk.program.dataFolder], env: { TMPDIR: desk.folder }, output: 'pipe' })
  await expect(started).rejects.toMatchObject({ exitCode: 3 })
  await expect(desk.program.officer.getByRole('heading', { level: 1 })).toBeVisible()
})

test('a crashed officer window comes back to the same step, and a crashed citizen window is told of', async () => {
  const desk = deskHere()
  const { program } = desk
  await visit(desk, { until: 'Đối chiếu' })
  await crash(desk, 'officer')
  await desk.officer().sees(words.compare.title)
  await expect(program.officer.getByText(desk.stage.card.person.fullName).first()).toBeVisible()
  await crash(desk, 'citizen')
  await expect(program.citizen.locator('.citizen[data-scene="wait"]')).toBeVisible()
  await expect(program.officer.getByText(words.footer.citizen.shown)).toBeVisible()
})

test('a citizen window whose display is unplugged goes, stays off the officer display, and comes back with it', async () => {
  const desk = deskHere()
  const { program } = desk
  const before = program.citizen
  await program.setDisplays('1366x768')
  await expect.poll(() => before.isClosed()).toBe(true)
  await expect(program.officer.getByText(words.footer.citizen['no-display'])).toBeVisible()
  await program.setDisplays('1366x768,1280x800')
  const again = await program.window('citizen')
  await expect(again.locator('.citizen[data-scene="wait"]')).toBeVisible()
  await expect(program.officer.getByText(words.footer.citizen.shown)).toBeVisible()
})

test('a killed device process is told of and started again, and the prints are taken after all', async () => {
  const desk = deskHere()
  const { program } = desk
  await visit(desk, { from: 'Giấy tờ', until: 'Ảnh chân dung' })
  await desk.stage.liftFingers()
  const officer = desk.officer()
  await officer.press('Enter')
  await officer.sees(words.fingers.title['right-four'])
  await officer.press('Enter')
  await expect(program.officer.getByText(words.fingers.waiting)).toBeVisible()
  killDeviceHost(program.mainPid)
  await expect(program.officer.getByText(failures.HOST_GONE.title)).toBeVisible()
  await desk.stage.placeFingers()
  const ready = `${words.device['fingerprint-scanner']}: ${words['device-state'].ready}`
  await expect(program.officer.getByText(ready)).toBeVisible()
  await officer.press('Enter')
  await officer.seesFingers('right-four')
})

test('a program killed in the middle of the prints goes on there with everything it had', async () => {
  const desk = deskHere()
  const { program } = desk
  await program.kill()
  await program.restart()
  const officer = desk.officer()

  await test.step('a wrong passphrase is refused in words, and the right one still opens', async () => {
    await officer.unlock('khong phai cau nay')
    await expect(program.officer.getByText(failures.WRONG_PASSPHRASE.title)).toBeVisible()
    await program.officer.getByLabel(words.station.passphrase).fill('')
    await program.officer.getByLabel(words.station.passphrase).focus()
    await officer.unlock(station.passphrase)
  })
  // The right hand is there, the left one is next.
  await officer.sees(words.fingers.title['left-four'])
  await expect(program.officer.getByText(words.fingers.missing_other.replace('{{count}}', '16'))).toBeVisible()
  await expect(program.citizen.locator('.citizen[data-scene="fingers"]')).toBeVisible()
  await program.officer.keyboard.press('F3')
  await officer.sees(words.documents.title)
  await expect(program.officer.locator('.thumb img')).toHaveCount(2)
})

async function crash(desk: Desk, role: 'officer' | 'citizen'): Promise<void> {
  const page = desk.program[role]
  const crashed = page.waitForEvent('crash')
  const session = await page.context().newCDPSession(page)
  // The renderer dies before it can answer.
  session.send('Page.crash').catch(() => {})
  await crashed
  // Playwright gives up a page that crashed, also when it has come back.
  await desk.program.reattach()
}

/** The device process is the child of main that was started with its script. */
function killDeviceHost(mainPid: number): void {
  const read = (pid: string, file: string) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8')
    } catch {
      return ''
    }
  }
  const parent = (pid: string) => Number(/^PPid:\s+(\d+)/mu.exec(read(pid, 'status'))?.[1])
  const host = readdirSync('/proc').find(
    (pid) => /^\d+$/u.test(pid) && parent(pid) === mainPid && read(pid, 'cmdline').includes('device-host'),
  )
  if (host === undefined) throw new Error('there is no device process')
  process.kill(Number(host), 'SIGKILL')
}
