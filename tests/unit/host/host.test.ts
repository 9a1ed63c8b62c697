import { afterEach, expect, test, vi } from 'vitest'
import type { FingerAdvice, FingerPosition } from '#domain/biometrics/index.ts'
import { AppError, type FailureCode } from '#domain/failure/index.ts'
import type { DeviceBinding, DeviceStatus } from '#native/capability/device.ts'
import type { CapturedPrints, FingersSeen, GrayImage, ReaderFacts } from '#native/capability/fingerprint-reader.ts'
import type { FingerCapture, HostCallName, HostCalls, HostMessage, HostRequest } from '#native/capability/host.ts'
import type { Drivers } from '#native/drivers/index.ts'
import type { Analysis } from '#native/host/analysis/index.ts'
import { startHost } from '#native/host/start-host.ts'
import { fakeClock, settle } from './fake-clock.ts'

const bindings = {
  scanner: {
    id: 'scanner',
    kind: 'fingerprint-scanner',
    driver: 'played-scanner',
    transport: 'socket',
    address: '/one',
  },
  button: { id: 'button', kind: 'document-camera', driver: 'played-button', transport: 'socket', address: '/two' },
  reader: { id: 'reader', kind: 'card-reader', driver: 'played-reader', transport: 'serial', address: '/three' },
  irises: { id: 'irises', kind: 'iris-camera', driver: 'played-irises', transport: 'socket', address: '/four' },
  camera: { id: 'camera', kind: 'portrait-camera', driver: 'uvc', transport: 'browser', address: 'label' },
} as const satisfies Record<string, DeviceBinding>

const frame: GrayImage = { width: 4, height: 4, dpi: 500, pixels: new Uint8Array(16) }
const prints: CapturedPrints = { kind: 'whole', image: frame }
const fourFingers = ['right-index', 'right-middle', 'right-ring', 'right-little'] as const
const box = { x: 0, y: 0, width: 1, height: 1 }

const played = (position: FingerPosition, advice: FingerAdvice) => ({ position, box, angle: 0, quality: 80, advice })

let stop = async () => {}
afterEach(() => stop())

const neverAsked = () => Promise.reject(new Error('no portrait here'))

/** A host over devices that the test plays: `open` answers an acquire, `goodness` is what the analysis sees. */
function scene({ withoutSerial = false } = {}) {
  const clock = fakeClock()
  const messages: HostMessage[] = []
  let hear: (message: HostRequest) => void = () => {}
  let lastId = 0
  const world = {
    open: (): Promise<void> => Promise.resolve(),
    opened: 0,
    released: 0,
    gone: new Set<() => void>(),
    card: (_present: boolean) => {},
    cardPresent: false,
    press: () => {},
    capture: (
      request: Parameters<
        Extract<ReturnType<Drivers[string]['create']>, { kind: 'fingerprint-scanner' }>['capture']
      >[0],
    ) =>
      new Promise<CapturedPrints>((resolve, reject) => {
        world.step = request.step
        request.signal.addEventListener('abort', () => reject(new AppError('CANCELLED', 'played')))
        request.shoot.addEventListener('abort', () => resolve(prints))
        world.preview = async (times = 1) => {
          for (let time = 0; time < times; time++) {
            if (request.onPreview(frame)) resolve(prints)
            await settle()
          }
        }
        world.fail = (code) => reject(new AppError(code, 'played'))
      }),
    preview: async (_times?: number): Promise<void> => {},
    fail: (_code: FailureCode) => {},
    goodness: [80, 80, 80, 80],
    facts: { grade: 'enrolment' } as Partial<ReaderFacts>,
    seen: {} as Partial<FingersSeen>,
    step: '',
  }
  const common = {
    onGone(listener: () => void) {
      world.gone.add(listener)
      return () => world.gone.delete(listener)
    },
    async release() {
      world.released++
    },
  }
  const acquire = async () => {
    world.opened++
    await world.open()
    return { model: 'played', dpi: 500, grade: 'enrolment' as const, cardPresent: world.cardPresent, ...world.facts }
  }
  const drivers: Drivers = {
    'played-scanner': {
      kind: 'fingerprint-scanner',
      transports: ['socket'],
      create: () => ({ ...common, kind: 'fingerprint-scanner', acquire, capture: (request) => world.capture(request) }),
    },
    'played-irises': {
      kind: 'iris-camera',
      transports: ['socket'],
      create: () => ({
        ...common,
        kind: 'iris-camera',
        acquire,
        capture: async ({ eyes }) => eyes.map((eye) => ({ eye, image: frame, quality: 70 })),
      }),
    },
    'played-button': {
      kind: 'document-camera',
      transports: ['socket'],
      create: () => ({
        ...common,
        kind: 'document-camera',
        acquire,
        setLamp: async () => {},
        onPressed: (listener) => ((world.press = listener), () => {}),
      }),
    },
    'played-reader': {
      kind: 'card-reader',
      transports: ['serial'],
      create(binding, openTransport) {
        openTransport(binding)
        return {
          ...common,
          kind: 'card-reader',
          acquire,
          powerOn: () => Promise.reject(new AppError('CARD_ABSENT', 'played')),
          transmit: () => Promise.reject(new AppError('CARD_ABSENT', 'played')),
          powerOff: async () => {},
          onCard: (listener) => ((world.card = listener), () => {}),
        }
      },
    },
  }
  const analysis: Analysis = {
    preview: async () => ({
      png: Uint8Array.of(1),
      width: 4,
      height: 4,
      fingers: world.goodness.map((quality, at) => ({ position: fourFingers[at]!, box, angle: 0, quality })),
      missing: [],
      ...world.seen,
    }),
    finish: async () => ({ png: Uint8Array.of(2), width: 4, height: 4, dpi: 500, fingers: [], missing: [] }),
    verify: async () => ({ quality: 80, match: { key: 'one', score: 90 } }),
    compare: async () => ({ hits: [] }),
    irises: async (taken) =>
      taken.map(({ eye, quality }) => ({ eye, quality, png: Uint8Array.of(3), width: 4, height: 4 })),
    close: async () => {},
  }
  const line = {
    open: async () => {},
    write: async () => {},
    onData: () => () => {},
    onClose: () => () => {},
    close: async () => {},
  }
  const host = startHost({
    clock,
    drivers,
    analysis,
    portraits: { look: neverAsked, make: neverAsked, compare: neverAsked, close: async () => {} },
    transports: { socket: () => line, ...(withoutSerial ? {} : { serial: () => line }) },
    port: { send: (message) => messages.push(message), onMessage: (listener) => (hear = listener) },
  })
  stop = () => host.stop()

  function call<Name extends HostCallName>(name: Name, input: HostCalls[Name]['input']) {
    const id = ++lastId
    hear({ type: 'call', id, name, input })
    return id
  }
  function reply(id: number) {
    return messages.find((message) => message.type === 'reply' && message.id === id)
  }
  async function ask<Name extends HostCallName>(name: Name, input: HostCalls[Name]['input']) {
    const id = call(name, input)
    await settle()
    const answer = reply(id)
    return answer?.type === 'reply' && answer.ok ? (answer.value as HostCalls[Name]['output']) : answer
  }
  return {
    clock,
    world,
    messages,
    call,
    reply,
    say: (message: HostRequest) => hear(message),
    events: (name: string) => messages.flatMap((one) => (one.type === 'event' && one.name === name ? [one.data] : [])),
    ask,
    async statuses() {
      return (await ask('devices.list', {})) as DeviceStatus[]
    },
  }
}

const wanted = {
  device: 'scanner',
  step: 'right-four',
  minimumQuality: 40,
  framesBeforeShot: 3,
  patienceMs: 10_000,
} as const

test('the first word is a pong, and each ping gets one', () => {
  const { messages, say } = scene()
  expect(messages).toEqual([{ type: 'pong', id: 0 }])
  say({ type: 'ping', id: 7 })
  expect(messages.at(-1)).toEqual({ type: 'pong', id: 7 })
})

test('a call that does not exist is refused', async () => {
  const { ask } = scene()
  expect(await ask('toString' as 'devices.list', {})).toMatchObject({
    ok: false,
    error: { code: 'BAD_REQUEST' },
  })
})

test('bound devices open in the background and their states are told; cameras of the browser are left out', async () => {
  const { ask, events, statuses } = scene()
  expect(await ask('devices.bind', { bindings: [bindings.scanner, bindings.camera] })).toMatchObject([
    { id: 'scanner', state: 'opening' },
  ])
  await settle()
  expect(events('deviceChanged')).toMatchObject([{ id: 'scanner', state: 'ready', model: 'played' }])
  expect(await statuses()).toHaveLength(1)
})

test('a device that is absent is looked for again until it is there, without a word in between', async () => {
  const { ask, clock, world, events } = scene()
  world.open = () => Promise.reject(new AppError('DEVICE_ABSENT', 'played'))
  await ask('devices.bind', { bindings: [bindings.scanner] })
  await clock.advance(60_000)
  expect(world.opened).toBeGreaterThan(20)
  expect(events('deviceChanged')).toMatchObject([{ state: 'absent', problem: 'DEVICE_ABSENT' }])
  world.open = () => Promise.resolve()
  await clock.advance(2000)
  expect(events('deviceChanged')[1]).toMatchObject({ state: 'ready' })
  expect(events('deviceChanged')[1]).not.toHaveProperty('problem')
})

test('a device that says nothing when it is opened counts as silent after 20 seconds', async () => {
  const { ask, clock, world, statuses } = scene()
  world.open = () => new Promise(() => {})
  await ask('devices.bind', { bindings: [bindings.scanner] })
  await clock.advance(20_000)
  expect(await statuses()).toMatchObject([{ state: 'failed', problem: 'DEVICE_SILENT' }])
})

test('an unplug event is a hint: the device is opened again to see, and is ready when it was never away', async () => {
  const { ask, world, events } = scene()
  await ask('devices.bind', { bindings: [bindings.scanner] })
  for (const listener of world.gone) listener()
  await settle()
  expect(events('deviceChanged').map((status) => (status as DeviceStatus).state)).toEqual(['ready', 'opening', 'ready'])
})

test('a missing system library disables its own devices only and is not retried', async () => {
  const { ask, clock, world, statuses } = scene({ withoutSerial: true })
  await ask('devices.bind', { bindings: [bindings.reader, bindings.scanner] })
  await clock.advance(60_000)
  expect(await statuses()).toMatchObject([
    { id: 'reader', state: 'failed', problem: 'TRANSPORT_MISSING' },
    { id: 'scanner', state: 'ready' },
  ])
  expect(world.opened).toBe(1)
  const access = { kind: 'can', can: '000000' } as const
  const read = await ask('chip.read', { attempt: 'a1', device: 'reader', access })
  expect(read).toMatchObject({ error: { code: 'TRANSPORT_MISSING', retriable: false } })
})

test('a driver that does not exist, of another kind, or over another line ends in DEVICE_UNKNOWN', async () => {
  const { ask, statuses } = scene()
  const { scanner } = bindings
  await ask('devices.bind', {
    bindings: [
      { ...scanner, id: 'one', driver: 'constructor' },
      { ...scanner, id: 'two', kind: 'card-reader' },
      { ...scanner, id: 'three', transport: 'hid' },
    ],
  })
  expect(await statuses()).toMatchObject(
    ['one', 'two', 'three'].map((id) => ({ id, state: 'failed', problem: 'DEVICE_UNKNOWN' })),
  )
})

test('binding a new set lets go of what is no longer in it and leaves the others open', async () => {
  const { ask, world } = scene()
  await ask('devices.bind', { bindings: [bindings.scanner, bindings.button] })
  const { opened, released } = world
  expect(await ask('devices.bind', { bindings: [bindings.scanner] })).toMatchObject([{ id: 'scanner', state: 'ready' }])
  expect(world.opened).toBe(opened)
  expect(world.released).toBe(released + 1)
})

test('a press of the shutter and a card in the reader become events', async () => {
  const { ask, world, events } = scene()
  await ask('devices.bind', { bindings: [bindings.button, bindings.reader] })
  world.press()
  world.card(true)
  expect(events('shutterPressed')).toEqual([{ device: 'button' }])
  expect(events('cardPresence')).toEqual([{ device: 'reader', present: true, session: 1 }])
  expect(events('deviceChanged').at(-1)).toMatchObject({ id: 'reader', cardPresent: true })
})

test('each card put in has a higher number, which opening the line anew does not change', async () => {
  const { ask, world, events, statuses } = scene()
  await ask('devices.bind', { bindings: [bindings.reader] })
  const numbers = () => events('deviceChanged').map((status) => (status as DeviceStatus).cardSession)
  world.card(true)
  world.card(false)
  world.card(true)
  expect(numbers().filter((number) => number !== undefined)).toEqual([1, 2])
  world.cardPresent = true
  for (const tell of world.gone) tell()
  await vi.waitFor(async () => expect((await statuses())[0]).toMatchObject({ state: 'ready', cardPresent: true }))
  expect((await statuses())[0]?.cardSession).toBe(2)
  world.card(false)
  expect((await statuses())[0]).not.toHaveProperty('cardSession')
})

test('reading without a card ends in CARD_ABSENT and leaves the reader ready', async () => {
  const { ask, statuses } = scene()
  await ask('devices.bind', { bindings: [bindings.reader] })
  const access = { kind: 'can', can: '000000' } as const
  expect(await ask('chip.read', { attempt: 'a1', device: 'reader', access })).toMatchObject({
    error: { code: 'CARD_ABSENT' },
  })
  expect(await statuses()).toMatchObject([{ state: 'ready' }])
})

test('an attempt on a device that is not bound, or is of another kind, ends in DEVICE_UNKNOWN', async () => {
  const { ask } = scene()
  await ask('devices.bind', { bindings: [bindings.button] })
  for (const device of ['button', 'elsewhere']) {
    expect(await ask('finger.capture', { ...wanted, attempt: 'a1', device })).toMatchObject({
      error: { code: 'DEVICE_UNKNOWN' },
    })
  }
})

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
