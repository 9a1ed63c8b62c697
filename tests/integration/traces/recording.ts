import { AppError } from '#domain/failure/index.ts'
import type { DeviceBinding, TransportKind } from '#native/capability/device.ts'
import type { DeviceTrace } from '#native/capability/trace.ts'
import { drivers, type Device, type OpenTransport } from '#native/drivers/index.ts'
import { acr1281s, acr122s } from '#native/drivers/acr122s/index.ts'
import { systemClock } from '#native/drivers/gempc-twin/clock.ts'
import { gempcTwin } from '#native/drivers/gempc-twin/index.ts'
import { hidButton } from '#native/drivers/hid-button/index.ts'
import { hidImage } from '#native/drivers/hid-image/index.ts'
import { hidPos } from '#native/drivers/hid-pos/index.ts'
import { pn532 } from '#native/drivers/pn532/index.ts'
import { serialScanner } from '#native/drivers/serial-scanner/index.ts'
import { zfm } from '#native/drivers/zfm/index.ts'
import { createRing, lookLimits, parseTraceFile, readTrace, traced } from '#native/host/traces/index.ts'
import { replayTrace, type Replay } from '#native/sim/replay/index.ts'
import { serialTransport } from '#native/transport/serial.ts'
import { socketTransport } from '#native/transport/socket.ts'
import { hurriedClock } from '../../support/hurried-clock.ts'

/** What all drivers take for time. */
export type AnyClock = { now(): number; after(ms: number, act: () => void): () => void }

type Create = (binding: DeviceBinding, open: OpenTransport, clock: AnyClock) => Device

/** As the program makes them, but for the clock. */
export const create: Record<string, Create> = {
  'gempc-twin': gempcTwin,
  acr122s,
  acr1281s,
  pn532,
  'hid-image': hidImage,
  zfm,
  'hid-button': hidButton,
  'hid-pos': hidPos,
  'serial-scanner': serialScanner,
}

/** What became of it: a failure's code, or what was said of the success. */
export async function outcomeOf(act: Promise<string>): Promise<string> {
  try {
    return await act
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

export function bindingOf(driver: string, address: string, transport: TransportKind): DeviceBinding {
  return { id: 'device', kind: drivers[driver]!.kind, driver, transport, address }
}

/** Runs an act on the real line of a simulator. The trace has been through a file, as one from the field. */
export async function record<D extends Device>(
  binding: DeviceBinding,
  act: (device: D) => Promise<string>,
  onOpen: (baudRate: number | undefined) => void = () => {},
): Promise<{ readonly outcome: string; readonly trace: DeviceTrace }> {
  const clock = { now: () => new Date() }
  const ring = createRing(clock)
  const { trace } = drivers[binding.driver]!
  const open: OpenTransport = ({ address, transport }, settings) => {
    onOpen(settings?.baudRate)
    const line =
      transport === 'serial'
        ? serialTransport({ baudRate: 9600, ...settings, path: address })
        : socketTransport(address)
    // Simulators without pace are faster than any line.
    const limits = binding.driver === 'hid-image' ? { bytesPerSecond: Infinity, frames: Infinity } : lookLimits.serial
    return traced(line, trace!, ring, clock, limits)
  }
  // A silent device is found out sooner; the scanner's own late answers come in real time.
  const patience = binding.driver === 'hid-image' ? systemClock : hurriedClock(5)
  const device = create[binding.driver]!(binding, open, patience) as D
  let outcome: string
  try {
    outcome = await outcomeOf(act(device))
  } finally {
    await device.release()
  }
  const read = readTrace({ ...binding, state: 'ready', since: ring.since }, ring, trace)
  return { outcome, trace: parseTraceFile(Buffer.from(JSON.stringify(read))) }
}

/** Plays a trace against a new driver; time passes whenever nothing else is left to do. */
export async function playAgain<D extends Device>(
  trace: DeviceTrace,
  binding: DeviceBinding,
  act: (device: D) => Promise<string>,
): Promise<{ readonly outcome: string; readonly replay: Replay }> {
  const clock = steppingClock()
  const replay = replayTrace(trace, drivers[binding.driver]!.trace!(), clock)
  const device = create[binding.driver]!(binding, () => replay.line(), clock) as D
  const running = outcomeOf(act(device))
  const outcome = await clock.until(running)
  await clock.until(device.release().then(() => ''))
  return { outcome, replay }
}

/** Time passes whenever nothing else is left to do. */
export function steppingClock(): AnyClock & { until(act: Promise<string>): Promise<string> } {
  let now = 0
  const timers = new Set<{ readonly at: number; readonly act: () => void }>()
  return {
    now: () => now,
    after(ms, act) {
      const timer = { at: now + ms, act }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    async until(act) {
      let settled = false
      const done = act.finally(() => (settled = true))
      done.catch(() => {})
      for (let steps = 0; steps < 200_000; steps++) {
        await new Promise((resolve) => setImmediate(resolve))
        if (settled) return done
        const [first] = [...timers].toSorted((one, other) => one.at - other.at)
        if (!first) continue
        timers.delete(first)
        now = first.at
        first.act()
      }
      throw new Error('the replay does not end')
    },
  }
}
