import { join } from 'node:path'
import { openSealed } from '#build/receiver/index.ts'
import { differences } from '#build/visit/review.ts'
import { routineVisit, stepNames } from '#build/visit/routine.ts'
import { startTimeline } from '#build/visit/timeline.ts'
import { drawPortrait } from '#native/sim/people/portrait.ts'
import { filesInClear } from '../support/cleartext.ts'
import { barriers } from './barriers.ts'
import { expect, handDrawn, station, test } from './fixture.ts'
import { lastAnswer, readOpened } from './visits/opened.ts'

/** Every screen has its own check under tests/e2e/screens; here it is the real program's turn. */
const looked = ['Tiếp đón', 'Vân tay phải', 'Công dân xem', 'Niêm phong']

test.use({ simulatorArguments: handDrawn })

test('a citizen is enrolled by keys and pen, and OpenSSL opens a file equal to what was captured', async ({ desk }) => {
  test.setTimeout(300_000)
  const { program, stage, receiver, folder } = desk
  const timeline = startTimeline()
  const found: string[] = []
  const witnessed = await routineVisit({
    officer: desk.officer(),
    citizen: desk.citizen(),
    stage,
    timeline,
    station: { ...station, certificate: receiver.certificate },
    exportFolder: join(folder, 'usb'),
    async afterStep(_number, name) {
      if (!looked.includes(name)) return
      for (const window of ['officer', 'citizen'] as const) {
        for (const barrier of await barriers(program[window])) found.push(`${name}, ${window}: ${barrier}`)
      }
    },
  })
  expect(timeline.steps.map(({ step }) => step)).toEqual([...stepNames])
  expect(found, 'accessibility').toEqual([])

  const file = join(folder, 'usb', `${witnessed.dossier}.p7m`)
  const opened = openSealed({ file, ...receiver, outFolder: join(folder, 'opened') })
  expect(opened.events).toBeGreaterThan(25)
  expect(differences(opened.contentFolder, witnessed, stage.card)).toEqual([])
  expect(program.consoleErrors).toEqual([])

  await test.step('the file says what stood on her screen, in which language, when, and what she said to it', () => {
    const { dossier, shown } = readOpened(opened.contentFolder)
    expect(dossier).toMatchObject({ pageConfirmed: { by: 'citizen' }, signature: { by: 'citizen' } })
    for (const [field, text] of Object.entries(witnessed.confirmed)) {
      const { answer, showing } = lastAnswer(shown, field)
      expect(answer).toMatchObject({ field, value: dossier.person[field]?.value, answer: 'right', by: 'citizen' })
      expect(showing).toMatchObject({ what: { kind: 'detail', field, value: answer?.value }, language: 'vi' })
      expect(showing?.lines).toContain(text)
      expect(Date.parse(showing?.at ?? '')).toBeLessThanOrEqual(Date.parse(answer?.at ?? ''))
    }
    const page = shown.showings.find(({ event }) => event === shown.answers.at(-1)?.showing)
    expect(page?.what).toMatchObject({
      kind: 'page',
      details: Object.keys(witnessed.confirmed).map((field) => ({ field })),
    })
  })

  await test.step('nothing of her is in clear in the data folder or in what the browser keeps', async () => {
    const { person, qr, mrz } = stage.card
    const portrait = Uint8Array.from(drawPortrait({ seed: person.portraitSeed, width: 300, height: 400 }).data)
    await program.stop()
    const traces = {
      texts: [person.fullName, person.personalNumber, person.residence, qr, ...mrz],
      pictures: [portrait.subarray(0, 20_000)],
    }
    expect(filesInClear([join(folder, 'data')], traces)).toEqual([])
  })
})
