import { expect, type Page } from '@playwright/test'
import type { CitizenView } from '#contract/index.ts'
import { allFingers, captureSteps, type CaptureStep, type FingerPosition } from '#domain/biometrics/index.ts'
import { remedies, type FingerPhase, type Remedy, type Viewing } from '#domain/enrolment/index.ts'
import { formsOfAddress, type FormOfAddress } from '#domain/person/index.ts'
import { cutOff, pushedOut, tooSmall } from './citizen-checks.ts'
import { heard, overhear } from './citizen-sound.ts'
import { citizenAnswers, station, visit } from './citizen-desk.ts'
import { ok, test, type Screen, type ScreenOptions } from './harness.ts'

const steps = Object.keys(captureSteps) as CaptureStep[]
const phases = ['ready', 'place', 'taken', 'again'] as const satisfies readonly FingerPhase[]

type More = {
  readonly address?: FormOfAddress
  readonly fingers?: readonly FingerPosition[]
  readonly remedy?: Remedy
  readonly viewing?: Viewing
}
const view = (step: CaptureStep, phase: FingerPhase, more: More = {}): CitizenView => ({
  scene: 'fingers',
  ...visit,
  done: 3,
  step,
  phase,
  fingers: captureSteps[step].fingers,
  ...more,
})
const remedyView = (remedy: Remedy, more: More = {}) => view('right-four', 'again', { remedy, ...more })

type Open = (options: ScreenOptions) => Promise<Screen>
const open = (openScreen: Open, first: CitizenView, options: Partial<ScreenOptions> = {}) =>
  openScreen({
    role: 'citizen',
    size: { width: 1280, height: 800 },
    // The longest bar at the top.
    answers: citizenAnswers(first, { station: () => ok({ ...station, simulated: true }) }),
    ...options,
  })

const heading = (page: Page) => page.getByRole('heading', { level: 1 })
const hands = (page: Page) => page.locator('svg.hands')
const remedyPicture = (page: Page) => page.locator('svg.remedy')
const lit = (page: Page) =>
  page
    .locator('.lit')
    .evaluateAll((drawn) => drawn.map((finger) => (finger as SVGElement).dataset['finger'] ?? '').toSorted())
const motions = (page: Page) =>
  page.evaluate(() =>
    document.getAnimations().map((motion) => (motion instanceof CSSAnimation ? motion.animationName : 'other')),
  )

async function show(screen: Screen, step: CaptureStep, phase: FingerPhase, more: More = {}): Promise<void> {
  await screen.emit('citizenChanged', view(step, phase, more))
  await expect(hands(screen.page)).toHaveAttribute('data-step', step)
  await expect(hands(screen.page)).toHaveAttribute('data-phase', phase)
}

async function showRemedy(screen: Screen, remedy: Remedy, more: More = {}): Promise<void> {
  await screen.emit('citizenChanged', remedyView(remedy, more))
  await expect(remedyPicture(screen.page)).toHaveAttribute('data-remedy', remedy)
}

/** Type, frames and drawings of what is shown, with everything that is wrong named. */
async function expectWhole(page: Page, what: string): Promise<void> {
  expect(await page.evaluate(tooSmall), what).toEqual([])
  expect(await page.evaluate(cutOff), what).toEqual([])
  expect(await page.evaluate(pushedOut), what).toEqual([])
}

const windows: readonly (readonly [width: number, height: number, shown: readonly CaptureStep[]])[] = [
  [1024, 600, steps],
  // The same drawings, larger: one step of each kind, those with the longest words.
  [1366, 768, ['right-four', 'two-thumbs', 'rolled-left-ring', 'flat-left-thumb']],
  [1920, 1080, ['right-four', 'two-thumbs', 'rolled-left-ring', 'flat-left-thumb']],
]
for (const [width, height, shown] of windows) {
  test(`${shown.length} captures in every phase are whole and light exactly their fingers on ${width}×${height}`, async ({
    openScreen,
  }) => {
    // The longest form of address, and a voice, so that the button for listening takes its room.
    const address = 'ông/bà'
    const screen = await open(openScreen, { scene: 'idle' }, { size: { width, height }, before: overhear })
    const { page } = screen
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    const headings = new Set<string>()
    for (const step of shown) {
      for (const phase of phases) {
        await show(screen, step, phase, { address })
        await expectWhole(page, `${step} ${phase}`)
        expect(await lit(page)).toEqual([...captureSteps[step].fingers].toSorted())
        headings.add(await heading(page).innerText())
      }
    }
    expect(headings.size).toBe(shown.length * phases.length)
    for (const remedy of remedies) {
      await showRemedy(screen, remedy, { address })
      await expectWhole(page, remedy)
      await screen.picture(`citizen-remedy-${remedy}-${width}`)
    }
  })
}

test('every capture and every remedy has English words of its own', async ({ openScreen }) => {
  const screen = await open(openScreen, { scene: 'idle' }, { size: { width: 1024, height: 600 } })
  const { page } = screen
  const english = { viewing: { ...visit.viewing, language: 'en' } }
  const headings = new Set<string>()
  const expectEnglish = async (what: string) => {
    const words = await page.locator('.beside').innerText()
    expect(words, what).toMatch(/^[A-Z][\x20-\x7e\n]+\.$/u)
    expect(words, what).not.toContain('fingers.')
    await expectWhole(page, what)
    headings.add(await heading(page).innerText())
  }
  for (const step of steps) {
    for (const phase of phases) {
      await show(screen, step, phase, english)
      await expectEnglish(`${step} ${phase}`)
    }
  }
  for (const remedy of remedies) {
    await showRemedy(screen, remedy, english)
    await expectEnglish(remedy)
  }
  expect(headings.size).toBe(steps.length * phases.length + remedies.length)
})

const samples: Readonly<Record<string, CitizenView>> = {
  'four-ready': view('right-four', 'ready'),
  'four-place': view('left-four', 'place'),
  'four-missing': view('left-four', 'place', { fingers: ['left-little', 'left-index'] }),
  'thumbs-again': view('two-thumbs', 'again'),
  'single-place': view('flat-left-index', 'place'),
  'rolled-place': view('rolled-right-ring', 'place'),
  'rolled-thumb-taken': view('rolled-left-thumb', 'taken'),
  ...Object.fromEntries(remedies.map((remedy) => [`remedy-${remedy}`, remedyView(remedy)])),
}

for (const [name, options] of Object.entries({
  light: { size: { width: 1024, height: 600 } },
  dark: { dark: true },
  upright: { size: { width: 768, height: 1024 } },
})) {
  test(`captures and remedies are accessible and whole: ${name}`, async ({ openScreen }) => {
    const screen = await open(openScreen, { scene: 'idle' }, { ...options, before: overhear })
    for (const [sample, shown] of Object.entries(samples)) {
      await screen.emit('citizenChanged', shown)
      await expect(screen.page.locator('.scene-beside')).toBeVisible()
      await screen.picture(`citizen-fingers-${sample}-${name}`)
      await screen.expectSound()
      await expectWhole(screen.page, sample)
    }
  })
}

test.describe('fingers with an exception', () => {
  test('are neither lit nor named; the others of the hand are', async ({ openScreen }) => {
    const screen = await open(openScreen, { scene: 'idle' })
    const { page } = screen
    await show(screen, 'left-four', 'place', { fingers: ['left-little', 'left-middle', 'left-index'] })
    expect(await lit(page)).toEqual(['left-index', 'left-little', 'left-middle'])
    await expect(heading(page)).toHaveText('Mời bác đặt ngón trỏ, ngón giữa và ngón út tay trái lên mặt kính')
    await show(screen, 'two-thumbs', 'place', { fingers: ['right-thumb'] })
    expect(await lit(page)).toEqual(['right-thumb'])
    await expect(heading(page)).toHaveText('Mời bác đặt ngón cái tay phải lên mặt kính')
    await show(screen, 'right-four', 'again', { fingers: ['right-ring'] })
    expect(await lit(page)).toEqual(['right-ring'])
    await expect(heading(page)).toHaveText('Xin lấy lại ngón áp út tay phải')
  })

  test('leave no capture when all of a step have one: the citizen is asked to wait', async ({ openScreen }) => {
    const { page } = await open(openScreen, view('two-thumbs', 'taken', { fingers: [] }))
    await expect(heading(page)).toHaveText('Mời bác chờ một chút')
    await expect(hands(page)).toHaveCount(0)
  })
})

test.describe('a rolled finger', () => {
  test('has an arrow from nail to nail, fingers away from the body and thumbs towards it', async ({ openScreen }) => {
    const screen = await open(openScreen, { scene: 'idle' })
    for (const finger of allFingers) {
      await show(screen, `rolled-${finger}`, 'place')
      const ways = await screen.page.locator('path.roll-line').evaluateAll((arrows) =>
        arrows.map((arrow) => {
          const at = (place: number) => {
            const onScreen = (arrow as SVGPathElement).getScreenCTM()
            return (arrow as SVGPathElement).getPointAtLength(place).matrixTransform(onScreen ?? undefined).x
          }
          // The line comes before its head: a little way on it has gone towards where it leads.
          return at(60) > at(0) ? 'right' : 'left'
        }),
      )
      const [side, name] = finger.split('-')
      expect(ways, finger).toEqual(Array(2).fill((side === 'right') === (name !== 'thumb') ? 'right' : 'left'))
      await show(screen, `flat-${finger}`, 'place')
      await expect(screen.page.locator('.roll-line')).toHaveCount(0)
    }
  })

  test('moves where motion is welcome, and stands still with its arrow where it is not', async ({ openScreen }) => {
    const screen = await open(openScreen, { scene: 'idle' })
    const { page } = screen
    await show(screen, 'rolled-right-index', 'place')
    expect(await motions(page)).toEqual([])
    await expect(page.locator('.roll-strip .roll-line')).toBeVisible()
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    await expect.poll(() => motions(page)).toContain('roll')
    await show(screen, 'rolled-right-index', 'taken')
    await expect.poll(() => motions(page)).toEqual([])
  })
})

test.describe('a remedy', () => {
  const soak =
    'Mời bác ngâm tay trong nước ấm một phút. Vân tay chưa rõ. Ngâm xong, mời bác lau khô tay và chờ cán bộ báo.'
  const place = 'Mời bác đặt bốn ngón tay phải lên mặt kính. Ấn nhẹ và giữ yên.'

  test('is spoken once when it appears, not when it is shown anew or voices change, and again on request', async ({
    openScreen,
  }) => {
    const screen = await open(openScreen, remedyView('soak'), { before: overhear })
    const { page } = screen
    await expect.poll(() => heard(page)).toEqual([soak])
    await screen.emit('citizenChanged', remedyView('soak'))
    await page.evaluate(() => speechSynthesis.dispatchEvent(new Event('voiceschanged')))
    await page.setViewportSize({ width: 1024, height: 600 })
    // What comes next is said after whatever was still to be said before.
    await show(screen, 'right-four', 'place')
    await expect.poll(() => heard(page)).toContain(place)
    expect(await heard(page)).toEqual([soak, place])
    await showRemedy(screen, 'soak')
    await expect.poll(() => heard(page)).toEqual([soak, place, soak])
    await page.getByRole('button', { name: 'Nghe lại' }).click()
    await expect.poll(() => heard(page)).toEqual([soak, place, soak, soak])
  })

  test('is followed by the next one, each in the words of the person’s form of address', async ({ openScreen }) => {
    const screen = await open(openScreen, { scene: 'idle' }, { before: overhear })
    const { page } = screen
    for (const [at, address] of formsOfAddress.entries()) {
      const remedy = remedies[at % remedies.length] ?? 'soak'
      await showRemedy(screen, remedy, { address })
      await expect(heading(page)).toContainText(`Mời ${address} `)
      const words = `${await heading(page).innerText()}. ${await page.locator('.beside .line').innerText()}`
      await expect
        .poll(async () => (await heard(page)).at(-1)?.replaceAll(/\s+/gu, ' '))
        .toBe(words.replaceAll(/\s+/gu, ' '))
    }
  })

  test('stays a picture and a sentence where there is no voice', async ({ openScreen }) => {
    const { page } = await open(openScreen, remedyView('cream'))
    await expect(remedyPicture(page)).toBeVisible()
    await expect(heading(page)).toHaveText('Mời bác thoa chút kem dưỡng tay rồi lau sạch')
    await expect(page.getByRole('button', { name: 'Nghe lại' })).toHaveCount(0)
  })

  test('is larger than any other word of the screen', async ({ openScreen }) => {
    const screen = await open(openScreen, { scene: 'idle' }, { size: { width: 1366, height: 768 } })
    for (const remedy of remedies) {
      await showRemedy(screen, remedy)
      const size = await heading(screen.page).evaluate((words) => parseFloat(getComputedStyle(words).fontSize))
      expect(size, remedy).toBeGreaterThan(56)
    }
  })
})
