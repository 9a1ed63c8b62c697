import { test } from './harness.ts'
import * as d from './officer-desk.ts'
import { ok } from './harness.ts'

for (const [name, events] of Object.entries({
  arrival: [d.opened], 'arrival-chip': [d.opened, d.qrScanned, ...d.chipRead], compare: [...d.atCompare, ...d.differing], documents: [...d.atDocuments, ...d.documentsTaken.slice(0,1)],
  portrait: [...d.atPortrait, d.portraitTaken], fingers: [...d.atFingers, ...d.taken('right-four', 'f1', [78, 81, 34, 66])], check: [...d.atCheck, ...d.answersTo(3)], review: d.atReview, sealed: d.sealedUp,
}))
test(name, async ({ openScreen }) => {
  const screen = await openScreen({ role: 'officer', answers: d.answersAround(events as never), pictures: d.pictures })
  await screen.page.getByRole('heading', { level: 1 }).waitFor()
  await screen.page.waitForTimeout(800)
  await screen.picture('draft-' + name)
})
