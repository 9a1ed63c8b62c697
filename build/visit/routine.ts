import words from '#resources/languages/vi/officer.json' with { type: 'json' }
import { rolledSteps, type CaptureStep } from '#domain/biometrics/index.ts'
import type { Stage } from '#native/sim/stage/index.ts'
import type { Citizen, Officer } from './people.ts'
import type { Timeline } from './timeline.ts'

export const stepNames = [
  'Thiết lập trạm',
  'Tiếp đón',
  'Đọc chip',
  'Đối chiếu',
  'Giấy tờ',
  'Ảnh chân dung',
  'Vân tay phải',
  'Vân tay trái',
  'Hai ngón cái',
  'Lăn mười ngón',
  'Công dân xem',
  'Ký tên',
  'Niêm phong',
  'Xuất ra thư mục',
  'Kết thúc lượt',
] as const
export type StepName = (typeof stepNames)[number]

export type Visit = {
  readonly officer: Officer
  readonly citizen: Citizen
  readonly stage: Stage
  readonly timeline: Timeline
  readonly station: {
    readonly code: string
    readonly name: string
    readonly passphrase: string
    readonly certificate: string
  }
  /** Where the sealed file goes: a USB stick, as far as the officer knows. */
  readonly exportFolder: string
  /** The first step to take, where those before it were taken earlier. */
  readonly from?: StepName
  /** The last step to take; all of them when absent. */
  readonly until?: StepName
  /** After each step, with its number from 1: for screenshots. */
  readonly afterStep?: (number: number, name: string) => Promise<void>
}

/** What the driver saw on the screens on the way: the witness against which the opened file is checked. */
export type Witnessed = {
  /** Details as the citizen confirmed them, by field, as shown. */
  readonly confirmed: Readonly<Record<string, string>>
  /** SHA-256 of pictures as the officer's window showed them. */
  readonly pictures: readonly string[]
  readonly dossier: string
}

/** One routine visit from the first start of the station to the exported file. */
export async function routineVisit(visit: Visit): Promise<Witnessed> {
  const { officer, citizen, stage, timeline, station, exportFolder } = visit
  const confirmed: Record<string, string> = {}
  const pictures = new Set<string>()
  let dossier = ''
  const step = async (name: StepName, run: () => Promise<void>) => {
    const at = stepNames.indexOf(name)
    if (visit.from !== undefined && at < stepNames.indexOf(visit.from)) return
    if (visit.until !== undefined && at > stepNames.indexOf(visit.until)) return
    await timeline.step(name, run)
    await visit.afterStep?.(at + 1, name)
    for (const hash of await shownPictures(officer)) pictures.add(hash)
  }
  /** The time that simulated lines and cards took inside `run` is the devices'. */
  const withDevices = async (run: () => Promise<void>) => {
    const before = await stage.figures()
    await run()
    const after = await stage.figures()
    timeline.book(after.cardReaderMs - before.cardReaderMs + (after.fingerprintMs - before.fingerprintMs))
  }

  await step('Thiết lập trạm', () => officer.setUpStation(station))

  await step('Tiếp đón', async () => {
    await officer.press('Enter')
    await officer.sees(words.arrival.title)
    await officer.type(stage.card.person.personalNumber)
    await officer.key('Enter')
    await stage.show('card-back')
    await officer.key('Control+q')
    await timeline.waitFor('device', () => officer.page.getByText(words.arrival['has-qr']).waitFor())
  })

  await step('Đọc chip', async () => {
    await withDevices(async () => {
      await officer.press('Ctrl+R')
      await officer.page.getByText(words.trust['no-trust-anchor']).waitFor()
    })
  })

  await step('Đối chiếu', async () => {
    await officer.press('Enter')
    await officer.sees(words.compare.title)
    await stage.show('card-front')
  })

  await step('Giấy tờ', async () => {
    await officer.press('Enter')
    await officer.sees(words.documents.title)
    await timeline.waitFor('device', () => officer.page.locator('button[data-key="Space"]:not([disabled])').waitFor())
    await officer.press('Space')
    await officer.page.locator('.thumb:not([data-pending]) img').first().waitFor()
    // One picture at a time: the button says when the next may be taken.
    await officer.page.locator('button[data-key="Space"]:not([disabled]):not([data-busy])').waitFor()
    await stage.pressShutter()
    await officer.page.locator('.thumb:not([data-pending]) img').nth(1).waitFor()
    await stage.show('face')
  })

  await step('Ảnh chân dung', async () => {
    await officer.press('Enter')
    await officer.sees(words.portrait.title)
    await timeline.waitFor('device', () => officer.page.locator('button[data-key="Space"]:not([disabled])').waitFor())
    await officer.press('Space')
    await officer.page.getByText(words.portrait['task-taken']).waitFor()
  })

  // One key starts the chain; each good capture leads to the next by itself.
  const taken = (name: CaptureStep) => withDevices(() => officer.seesFingers(name))
  await step('Vân tay phải', async () => {
    await officer.press('Enter')
    await officer.sees(words.fingers.title['right-four'])
    await officer.press('Enter')
    await taken('right-four')
  })
  await step('Vân tay trái', () => taken('left-four'))
  await step('Hai ngón cái', () => taken('two-thumbs'))
  await step('Lăn mười ngón', async () => {
    for (const name of rolledSteps) await taken(name)
    await officer.page.locator('button[data-key="Enter"]:not([disabled])', { hasText: words.fingers.next }).waitFor()
    // The chain went on while a slap was on the screen: look at each once more.
    for (const [index, name] of (['right-four', 'left-four', 'two-thumbs'] as const).entries()) {
      await officer.key(String(index + 1))
      await officer.page.locator(`.step-key[data-step="${name}"][aria-current]`).waitFor()
      await officer.page.locator('.slap-picture[src^="/blob/"]').first().waitFor()
      for (const hash of await shownPictures(officer)) pictures.add(hash)
    }
  })

  await step('Công dân xem', async () => {
    await officer.press('Enter')
    await officer.sees(words.check.title)
    await citizen.sees('check')
    while (await citizen.page.locator('.check-value').count()) {
      const asked = await citizen.reads()
      confirmed[asked.field] = asked.value
      // The buttons wake a moment after the question: reading time, the citizen's.
      await timeline.waitFor('person', () => citizen.answers('right'))
      await citizen.afterAnswer(asked)
    }
  })

  await step('Ký tên', async () => {
    await timeline.waitFor('person', () => citizen.confirmsPage())
    await citizen.sees('sign')
    await timeline.waitFor('person', () => citizen.signs())
    await citizen.finishesSigning()
    await citizen.sees('wait')
    await officer.page.getByRole('img', { name: words.check['signature-picture'] }).waitFor()
  })

  await step('Niêm phong', async () => {
    dossier = await officer.seals()
    await citizen.sees('thanks')
  })

  await step('Xuất ra thư mục', () => officer.exportsTo(exportFolder))

  await step('Kết thúc lượt', async () => {
    await officer.endsVisit()
    await citizen.sees('idle')
  })
  return { confirmed, pictures: [...pictures], dossier }
}

/** SHA-256 of every stored picture that the officer's window shows now. */
async function shownPictures(officer: Officer): Promise<readonly string[]> {
  return officer.page.evaluate(async () => {
    const sources = [...document.images]
      .map(({ src }) => src)
      .filter((src) => new URL(src).pathname.startsWith('/blob/'))
    const hash = async (src: string) =>
      new Uint8Array(await crypto.subtle.digest('SHA-256', await (await fetch(src)).arrayBuffer()))
    const hashes = await Promise.all([...new Set(sources)].map(hash))
    return hashes.map((bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''))
  })
}
