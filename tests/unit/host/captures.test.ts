import { expect, test } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import type { FingerCapture } from '#native/capability/host.ts'
import { settle } from './fake-clock.ts'
import { bindings, fourFingers, played, wanted, scene } from './scene.ts'

test('the picture is taken by itself after three good frames in a row', async () => {
  const { ask, call, reply, world, events } = scene()
  await ask('devices.bind', { bindings: [bindings.scanner] })
  const id = call('finger.capture', { ...wanted, attempt: 'a1' })
  await settle()
  for (const goodness of [
    [80, 80],
    [80, 80, 39, 80],
    [80, 80, 80, 80],
    [80, 80, 40, 80],
  ]) {
    world.goodness = goodness
    await world.preview()
  }
  expect(reply(id)).toBeUndefined()
  await world.preview()
  await world.preview()
  expect(reply(id)).toMatchObject({ ok: true, value: { width: 4, dpi: 500 } satisfies Partial<FingerCapture> })
  expect(events('fingerPreview').map((preview) => (preview as { number: number }).number)).toEqual([0, 1, 2, 3, 4])
})

test.each([
  ['the hand is the wrong one', { problem: 'wrong-hand' }],
  ['too many fingers lie there', { problem: 'too-many' }],
  ['a finger is not rolled far enough', { fingers: fourFingers.map((position) => played(position, 'roll-further')) }],
  ['a finger slides', { fingers: fourFingers.map((position) => played(position, 'hold-still')) }],
] as const)('the picture is not taken by itself while %s, though its quality is good', async (_, seen) => {
  const { ask, call, reply, world } = scene()
  await ask('devices.bind', { bindings: [bindings.scanner] })
  const id = call('finger.capture', { ...wanted, attempt: 'a1' })
  await settle()
  world.seen = seen
  await world.preview(6)
  expect(reply(id)).toBeUndefined()
  world.seen = { fingers: fourFingers.map((position) => played(position, 'moisten')) }
  await world.preview(4)
  expect(reply(id)).toMatchObject({ ok: true })
})

test('fingers that the person does not have are not waited for', async () => {
  const { ask, call, reply, world } = scene()
  await ask('devices.bind', { bindings: [bindings.scanner] })
  world.goodness = [80, 80, 80]
  const all = call('finger.capture', { ...wanted, attempt: 'a1' })
  await settle()
  await world.preview(5)
  expect(reply(all)).toBeUndefined()
  await ask('finger.shoot', { attempt: 'a1' })
  const three = call('finger.capture', { ...wanted, attempt: 'a2', absent: ['right-little'] })
  await settle()
  await world.preview(4)
  expect(reply(three)).toMatchObject({ ok: true })
})

test('so many good frames are waited for as the plan demands', async () => {
  const { ask, call, reply, world } = scene()
  await ask('devices.bind', { bindings: [bindings.scanner] })
  const id = call('finger.capture', { ...wanted, attempt: 'a1', framesBeforeShot: 5 })
  await settle()
  await world.preview(5)
  expect(reply(id)).toBeUndefined()
  await world.preview(1)
  expect(reply(id)).toMatchObject({ ok: true })
})

test('a reader for verification says so and is refused for the card, but verifies', async () => {
  const { ask, call, reply, world, statuses } = scene()
  world.facts = { grade: 'verification', steps: ['flat-left-thumb'] }
  await ask('devices.bind', { bindings: [bindings.scanner] })
  expect(await statuses()).toMatchObject([{ state: 'ready', grade: 'verification' }])
  expect(await ask('finger.capture', { ...wanted, attempt: 'a1' })).toMatchObject({ error: { code: 'DEVICE_GRADE' } })
  const id = call('finger.verify', { ...wanted, attempt: 'a2', templates: [], framesBeforeShot: 2 })
  await settle()
  expect(world.step).toBe('flat-left-thumb')
  await world.preview(3)
  expect(reply(id)).toMatchObject({ ok: true, value: { quality: 80, match: { key: 'one' } } })
  expect(await statuses()).toMatchObject([{ state: 'ready', grade: 'verification' }])
})

test('a capture that the reader cannot make is refused', async () => {
  const { ask, world } = scene()
  world.facts = { steps: ['right-four', 'left-four', 'two-thumbs'] }
  await ask('devices.bind', { bindings: [bindings.scanner] })
  const step = 'rolled-right-thumb'
  expect(await ask('finger.capture', { ...wanted, step, attempt: 'a1' })).toMatchObject({
    error: { code: 'DEVICE_GRADE', context: { step } },
  })
  expect(await ask('finger.verify', { ...wanted, attempt: 'a2', templates: [] })).toMatchObject({
    error: { code: 'DEVICE_GRADE' },
  })
})

test('irises come as pictures with what the camera says of them', async () => {
  const { ask } = scene()
  await ask('devices.bind', { bindings: [bindings.irises] })
  const eyes = ['left', 'right'] as const
  expect(await ask('iris.capture', { attempt: 'a1', device: 'irises', eyes, patienceMs: 1000 })).toEqual(
    eyes.map((eye) => ({ eye, quality: 70, png: Uint8Array.of(3), width: 4, height: 4 })),
  )
})

test('the picture is taken at once when asked for, and as it is when patience runs out', async () => {
  const { ask, call, reply, clock } = scene()
  await ask('devices.bind', { bindings: [bindings.scanner] })
  const byHand = call('finger.capture', { ...wanted, attempt: 'a1' })
  await settle()
  await ask('finger.shoot', { attempt: 'a1' })
  expect(reply(byHand)).toMatchObject({ ok: true })
  const byPatience = call('finger.capture', { ...wanted, attempt: 'a2' })
  await settle()
  await clock.advance(9999)
  expect(reply(byPatience)).toBeUndefined()
  await clock.advance(1)
  await settle()
  expect(reply(byPatience)).toMatchObject({ ok: true })
})

test('a second attempt on a busy device is refused, and the state says busy', async () => {
  const { ask, call, statuses } = scene()
  await ask('devices.bind', { bindings: [bindings.scanner] })
  call('finger.capture', { ...wanted, attempt: 'a1' })
  await settle()
  expect(await statuses()).toMatchObject([{ state: 'busy' }])
  expect(await ask('finger.capture', { ...wanted, attempt: 'a2' })).toMatchObject({ error: { code: 'DEVICE_BUSY' } })
})

test('cancelling ends the attempt, and the next one waits for it instead of being refused', async () => {
  const { call, ask, say, reply, world } = scene()
  await ask('devices.bind', { bindings: [bindings.scanner] })
  const first = call('finger.capture', { ...wanted, attempt: 'a1' })
  await settle()
  say({ type: 'cancel', id: first })
  const second = call('finger.capture', { ...wanted, attempt: 'a2' })
  await settle()
  expect(reply(first)).toMatchObject({ error: { code: 'CANCELLED' } })
  for (let frames = 0; frames < 4; frames++) {
    await world.preview()
  }
  expect(reply(second)).toMatchObject({ ok: true })
})

test.each(['DEVICE_GONE', 'DEVICE_SILENT', 'DEVICE_GARBLED', 'DEVICE_REFUSED'] as const)(
  'after %s the device is opened afresh and the next attempt works',
  async (code) => {
    const { ask, call, reply, world } = scene()
    await ask('devices.bind', { bindings: [bindings.scanner] })
    const first = call('finger.capture', { ...wanted, attempt: 'a1' })
    await settle()
    const { opened } = world
    world.fail(code)
    await settle()
    expect(reply(first)).toMatchObject({ error: { code } })
    expect(world.opened).toBe(opened + 1)
    const second = call('finger.capture', { ...wanted, attempt: 'a2' })
    await settle()
    await ask('finger.shoot', { attempt: 'a2' })
    expect(reply(second)).toMatchObject({ ok: true })
  },
)

test('an attempt on an absent device looks for it at once', async () => {
  const { ask, call, reply, world } = scene()
  world.open = () => Promise.reject(new AppError('DEVICE_ABSENT', 'played'))
  await ask('devices.bind', { bindings: [bindings.scanner] })
  await settle()
  expect(await ask('finger.capture', { ...wanted, attempt: 'a1' })).toMatchObject({ error: { code: 'DEVICE_ABSENT' } })
  world.open = () => Promise.resolve()
  const id = call('finger.capture', { ...wanted, attempt: 'a2' })
  await settle()
  await ask('finger.shoot', { attempt: 'a2' })
  expect(reply(id)).toMatchObject({ ok: true })
})
