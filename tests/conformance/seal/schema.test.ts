import { Ajv2020 } from 'ajv/dist/2020.js'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { prepareDossier } from './sealing.ts'

const schema = JSON.parse(readFileSync('docs/protocols/dossier.schema.json', 'utf8')) as object

async function validated() {
  const { entries } = await prepareDossier(64)
  const dossier = JSON.parse(Buffer.from(entries[0]?.bytes ?? []).toString('utf8')) as Record<string, unknown>
  return { dossier, validate: new Ajv2020({ allErrors: true, strictTypes: false }).compile(schema) }
}

test('dossier.json is as the published schema says', async () => {
  const { dossier, validate } = await validated()
  expect(validate(dossier), JSON.stringify(validate.errors)).toBe(true)
})

test('the schema refuses what the receiving side could not use', async () => {
  const { dossier, validate } = await validated()
  for (const member of Object.keys(dossier).filter((name) => !['chip', 'qr', 'mrz', 'signature'].includes(name))) {
    const { [member]: _, ...rest } = dossier
    expect(validate(rest), `without ${member}`).toBe(false)
  }
  expect(validate({ ...dossier, extra: 1 })).toBe(false)
  expect(validate({ ...dossier, portraits: [] })).toBe(false)
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
