import type { CaptureStep, FingerPosition } from '#domain/biometrics/index.ts'
import { AppError } from '#domain/failure/index.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import type { Clock } from '#native/drivers/sbi/clock.ts'
import { sbi, sbiIris } from '#native/drivers/sbi/index.ts'
import { startSbi, type SbiFault, type SbiOptions } from '#native/sim/sbi/index.ts'

export const never = new AbortController().signal
export const gone = AbortSignal.abort()

/** A clock that stands still until it is moved. */
export function heldClock(): Clock & { advance(ms: number): void } {
  let now = Date.now()
  const timers = new Set<{ readonly at: number; readonly call: () => void }>()
  return {
    after(ms, call) {
      const timer = { at: now + ms, call }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    now: () => new Date(now),
    advance(ms) {
      now += ms
      for (const timer of [...timers].filter(({ at }) => at <= now)) if (timers.delete(timer)) timer.call()
    },
  }
}

export const bindingTo = (
  kind: SbiOptions['kind'],
  address: string,
  settings: NonNullable<DeviceBinding['settings']>,
): DeviceBinding => ({
  id: 'sbi',
  kind: kind === 'Finger' ? 'fingerprint-scanner' : 'iris-camera',
  driver: kind === 'Finger' ? 'sbi' : 'sbi-iris',
  transport: 'http',
  address,
  settings,
})

export type Wish = {
  readonly step?: CaptureStep
  readonly absent?: readonly FingerPosition[]
  readonly signal?: AbortSignal
  readonly shoot?: AbortSignal
  readonly onPreview?: (image: GrayImage) => boolean
}

/** A simulated service and its real driver, over real loopback HTTP, with the driver's clock in the test's hand. */
export async function fingerBench(options: Partial<SbiOptions> = {}) {
  const simulator = await startSbi({ kind: 'Finger', frameMs: 5, emptyFrames: 0, impressions: 1, ...options })
  const clock = heldClock()
  const reader = sbi(bindingTo('Finger', simulator.address, simulator.settings), clock)
  return {
    simulator,
    clock,
    reader,
    /** One finger, at the first frame of the preview, unless the wish says otherwise. */
    capture: ({ step = 'flat-right-thumb', signal = never, shoot = never, ...rest }: Wish = {}) =>
      reader.capture({ step, signal, shoot, onPreview: () => true, ...rest }),
    asked: (method: string) => simulator.requests().filter((request) => request.method === method),
    async stop() {
      await reader.release()
      await simulator.stop()
    },
  }
}

export async function irisBench(options: Partial<SbiOptions> = {}) {
  const simulator = await startSbi({ kind: 'Iris', ...options })
  const clock = heldClock()
  const camera = sbiIris(bindingTo('Iris', simulator.address, simulator.settings), clock)
  return {
    simulator,
    clock,
    camera,
    async stop() {
      await camera.release()
      await simulator.stop()
    },
  }
}

/** The failure of an act, as code and reason. */
export async function failureOf(act: Promise<unknown>): Promise<unknown> {
  const error = await act.then(
    () => 'nothing went wrong',
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof AppError)) return error
  const { reason } = error.context
  return reason === undefined ? error.code : `${error.code} ${reason}`
}

export type { SbiFault }
