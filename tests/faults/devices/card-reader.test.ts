import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FailureCode } from '#domain/failure/index.ts'
import { liveHost, type LiveHost } from '../../integration/host/live-host.ts'

let live: LiveHost
beforeAll(async () => {
  live = await liveHost({ hurried: true })
})
afterAll(() => live.close())

const readerState = () => live.statesOf('card-reader').at(-1)
const whole = () =>
  expect(live.readChip()).resolves.toMatchObject({ details: { fullName: live.stage.card.person.fullName } })

test.each(['garbage:5', 'bad-checksum', 'silence:once+30', 'late:once+30', 'duplicate:20', 'busy'])(
  'the whole chip is read in spite of %s',
  async (fault) => {
    await live.stage.addFault(`${fault}@card-reader`)
    await whole()
    await whole()
  },
)

const failures: [fault: string, code: FailureCode][] = [
  ['silence:3', 'DEVICE_SILENT'],
  ['bad-checksum:20', 'DEVICE_GARBLED'],
  ['wrong-mac', 'CHIP_TAMPERED'],
  ['wrong-length', 'CHIP_TAMPERED'],
  ['card-mute:2', 'CARD_MUTE'],
  ['card-pulled', 'CARD_REMOVED'],
]

test.each(failures)('%s ends in %s, and the next reading works', async (fault, code) => {
  await live.stage.addFault(`${fault}@card-reader`)
  await expect(live.readChip()).rejects.toMatchObject({ code })
  if (code === 'CARD_REMOVED') await live.stage.insertCard()
  // After a broken line the host opens it anew, and what is left of the fault is used up by that.
  await live.until(() => readerState() === 'ready')
  await whole()
})

test('a cable pulled in mid-frame ends in DEVICE_GONE, the reader shows as absent, and is read again when it is back', async () => {
  await live.stage.addFault('unplug@card-reader')
  await expect(live.readChip()).rejects.toMatchObject({ code: 'DEVICE_GONE' })
  await live.until(() => readerState() === 'absent')
  await expect(live.readChip()).rejects.toMatchObject({ code: 'DEVICE_ABSENT' })
  await live.stage.plugReader()
  await live.until(() => readerState() === 'ready')
  await whole()
})

// The last one: this fault stays.
test('the whole chip is read in spite of one-byte-chunks', async () => {
  await live.stage.addFault('one-byte-chunks@card-reader')
  await whole()
  await whole()
})
