import { contract } from '#contract/index.ts'
import { AppError, type FailureCode } from '#domain/failure/index.ts'
import type { FingerCapture, HostCalls } from '#native/capability/host.ts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { confirmAll, signature } from '../../support/citizen.ts'
import { setUpStation, type DeskOptions, type Station, type TestDesk } from '../../support/desk.ts'
import { capture, usualComparison } from '../../support/instant-host.ts'
import { giangAMau, quangVanMau } from '../../support/invented.ts'

let station: Station
beforeAll(async () => {
  station = await setUpStation()
})
afterAll(() => station.close())

const finger = 'right-index'
const guardian = { ...quangVanMau, relation: 'guardian', reason: 'ward' } as const
const laidDown = () => capture(501, [finger])

/** The page is confirmed, and the citizen (or who acts for them) cannot sign. */
async function atMark(answers: DeskOptions['answers'] = {}, acts: 'citizen' | 'representative' = 'citizen') {
  const asked: HostCalls['finger.capture']['input'][] = []
  const compare = vi.fn(answers['finger.compare'] ?? usualComparison)
  const desk = await station.sitDown(
    {
      answers: {
        ...answers,
        'finger.capture': (input) => {
          asked.push(input)
          return answers['finger.capture']?.(input) ?? laidDown()
        },
        'finger.compare': compare,
      },
    },
    'check',
  )
  if (acts === 'representative') await desk.ask('nameRepresentative', guardian)
  await confirmAll(desk)
  await desk.ask('exceptSigning', { reason: 'cannot-write', witness: giangAMau })
  return { ...desk, asked, compare }
}

const mark = (desk: Awaited<ReturnType<typeof atMark>>) => desk.view().state.signingException?.mark

describe('a mark of the citizen', () => {
  test('is taken with the scanner for enrolment and compared with the print of that finger in the dossier alone', async () => {
    const desk = await atMark()
    await desk.ask('takeMark', { finger })
    expect(desk.asked).toMatchObject([{ device: 'fingerprint', step: 'flat-right-index' }])
    expect(desk.compare).toHaveBeenCalledTimes(1)
    const [{ probes, gallery } = { probes: [], gallery: [] }] = desk.compare.mock.lastCall ?? []
    expect([probes, gallery.map(({ key }) => key)]).toEqual([[laidDown().fingers[0]?.template], [finger]])
    expect(mark(desk)).toMatchObject({ finger, score: 80 })
    const print = await desk.core.picture('officer', mark(desk)?.print.name ?? '')
    expect(print?.bytes).toEqual(Buffer.from(laidDown().fingers[0]?.png ?? []))
    const again = await station.restart(desk)
    expect(again.view().state.signingException?.mark).toEqual(mark(desk))
  })

  test('that is another finger is refused, leaves nothing, and the right one can be laid down', async () => {
    let laid: () => FingerCapture = () => capture(502, ['left-index'])
    const desk = await atMark({ 'finger.capture': () => laid() })
    const before = desk.view()
    expect(await desk.codeOf('takeMark', { finger })).toBe('FINGER_DIFFERS')
    expect(desk.view()).toEqual(before)
    laid = laidDown
    expect(await desk.codeOf('takeMark', { finger })).toBe('done')
  })

  test('of a finger that has no print in the dossier is taken without comparison', async () => {
    const desk = await atMark()
    const { tries } = desk.view().state
    for (const { attempt, fingers } of Object.values(tries).flat())
      if (fingers.some(({ position }) => position === 'left-little')) await desk.ask('dropFingerTry', { attempt })
    expect(await desk.codeOf('takeMark', { finger: 'left-little' })).toBe('done')
    expect(desk.compare).not.toHaveBeenCalled()
    expect(mark(desk)).not.toHaveProperty('score')
  })

  test('with no finger or a poor print is refused', async () => {
    let laid: FingerCapture = { ...laidDown(), fingers: [] }
    const desk = await atMark({ 'finger.capture': () => laid })
    const before = desk.view()
    expect(await desk.codeOf('takeMark', { finger })).toBe('NO_FINGER')
    laid = { ...laidDown(), fingers: laidDown().fingers.map((each) => ({ ...each, quality: 29 })) }
    expect(await desk.codeOf('takeMark', { finger })).toBe('LOW_QUALITY')
    expect(desk.view()).toEqual(before)
  })

  const atDevice: readonly FailureCode[] = contract.takeMark.errors.filter(
    (code) => !['DOSSIER_MISSING', 'EVENT_NOT_ALLOWED', 'STATION_LOCKED', 'DISK_FULL', 'STORE_DAMAGED'].includes(code),
  )
  test.each(atDevice)('may fail with %s: the dossier is as it was, and the next try takes it', async (code) => {
    let failing = true
    const desk = await atMark({
      'finger.capture': () => {
        if (failing) throw new AppError(code, 'device.test')
        return laidDown()
      },
    })
    const before = desk.view()
    expect(await desk.codeOf('takeMark', { finger })).toBe(code)
    expect(desk.view()).toEqual(before)
    failing = false
    expect(await desk.codeOf('takeMark', { finger })).toBe('done')
  })

  test('is not waited for before the page is confirmed, nor of somebody who signs', async () => {
    const asked = vi.fn(laidDown)
    const desk = await station.sitDown({ answers: { 'finger.capture': asked } }, 'check')
    expect(await desk.codeOf('takeMark', { finger })).toBe('EVENT_NOT_ALLOWED')
    await desk.ask('exceptSigning', { reason: 'other', witness: giangAMau })
    expect(await desk.codeOf('takeMark', { finger })).toBe('EVENT_NOT_ALLOWED')
    await desk.ask('dropSigningException', {})
    await confirmAll(desk)
    expect(await desk.codeOf('takeMark', { finger })).toBe('EVENT_NOT_ALLOWED')
    expect(asked).not.toHaveBeenCalled()
  })
})

describe('waiting for a mark', () => {
  const waiting = async () => {
    const begun = Promise.withResolvers<void>()
    const desk = await atMark({ 'finger.capture': () => (begun.resolve(), new Promise(() => {})) })
    const before = desk.view()
    const running = desk.codeOf('takeMark', { finger })
    await begun.promise
    return { desk, running, before }
  }

  test.each(['stopOfficerCapture', 'stopCapture'] as const)('is ended by %s, and nothing has changed', async (stop) => {
    const { desk, running, before } = await waiting()
    await desk.ask(stop, {})
    expect(await running).toBe('CANCELLED')
    expect(desk.view()).toEqual(before)
  })

  test.each<[string, (desk: TestDesk) => Promise<unknown>]>([
    ['the citizen signs after all', (desk) => desk.ask('dropSigningException', {})],
    ['somebody else acts for the citizen from now on', (desk) => desk.ask('nameRepresentative', guardian)],
    ['the step is left', (desk) => desk.ask('goToStep', { from: 'check', to: 'fingers' })],
    ['the dossier is given up', (desk) => desk.ask('abandonDossier', { reason: 'công dân xin về' })],
  ])('ends when %s', async (_when, act) => {
    const { desk, running } = await waiting()
    await act(desk)
    expect(await running).toBe('CANCELLED')
  })

  test('leaves no room for a second wait', async () => {
    const { desk, running } = await waiting()
    expect(await desk.codeOf('takeMark', { finger: 'left-thumb' })).toBe('DEVICE_BUSY')
    await desk.ask('stopOfficerCapture', {})
    await running
  })

  test('when the program ends: the mark is asked for again after the restart', async () => {
    const { desk, running, before } = await waiting()
    const again = await station.restart(desk)
    await running
    expect(again.view().state).toEqual(before.state)
    expect(await again.ask('citizenView', {})).toMatchObject({ scene: 'mark' })
    expect(await again.codeOf('takeMark', { finger })).toBe('done')
  })
})

test("a representative's mark is compared with nothing: no print of theirs is held", async () => {
  const desk = await atMark({ 'finger.capture': () => capture(503, ['left-thumb']) }, 'representative')
  expect(await desk.codeOf('takeMark', { finger })).toBe('done')
  expect(desk.compare).not.toHaveBeenCalled()
  expect(mark(desk)).toMatchObject({ finger })
  expect(mark(desk)).not.toHaveProperty('score')
  expect(await desk.codeOf('sign', signature)).toBe('done')
})

test('a finger that was laid down for the citizen is not the mark of whoever acts for them by then', async () => {
  const compared = Promise.withResolvers<void>()
  const late = Promise.withResolvers<ReturnType<typeof usualComparison>>()
  const desk = await atMark({ 'finger.compare': () => (compared.resolve(), late.promise) })
  const running = desk.codeOf('takeMark', { finger })
  await compared.promise
  await desk.ask('nameRepresentative', guardian)
  await confirmAll(desk)
  await desk.ask('exceptSigning', { reason: 'cannot-write', witness: giangAMau })
  late.resolve({ hits: [{ probe: 0, key: finger, score: 80 }] })
  expect(await running).toBe('CANCELLED')
  expect(mark(desk)).toBeUndefined()
})
