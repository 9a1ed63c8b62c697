import { expect } from '@playwright/test'
import type { CitizenView } from '#contract/index.ts'
import { nextPaint, overflows } from './citizen-checks.ts'
import { citizenAnswers, station as citizenStation, withViewing } from './citizen-desk.ts'
import { scenes } from './citizen-scenes.ts'
import { failed, ok, test, type Answers, type Screen, type ScreenOptions } from './harness.ts'
import { answersAround, around, atCompare, atDocuments, atFingers, pictures, stationOpen } from './officer-desk.ts'
import { answers as technicianAnswers, openPage } from './technician-desk.ts'
import { bandOf, lessonWith, newStation, scoreWithout, trainingAnswers, trainingStation } from './training-desk.ts'

const words = 'LUYỆN TẬP – người và hồ sơ tự đặt ra, không có giá trị'
const whole = { words, isOnTop: true, isWhole: true, cutOff: false, overlap: 0 }

async function expectBand(screen: Screen, letters: number) {
  const band = await bandOf(screen)
  expect(band).toMatchObject(whole)
  expect(band?.letters).toBeGreaterThanOrEqual(letters)
}

const silent: Answers = { station: () => 'never', citizenView: () => 'never', surroundings: () => 'never' }

for (const role of ['officer', 'citizen', 'technician'] as const) {
  test(`the ${role}'s window says that it is training before core has answered anything`, async ({ openScreen }) => {
    const answers = {
      officer: answersAround(undefined),
      citizen: citizenAnswers({ scene: 'idle' }),
      technician: technicianAnswers(),
    }
    const screen = await openScreen({ role, training: true, answers: { ...answers[role], ...silent } })
    await expect(screen.page.getByRole('note')).toHaveText(/LUYỆN TẬP – người và hồ sơ tự đặt ra, không có giá trị/u)
    await expectBand(screen, role === 'citizen' ? 24 : 18)
  })

  test(`the ${role}'s window says that it is training though none of its scripts runs`, async ({ openScreen }) => {
    const screen = await openScreen({ role, training: true, answers: {}, scriptless: true })
    await expect(screen.page.locator('#root')).toBeEmpty()
    await expectBand(screen, role === 'citizen' ? 24 : 18)
  })

  test(`a station's ${role} window shows no such band`, async ({ openScreen }) => {
    const answers = {
      officer: answersAround(undefined),
      citizen: citizenAnswers({ scene: 'idle' }),
      technician: technicianAnswers(),
    }
    const screen = await openScreen({ role, answers: answers[role] })
    await screen.page.locator('#root > *').first().waitFor()
    await expect(screen.page.locator('.training-band')).toBeHidden()
    expect(await screen.page.evaluate(() => document.querySelector('#root')?.getBoundingClientRect().top)).toBe(0)
  })
}

test('a window whose page was not marked shows the band as soon as the station says that it is training', async ({
  openScreen,
}) => {
  const screen = await openScreen({
    role: 'officer',
    answers: trainingAnswers(undefined, null, { station: () => ok(stationOpen) }),
  })
  await expect(screen.page.locator('.training-band')).toBeHidden()
  await screen.emit('stationChanged', trainingStation)
  await expect(screen.page.getByRole('note')).toBeVisible()
  await expectBand(screen, 18)
})

test('the band follows the language of the window', async ({ openScreen }) => {
  const { page } = await openScreen({ role: 'technician', training: true, answers: technicianAnswers() })
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByRole('note')).toHaveText(/^\s*TRAINING – invented people and files, of no value\s*$/u, {
    useInnerText: true,
  })
})

type State = { readonly answers: Answers; readonly after?: (screen: Screen) => Promise<void> }

const officerStates: Readonly<Record<string, State>> = {
  'set-up': { answers: trainingAnswers(undefined, null, { station: () => ok(newStation) }) },
  locked: {
    answers: trainingAnswers(undefined, null, {
      station: () => ok({ ...trainingStation, phase: 'locked' }),
      lessons: () => failed('STATION_LOCKED'),
    }),
  },
  failed: {
    answers: trainingAnswers(undefined, null, {
      station: () => ok({ ...trainingStation, phase: 'failed', failure: 'OTHER_PROFILE' }),
    }),
  },
  lessons: { answers: trainingAnswers(undefined, null) },
  score: { answers: trainingAnswers(undefined, lessonWith('child', [], { score: scoreWithout('child', 'sealed') })) },
  compare: { answers: trainingAnswers(atCompare, lessonWith('first-adult', ['lay-card-on-reader'])) },
  documents: { answers: trainingAnswers(atDocuments, lessonWith('first-adult', ['show-card-front'])) },
  fingers: { answers: trainingAnswers(atFingers, lessonWith('worn-hands', ['place-hand'])) },
  'host-gone': {
    answers: trainingAnswers(atFingers, lessonWith('worn-hands'), {
      surroundings: () => ok({ ...around, host: 'failed', citizenScreen: 'no-display' }),
    }),
  },
  curtain: {
    answers: trainingAnswers(atFingers, lessonWith('worn-hands'), { curtain: () => ok({ drawn: true }) }),
    after: async ({ page }) => page.locator('.cover').waitFor(),
  },
  dialog: {
    answers: trainingAnswers(atFingers, lessonWith('worn-hands')),
    after: async ({ page }) => {
      await page.getByRole('button', { name: 'Dừng bài' }).click()
      await page.getByRole('alertdialog').waitFor()
    },
  },
  'tall-dialog': {
    answers: trainingAnswers(undefined, null, { studioSentences: () => ok([]) }),
    after: async ({ page }) => {
      await page.getByRole('button', { name: 'Trình đơn' }).click()
      await page.getByRole('menuitem', { name: 'Ngôn ngữ của màn hình công dân…' }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
}

for (const [name, { answers, after }] of Object.entries(officerStates))
  test(`the band stands over the officer's ${name} screen and covers nothing of it, by day, by night, in forced colours`, async ({
    openScreen,
  }) => {
    const screen = await openScreen({ role: 'officer', training: true, answers, pictures })
    const { page } = screen
    await page.getByRole('heading', { level: 1, includeHidden: true }).first().waitFor({ state: 'attached' })
    await after?.(screen)
    for (const size of [
      { width: 1366, height: 768 },
      { width: 1920, height: 1080 },
    ]) {
      await page.setViewportSize(size)
      await expectBand(screen, 18)
      await screen.expectFits()
      for (const dialog of await page.locator('[role$="dialog"]').all())
        expect((await dialog.boundingBox())?.y).toBeGreaterThanOrEqual(36)
      await screen.picture(`training-band-officer-${name}-${size.width}`)
    }
    await page.setViewportSize({ width: 1366, height: 768 })
    await page.emulateMedia({ colorScheme: 'dark' })
    await expectBand(screen, 18)
    await screen.picture(`training-band-officer-${name}-dark`)
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' })
    await expectBand(screen, 18)
  })

test('the band stands over every page of the technician', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'technician',
    training: true,
    answers: technicianAnswers({ station: () => ok(trainingStation) }),
  })
  for (const digit of [1, 2, 3, 4, 5] as const) {
    await openPage(screen, digit)
    await expectBand(screen, 18)
    await screen.expectFits()
  }
  await screen.picture('training-band-technician')
  await screen.expectSound()
})

type Open = (options: ScreenOptions) => Promise<Screen>
const openCitizen = (openScreen: Open, options: Partial<ScreenOptions> = {}) =>
  openScreen({
    role: 'citizen',
    training: true,
    ...options,
    answers: citizenAnswers(
      { scene: 'idle' },
      { station: () => ok({ ...citizenStation, training: true, simulated: true }) },
    ),
  })
const citizenScenes: Readonly<Record<string, CitizenView>> = {
  idle: { scene: 'idle' },
  curtain: { scene: 'curtain' },
  ...scenes,
}

for (const [width, height] of [
  [1024, 600],
  [1366, 768],
  [1920, 1080],
] as const)
  for (const textSize of [100, 200] as const)
    test(`on the citizen's screen of ${width}×${height}, at ${textSize} %, the band stands over every scene and pushes nothing out`, async ({
      openScreen,
    }) => {
      const screen = await openCitizen(openScreen, { size: { width, height } })
      const found: Record<string, readonly string[]> = {}
      for (const [name, view] of Object.entries(citizenScenes)) {
        await screen.emit('citizenChanged', withViewing(view, { textSize }))
        await expect(screen.page.locator('.citizen')).toHaveAttribute('data-scene', view.scene)
        await screen.page.evaluate(() => document.fonts.ready.then(() => undefined))
        await nextPaint(screen.page)
        await screen.picture(`training-band-citizen-${name}-${width}-${textSize}`)
        await expectBand(screen, 24)
        const wrong = await overflows(screen.page)
        if (wrong.length > 0) found[name] = wrong
      }
      expect(found).toEqual({})
    })

test('the band is seen in the citizen’s high contrast, by day and by night, and while the citizen chooses how to read', async ({
  openScreen,
}) => {
  const screen = await openCitizen(openScreen, { size: { width: 1024, height: 600 } })
  const { page } = screen
  await screen.emit('citizenChanged', withViewing(scenes['check-name'] ?? { scene: 'idle' }, { contrast: 'high' }))
  await expect(page.locator('html')).toHaveAttribute('data-contrast', 'high')
  await expectBand(screen, 24)
  await screen.picture('training-band-citizen-contrast')
  await screen.expectSound()
  await screen.expectSoundByNight()
  await expectBand(screen, 24)
  await page.locator('.viewing-button').click()
  await page.getByRole('dialog').waitFor()
  const sheet = await page.getByRole('dialog').boundingBox()
  expect(sheet?.y).toBe(44)
  expect((sheet?.y ?? 0) + (sheet?.height ?? 0)).toBe(600)
  await screen.picture('training-band-citizen-sheet')
})
