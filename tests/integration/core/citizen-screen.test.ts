import type { CitizenView, EventData } from '#contract/index.ts'
import { captureSteps } from '#domain/biometrics/index.ts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { answerAll, look, signature } from '../../support/citizen.ts'
import { setUpStation, type DeskOptions, type Station, type TestDesk } from '../../support/desk.ts'
import { usualCapture } from '../../support/instant-host.ts'
import { inventedPng, loThiMau } from '../../support/invented.ts'

let station: Station
beforeAll(async () => {
  station = await setUpStation()
})
afterAll(() => station.close())

const page = (desk: TestDesk) => desk.ask('citizenView', {})
const hints = (desk: TestDesk) =>
  desk.told
    .filter(({ name }) => name === 'citizenHint')
    .map(({ data }) => (data as EventData<'citizenHint'>)?.hint ?? null)

describe('the curtain', () => {
  test("hides the citizen's scene and the portrait from their window, and neither comes back before it is opened", async () => {
    const desk = await station.sitDown({}, 'check')
    await answerAll(desk)
    const before: CitizenView = await page(desk)
    expect(before.scene).toBe('page')
    const portrait = desk.view().state.portrait?.name ?? ''
    expect(await desk.core.picture('citizen', portrait)).toBeDefined()

    await desk.ask('setCurtain', { drawn: true })
    expect(desk.last('curtainChanged')).toEqual({ drawn: true })
    expect([await page(desk), desk.last('citizenChanged')]).toEqual([{ scene: 'curtain' }, { scene: 'curtain' }])
    expect(await desk.core.picture('citizen', portrait)).toBeUndefined()
    expect(await desk.core.picture('officer', portrait)).toBeDefined()
    const told = JSON.stringify(desk.told.filter(({ name }) => name === 'citizenChanged').slice(-1))
    await desk.ask('confirmPageForCitizen', {})
    expect(desk.last('citizenChanged')).toEqual({ scene: 'curtain' })
    expect(told).not.toContain(loThiMau.fullName)

    await desk.ask('setCurtain', { drawn: false })
    expect(desk.last('citizenChanged')).toMatchObject({ scene: 'sign' })
    expect(await desk.core.picture('citizen', portrait)).toBeDefined()
  })

  test('between two citizens there is nothing to hide, and it is still drawn for the next', async () => {
    const desk = await station.sitDown()
    await desk.ask('setCurtain', { drawn: true })
    expect(await page(desk)).toEqual({ scene: 'idle' })
    await desk.ask('openDossier', {})
    expect([await page(desk), desk.last('citizenChanged')]).toEqual([{ scene: 'curtain' }, { scene: 'curtain' }])
    expect(await desk.ask('curtain', {})).toEqual({ drawn: true })
  })

  test('is the affair of the officer alone', async () => {
    const desk = await station.sitDown({}, 'check')
    expect(await desk.codeOf('setCurtain', { drawn: true }, 'citizen')).toBe('NOT_ALLOWED')
    expect(await page(desk)).toMatchObject({ scene: 'check' })
  })
})

describe("the officer's small view of the citizen's screen", () => {
  test('is of the last painting, and nobody else gets it', async () => {
    const capture = vi.fn(async () => inventedPng(71))
    const desk = await station.sitDown({ screens: { capture } }, 'check')
    await desk.ask('reportPainted', {})
    const { number } = desk.last('citizenPainted') as EventData<'citizenPainted'>
    const name = `screen/${number}`
    expect(await desk.core.picture('officer', name)).toEqual({ bytes: inventedPng(71), mediaType: 'image/png' })
    for (const role of ['citizen', 'technician'] as const) expect(await desk.core.picture(role, name)).toBeUndefined()
    expect(await desk.core.picture('officer', `screen/${number + 1}`)).toBeUndefined()
    expect(capture).toHaveBeenCalledTimes(1)
  })

  test('is not there without a window', async () => {
    const desk = await station.sitDown({}, 'check')
    await desk.ask('reportPainted', {})
    const { number } = desk.last('citizenPainted') as EventData<'citizenPainted'>
    expect(await desk.core.picture('officer', `screen/${number}`)).toBeUndefined()
  })
})

describe('displays', () => {
  test('are told with what they are for, chosen by the officer, and told again when one is unplugged', async () => {
    const display = {
      key: 'invented',
      label: 'Màn hình mẫu',
      width: 1024,
      height: 600,
      touch: true,
      use: 'none',
    } as const
    let all: readonly (typeof display)[] = [display]
    const bound: string[] = []
    const desk = await station.sitDown({ screens: { displays: () => all, bind: (key) => void bound.push(key) } })
    expect(await desk.ask('displays', {})).toEqual([display])
    await desk.ask('bindDisplay', { key: 'invented' })
    expect(bound).toEqual(['invented'])
    all = []
    desk.core.displaysChanged()
    expect(desk.last('displaysChanged')).toEqual([])
  })

  test.each(['unchosen', 'turned', 'shown', 'restarting', 'no-display'] as const)(
    'that are "%s" are in the footer',
    async (state) => {
      const desk = await station.sitDown()
      desk.core.citizenScreen(state)
      expect(desk.last('surroundingsChanged')).toMatchObject({ citizenScreen: state })
      expect(await desk.ask('surroundings', {})).toMatchObject({ citizenScreen: state })
    },
  )

  test('the laptop is turned only to a citizen, and taken back from either side', async () => {
    const turned: string[] = []
    const desk = await station.sitDown({ screens: { turn: (to) => void turned.push(to) } })
    expect(await desk.codeOf('turnToCitizen', {})).toBe('DOSSIER_MISSING')
    await desk.ask('openDossier', {})
    await desk.ask('turnToCitizen', {})
    await desk.ask('takeBack', {}, 'citizen')
    expect(await desk.codeOf('turnToCitizen', {}, 'citizen')).toBe('NOT_ALLOWED')
    expect(turned).toEqual(['citizen', 'officer'])
  })
})

describe('where cards are collected', () => {
  test('is said by the officer, told to the windows, and there after a restart', async () => {
    const desk = await station.sitDown()
    expect(await desk.ask('station', {})).not.toHaveProperty('contact')
    await desk.ask('setStationContact', { place: ' Bộ phận  một cửa ', hours: '7:30–11:30', phone: '0212 3800 000' })
    const contact = { place: 'Bộ phận một cửa', hours: '7:30–11:30', phone: '0212 3800 000' }
    expect(desk.last('stationChanged')).toMatchObject({ contact })
    const again = await station.restart(desk)
    expect(await again.ask('station', {}, 'citizen')).toMatchObject({ contact })
  })
})

describe('hints for the citizen', () => {
  const fingers = (advice?: 'press-harder') =>
    captureSteps['right-four'].fingers.map((position) => ({
      position,
      box: { x: 0, y: 0, width: 10, height: 10 },
      angle: 0,
      quality: 60,
      ...(advice && { advice }),
    }))

  test('follow the hand on the scanner as long as it is being taken', async () => {
    const begun = Promise.withResolvers<void>()
    const done = Promise.withResolvers<void>()
    const answers: DeskOptions['answers'] = {
      'finger.capture': async ({ step }) => {
        begun.resolve()
        await done.promise
        return usualCapture(step)
      },
    }
    const desk = await station.sitDown({ answers }, 'fingers')
    const taking = desk.codeOf('captureFingers', { step: 'right-four' })
    await begun.promise
    const attempt = desk.view().state.fingerAttempt?.attempt ?? ''
    let number = 0
    const frame = (found: ReturnType<typeof fingers>, of = attempt) =>
      desk.host.emit('fingerPreview', {
        attempt: of,
        number: ++number,
        png: inventedPng(1),
        width: 64,
        height: 48,
        fingers: found,
        missing: [],
      })
    frame([])
    frame(fingers('press-harder'))
    frame(fingers('press-harder'))
    frame(fingers(), 'of an officer')
    frame(fingers(), 'of an officer')
    expect(hints(desk)).toEqual(['lay-down', 'press-harder'])
    done.resolve()
    expect(await taking).toBe('done')
    frame(fingers())
    expect(hints(desk)).toEqual(['lay-down', 'press-harder', null])
  })

  test('follow the looks at the camera, until the portrait is taken', async () => {
    const desk = await station.sitDown(
      {
        answers: {
          'portrait.look': () => ({ width: 1, height: 1, faces: [], findings: [{ check: 'too-far', value: 1 }] }),
        },
      },
      'documents',
    )
    await desk.ask('lookAtPortrait', { frame: inventedPng(1) })
    await desk.ask('goToStep', { from: 'documents', to: 'portrait' })
    expect(hints(desk)).toEqual([])
    await desk.ask('lookAtPortrait', { frame: inventedPng(1) })
    expect(hints(desk)).toEqual(['closer'])
    await desk.ask('takePortrait', { picture: inventedPng(5, 480, 640) })
    expect(hints(desk)).toEqual(['closer', null])
    await desk.ask('lookAtPortrait', { frame: inventedPng(1) })
    await desk.ask('goToStep', { from: 'portrait', to: 'fingers' })
    expect(hints(desk)).toEqual(['closer', null, 'closer', null])
  })
})

describe('how the screen speaks to the citizen', () => {
  test('is chosen from either window, kept over a restart, and forgotten with the visit', async () => {
    const desk = await station.sitDown({}, 'check')
    const view = await look(desk)
    if (view.scene !== 'check') throw new Error(view.scene)
    const viewing = { ...view.viewing, language: 'en', textSize: 200, contrast: 'high', hand: 'left' } as const
    await desk.ask('chooseViewing', viewing, 'citizen')
    expect(desk.last('citizenChanged')).toMatchObject({ viewing })
    await desk.ask('chooseViewing', { ...viewing, scanning: true }, 'officer')
    const again = await station.restart(desk)
    expect(await page(again)).toMatchObject({ viewing: { ...viewing, scanning: true } })
    await again.ask('abandonDossier', { reason: 'công dân xin về' })
    await again.ask('openDossier', {})
    expect(await page(again)).toMatchObject({ viewing: view.viewing })
  })

  test('does not touch what was confirmed or signed', async () => {
    const desk = await station.sitDown({}, 'check')
    await answerAll(desk)
    await look(desk)
    await desk.ask('confirmPage', {})
    await desk.ask('sign', signature)
    const { viewing: _, ...before } = desk.view().state
    await desk.ask('chooseAddress', { address: 'bà' })
    expect(await page(desk)).toMatchObject({ address: 'bà' })
    const { address: __, ...after } = desk.view().state
    expect(after).toEqual(before)
  })
})
