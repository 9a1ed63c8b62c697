import { contract } from '#contract/index.ts'
import { AppError, type FailureCode } from '#domain/failure/index.ts'
import type { ChipReading } from '#native/capability/card-reader.ts'
import type { FingerCapture, HostCalls } from '#native/capability/host.ts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { setUpStation, type DeskOptions, type Stage, type Station, type TestDesk } from '../../support/desk.ts'
import { capture, chipOfLoThiMau, usualCapture } from '../../support/instant-host.ts'
import { inventedPng, loThiMau } from '../../support/invented.ts'

let station: Station
beforeAll(async () => {
  station = await setUpStation()
})
afterAll(() => station.close())

type Answer<T> = () => T | Promise<T>

/** A desk whose devices do what a test tells them, one act after the other; after the last, what is usual. */
async function sitDown(acts: { chip?: Answer<ChipReading>[]; fingers?: Answer<FingerCapture>[] }, stage?: Stage) {
  const asked: HostCalls['chip.read']['input'][] = []
  const answers: DeskOptions['answers'] = {
    'chip.read': (input) => {
      asked.push(input)
      return acts.chip?.shift()?.() ?? chipOfLoThiMau()
    },
    'finger.capture': ({ step }) => acts.fingers?.shift()?.() ?? usualCapture(step),
  }
  return { ...(await station.sitDown({ answers }, stage)), asked }
}

const fail = (code: FailureCode) => () => {
  throw new AppError(code, 'device.test')
}
const withoutFailures = ({ state }: ReturnType<TestDesk['view']>) => {
  const { chipFailure: _, fingerFailure: __, fingerStep: ___, ...rest } = state
  return rest
}

const atDevice = (name: 'readChip' | 'captureFingers') =>
  contract[name].errors.filter(
    (code) =>
      ![
        'DOSSIER_MISSING',
        'EVENT_NOT_ALLOWED',
        'STATION_LOCKED',
        'DISK_FULL',
        'STORE_DAMAGED',
        'STATION_INCOMPLETE',
        'LATE_REPLY',
        'MRZ_FORMAT',
      ].includes(code),
  )

describe('reading the chip', () => {
  test.each(atDevice('readChip'))(
    'may fail with %s: the officer is told, the dossier is as it was, and the next try reads it',
    async (code) => {
      const desk = await sitDown({ chip: [fail(code), fail(code)] }, 'mrz')
      const before = withoutFailures(desk.view())
      const failed = await desk.answer('readChip', {})
      expect(failed).toMatchObject({ ok: false, error: { code } })
      expect(withoutFailures(desk.view())).toEqual(before)
      expect(desk.view().state.chipFailure).toBe(code)

      const { state } = (await station.restart(desk)).view()
      expect(state.chipFailure).toBe(code)
    },
  )

  test('that failed can be done again, and then its failure is forgotten', async () => {
    const desk = await sitDown({ chip: [fail('CARD_REMOVED')] }, 'mrz')
    expect(await desk.codeOf('readChip', {})).toBe('CARD_REMOVED')
    expect(await desk.codeOf('readChip', {})).toBe('done')
    expect(desk.view().state.chip?.details).toMatchObject({
      fullName: loThiMau.fullName,
      personalNumber: loThiMau.personalNumber,
    })
    expect(desk.view().state).not.toHaveProperty('chipFailure')
    expect(desk.view().state).not.toHaveProperty('chipAttempt')
  })

  test('that answers after a new attempt was begun changes nothing', async () => {
    const late = Promise.withResolvers<ChipReading>()
    const begun = Promise.withResolvers<void>()
    const desk = await sitDown({ chip: [() => (begun.resolve(), late.promise)] }, 'mrz')
    const first = desk.codeOf('readChip', {})
    await begun.promise
    expect(await desk.codeOf('readChip', {})).toBe('done')
    const after = desk.view()
    late.resolve({ ...chipOfLoThiMau(), details: { ...chipOfLoThiMau().details, fullName: 'Quàng Văn Mẫu' } })
    expect(await first).toBe('CANCELLED')
    await desk.ask('currentDossier', {})
    expect(desk.view()).toEqual(after)
    expect(desk.view().state.chip?.details.fullName).toBe(loThiMau.fullName)
  })

  test('can be stopped by the officer', async () => {
    const desk = await sitDown({ chip: [() => new Promise(() => {})] }, 'mrz')
    const running = desk.codeOf('readChip', {})
    expect(desk.view().state.chipAttempt).toBeDefined()
    await desk.ask('stopCapture', {})
    expect(await running).toBe('CANCELLED')
    expect(desk.view().state).toMatchObject({ status: 'open', chipFailure: 'CANCELLED' })
    expect(desk.view().state).not.toHaveProperty('chipAttempt')
  })

  test('that the program did not live to see answered is told as failed after the restart, and can be done again', async () => {
    const desk = await sitDown({ chip: [() => new Promise(() => {})] }, 'mrz')
    const running = desk.codeOf('readChip', {})
    expect(desk.view().state.chipAttempt).toBeDefined()
    const again = await station.restart(desk)
    await running
    expect(again.view().state.chipFailure).toBe('HOST_GONE')
    expect(again.view().state).not.toHaveProperty('chipAttempt')
    expect(await again.codeOf('readChip', {})).toBe('done')
  })

  test('without MRZ or QR code is refused before the device is asked', async () => {
    const desk = await sitDown({})
    await desk.ask('openDossier', {})
    expect(await desk.codeOf('readChip', {})).toBe('MRZ_FORMAT')
    expect(desk.asked).toEqual([])
    expect(desk.view().state).not.toHaveProperty('chipFailure')
  })

  test('without a reader says that none is there', async () => {
    const desk = await station.sitDown({ devices: '[]' })
    await desk.ask('openDossier', {})
    await desk.ask('giveCode', { text: loThiMau.qr })
    expect(await desk.codeOf('readChip', {})).toBe('DEVICE_ABSENT')
  })

  test('brings a text longer than the card can hold: the chip is called malformed and the dossier stays showable', async () => {
    const long = { ...chipOfLoThiMau(), details: { ...chipOfLoThiMau().details, residence: 'Bản Mẫu '.repeat(100) } }
    const desk = await sitDown({ chip: [() => long] }, 'mrz')
    expect(await desk.codeOf('readChip', {})).toBe('CHIP_MALFORMED')
    expect(await desk.ask('currentDossier', {})).toEqual(desk.view())
    expect(await desk.codeOf('readChip', {})).toBe('done')
  })
})

describe('the keys that the QR code leads to', () => {
  const givenQr = async (chip: Answer<ChipReading>[], qr: string = loThiMau.qr) => {
    const desk = await sitDown({ chip })
    await desk.ask('openDossier', {})
    await desk.ask('giveCode', { text: qr })
    return desk
  }
  const expiries = (desk: { readonly asked: HostCalls['chip.read']['input'][] }) =>
    desk.asked.map(({ access }) => (access.kind === 'mrz' ? access.expiryDate : access.kind))
  /** Issued in 2029, eleven months before the fortieth birthday: valid to 60, or to 40 after all. */
  const grace = loThiMau.qr.replace('10082024', '10042029')

  test('are the document number, the birth date and the next renewal age', async () => {
    const desk = await givenQr([])
    expect(await desk.codeOf('readChip', {})).toBe('done')
    expect(desk.asked.map(({ access }) => access)).toEqual([
      { kind: 'mrz', documentNumber: '190000123', birthDate: '900315', expiryDate: '300315' },
    ])
  })

  test('are tried in order until one opens the chip, all in one attempt', async () => {
    const desk = await givenQr([fail('CHIP_ACCESS_DENIED')], grace)
    expect(await desk.codeOf('readChip', {})).toBe('done')
    expect(expiries(desk)).toEqual(['500315', '300315'])
    expect(new Set(desk.asked.map(({ attempt }) => attempt)).size).toBe(1)
    expect(desk.view().state.chip).toBeDefined()
  })

  test('fail together when the chip refuses them all', async () => {
    const desk = await givenQr(
      [1, 2, 3].map(() => fail('CHIP_ACCESS_DENIED')),
      grace,
    )
    expect(await desk.codeOf('readChip', {})).toBe('CHIP_ACCESS_DENIED')
    expect(expiries(desk)).toEqual(['500315', '300315', 'can'])
    expect(desk.view().state.chipFailure).toBe('CHIP_ACCESS_DENIED')
  })

  test.each(['CARD_REMOVED', 'DEVICE_GONE', 'CHIP_TAMPERED'] as const)('are not tried on after %s', async (code) => {
    const desk = await givenQr([fail(code)], grace)
    expect(await desk.codeOf('readChip', {})).toBe(code)
    expect(expiries(desk)).toEqual(['500315'])
  })

  test('give way to the MRZ, which knows the date of expiry', async () => {
    const desk = await givenQr([fail('CHIP_ACCESS_DENIED')], grace)
    await desk.ask('giveCode', { text: loThiMau.mrz.join('\n') })
    expect(await desk.codeOf('readChip', {})).toBe('CHIP_ACCESS_DENIED')
    expect(expiries(desk)).toEqual(['300315'])
  })

  test('are the access number alone without a whole birth date', async () => {
    const desk = await givenQr([], loThiMau.qr.replace('15031990', '1990'))
    expect(await desk.codeOf('readChip', {})).toBe('done')
    expect(desk.asked.map(({ access }) => access)).toEqual([{ kind: 'can', can: '000123' }])
  })

  test('are not tried on when the chip has one attempt left, unless the officer says so', async () => {
    const last = () => {
      throw new AppError('CHIP_ACCESS_DENIED', 'chip.pace', { context: { reason: 'last-attempt', attemptsLeft: 1 } })
    }
    const desk = await givenQr([last], grace)
    const answer = await desk.answer('readChip', {})
    expect(answer).toMatchObject({ ok: false, error: { context: { reason: 'last-attempt', attemptsLeft: 1 } } })
    expect(expiries(desk)).toEqual(['500315'])
    expect(await desk.codeOf('readChip', { lastAttempt: true })).toBe('done')
  })
})

describe('taking prints', () => {
  test.each(atDevice('captureFingers'))(
    'may fail with %s: what was taken stays, and the next try takes them',
    async (code) => {
      const good = capture(13, ['right-index', 'right-middle', 'right-ring', 'right-little'])
      const desk = await sitDown({ fingers: [() => good, fail(code)] }, 'fingers')
      await desk.ask('captureFingers', { step: 'right-four' })
      const before = withoutFailures(desk.view())
      expect(await desk.codeOf('captureFingers', { step: 'left-four' })).toBe(code)
      expect(withoutFailures(desk.view())).toEqual(before)
      expect(desk.view().state.fingerFailure).toBe(code)
      expect(await desk.ask('citizenView', {})).toMatchObject({ scene: 'fingers', step: 'left-four', phase: 'again' })
      expect(await desk.codeOf('captureFingers', { step: 'left-four' })).toBe('done')
      expect(desk.view().state.tries['right-four']).toEqual(before.tries['right-four'])
      expect(desk.view().state.tries['left-four']).toHaveLength(1)
      expect(desk.view().state).not.toHaveProperty('fingerFailure')
    },
  )

  test('of one hand while the other is under way ends the first, and its late picture is not taken for the other hand', async () => {
    const late = Promise.withResolvers<FingerCapture>()
    const begun = Promise.withResolvers<void>()
    const desk = await sitDown({ fingers: [() => (begun.resolve(), late.promise)] }, 'fingers')
    const first = desk.codeOf('captureFingers', { step: 'right-four' })
    await begun.promise
    const second = desk.codeOf('captureFingers', { step: 'left-four' })
    late.resolve(capture(13, ['right-index', 'right-middle', 'right-ring', 'right-little']))
    expect([await first, await second]).toEqual(['CANCELLED', 'done'])
    expect(Object.keys(desk.view().state.tries)).toEqual(['left-four'])
  })

  test('by hand is refused when no capture is under way', async () => {
    const desk = await sitDown({}, 'fingers')
    expect(await desk.codeOf('shootFingers', {})).toBe('EVENT_NOT_ALLOWED')
  })

  test("keeps every try, and each finger's best impression counts", async () => {
    const weak = { ...capture(20, ['right-index', 'right-middle', 'right-ring', 'right-little']) }
    const worse = { ...weak, fingers: weak.fingers.map((finger, at) => ({ ...finger, quality: at === 0 ? 95 : 10 })) }
    const desk = await sitDown({ fingers: [() => worse] }, 'fingers')
    await desk.ask('captureFingers', { step: 'right-four' })
    await desk.ask('captureFingers', { step: 'right-four' })
    const tries = desk.view().state.tries['right-four'] ?? []
    expect(tries.map(({ fingers }) => fingers.map(({ quality }) => quality))).toEqual([
      [95, 10, 10, 10],
      [71, 72, 73, 74],
    ])
  })

  test('that the device describes nonsensically fails without harming the dossier', async () => {
    const desk = await sitDown(
      {
        fingers: [
          () => ({ ...capture(13, ['right-index']), dpi: -1 }),
          () =>
            ({
              ...capture(13, ['right-index']),
              fingers: [{ ...capture(13, ['right-index']).fingers[0], quality: 140 }],
            }) as FingerCapture,
        ],
      },
      'fingers',
    )
    for (const _ of [1, 2]) {
      expect(await desk.codeOf('captureFingers', { step: 'right-four' })).toBe('DEVICE_GARBLED')
      expect(await desk.ask('currentDossier', {})).toEqual(desk.view())
    }
    expect(desk.view().state.tries).toEqual({})
  })
})

describe('what devices do by themselves', () => {
  test('a card laid on or lifted is shown, an unknown device is not', async () => {
    const desk = await station.sitDown()
    desk.host.emit('cardPresence', { device: 'card-reader', present: false })
    expect(desk.last('surroundingsChanged')?.devices.find(({ id }) => id === 'card-reader')).toMatchObject({
      cardPresent: false,
    })
    const before = desk.told.length
    desk.host.emit('cardPresence', { device: 'nobody', present: true })
    expect(desk.told.length).toBe(before)
  })

  test('the shutter and the progress of the chip reach the officer, with its text from the moment it is known and the portrait while the rest is read', async () => {
    const desk = await station.sitDown()
    desk.host.emit('shutterPressed', { device: 'camera' })
    desk.host.emit('chipProgress', {
      attempt: 'a',
      stage: 'read',
      file: 'DG13',
      bytesRead: 10,
      bytesTotal: 90,
      details: { fullName: loThiMau.fullName, unknown: {} },
    })
    expect(desk.last('shutterPressed')).toEqual({ device: 'camera' })
    expect(desk.last('chipProgress')).toEqual({
      attempt: 'a',
      stage: 'read',
      file: 'DG13',
      bytesRead: 10,
      bytesTotal: 90,
      details: { fullName: loThiMau.fullName },
    })
    desk.host.emit('chipPortrait', { attempt: 'a', bytes: inventedPng(5), mediaType: 'image/jpeg' })
    expect(desk.last('chipProgress')).toMatchObject({ details: { fullName: loThiMau.fullName }, portrait: true })
    desk.host.emit('chipProgress', { attempt: 'a', stage: 'read', file: 'DG15', bytesRead: 1 })
    expect(desk.last('chipProgress')).toMatchObject({ details: { fullName: loThiMau.fullName }, portrait: true })
    desk.host.emit('chipProgress', { attempt: 'b', stage: 'connect', bytesRead: 0 })
    expect(desk.last('chipProgress')).toEqual({ attempt: 'b', stage: 'connect', bytesRead: 0 })
  })

  test('a card that was pulled in mid-read and comes back is read on without a key', async () => {
    const removed = () => {
      throw new AppError('CARD_REMOVED', 'chip.read')
    }
    const desk = await sitDown({ chip: [removed] }, 'mrz')
    expect(await desk.codeOf('readChip', {})).toBe('CARD_REMOVED')
    desk.host.emit('cardPresence', { device: 'card-reader', present: true })
    await vi.waitFor(() => expect(desk.view().state.chip).toBeDefined())
    desk.host.emit('cardPresence', { device: 'card-reader', present: true })
    expect(desk.view().state.chipAttempt).toBeUndefined()
  })
})
