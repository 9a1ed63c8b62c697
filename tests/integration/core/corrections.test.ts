import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerAll, confirmAll, look, signature } from '../../support/citizen.ts'
import { setUpStation, type Station, type TestDesk } from '../../support/desk.ts'
import { inventedPng, loThiMau } from '../../support/invented.ts'

let station: Station
beforeAll(async () => {
  station = await setUpStation()
})
afterAll(() => station.close())

const page = (desk: TestDesk) => desk.ask('citizenView', {})

describe('a detail that the citizen finds wrong', () => {
  test('waits for the officer, is declared, chosen and confirmed anew, and alone is asked again', async () => {
    const desk = await station.sitDown({}, 'check')
    const asked = await answerAll(desk, ['residence'])
    expect(asked).toHaveLength(9)
    expect(await page(desk)).toMatchObject({ scene: 'correcting' })
    expect(await desk.codeOf('sign', signature)).toBe('EVENT_NOT_ALLOWED')

    await desk.ask('declareDetail', { field: 'residence', value: '  Bản Mẫu  Hai, Thuận Châu, Sơn La ' })
    expect(await page(desk)).toMatchObject({ scene: 'correcting' })
    await desk.ask('chooseSource', { field: 'residence', source: 'declared' })
    await desk.ask('confirmComparison', {})
    const view = await page(desk)
    expect(view).toMatchObject({
      scene: 'check',
      detail: { field: 'residence', value: 'Bản Mẫu Hai, Thuận Châu, Sơn La' },
      place: 9,
      of: 9,
    })
    expect(await confirmAll(desk)).toEqual(['residence'])
    expect(await page(desk)).toMatchObject({ scene: 'sign' })
    expect(desk.view().state.confirmed).toMatchObject({
      residence: 'Bản Mẫu Hai, Thuận Châu, Sơn La',
      fullName: loThiMau.fullName,
    })
    await desk.ask('sign', signature)
    expect(desk.view().state.signature).toBeDefined()
  })

  test('cannot be answered for a value that was not on the screen', async () => {
    const desk = await station.sitDown({}, 'check')
    const before = desk.view()
    expect(await desk.codeOf('answerDetail', { field: 'fullName', value: 'Lò Thị Mẩu', answer: 'right' })).toBe(
      'EVENT_NOT_ALLOWED',
    )
    expect(desk.view()).toEqual(before)
  })

  test('may be answered for by the officer, and is recorded as such', async () => {
    const desk = await station.sitDown({}, 'check')
    await desk.ask('answerForCitizen', { field: 'fullName', value: loThiMau.fullName, answer: 'right' })
    await answerAll(desk)
    const { answers } = desk.view().state
    expect([answers.fullName?.by, answers.sex?.by]).toEqual(['officer', 'citizen'])
  })
})

describe('a signature', () => {
  const signed = async () => {
    const desk = await station.sitDown({}, 'check')
    await confirmAll(desk)
    await desk.ask('sign', signature)
    expect(desk.view().state.signature).toBeDefined()
    return desk
  }

  test('falls when a confirmed value changes, and the dossier cannot be sealed without a new one', async () => {
    const desk = await signed()
    await desk.ask('declareDetail', { field: 'religion', value: 'Tin Lành' })
    await desk.ask('chooseSource', { field: 'religion', source: 'declared' })
    expect(desk.view().state.signature).toBeDefined()
    await desk.ask('confirmComparison', {})
    expect(desk.view().state).not.toHaveProperty('signature')
    expect(await desk.codeOf('sealDossier', {})).toBe('DOSSIER_INCOMPLETE')
    expect(await confirmAll(desk)).toEqual(['religion'])
    await desk.ask('sign', signature)
    expect(await desk.codeOf('sealDossier', {})).toBe('done')
  })

  test('stays when the same values are confirmed once more', async () => {
    const desk = await signed()
    const before = desk.view().state.signature
    await desk.ask('confirmComparison', {})
    expect(desk.view().state.signature).toEqual(before)
  })

  test('falls with an answer that is taken back, and can be cleared', async () => {
    const desk = await signed()
    await desk.ask('answerForCitizen', { field: 'fullName', value: loThiMau.fullName, answer: 'wrong' })
    expect(desk.view().state).not.toHaveProperty('signature')
    const other = await signed()
    await other.ask('clearSignature', {})
    expect(other.view().state).not.toHaveProperty('signature')
    expect(await page(other)).toMatchObject({ scene: 'sign' })
  })
})

describe('a step', () => {
  test('is not skipped by a key that was pressed twice', async () => {
    const desk = await station.sitDown({}, 'documents')
    const twice = await Promise.all([1, 2].map(() => desk.codeOf('goToStep', { from: 'documents', to: 'portrait' })))
    expect(twice).toEqual(['done', 'EVENT_NOT_ALLOWED'])
    expect(desk.view().state.step).toBe('portrait')
    expect(desk.view().state.visited.at(-1)).toBe('portrait')
  })

  test('is not skipped by a citizen who answers twice', async () => {
    const desk = await station.sitDown({}, 'check')
    const view = await look(desk)
    if (view.scene !== 'check') throw new Error(view.scene)
    await Promise.all([1, 2].map(() => desk.codeOf('answerDetail', { ...view.detail, answer: 'right' })))
    expect(Object.keys(desk.view().state.answers)).toEqual(['fullName'])
    expect(await page(desk)).toMatchObject({ place: 2 })
  })
})

describe('the seal', () => {
  test('pressed twice makes one file', async () => {
    const desk = await station.sitDown({}, 'review')
    const both = await Promise.all([1, 2].map(() => desk.codeOf('sealDossier', {})))
    expect(both).toEqual(['done', 'EVENT_NOT_ALLOWED'])
    expect(desk.view().state.status).toBe('sealed')
  })

  test('is not ended by the key that ends a capture', async () => {
    const desk = await station.sitDown({}, 'review')
    const sealing = desk.codeOf('sealDossier', {})
    await desk.ask('stopCapture', {})
    expect(await sealing).toBe('done')
  })

  test('cut short by the end of the program is made again by itself at the next start', async () => {
    const desk = await station.sitDown({}, 'review')
    const sealing = desk.codeOf('sealDossier', {})
    expect(desk.view().state.status).toBe('sealing')
    const again = await station.restart(desk)
    await sealing
    await expect.poll(() => again.view().state.status, { timeout: 30_000 }).toBe('sealed')
  })

  test('is not made while something is missing, and nothing changes', async () => {
    const desk = await station.sitDown({}, 'fingers')
    const before = desk.view()
    expect(await desk.codeOf('sealDossier', {})).toBe('DOSSIER_INCOMPLETE')
    expect(desk.view()).toEqual(before)
  })
})

describe("text under the officer's hands", () => {
  test('outlives a restart, until it is declared', async () => {
    const desk = await station.sitDown({}, 'mrz')
    const { savedAt } = await desk.ask('saveDraft', { field: 'declared.residence', text: 'Bản M' })
    expect(Date.parse(savedAt)).not.toBeNaN()
    await desk.ask('saveDraft', { field: 'declared.residence', text: 'Bản Mẫu, Th' })
    const again = await station.restart(desk)
    expect(again.view().drafts).toEqual({ 'declared.residence': 'Bản Mẫu, Th' })
    await again.ask('declareDetail', { field: 'residence', value: 'Bản Mẫu, Thuận Châu' })
    expect(again.view()).toMatchObject({ drafts: {}, state: { declared: { residence: 'Bản Mẫu, Thuận Châu' } } })
    expect((await station.restart(again)).view()).toMatchObject({
      drafts: {},
      state: { declared: { residence: 'Bản Mẫu, Thuận Châu' } },
    })
  })

  test.each([
    ['birthDate', '31/02/1990', 'FIELD_FORMAT'],
    ['personalNumber', '01419000012', 'NUMBER_FORMAT'],
  ] as const)('that is no %s is kept as typed when it is refused', async (field, value, code) => {
    const desk = await station.sitDown({}, 'mrz')
    await desk.ask('saveDraft', { field: `declared.${field}`, text: value })
    expect(await desk.codeOf('declareDetail', { field, value })).toBe(code)
    expect((await desk.ask('currentDossier', {}))?.drafts).toEqual({ [`declared.${field}`]: value })
  })

  test('is kept when the dossier no longer takes it', async () => {
    const desk = await station.sitDown({}, 'review')
    await desk.ask('sealDossier', {})
    await desk.ask('saveDraft', { field: 'declared.religion', text: 'Tin Lành' })
    expect(await desk.codeOf('declareDetail', { field: 'religion', value: 'Tin Lành' })).toBe('EVENT_NOT_ALLOWED')
    expect((await desk.ask('currentDossier', {}))?.drafts).toEqual({ 'declared.religion': 'Tin Lành' })
  })

  test('is stored under any name of a field, and comes back unchanged', async () => {
    const desk = await station.sitDown({}, 'mrz')
    const texts = { constructor: 'a', tên: 'Lò Thị Mẫu', ' ': '', x: '\u0000\n𠀋 ꪎꪮꪣ' }
    for (const [field, text] of Object.entries(texts)) await desk.ask('saveDraft', { field, text })
    expect((await station.restart(desk)).view().drafts).toEqual(texts)
  })
})

describe('between two citizens', () => {
  test('a picture that is still being stored when the dossier is given up does not land in the next', async () => {
    const desk = await station.sitDown({}, 'portrait')
    const late = desk.codeOf('addPortrait', { bytes: inventedPng(7, 400, 500) })
    await desk.ask('abandonDossier', { reason: 'công dân xin về' })
    await desk.ask('openDossier', {})
    expect(await late).toBe('DOSSIER_MISSING')
    expect(desk.view().state).toMatchObject({ portraits: [], step: 'arrival' })
  })

  test('a reading that is still under way when the dossier is given up does not land in the next', async () => {
    const begun = Promise.withResolvers<void>()
    const late = Promise.withResolvers<never>()
    const desk = await station.sitDown({ answers: { 'chip.read': () => (begun.resolve(), late.promise) } }, 'mrz')
    const reading = desk.codeOf('readChip', {})
    await begun.promise
    await desk.ask('abandonDossier', { reason: 'công dân xin về' })
    await desk.ask('openDossier', {})
    expect(await reading).toBe('CANCELLED')
    expect(desk.view().state).not.toHaveProperty('chip')
    expect(desk.view().state).not.toHaveProperty('chipFailure')
  })

  test("the citizen's page is empty from the moment the dossier is given up", async () => {
    const desk = await station.sitDown({}, 'check')
    await desk.ask('abandonDossier', { reason: 'công dân xin về' })
    expect(desk.last('citizenChanged')).toEqual({ scene: 'idle' })
    expect(await page(desk)).toEqual({ scene: 'idle' })
    expect(await desk.ask('currentDossier', {})).toBeNull()
  })

  test('a second dossier is not opened over one under way', async () => {
    const desk = await station.sitDown({}, 'mrz')
    const before = desk.view()
    expect(await desk.codeOf('openDossier', {})).toBe('EVENT_NOT_ALLOWED')
    expect(desk.view()).toEqual(before)
  })

  test('without a dossier every act on one says that none is there', async () => {
    const desk = await station.sitDown()
    const acts = await Promise.all([
      desk.codeOf('declareDetail', { field: 'fullName', value: 'x' }),
      desk.codeOf('saveDraft', { field: 'x', text: 'x' }),
      desk.codeOf('giveCode', { text: loThiMau.qr }),
      desk.codeOf('readChip', {}),
      desk.codeOf('addPortrait', { bytes: inventedPng(1) }),
      desk.codeOf('captureFingers', { step: 'right-four' }),
      desk.codeOf('sign', signature),
      desk.codeOf('sealDossier', {}),
      desk.codeOf('closeDossier', {}),
      desk.codeOf('resumeDossier', { id: 'nobody' }),
    ])
    expect(new Set(acts)).toEqual(new Set(['DOSSIER_MISSING']))
  })
})
