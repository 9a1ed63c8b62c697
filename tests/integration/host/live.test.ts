import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { decodePng } from '#native/imaging/index.ts'
import { liveHost, type LiveHost } from './live-host.ts'

let live: LiveHost
beforeAll(async () => {
  live = await liveHost()
})
afterAll(() => live.close())
beforeEach(() => {
  live.events.length = 0
})

test('a chip card is read through a real process, serial line, reader and chip', async () => {
  const { person, mrz } = live.stage.card
  const reading = await live.readChip()
  expect(reading.details).toMatchObject({
    personalNumber: person.personalNumber,
    fullName: person.fullName,
    residence: person.residence,
  })
  expect(reading.mrz.lines).toEqual(mrz)
  expect(reading.portrait?.mediaType).toBe('image/jpeg')
  expect([...reading.portrait!.bytes.subarray(0, 2)]).toEqual([0xff, 0xd8])
  expect(reading.trust).toBe('no-trust-anchor')
})

test('the text of the chip arrives while the portrait is still being read', async () => {
  await live.readChip()
  const progress = live.events.flatMap((event) => (event.name === 'chipProgress' ? [event.data] : []))
  const withText = progress.findIndex(({ details }) => details?.fullName === live.stage.card.person.fullName)
  expect(withText).toBeGreaterThanOrEqual(0)
  expect(progress.slice(withText + 1).some(({ file }) => file === 'DG2')).toBe(true)
})

test('the wrong key opens nothing, and the right one still does afterwards', async () => {
  await expect(live.readChip({ ...live.mrz, expiryDate: '310101' })).rejects.toMatchObject({
    code: 'CHIP_ACCESS_DENIED',
  })
  await expect(live.readChip()).resolves.toMatchObject({ access: 'bac' })
})

test.each([
  ['right-four', ['right-index', 'right-middle', 'right-ring', 'right-little']],
  ['left-four', ['left-little', 'left-ring', 'left-middle', 'left-index']],
  ['two-thumbs', ['left-thumb', 'right-thumb']],
] as const)('%s is taken by itself, with previews before it, and cut into its fingers', async (step, expected) => {
  const capture = await live.capture(step)
  expect(capture.fingers.map(({ position }) => position)).toEqual(expected)
  for (const { png, quality } of capture.fingers) {
    expect(quality).toBeGreaterThanOrEqual(40)
    expect(decodePng(png)).toMatchObject({ dpi: 500 })
  }
  expect(decodePng(capture.png)).toMatchObject({ width: capture.width, height: capture.height, dpi: 500 })
  const previews = live.events.flatMap((event) => (event.name === 'fingerPreview' ? [event.data] : []))
  expect(previews[0]!.fingers).toEqual([])
  expect(previews.at(-1)!.fingers).toHaveLength(expected.length)
  const { png, width, height } = previews.at(-1)!
  expect(decodePng(png)).toMatchObject({ width, height })
})

test('an empty platen is told from a bad picture', async () => {
  await live.stage.liftFingers()
  await expect(live.capture('right-four', { patienceMs: 500 })).rejects.toMatchObject({ code: 'NO_FINGER' })
  await live.stage.placeFingers()
  await expect(live.capture()).resolves.toMatchObject({ width: 1600 })
})

test('a cancelled capture lets go of the scanner', async () => {
  await live.stage.liftFingers()
  const stop = new AbortController()
  const capture = live.capture('right-four', { signal: stop.signal })
  await live.until(() => live.events.some(({ name }) => name === 'fingerPreview'))
  stop.abort()
  await expect(capture).rejects.toMatchObject({ code: 'CANCELLED' })
  await live.stage.placeFingers()
  await expect(live.capture()).resolves.toMatchObject({ width: 1600 })
})

test('a press of the shutter button is told once', async () => {
  await live.stage.pressShutter()
  await live.until(() => live.events.some(({ name }) => name === 'shutterPressed'))
  // A second press proves that nothing of the first is still under way.
  await live.stage.pressShutter()
  await live.until(() => live.events.filter(({ name }) => name === 'shutterPressed').length >= 2)
  expect(live.events.filter(({ name }) => name === 'shutterPressed')).toHaveLength(2)
})

test('a card taken out and put back is noticed', async () => {
  const presence = () => live.events.flatMap((event) => (event.name === 'cardPresence' ? [event.data.present] : []))
  await live.stage.removeCard()
  await live.until(() => presence().at(-1) === false)
  await expect(live.readChip()).rejects.toMatchObject({ code: 'CARD_ABSENT' })
  await live.stage.insertCard()
  await live.until(() => presence().at(-1) === true)
  await expect(live.readChip()).resolves.toMatchObject({ access: 'bac' })
})

test('a host killed in mid-capture costs that capture only', async () => {
  await live.stage.liftFingers()
  const capture = live.capture()
  await live.until(() => live.events.some(({ name }) => name === 'fingerPreview'))
  live.processes.at(-1)!.kill()
  await expect(capture).rejects.toMatchObject({ code: 'HOST_GONE', retriable: true })
  await live.stage.placeFingers()
  await expect(live.capture()).resolves.toMatchObject({ width: 1600 })
  expect(live.processes).toHaveLength(2)
  expect(live.states).toEqual(['running', 'restarting', 'running'])
  await expect(live.readChip()).resolves.toMatchObject({ access: 'bac' })
})

test('a hand taken twice is found again among many prints, and by one of its fingers laid down alone', async () => {
  const [first, second] = [await live.capture('right-four'), await live.capture('right-four')]
  const other = await live.capture('left-four')
  const templatesOf = ({ fingers }: typeof first) => fingers.map(({ position, template }) => ({ position, template }))
  // Enough for the comparison to be asked for in parts.
  const gallery = Array.from({ length: 40 }, (_, copy) =>
    [...templatesOf(first), ...templatesOf(other)].map(({ position, template }) => ({
      key: `${copy} ${position}`,
      template,
    })),
  ).flat()
  const probes = templatesOf(second).map(({ template }) => template)
  const { hits } = await live.host.call('finger.compare', { probes, gallery })
  const expected = templatesOf(second).flatMap(({ position }, probe) =>
    Array.from({ length: 40 }, (_, copy) => `${probe} ${copy} ${position}`),
  )
  expect(hits.map(({ probe, key }) => `${probe} ${key}`).toSorted()).toEqual(expected.toSorted())

  const verified = await live.host.call('finger.verify', {
    attempt: 'v1',
    device: 'fingerprint',
    minimumQuality: 30,
    framesBeforeShot: 2,
    patienceMs: 20_000,
    templates: gallery.slice(0, 8),
  })
  expect(verified.match?.key).toBe('0 right-index')
  expect(verified.quality).toBeGreaterThanOrEqual(30)
})
