import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { routineVisit } from '#build/visit/routine.ts'
import { startTimeline } from '#build/visit/timeline.ts'
import { parseTraceFile } from '#native/host/traces/index.ts'
import { people } from '#native/sim/people/people.ts'
import { personsMoment } from '../../integration/technician/person.ts'
import { expect, handDrawn, station, test, type Desk } from '../fixture.ts'
import { technicianAt, words, type Hands } from './technician-at.ts'

test.use({
  programArguments: ['--technician'],
  simulatorArguments: [...handDrawn, '--module', 'zfm', '--sbi', '--scanner', 'hid', '--scanner', 'serial'],
})

/** What a machine that does much at once makes of a sound device. */
const ofBusyMachines = ['answers-late', 'antenna-weak', 'preview-slow', 'reading-slow']
const { limits } = words.diagnosis.verdict

/** What the technician's hands do at each device; the card, the hand and the codes are invented. */
function handsAt({
  stage,
}: Desk): Readonly<Record<string, { readonly hands: Hands; readonly causes: readonly string[] }>> {
  const slap = {
    'clean-and-clear-platen': () => stage.liftFingers(),
    'lay-finger': () => stage.placeFingers(),
    'lift-finger': () => stage.liftFingers(),
  }
  const scan = (device: 'hid-scanner' | 'serial-scanner') => ({
    'scan-a-code': async () => {
      await personsMoment()
      await stage.scan(device, 'A code that names nobody')
    },
  })
  return {
    'card-reader': { hands: { 'take-card-away': () => stage.removeCard() }, causes: [] },
    fingerprint: { hands: slap, causes: [] },
    'sbi-fingerprint': { hands: slap, causes: [] },
    'iris-camera': { hands: {}, causes: [] },
    zfm: {
      hands: {
        'clean-and-clear-platen': () => stage.liftFinger(),
        'lay-finger': () => stage.placeFinger('right-index'),
      },
      causes: ['only-for-verification'],
    },
    'hid-scanner': { hands: scan('hid-scanner'), causes: [] },
    'serial-scanner': { hands: scan('serial-scanner'), causes: [] },
    'document-button': { hands: { 'press-shutter': () => stage.pressShutter() }, causes: [] },
  }
}

/** Every form in which the person at the desk could stand in a file. */
function formsOf({ personalNumber, fullName, residence }: typeof people.lo): readonly string[] {
  const plain = fullName.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')
  const texts = [
    personalNumber,
    fullName,
    plain,
    plain.toUpperCase(),
    plain.toUpperCase().replaceAll(' ', '<'),
    residence,
  ]
  return texts.flatMap((text) => [
    text,
    Buffer.from(text).toString('hex'),
    Buffer.from(text).toString('hex').toUpperCase(),
    Buffer.from(text).toString('base64').replace(/=+$/u, ''),
  ])
}

test('a technician tests every device, follows a trace, reads the health of the desk and makes a bundle without personal data', async ({
  desk,
}) => {
  test.setTimeout(400_000)
  const { program, stage, receiver, folder } = desk
  const usb = join(folder, 'usb')
  mkdirSync(usb)
  const technician = technicianAt(await program.window('technician'))
  const { page } = technician

  await test.step('an officer has begun a visit: Lò Thị Mẫu’s number was typed, her card read', async () => {
    await routineVisit({
      officer: desk.officer(),
      citizen: desk.citizen(),
      stage,
      timeline: startTimeline(),
      station: { ...station, certificate: receiver.certificate },
      exportFolder: usb,
      until: 'Đọc chip',
    })
  })

  await test.step('health shows what the reader did for the officer', async () => {
    await technician.goTo('health')
    const reader = page.getByRole('region', { name: 'card-reader', exact: true })
    await expect(reader).toContainText(words.health.sum.replace('{{done}}', '1').replace(/ · .*/u, ''))
  })

  const verdicts: Record<string, string> = {}
  for (const [id, { hands, causes }] of Object.entries(handsAt(desk))) {
    await test.step(`the guided test of ${id}`, async () => {
      const outcome = await technician.checks(id, hands)
      verdicts[id] = outcome.verdict
      expect(outcome.causes.filter((cause) => !ofBusyMachines.includes(cause))).toEqual(causes)
      expect(outcome.verdict).toBe(outcome.causes.length === 0 ? words.diagnosis.verdict.works : limits)
      expect([...new Set(outcome.prompts)]).toEqual(expect.arrayContaining(Object.keys(hands)))
    })
  }

  await test.step('all of the station at once', async () => {
    await technician.goTo('checks')
    await page.keyboard.press('Alt+A')
    for (const subject of ['disk', 'keys', 'database', 'backlog'] as const)
      await expect(technician.entry(words.diagnosis.subject[subject])).not.toContainText(words.checks.never)
  })

  await test.step('a trace is marked, stopped, exported and can be read again', async () => {
    await technician.goTo('traces')
    await page
      .getByRole('list', { name: words.traces.devices })
      .getByRole('button', { name: /^card-reader/u })
      .click()
    await expect(page.getByText(words.traces.runs)).toBeVisible()
    await page.keyboard.press('Alt+M')
    await page.getByLabel(words.mark.text).fill('đến đây thì rút dây')
    await page.keyboard.press('Enter')
    await expect(page.getByText('đến đây thì rút dây')).toBeVisible()
    await page.keyboard.press('Alt+R')
    await expect(page.getByText(words.traces.stopped)).toBeVisible()
    await page.keyboard.press('Alt+E')
    await page.getByLabel(words.folder).fill(usb)
    await page.keyboard.press('Enter')
    const told = page.getByText(words.traces.exported)
    await expect(told).toBeVisible()
    const file = (await told.locator('.address').textContent()) ?? ''
    const trace = parseTraceFile(readFileSync(file))
    expect(trace).toMatchObject({ device: { id: 'card-reader', driver: 'gempc-twin' }, running: false })
    expect(trace.entries.at(-1)).toMatchObject({ event: 'mark', text: 'đến đây thì rút dây' })
    expect(trace.entries.filter((entry) => 'masked' in entry && entry.masked !== undefined).length).toBeGreaterThan(0)
    await page.keyboard.press('Alt+R')
    await expect(page.getByText(words.traces.runs)).toBeVisible()
  })

  await test.step('the bundle opens elsewhere, holds nothing about her, and its code is read over the phone', async () => {
    await technician.makesBundle(usb)
    const made = page.getByRole('region', { name: words.bundle.made })
    await expect(made).toBeVisible()
    const file = (await made.locator('.bundle-facts .mono').first().textContent()) ?? ''
    const station = join(folder, 'station.pem')
    const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe', encoding: 'utf8' })
    openssl('pkcs7', '-inform', 'DER', '-in', `${file}.p7s`, '-print_certs', '-out', station)
    expect(openssl('x509', '-in', station, '-noout', '-subject')).toContain('SL-0312')
    const signed = ['-inform', 'DER', '-in', `${file}.p7s`, '-content', file]
    openssl('cms', '-verify', '-binary', ...signed, '-CAfile', station, '-purpose', 'any', '-out', '/dev/null')
    const opened = join(folder, 'bundle')
    execFileSync('unzip', ['-q', file, '-d', opened])
    const names = readdirSync(opened, { recursive: true, withFileTypes: true })
    const files = new Map(
      names
        .filter((each) => each.isFile())
        .map(({ parentPath, name }) => join(parentPath, name))
        .map((path) => [relative(opened, path), readFileSync(path)] as const),
    )
    expect([...files.keys()].filter((name) => name.startsWith('traces/'))).toHaveLength(Object.keys(verdicts).length)
    expect(JSON.parse(files.get('store.json')?.toString() ?? '{}')).toMatchObject({
      audit: { entries: expect.any(Number), head: expect.stringMatching(/^[0-9a-f]{64}$/u) },
    })
    for (const [name, bytes] of files)
      for (const form of formsOf(people.lo)) expect(bytes.includes(form), `${form} in ${name}`).toBe(false)

    const code = (await made.locator('.bundle-group').allTextContents()).join(' ').toLowerCase().replaceAll('0', 'o')
    const said = execFileSync(process.execPath, [
      'build/desk/index.ts',
      'diagnose',
      'code',
      ...code.split(' '),
      '--json',
    ])
    const { value } = JSON.parse(said.toString()) as {
      value: { subjects: { subject: string; verdict: keyof typeof words.diagnosis.verdict }[] }
    }
    const heard = Object.fromEntries(
      value.subjects.map(({ subject, verdict }) => [subject, words.diagnosis.verdict[verdict]]),
    )
    expect(heard).toMatchObject({
      'card-reader': verdicts['card-reader'],
      'document-camera': verdicts['document-button'],
    })
    expect(Object.keys(heard)).toEqual(expect.arrayContaining(['disk', 'clock', 'network', 'keys', 'database']))
  })
  expect(program.consoleErrors).toEqual([])
})
