import { onTestFinished } from 'vitest'
import type { FingerAdvice, FingerPosition } from '#domain/biometrics/index.ts'
import { AppError, type FailureCode } from '#domain/failure/index.ts'
import type { DeviceBinding, DeviceStatus } from '#native/capability/device.ts'
import type { CapturedPrints, FingersSeen, GrayImage, ReaderFacts } from '#native/capability/fingerprint-reader.ts'
import type { HostCallName, HostCalls, HostMessage, HostRequest } from '#native/capability/host.ts'
import type { Drivers } from '#native/drivers/index.ts'
import type { Analysis } from '#native/host/analysis/index.ts'
import { startHost } from '#native/host/start-host.ts'
import { fakeClock, settle } from './fake-clock.ts'

export const bindings = {
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

export const frame: GrayImage = { width: 4, height: 4, dpi: 500, pixels: new Uint8Array(16) }
export const prints: CapturedPrints = { kind: 'whole', image: frame }
export const fourFingers = ['right-index', 'right-middle', 'right-ring', 'right-little'] as const
const box = { x: 0, y: 0, width: 1, height: 1 }

export const played = (position: FingerPosition, advice: FingerAdvice) => ({
  position,
  box,
  angle: 0,
  quality: 80,
  advice,
})

const neverAsked = () => Promise.reject(new Error('no portrait here'))

/** A host over devices that the test plays: `open` answers an acquire, `goodness` is what the analysis sees. */
export function scene({ withoutSerial = false } = {}) {
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
  onTestFinished(() => host.stop())

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

export const wanted = {
  device: 'scanner',
  step: 'right-four',
  minimumQuality: 40,
  framesBeforeShot: 3,
  patienceMs: 10_000,
} as const
