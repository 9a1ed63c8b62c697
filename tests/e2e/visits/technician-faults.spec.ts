import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, station, test } from '../fixture.ts'
import { openStation } from './prepared.ts'
import { technicianAt, words } from './technician-at.ts'

test.use({
  programArguments: ['--technician'],
  simulatorArguments: ['--module', 'zfm'],
  displays: 'laptop=1366x768,hall=1280x800',
  programSettings: { NODE_OPTIONS: `--import=${join(import.meta.dirname, 'shifted-clock.ts')}` },
})

const { works, fails } = words.diagnosis.verdict
const advice = (cause: keyof typeof words.diagnosis.cause) => words.diagnosis.cause[cause].advice

/** Another program that has the port and does not let it go. */
async function holdPort(path: string): Promise<() => Promise<void>> {
  const hold = ['--exclusive', '--nonblock', '--no-fork', path, 'sh', '-c', 'echo held; exec sleep 600']
  const child = spawn('flock', hold, { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return async () => {
    const gone = once(child, 'exit')
    child.kill()
    await gone
  }
}

test('a cable that is out, a wrong port, a port that is held and a dead display are found and mended in the window', async ({
  desk,
}) => {
  test.setTimeout(240_000)
  const { program, stage, folder } = desk
  const technician = technicianAt(await program.window('technician'))
  const { page } = technician
  const port = (name: string) => join(folder, 'devices', name)
  const hands = { 'lay-test-card': () => stage.insertCard(), 'take-card-away': () => stage.removeCard() }
  const press = (words: string, name: string) =>
    page.getByRole('button', { name: words.replace(/\{\{\w+\}\}/u, name), exact: true }).click()
  const bindsReader = async (path: string) => {
    await press(words.plugged.bindRow, path)
    await page.getByRole('radio', { name: /^gempc-twin/u }).check()
    await page.getByLabel(words.bind.name).fill('card-reader')
    await expect(page.getByText(words.bind.replaces.replace('{{id}}', 'card-reader'))).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByText(words.bind.done.replace('{{id}}', 'card-reader'))).toBeInViewport()
  }

  await test.step('the reader’s cable is out', async () => {
    await expect(technician.device('card-reader')).toContainText(words.state.ready)
    await stage.unplugReader()
    await expect(technician.device('card-reader')).toContainText(words.state.absent)
    await expect(technician.device('card-reader')).toContainText('Cắm và bật thiết bị')
    expect(await technician.checks('card-reader', hands)).toMatchObject({ verdict: fails, causes: ['not-plugged-in'] })
    await expect(page.getByText(advice('not-plugged-in'))).toBeVisible()
  })

  await test.step('plugged in again it works', async () => {
    await stage.plugReader()
    await stage.insertCard()
    await technician.goTo('devices')
    await expect(technician.device('card-reader')).toContainText(`${words.state.ready}, ${words.card.present}`)
    const { verdict, prompts } = await technician.checks('card-reader', hands)
    expect(verdict).not.toBe(fails)
    expect(prompts).toEqual(['take-card-away'])
  })

  await test.step('somebody bound the reader to the port of another device, which does not answer it', async () => {
    await technician.goTo('devices')
    await press(words.unbindRow, 'zfm')
    await page.getByRole('button', { name: words.unbind.act }).click()
    await expect(technician.device('zfm')).toHaveCount(0)
    await bindsReader(port('zfm.tty'))
    expect(await technician.checks('card-reader', hands)).toMatchObject({ verdict: fails, causes: ['no-answer'] })
    await expect(page.getByText(advice('no-answer'))).toBeVisible()
  })

  await test.step('the right port is held by another program, which is said where it was asked', async () => {
    const letGo = await holdPort(port('card-reader.tty'))
    await technician.goTo('devices')
    await press(words.plugged.probeRow, port('card-reader.tty'))
    const told = page.getByRole('alert').filter({ hasText: 'DEVICE_BUSY' })
    await expect(told).toContainText('một chương trình khác đang dùng nó')
    await expect(told).toBeInViewport()
    await letGo()
  })

  await test.step('asked again it says what it is, and is bound in place of the wrong one', async () => {
    await press(words.plugged.probeRow, port('card-reader.tty'))
    await expect(technician.plugged('card-reader.tty')).toContainText(
      `gempc-twin Đầu đọc thẻ chip: ${words.because.answers}`,
    )
    const letGo = await holdPort(port('card-reader.tty'))
    await bindsReader(port('card-reader.tty'))
    await stage.insertCard()
    expect(await technician.checks('card-reader', hands)).toMatchObject({
      verdict: fails,
      causes: ['taken-by-another-program'],
    })
    await expect(page.getByText(advice('taken-by-another-program'))).toBeVisible()
    await letGo()
    expect((await technician.checks('card-reader', hands)).verdict).not.toBe(fails)
  })

  await test.step('the second display dies and comes back', async () => {
    await technician.goTo('devices')
    await expect(page.getByText(words.screenHelp['no-display'])).toHaveCount(0)
    await program.setDisplays('laptop=1366x768')
    await expect(page.getByText(words.screenHelp['no-display'])).toBeInViewport()
    await technician.expectFits()
    await program.setDisplays('laptop=1366x768,hall=1280x800')
    await expect(page.getByText(words.screenHelp['no-display'])).toHaveCount(0)
  })
})

test('a full disk, a wrong clock and a certificate that has ended are told with what to do', async ({ desk }) => {
  test.setTimeout(240_000)
  await openStation(desk)
  const { program, folder } = desk
  const look = async () => technicianAt(await program.window('technician'))
  /** Soft: it can be taken off again. */
  const limitFiles = (bytes: string) => execFileSync('prlimit', ['--pid', String(program.mainPid), `--fsize=${bytes}:`])

  await test.step('nothing more can be written', async () => {
    const technician = await look()
    limitFiles('0')
    const disk = await technician.checksStation('disk')
    expect(disk.verdict).toBe(fails)
    expect(disk.causes).toContain('disk-full')
    await expect(technician.page.getByText(advice('disk-full'))).toBeVisible()
    await technician.makesBundle(folder)
    await expect(technician.page.getByRole('alert')).toContainText('DISK_FULL')
    limitFiles('unlimited')
    expect((await technician.checksStation('disk')).causes).not.toContain('disk-full')
  })

  const restartWith = async (days: number) => {
    writeFileSync(join(folder, 'clock-shift'), String(days * 86_400_000))
    await program.restart()
    const technician = await look()
    await technician.goTo('bundle')
    await expect(technician.page.getByText('STATION_LOCKED')).toBeVisible()
    await desk.officer().unlock(station.passphrase)
    // The page asks again by itself.
    await expect(technician.page.getByLabel(words.centre.address)).toBeEnabled()
    return technician
  }

  await test.step('the clock has gone back by two days', async () => {
    const technician = await restartWith(-2)
    const clock = await technician.checksStation('clock')
    expect(clock).toMatchObject({ verdict: fails, causes: ['clock-behind'] })
    await expect(technician.page.getByText(advice('clock-behind'))).toBeVisible()
  })

  await test.step('the receiver’s certificate has ended', async () => {
    const technician = await restartWith(3651)
    const keys = await technician.checksStation('keys')
    expect(keys.verdict).toBe(fails)
    expect(keys.causes).toContain('receiver-certificate-expired')
    await expect(technician.page.getByText(advice('receiver-certificate-expired'))).toBeVisible()
  })

  await test.step('with the clock right again the keys are good', async () => {
    const technician = await restartWith(0)
    expect((await technician.checksStation('keys')).verdict).toBe(works)
  })
})
