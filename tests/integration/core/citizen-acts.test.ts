import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { openSealed } from '#build/receiver/index.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerAll, confirmAll, look, showingOf, signature } from '../../support/citizen.ts'
import { setUpStation, type Station, type TestDesk } from '../../support/desk.ts'
import { giangAMau, loThiMau, quangVanMau } from '../../support/invented.ts'

let station: Station
beforeAll(async () => {
  station = await setUpStation()
})
afterAll(() => station.close())

const guardian = { ...quangVanMau, relation: 'guardian', reason: 'ward' } as const
const page = (desk: TestDesk) => desk.ask('citizenView', {})
const name = { field: 'fullName', value: loThiMau.fullName } as const

type Line = { n: number; at: string; event: { type: string } & Record<string, unknown> }
let opened = 0

/** Seals, and opens the file as the receiving centre does. */
async function seal(desk: TestDesk & { readonly dataFolder: string }): Promise<readonly Line[]> {
  await desk.ask('goToStep', { from: 'check', to: 'review' })
  await desk.ask('sealDossier', {})
  const { key, certificate } = station.receiver
  const { contentFolder } = openSealed({
    file: join(desk.dataFolder, 'station', 'sealed', `${desk.view().state.number}.p7m`),
    key,
    certificate,
    outFolder: join(station.folder, `opened-${++opened}`),
  })
  return readFileSync(join(contentFolder, 'events.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}

const ofType = (lines: readonly Line[], ...types: string[]) =>
  lines.map(({ event }) => event).filter(({ type }) => types.includes(type))

describe('what was not shown', () => {
  test('cannot be answered or confirmed by the citizen', async () => {
    const desk = await station.sitDown({}, 'check')
    expect(await page(desk)).toMatchObject({ scene: 'check', detail: name })
    expect(await desk.codeOf('answerDetail', { ...name, answer: 'right' })).toBe('EVENT_NOT_ALLOWED')
    expect(await desk.codeOf('confirmPage', {})).toBe('EVENT_NOT_ALLOWED')
    await look(desk)
    expect(await desk.codeOf('answerDetail', { field: 'sex', value: loThiMau.sex, answer: 'right' })).toBe(
      'EVENT_NOT_ALLOWED',
    )
    expect(await desk.codeOf('answerDetail', { ...name, answer: 'right' })).toBe('done')
  })

  test('on the one page is not confirmed before that page was painted, as it is now', async () => {
    const desk = await station.sitDown({}, 'check')
    for (;;) {
      const view = await page(desk)
      if (view.scene !== 'check') break
      await look(desk)
      await desk.ask('answerDetail', { ...view.detail, answer: 'right' })
    }
    expect(await page(desk)).toMatchObject({ scene: 'page' })
    expect(await desk.codeOf('confirmPage', {})).toBe('EVENT_NOT_ALLOWED')
    const showing = showingOf(await page(desk))
    if (showing?.what.kind !== 'page') throw new Error('no page')
    const less = { ...showing, what: { ...showing.what, details: showing.what.details.slice(1) } }
    expect(await desk.codeOf('reportShown', less)).toBe('EVENT_NOT_ALLOWED')
    expect(await desk.codeOf('confirmPage', {})).toBe('EVENT_NOT_ALLOWED')
    await desk.ask('reportShown', showing)
    expect(await desk.codeOf('confirmPage', {})).toBe('done')
    expect(await page(desk)).toMatchObject({ scene: 'sign', who: 'citizen' })
  })

  test('cannot be signed', async () => {
    const desk = await station.sitDown({}, 'check')
    await answerAll(desk)
    expect(await desk.codeOf('sign', signature)).toBe('EVENT_NOT_ALLOWED')
    expect(desk.view().state).not.toHaveProperty('signature')
  })

  test('is not said to be shown by a page that is behind', async () => {
    const desk = await station.sitDown({}, 'check')
    const late = showingOf(await page(desk))
    if (!late) throw new Error('nothing is asked')
    await desk.ask('declareDetail', { field: 'fullName', value: 'Lò Thị Mẩu' })
    await desk.ask('chooseSource', { field: 'fullName', source: 'declared' })
    await desk.ask('confirmComparison', {})
    expect(await desk.codeOf('reportShown', late)).toBe('EVENT_NOT_ALLOWED')
    expect(await desk.codeOf('answerDetail', { ...name, answer: 'right' })).toBe('EVENT_NOT_ALLOWED')
  })
})

describe('a line of the one page that is found wrong', () => {
  test('goes to the officer, and the page is confirmed and signed anew', async () => {
    const desk = await station.sitDown({}, 'check')
    await confirmAll(desk)
    await desk.ask('sign', signature)
    await desk.ask('answerDetail', { field: 'religion', value: 'Không', answer: 'wrong' })
    expect(await page(desk)).toMatchObject({ scene: 'correcting' })
    expect(desk.view().state).not.toHaveProperty('pageConfirmed')
    expect(desk.view().state).not.toHaveProperty('signature')
    await desk.ask('declareDetail', { field: 'religion', value: 'Tin Lành' })
    await desk.ask('chooseSource', { field: 'religion', source: 'declared' })
    await desk.ask('confirmComparison', {})
    expect(await confirmAll(desk)).toEqual(['religion'])
    expect(await page(desk)).toMatchObject({ scene: 'sign' })
  })
})

describe('a program killed between question and answer', () => {
  test('goes on with the same question, which can be answered at once', async () => {
    const desk = await station.sitDown({}, 'check')
    await look(desk)
    await desk.ask('answerDetail', { ...name, answer: 'right' })
    const before = await look(desk)
    const again = await station.restart(desk)
    expect(await page(again)).toEqual(before)
    if (before.scene !== 'check') throw new Error(before.scene)
    expect(await again.codeOf('answerDetail', { ...before.detail, answer: 'right' })).toBe('done')
    expect(await page(again)).toMatchObject({ scene: 'check', place: 3 })
  })

  test('goes on with the same page', async () => {
    const desk = await station.sitDown({}, 'check')
    await answerAll(desk)
    await look(desk)
    const again = await station.restart(desk)
    expect(await page(again)).toMatchObject({ scene: 'page' })
    expect(await again.codeOf('confirmPage', {})).toBe('done')
  })
})

describe('two quick taps', () => {
  test('on an answer, on the page and on the end of a signature count once', async () => {
    const desk = await station.sitDown({}, 'check')
    const twice = <T>(act: () => Promise<T>) => Promise.all([act(), act()])
    await look(desk)
    expect(await twice(() => desk.codeOf('answerDetail', { ...name, answer: 'right' }))).toEqual(['done', 'done'])
    expect(await page(desk)).toMatchObject({ scene: 'check', place: 2 })
    await answerAll(desk)
    await look(desk)
    expect(await twice(() => desk.codeOf('confirmPage', {}))).toEqual(['done', 'done'])
    expect((await twice(() => desk.codeOf('sign', signature))).toSorted()).toEqual(['EVENT_NOT_ALLOWED', 'done'])
    const sealed = await seal(desk)
    expect(ofType(sealed, 'answered')).toHaveLength(9)
    expect(ofType(sealed, 'pageConfirmed', 'signed').map(({ type }) => type)).toEqual(['pageConfirmed', 'signed'])
  })

  test('on two answers: the second is what was meant', async () => {
    const desk = await station.sitDown({}, 'check')
    await look(desk)
    await Promise.all([
      desk.ask('answerDetail', { ...name, answer: 'right' }),
      desk.ask('answerDetail', { ...name, answer: 'unsure' }),
    ])
    expect(desk.view().state.answers.fullName).toEqual({ value: loThiMau.fullName, answer: 'unsure', by: 'citizen' })
  })
})

describe('a representative', () => {
  test('is addressed, answers, confirms and signs, and the file says so', async () => {
    const desk = await station.sitDown({}, 'check')
    await desk.ask('nameRepresentative', { ...guardian, name: '  Quàng  Văn Mẫu ' })
    expect(desk.view().state.representative).toEqual(guardian)
    expect(await page(desk)).toMatchObject({ scene: 'check', about: expect.any(String) as string })
    await confirmAll(desk)
    expect(await page(desk)).toMatchObject({ scene: 'sign', who: 'representative' })
    await desk.ask('sign', signature)
    const { answers, pageConfirmed, signature: ink } = desk.view().state
    expect(new Set(Object.values(answers).map(({ by }) => by))).toEqual(new Set(['representative']))
    expect([pageConfirmed?.by, ink?.by]).toEqual(['representative', 'representative'])
    const sealed = await seal(desk)
    expect(ofType(sealed, 'signed')).toMatchObject([{ by: 'representative', pointer: 'pen' }])
  })

  test('named or gone when answers were given: everything is asked again, of whoever it is now', async () => {
    const desk = await station.sitDown({}, 'check')
    await confirmAll(desk)
    await desk.ask('sign', signature)
    await desk.ask('nameRepresentative', guardian)
    expect(desk.view().state).toMatchObject({ answers: {} })
    expect(desk.view().state).not.toHaveProperty('signature')
    await confirmAll(desk)
    await desk.ask('dropRepresentative', {})
    expect(await page(desk)).toMatchObject({ scene: 'check', place: 1 })
    await confirmAll(desk)
    expect(await page(desk)).toMatchObject({ scene: 'sign', who: 'citizen' })
  })

  test.each([
    ['the citizen', loThiMau.personalNumber, 'REPRESENTATIVE_UNFIT'],
    ['a child', '014218000018', 'REPRESENTATIVE_UNFIT'],
    ['nobody', '01421800001', 'NUMBER_FORMAT'],
  ] as const)('cannot be %s', async (_who, number, code) => {
    const desk = await station.sitDown({}, 'check')
    const before = desk.view()
    expect(await desk.codeOf('nameRepresentative', { ...guardian, number })).toBe(code)
    const witness = { name: guardian.name, number }
    expect(await desk.codeOf('exceptSigning', { reason: 'cannot-see', witness })).toBe(code)
    expect(desk.view()).toEqual(before)
  })

  test("'s dropping while the ink is being stored: the ink is nobody's", async () => {
    const desk = await station.sitDown({}, 'check')
    await desk.ask('nameRepresentative', guardian)
    await confirmAll(desk)
    const signing = desk.codeOf('sign', signature)
    await desk.ask('dropRepresentative', {})
    expect(await signing).toBe('EVENT_NOT_ALLOWED')
    expect(desk.view().state).not.toHaveProperty('signature')
  })
})

describe('a citizen who cannot sign', () => {
  test('lays a finger down, the witness signs, and the file holds both', async () => {
    const desk = await station.sitDown({}, 'check')
    await confirmAll(desk)
    await desk.ask('exceptSigning', { reason: 'cannot-write', witness: giangAMau })
    expect(await page(desk)).toMatchObject({ scene: 'mark' })
    // Nobody is asked to write yet.
    expect(await desk.codeOf('sign', signature)).toBe('EVENT_NOT_ALLOWED')
    await desk.ask('takeMark', { finger: 'right-index' })
    expect(await page(desk)).toMatchObject({ scene: 'sign', who: 'witness' })
    await desk.ask('sign', signature)
    expect(await page(desk)).toMatchObject({ scene: 'wait' })
    const { signingException } = desk.view().state
    expect(signingException).toMatchObject({
      reason: 'cannot-write',
      witness: giangAMau,
      mark: { finger: 'right-index', score: 80, print: { width: 60, height: 90 } },
      witnessed: { pointer: 'pen' },
    })
    const sealed = await seal(desk)
    expect(ofType(sealed, 'signed', 'signingExcepted', 'markTaken', 'witnessSigned').map(({ type }) => type)).toEqual([
      'signingExcepted',
      'markTaken',
      'witnessSigned',
    ])
  })

  test('and then can: the exception is taken back and they sign themselves', async () => {
    const desk = await station.sitDown({}, 'check')
    await confirmAll(desk)
    await desk.ask('exceptSigning', { reason: 'hand-injured', witness: giangAMau })
    await desk.ask('dropSigningException', {})
    expect(await page(desk)).toMatchObject({ scene: 'sign', who: 'citizen' })
    expect(await desk.codeOf('sign', signature)).toBe('done')
  })

  test('said while the citizen is signing: the ink does not become that of the witness', async () => {
    const desk = await station.sitDown({}, 'check')
    await confirmAll(desk)
    const signing = desk.codeOf('sign', signature)
    await desk.ask('exceptSigning', { reason: 'other', witness: giangAMau })
    expect(await signing).toBe('EVENT_NOT_ALLOWED')
    expect(desk.view().state.signingException).toEqual({ reason: 'other', witness: giangAMau })
  })

  test('by clearing, everything that was signed is done once more', async () => {
    const desk = await station.sitDown({}, 'check')
    await confirmAll(desk)
    await desk.ask('exceptSigning', { reason: 'other', witness: giangAMau })
    await desk.ask('takeMark', { finger: 'left-thumb' })
    await desk.ask('sign', signature)
    await desk.ask('clearSignature', {})
    expect(desk.view().state.signingException).toEqual({ reason: 'other', witness: giangAMau })
    expect(await page(desk)).toMatchObject({ scene: 'mark' })
  })
})

describe('what was shown', () => {
  test('is in the sealed file before each answer, in its language and words, and so is the vector of the signature', async () => {
    const desk = await station.sitDown({}, 'check')
    const view = await page(desk)
    if (view.scene !== 'check') throw new Error(view.scene)
    await desk.ask('chooseViewing', { ...view.viewing, language: 'blt-Tavt', textSize: 200 }, 'citizen')
    await desk.ask('reportShown', {
      what: { kind: 'detail', ...name },
      language: 'blt-Tavt',
      lines: ['Họ và tên', loThiMau.fullName, 'ꪎꪮꪣ'],
      heard: 'recording',
    })
    await desk.ask('answerDetail', { ...name, answer: 'right' })
    await confirmAll(desk)
    await desk.ask('sign', signature)
    const sealed = await seal(desk)
    const said = ofType(sealed, 'shown', 'answered', 'pageConfirmed', 'signed')
    const asked = said.filter(({ type }) => type === 'shown' || type === 'answered')
    expect(asked.map(({ type }) => type)).toEqual([
      ...Array.from({ length: 9 }, () => ['shown', 'answered']).flat(),
      // The page: once as the last question is behind, painted again by the page before it is confirmed.
      'shown',
      'shown',
    ])
    expect(asked[0]).toEqual({
      type: 'shown',
      what: { kind: 'detail', ...name },
      language: 'blt-Tavt',
      lines: ['Họ và tên', loThiMau.fullName, 'ꪎꪮꪣ'],
      heard: 'recording',
    })
    for (const { at } of sealed) expect(Date.parse(at)).not.toBeNaN()
    expect(said.slice(-2).map(({ type }) => type)).toEqual(['pageConfirmed', 'signed'])

    const { vector } = desk.view().state.signature ?? {}
    const svg = await desk.core.picture('officer', vector?.name ?? '')
    // An XML parser of its own: Python's expat.
    const read = `import sys, json, xml.etree.ElementTree as E
e = E.fromstring(sys.stdin.buffer.read())
print(json.dumps([e.tag] + [[c.tag, c.attrib] for c in e]))`
    const tree: unknown = JSON.parse(execFileSync('python3', ['-c', read], { input: svg?.bytes, encoding: 'utf8' }))
    const ns = '{http://www.w3.org/2000/svg}'
    expect(tree).toEqual([`${ns}svg`, [`${ns}path`, { d: 'M1 2L30 20', 'data-t': '0 40', 'data-pressure': '0.5 0.6' }]])
  })
})
