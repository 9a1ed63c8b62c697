import { AppError } from '#domain/failure/index.ts'
import type { Device, Driver, Drivers, OpenTransport } from '#native/drivers/index.ts'
import type { Clock } from '../clock.ts'
import { orCancelled } from '../waiting.ts'
import type { Found } from './found.ts'
import { guardedLines } from './guarded-lines.ts'

const step = 'devices.probe'
/** Milliseconds for one driver, for those after one that was answered, and for letting go of the device. */
const pace = { answer: 2500, anotherAnswer: 1000, closing: 1000 } as const

export type Probing = {
  readonly found: Found
  /** Names of the drivers to be tried, one after the other. */
  readonly names: readonly string[]
  readonly drivers: Drivers
  readonly openTransport: OpenTransport
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Settles when a device that hangs is closed after all: nobody can have it before. */
  readonly onStuck: (closed: Promise<void>) => void
}

export type Probed = {
  /** Drivers that the device answered. */
  readonly answered: readonly string[]
  /** Drivers that only listen: their line opened, which says nothing about the device. */
  readonly listening: readonly string[]
  readonly hangs?: 'opening' | 'closing'
}

/**
 * Tries each driver on a device that nobody uses; it ends closed. Errors: CANCELLED; what opening it said (DEVICE_BUSY,
 * DEVICE_ABSENT, DEVICE_REFUSED, DEVICE_GONE, TRANSPORT_MISSING); DEVICE_GARBLED for one that floods the line.
 */
export async function probeDevice(probing: Probing): Promise<Probed> {
  const { found, names, drivers, openTransport, clock, signal, onStuck } = probing
  const answered: string[] = []
  const listening: string[] = []
  let flooded = false

  for (const name of names) {
    const driver = Object.hasOwn(drivers, name) ? drivers[name] : undefined
    if (!driver) continue
    if (signal.aborted) throw new AppError('CANCELLED', step)
    const tried = await tryDriver(name, driver)
    if (tried.outcome === 'answers') answered.push(name)
    if (tried.outcome === 'listens') listening.push(name)
    if (tried.outcome === 'floods') flooded = true
    // The next driver would hang as well.
    if (tried.hangs) return { answered, listening, hangs: tried.hangs }
  }
  if (flooded && answered.length === 0) throw new AppError('DEVICE_GARBLED', step, { context: { reason: 'floods' } })
  return { answered, listening }

  async function tryDriver(name: string, driver: Driver) {
    const lines = guardedLines(openTransport)
    const late = new AbortController()
    const callOff = clock.after(answered.length > 0 ? pace.anotherAnswer : pace.answer, () => late.abort())
    const over = AbortSignal.any([signal, late.signal, lines.flooded])
    let device: Device | undefined
    let outcome: 'answers' | 'listens' | 'floods' | 'silent' = 'silent'
    let failure: AppError | undefined
    try {
      device = driver.create(bindingOf(name, driver), lines.open)
      await orCancelled<unknown>(device.acquire(over), over, step)
      outcome = lines.conversed ? 'answers' : 'listens'
    } catch {
      if (signal.aborted) failure = new AppError('CANCELLED', step)
      else if (lines.refusal) failure = lines.refusal
    } finally {
      callOff()
    }
    if (lines.flooded.aborted && outcome !== 'answers') outcome = 'floods'
    const closed = letGo(device, lines)
    const hangs = lines.hangsOpening ? ('opening' as const) : ('closing' as const)
    const stuck = !(await inTime(closed))
    if (stuck) onStuck(closed)
    if (failure && (!stuck || signal.aborted)) throw failure
    return { outcome, ...(stuck && { hangs }) }
  }

  function bindingOf(name: string, { kind }: Driver) {
    return { id: 'probe', kind, driver: name, transport: found.transport, address: found.address } as const
  }

  async function inTime(promise: Promise<void>): Promise<boolean> {
    const late = new AbortController()
    const callOff = clock.after(pace.closing, () => late.abort())
    try {
      await orCancelled(promise, late.signal, step)
      return true
    } catch {
      return false
    } finally {
      callOff()
    }
  }
}

async function letGo(device: Device | undefined, lines: ReturnType<typeof guardedLines>): Promise<void> {
  await Promise.allSettled([device?.release(), lines.end()])
}
