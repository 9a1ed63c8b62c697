import { AppError } from '#domain/failure/index.ts'
import type { FingerCapture, HostCalls } from '#native/capability/host.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setUpStation, type DeskOptions, type Station } from '../../support/desk.ts'
import { instantBindings, usualCapture, usualComparison } from '../../support/instant-host.ts'
import { inventedPng } from '../../support/invented.ts'

let station: Station
beforeAll(async () => {
  station = await setUpStation()
})
afterAll(() => station.close())

type Compare = HostCalls['finger.compare']
const rightFour = { step: 'right-four' } as const
const officer = { badge: '014-207', name: 'Quàng Văn Mẫu', finger: 'right-index' } as const

/** Says that the first probe is the finger of every gallery entry of one kind: own, officer or dossier. */
const hitsAmong = (kind: string) => (input: Compare['input']) => ({
  hits: input.gallery
    .filter(({ key }) => key.startsWith(`["${kind}"`))
    .map(({ key }) => ({ probe: 0, key, score: 61 })),
})

const atPrints = (answers: DeskOptions['answers'] = {}) => station.sitDown({ answers }, 'fingers')

describe('prints that were just taken', () => {
  test('are kept with their minutiae and compared before the call is answered', async () => {
    const desk = await atPrints()
    await desk.ask('captureFingers', rightFour)
    const [taken] = desk.view().state.tries['right-four'] ?? []
    expect(taken?.doubts).toEqual([])
    expect(taken?.fingers.map(({ template, minutiae }) => [template?.mediaType, minutiae])).toEqual(
      Array.from({ length: 4 }, () => ['application/vnd.iso.19794-2', 20]),
    )
  })

  test('that equal another finger of the same person are doubted, by name', async () => {
    const desk = await atPrints({ 'finger.compare': hitsAmong('own') })
    await desk.ask('captureFingers', rightFour)
    await desk.ask('captureFingers', { step: 'left-four' })
    const doubts = desk.view().state.tries['left-four']?.[0]?.doubts ?? []
    expect(doubts).toContainEqual({ kind: 'repeated', position: 'left-little', other: 'right-index', score: 61 })
    expect(desk.view().state.tries['right-four']?.[0]?.doubts).toEqual([])
  })

  test('that match no flat print of the same finger when rolled are doubted, if both are clear enough to tell', async () => {
    const desk = await atPrints({ 'finger.compare': () => ({ hits: [] }) })
    await desk.ask('captureFingers', rightFour)
    await desk.ask('captureFingers', { step: 'rolled-right-index' })
    expect(desk.view().state.tries['rolled-right-index']?.[0]?.doubts).toEqual([
      { kind: 'roll-differs', position: 'right-index' },
    ])
    const few = usualCapture('rolled-right-middle')
    const unclear = { ...few, fingers: few.fingers.map((finger) => ({ ...finger, minutiae: 9 })) }
    const other = await atPrints({
      'finger.compare': () => ({ hits: [] }),
      'finger.capture': ({ step }) => (step === 'rolled-right-middle' ? unclear : usualCapture(step)),
    })
    await other.ask('captureFingers', rightFour)
    await other.ask('captureFingers', { step: 'rolled-right-middle' })
    expect(other.view().state.tries['rolled-right-middle']?.[0]?.doubts).toEqual([])
  })

  test("that are an officer's own finger are doubted, with the badge", async () => {
    const desk = await atPrints({ 'finger.compare': hitsAmong('officer') })
    await desk.ask('registerOfficer', officer)
    await desk.ask('captureFingers', rightFour)
    expect(desk.view().state.tries['right-four']?.[0]?.doubts).toEqual([
      { kind: 'officer', position: 'right-index', badge: '014-207', score: 61 },
    ])
  })

  test("that are in another of today's dossiers are doubted, with its number", async () => {
    let second = false
    const desk = await atPrints({
      'finger.compare': (input) => (second ? hitsAmong('dossier') : usualComparison)(input),
    })
    const first = desk.view().state.number
    await desk.carryOn()
    second = true
    await desk.ask('openDossier', {})
    await desk.carryOn((view) => view?.state.step === 'fingers')
    await desk.ask('captureFingers', rightFour)
    expect(desk.view().state.tries['right-four']?.[0]?.doubts).toEqual([
      { kind: 'other-dossier', position: 'right-index', dossier: first, score: 61 },
    ])
  })

  test('of a dossier that was given up are nobody to compare with', async () => {
    const desk = await atPrints({ 'finger.compare': hitsAmong('dossier') })
    await desk.ask('captureFingers', rightFour)
    await desk.ask('abandonDossier', { reason: 'công dân về' })
    await desk.ask('openDossier', {})
    await desk.carryOn((view) => view?.state.step === 'fingers')
    await desk.ask('captureFingers', rightFour)
    expect(desk.view().state.tries['right-four']?.[0]?.doubts).toEqual([])
  })

  test('of the wrong hand are doubted by the picture alone', async () => {
    const desk = await atPrints({ 'finger.capture': ({ step }) => ({ ...usualCapture(step), problem: 'wrong-hand' }) })
    await desk.ask('captureFingers', rightFour)
    expect(desk.view().state.tries['right-four']?.[0]?.doubts).toEqual([{ kind: 'wrong-hand' }])
  })

  test('are safe when they cannot be compared, and are compared when the dossier is taken up again', async () => {
    let working = false
    const answers: DeskOptions['answers'] = {
      'finger.compare': () => {
        if (!working) throw new AppError('HOST_GONE', 'finger.compare')
        return { hits: [] }
      },
    }
    const desk = await atPrints(answers)
    expect(await desk.codeOf('captureFingers', rightFour)).toBe('done')
    expect(desk.view().state.tries['right-four']?.[0]).not.toHaveProperty('doubts')
    working = true
    const again = await station.restart(desk, { answers })
    await expect.poll(() => again.view().state.tries['right-four']?.[0]?.doubts).toEqual([])
  })

  test('are asked of the scanner with the demands of the plan, and without the fingers that cannot be taken', async () => {
    const asked: HostCalls['finger.capture']['input'][] = []
    const desk = await atPrints({
      'finger.capture': (input) => {
        asked.push(input)
        return usualCapture(input.step)
      },
    })
    await desk.ask('exceptFinger', { finger: 'right-ring', reason: 'missing', photo: inventedPng(7) })
    await desk.ask('captureFingers', rightFour)
    await desk.ask('chooseBedside', { reason: 'nằm liệt giường' })
    await desk.ask('captureFingers', { step: 'flat-right-index' })
    expect(asked[0]).toMatchObject({ absent: ['right-ring'], minimumQuality: 40 })
    expect(asked[1]).toMatchObject({ absent: [], minimumQuality: 25, patienceMs: 90_000 })
  })
})

describe('a second officer', () => {
  const verified: HostCalls['finger.verify']['output'] = { quality: 71, match: { key: 'right-index', score: 77 } }

  test('approves an exception with a finger that matches the print on file', async () => {
    const desk = await atPrints({ 'finger.verify': () => verified })
    await desk.ask('registerOfficer', officer)
    expect(await desk.ask('listOfficers', {})).toEqual([
      { badge: '014-207', name: 'Quàng Văn Mẫu', fingers: ['right-index'] },
    ])
    await desk.ask('exceptFinger', { finger: 'left-ring', reason: 'deformed', photo: inventedPng(7) })
    await desk.ask('approveFingerException', { finger: 'left-ring', badge: '014-207' })
    expect(desk.view().state.exceptions['left-ring']).toMatchObject({
      approved: { badge: '014-207', name: 'Quàng Văn Mẫu', score: 77 },
    })
  })

  test('with another finger, or unknown here, approves nothing', async () => {
    const desk = await atPrints({ 'finger.verify': () => ({ quality: 71 }) })
    await desk.ask('registerOfficer', officer)
    await desk.ask('exceptFinger', { finger: 'left-ring', reason: 'deformed', photo: inventedPng(7) })
    for (const badge of ['014-207', '999-999']) {
      expect(await desk.codeOf('approveFingerException', { finger: 'left-ring', badge })).toBe('FINGER_DIFFERS')
    }
    expect(desk.view().state.exceptions['left-ring']).not.toHaveProperty('approved')
  })

  test('is asked for at the small reader when there is one, and the citizen at the scanner', async () => {
    const small = {
      id: 'module',
      kind: 'fingerprint-scanner',
      driver: 'zfm',
      transport: 'serial',
      address: '/dev/x',
    } as const
    const used: string[] = []
    const desk = await station.sitDown(
      {
        devices: JSON.stringify([small, ...instantBindings]),
        answers: {
          'devices.bind': ({ bindings }) =>
            bindings.map((binding) => ({
              ...binding,
              state: 'ready',
              since: '2026-11-21T08:00:00.000Z',
              ...(binding.kind === 'card-reader' && { cardPresent: true }),
              ...(binding.kind === 'fingerprint-scanner' && {
                grade: binding.id === 'module' ? 'verification' : 'enrolment',
              }),
            })),
          'finger.verify': ({ device }) => {
            used.push(device)
            return verified
          },
          'finger.capture': ({ device, step }) => {
            used.push(device)
            return usualCapture(step)
          },
        },
      },
      'fingers',
    )
    await desk.ask('registerOfficer', officer)
    await desk.ask('exceptFinger', { finger: 'left-ring', reason: 'deformed', photo: inventedPng(7) })
    await desk.ask('approveFingerException', { finger: 'left-ring', badge: '014-207' })
    await desk.ask('captureFingers', rightFour)
    expect(used).toEqual(['fingerprint', 'module', 'fingerprint'])
  })

  test('with a print too weak to know again is not put on file', async () => {
    const weak = (step: Parameters<typeof usualCapture>[0]): FingerCapture => {
      const usual = usualCapture(step)
      return { ...usual, fingers: usual.fingers.map((finger) => ({ ...finger, quality: 12 })) }
    }
    const desk = await atPrints({ 'finger.capture': ({ step }) => weak(step) })
    expect(await desk.codeOf('registerOfficer', officer)).toBe('LOW_QUALITY')
    expect(await desk.ask('listOfficers', {})).toEqual([])
  })

  test('who leaves the station is taken off, and the waiting for a finger can be stopped', async () => {
    const begun = Promise.withResolvers<void>()
    const desk = await atPrints({
      'finger.verify': () => {
        begun.resolve()
        return new Promise(() => {})
      },
    })
    await desk.ask('registerOfficer', officer)
    await desk.ask('exceptFinger', { finger: 'left-ring', reason: 'deformed', photo: inventedPng(7) })
    const waiting = desk.codeOf('approveFingerException', { finger: 'left-ring', badge: '014-207' })
    await begun.promise
    expect(await desk.codeOf('registerOfficer', officer)).toBe('DEVICE_BUSY')
    await desk.ask('stopOfficerCapture', {})
    expect(await waiting).toBe('CANCELLED')
    await desk.ask('removeOfficer', { badge: '014-207' })
    expect(await desk.ask('listOfficers', {})).toEqual([])
  })
})

test('the policy of the station holds for the dossiers opened after it, also after a restart', async () => {
  const desk = await station.sitDown()
  await desk.ask('setStationPolicy', { shortForChildren: true })
  const again = await station.restart(desk)
  expect(await again.ask('stationPolicy', {})).toEqual({ shortForChildren: true })
  await again.ask('openDossier', {})
  expect(again.view().state.shortForChildren).toBe(true)
})

describe('irises', () => {
  const camera = {
    id: 'iris',
    kind: 'iris-camera',
    driver: 'sbi-iris',
    transport: 'http',
    address: '127.0.0.1:4502',
  } as const

  test('are taken of both eyes where there is a camera for them', async () => {
    const desk = await station.sitDown({ devices: JSON.stringify([camera, ...instantBindings]) }, 'fingers')
    await desk.ask('captureIrises', {})
    expect(desk.view().state.irises).toMatchObject({
      left: { eye: 'left', quality: 72, picture: { width: 64, height: 48 } },
      right: { eye: 'right', quality: 72 },
    })
  })

  test('are not asked for where there is none, and saying so changes nothing', async () => {
    const desk = await atPrints()
    expect(await desk.codeOf('captureIrises', {})).toBe('DEVICE_ABSENT')
    expect(desk.view().state.irises).toEqual({})
  })

  test('that the camera does not vouch for are not taken', async () => {
    const answers: DeskOptions['answers'] = {
      'iris.capture': () => {
        throw new AppError('DEVICE_UNTRUSTED', 'iris.capture')
      },
    }
    const desk = await station.sitDown({ devices: JSON.stringify([camera, ...instantBindings]), answers }, 'fingers')
    expect(await desk.codeOf('captureIrises', {})).toBe('DEVICE_UNTRUSTED')
    expect(desk.view().state.irises).toEqual({})
  })
})
