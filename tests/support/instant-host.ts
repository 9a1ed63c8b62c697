import type { HostProcess } from '#core/devices/index.ts'
import { captureSteps, type CaptureStep } from '#domain/biometrics/index.ts'
import { toFailure } from '#domain/failure/index.ts'
import type { ChipReading } from '#native/capability/card-reader.ts'
import type { DeviceBinding, DeviceStatus } from '#native/capability/device.ts'
import type {
  FingerCapture,
  HostCallName,
  HostCalls,
  HostEventName,
  HostEvents,
  HostMessage,
  HostRequest,
} from '#native/capability/host.ts'
import { inventedPng, loThiMau } from './invented.ts'

export const instantBindings: readonly DeviceBinding[] = [
  { id: 'card-reader', kind: 'card-reader', driver: 'gempc-twin', transport: 'serial', address: '/dev/invented' },
  { id: 'fingerprint', kind: 'fingerprint-scanner', driver: 'hid-image', transport: 'hid', address: 'ffff:0001' },
]

type Answers = {
  [Name in keyof HostCalls]?: (
    input: HostCalls[Name]['input'],
  ) => HostCalls[Name]['output'] | Promise<HostCalls[Name]['output']>
}

type Compare = HostCalls['finger.compare']

export type InstantHost = HostProcess & {
  /** What a device does by itself. */
  emit<Name extends HostEventName>(name: Name, data: HostEvents[Name]): void
}

/** A device process in this process that answers at once with invented readings, or with what a test puts in its place. */
export function instantHost(answers: Answers = {}): InstantHost {
  let deliver: (message: HostMessage) => void = () => {}
  let end: (code: number | null) => void = () => {}
  const all: Answers = { ...usual, ...answers }
  return {
    send(message: HostRequest) {
      queueMicrotask(() => {
        if (message.type === 'ping') deliver({ type: 'pong', id: message.id })
        if (message.type === 'call') void answer(message.id, message.name, message.input)
      })
    },
    onMessage(listener) {
      deliver = listener
    },
    onExit(listener) {
      end = listener
    },
    kill() {
      queueMicrotask(() => end(null))
    },
    emit(name, data) {
      deliver({ type: 'event', name, data })
    },
  }

  async function answer(id: number, name: HostCallName, input: unknown): Promise<void> {
    try {
      const reading = all[name] as ((input: unknown) => unknown) | undefined
      deliver({ type: 'reply', id, ok: true, value: await reading?.(input) })
    } catch (error) {
      deliver({ type: 'reply', id, ok: false, error: toFailure(error, name) })
    }
  }
}

const usual: Answers = {
  'devices.bind': ({ bindings }) => bindings.map(ready),
  'devices.list': () => instantBindings.map(ready),
  'chip.read': () => chipOfLoThiMau(),
  'finger.capture': ({ step }) => usualCapture(step),
  'finger.shoot': () => ({}),
  'iris.capture': ({ eyes }) =>
    eyes.map((eye) => ({
      eye,
      quality: 72,
      png: inventedPng(eye === 'left' ? 81 : 82, 64, 48),
      width: 64,
      height: 48,
    })),
  'finger.compare': usualComparison,
  'portrait.look': () => ({
    width: 480,
    height: 640,
    faces: [{ x: 140, y: 180, width: 200, height: 260 }],
    landmarks: {
      leftEye: { x: 290, y: 280 },
      rightEye: { x: 190, y: 280 },
      nose: { x: 240, y: 330 },
      mouth: { x: 240, y: 380 },
      chin: { x: 240, y: 440 },
      crown: { x: 240, y: 160 },
    },
    findings: inventedFindings,
    crop: { x: 60, y: 80, width: 350, height: 450, angle: 0 },
  }),
  'portrait.make': () => ({
    portrait: inventedPng(21, 350, 450),
    width: 350,
    height: 450,
    crop: { x: 60, y: 80, width: 350, height: 450, angle: 0 },
    exposure: 0,
    findings: inventedFindings,
  }),
  'portrait.compare': () => ({ likeness: 82 }),
  'page.look': () => ({
    width: 640,
    height: 480,
    corners: [
      { x: 80, y: 60 },
      { x: 560, y: 60 },
      { x: 560, y: 420 },
      { x: 80, y: 420 },
    ],
    problems: [],
  }),
  'page.make': () => ({
    original: inventedPng(22, 640, 480),
    view: inventedPng(23, 480, 360),
    width: 480,
    height: 360,
    problems: [],
  }),
  'page.read': ({ wanted }) => ({
    codes: wanted === 'codes' ? [loThiMau.qr] : [],
    ...(wanted === 'mrz' && { mrz: loThiMau.mrz }),
    texts:
      wanted === 'text'
        ? [
            {
              kind: 'number',
              text: loThiMau.personalNumber,
              confidence: 91,
              box: { x: 10, y: 10, width: 200, height: 20 },
            },
          ]
        : [],
  }),
  'camera.lamp': () => ({}),
  'finger.verify': ({ templates }) => ({
    quality: 71,
    ...(templates[0] && { match: { key: templates[0].key, score: 80 } }),
  }),
}

/** What is asked of a portrait and was not found on the invented one. */
export const inventedFindings = [{ check: 'shadow', value: 0.4 }] as const

function ready(binding: DeviceBinding): DeviceStatus {
  return {
    ...binding,
    state: 'ready',
    since: '2026-11-21T08:00:00.000Z',
    ...(binding.kind === 'card-reader' && { cardPresent: true }),
  }
}

export function chipOfLoThiMau(): ChipReading {
  const { mrz, qr: _, ...details } = loThiMau
  return {
    access: 'bac',
    mrz: { lines: mrz },
    details: { ...details, oldNumber: '050000123', unknown: {} },
    portrait: { bytes: inventedPng(99), mediaType: 'image/jpeg' },
    trust: 'no-trust-anchor',
    timings: [],
    files: {},
  }
}

/** Bytes that stand for a minutiae record: this process knows only whose finger it is said to be. */
export function inventedTemplate(position: string, seed: number): Uint8Array {
  return new TextEncoder().encode(`${position} invented ${seed}`)
}

/** Impressions of the same finger of one person match; nobody else's do. */
export function usualComparison({ probes, gallery }: Compare['input']): Compare['output'] {
  const finger = (template: Uint8Array) => new TextDecoder().decode(template).split(' ')[0]
  const own = gallery.filter(({ key }) => !/^\["(?:officer|dossier)"/u.test(key))
  const hits = probes.flatMap((probe, index) =>
    own
      .filter(({ template }) => finger(template) === finger(probe))
      .map(({ key }) => ({ probe: index, key, score: 80 })),
  )
  return { hits }
}

/** What the invented scanner takes in a step of the plan. */
export function usualCapture(step: CaptureStep): FingerCapture {
  return capture(Object.keys(captureSteps).indexOf(step) + 13, captureSteps[step].fingers)
}

export function capture(seed: number, fingers: readonly FingerCapture['fingers'][number]['position'][]): FingerCapture {
  return {
    png: inventedPng(seed, 320, 300),
    width: 320,
    height: 300,
    dpi: 500,
    fingers: fingers.map((position, at) => ({
      position,
      box: { x: at * 70, y: 20, width: 60, height: 90 },
      angle: 0,
      quality: 71 + at,
      png: inventedPng(seed * 10 + at, 60, 90),
      template: inventedTemplate(position, seed),
      minutiae: 20,
    })),
    missing: [],
  }
}
