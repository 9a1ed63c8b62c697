import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { SealEntry } from '#core/seal/index.ts'
import type { Unusual } from '../../unit/core/store/fixtures.ts'
import { composeInfant, prepareDossier } from './sealing.ts'

const compiled = new Map<string, ValidateFunction>()

function schemaOf(file: string): ValidateFunction {
  const known = compiled.get(file)
  if (known) return known
  const schema = JSON.parse(readFileSync(`docs/protocols/${file}.schema.json`, 'utf8')) as object
  const validate = new Ajv2020({ allErrors: true, strictTypes: false }).compile(schema)
  compiled.set(file, validate)
  return validate
}

async function validated(unusual?: Unusual) {
  const { entries } = await prepareDossier(64, unusual)
  return { ...read(entries), validate: schemaOf('dossier') }
}

function read(entries: readonly SealEntry[]) {
  const parsed = (name: string): unknown =>
    JSON.parse(Buffer.from(entries.find((entry) => entry.name === name)?.bytes ?? []).toString('utf8'))
  return { dossier: parsed('dossier.json') as Record<string, unknown>, shown: parsed('shown.json') as Shown }
}

type Shown = {
  readonly showings: readonly { readonly event: number; readonly what: { readonly kind: string } }[]
  readonly answers: readonly { readonly event: number; readonly showing?: number; readonly by: string }[]
}

test.each<readonly [string, Unusual]>([
  ['an adult', {}],
  ['a ward', { represented: true }],
  ['somebody who cannot sign', { cannotSign: true }],
  ['a ward whose representative cannot sign', { represented: true, cannotSign: true }],
])('dossier.json and shown.json of %s are as the published schemas say', async (_, unusual) => {
  const { dossier, shown, validate } = await validated(unusual)
  expect(validate(dossier), JSON.stringify(validate.errors)).toBe(true)
  const validateShown = schemaOf('shown')
  expect(validateShown(shown), JSON.stringify(validateShown.errors)).toBe(true)
  for (const member of Object.keys(shown)) {
    const { [member as 'answers']: _gone, ...rest } = shown
    expect(validateShown(rest), `without ${member}`).toBe(false)
  }
  const [first, ...others] = shown.answers
  const { showing: __, ...unshown } = first!
  expect(validateShown({ ...shown, answers: [unshown, ...others] }), 'an answer to nothing').toBe(false)
})

test('a child too young for portrait and prints is in the file with its representative and without captures', async () => {
  const { dossier, shown } = read(await composeInfant())
  const validate = schemaOf('dossier')
  expect(validate(dossier), JSON.stringify(validate.errors)).toBe(true)
  expect(dossier).toMatchObject({
    representative: { relation: 'mother', reason: 'under-14' },
    portraits: [],
    fingers: [],
    capturePlan: { id: 'none' },
    pageConfirmed: { by: 'representative' },
    signature: { by: 'representative' },
  })
  expect(shown.showings.at(-1)?.what).not.toHaveProperty('portrait')
  const { representative: _, ...alone } = dossier
  expect(validate(alone)).toBe(false)
})

test('the schema refuses what the receiving side could not use', async () => {
  const { dossier, validate } = await validated()
  for (const member of Object.keys(dossier).filter((name) => !['chip', 'qr', 'mrz'].includes(name))) {
    const { [member]: _, ...rest } = dossier
    expect(validate(rest), `without ${member}`).toBe(false)
  }
  expect(validate({ ...dossier, extra: 1 })).toBe(false)
  expect(validate({ ...dossier, portraits: [] })).toBe(false)
  const portraits = dossier['portraits'] as object[]
  expect(validate({ ...dossier, portraits: portraits.map((each) => ({ ...each, used: true })) })).toBe(false)
  expect(validate({ ...dossier, portraits: portraits.map((each) => ({ ...each, used: false })) })).toBe(false)
  const witness = { name: 'Giàng A Mẫu', number: '012201000045' }
  const exception = { reason: 'other', witness, witnessed: dossier['signature'] }
  expect(validate({ ...dossier, signingException: exception }), 'signed and excepted').toBe(false)
  const person = dossier['person'] as Record<string, object>
  expect(
    validate({ ...dossier, person: { ...person, personalNumber: { ...person['personalNumber'], value: '123' } } }),
  ).toBe(false)
})

test('the best impression of each finger is marked once, over all tries', async () => {
  const { dossier } = await validated()
  const captures = dossier['fingers'] as {
    impression: string
    tries: { fingers: { fgp: number; quality: number; best: boolean }[] }[]
  }[]
  for (const impression of ['flat', 'rolled']) {
    const own = captures.filter((capture) => capture.impression === impression)
    const all = own.flatMap(({ tries }) => tries.flatMap(({ fingers }) => fingers))
    const best = all.filter((finger) => finger.best)
    expect(best.map(({ fgp }) => fgp).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    for (const { fgp, quality } of best) {
      expect(quality).toBe(Math.max(...all.filter((finger) => finger.fgp === fgp).map((finger) => finger.quality)))
    }
  }
  expect(captures[0]?.tries).toHaveLength(2)
  expect(captures[0]?.tries.map(({ fingers }) => fingers.filter((finger) => finger.best).length)).toEqual([2, 2])
})

test('a finger that could not be taken is there with its reason, its picture and who approved it', async () => {
  const { dossier } = await validated()
  expect(dossier['exceptions']).toMatchObject([
    {
      position: 'left-little',
      fgp: 10,
      reason: 'deformed',
      photo: { file: 'images/exception-left-little.png' },
      approved: { badge: '014-207', score: 82 },
    },
  ])
})

test('a doubt and why the try is used all the same are in the file', async () => {
  const { dossier } = await validated()
  const captures = dossier['fingers'] as { tries: { doubts?: unknown; usedBecause?: string }[] }[]
  expect(captures[0]?.tries[1]).toMatchObject({
    doubts: [{ kind: 'officer', position: 'right-index', badge: '014-207', score: 51 }],
    usedBecause: 'hai ngón khác nhau, đã xem lại',
  })
})

test('the file tells what was shown, when, and which showing each answer belongs to', async () => {
  const { dossier, shown } = await validated()
  const { showings, answers } = shown
  expect(dossier['shown']).toMatchObject({ file: 'shown.json', count: showings.length })
  const shownOf = (field: string) => showings.filter(({ what }) => (what as { field?: string }).field === field)
  expect(showings.at(-1)).toMatchObject({
    what: { kind: 'page', portrait: 'images/portrait-2.jpg' },
    language: 'vi',
    heard: 'voice',
    lines: ['Mời chị xem lại.', 'Đúng', 'Sai', 'Không chắc'],
  })
  const residence = shownOf('residence').map(({ event }) => event)
  expect(residence).toHaveLength(2)
  expect(answers.filter((answer) => 'field' in answer && answer.field === 'residence')).toMatchObject([
    { answer: 'unsure', by: 'citizen', showing: residence[0] },
    { answer: 'right', by: 'citizen', showing: residence[1] },
  ])
  expect(answers.at(-2)).toMatchObject({ field: 'sex', by: 'officer', showing: shownOf('sex')[0]?.event })
  expect(answers.at(-1)).toMatchObject({ kind: 'page', by: 'citizen', showing: showings.at(-1)?.event })
})

test('a mark and who witnessed it are in the file instead of a signature', async () => {
  const { dossier } = await validated({ cannotSign: true })
  expect(dossier).not.toHaveProperty('signature')
  expect(dossier['signingException']).toMatchObject({
    reason: 'hand-injured',
    witness: { name: 'Giàng A Mẫu', number: '012201000045' },
    mark: { finger: 'right-index', fgp: 2, score: 71.5, print: { file: 'images/mark.png' } },
    witnessed: { vector: { file: 'witness.svg', mediaType: 'image/svg+xml' }, pointer: 'pen' },
  })
})
