import { AppError, toFailure, type FailureCode } from '#domain/failure/index.ts'
import type { DeviceBinding, DeviceStatus } from '#native/capability/device.ts'
import type { ReaderFacts } from '#native/capability/fingerprint-reader.ts'
import type { Device } from '#native/drivers/index.ts'
import type { Clock } from './clock.ts'
import { cleanText, known } from './discovery/clean.ts'
import { isLineFailure } from './line-failure.ts'
import { orCancelled } from './waiting.ts'

/** Milliseconds. */
const pace = {
  /** A device that does not open within this time is taken for silent. */
  opening: 20_000,
  firstRetry: 250,
  longestRetry: 2000,
  /** A line that held for so long had not been about to go. */
  stable: 5000,
  /** How long the next attempt waits for a cancelled one to let go, and how long a line may take to close. */
  lettingGo: 3000,
} as const
/** A line that goes again at once after so many openings comes and goes, and is opened less often from then on. */
const mostFlaps = 2
/** Times in a row that a line has not closed, from where on only the end of the process would free it. */
const mostHangs = 5

/** What a device said of itself when it was opened. */
export type DeviceFacts = Pick<DeviceStatus, 'model' | 'cardPresent' | 'grade'> & Partial<Pick<ReaderFacts, 'steps'>>

export type HeldDevice = {
  readonly binding: DeviceBinding
  readonly status: DeviceStatus
  /** Runs one attempt; DEVICE_BUSY while another runs. A device that is not there is looked for once more. */
  use<T>(step: string, signal: AbortSignal, work: (device: Device, facts: DeviceFacts) => Promise<T>): Promise<T>
  /** Lets go of it for good. */
  release(): Promise<void>
}

export type Holding = {
  readonly binding: DeviceBinding
  readonly create: () => Device
  readonly clock: Clock
  readonly onChange: (status: DeviceStatus) => void
  readonly onCard: (present: boolean, session: number) => void
  readonly onPressed: () => void
  readonly onCode: (text: string) => void
  /** Its line does not close: it cannot be had again before the process ends. */
  readonly onStuck?: () => void
}

type Facts = Pick<DeviceStatus, 'model' | 'grade' | 'cardPresent' | 'cardSession'>
type Turn = { readonly signal: AbortSignal; readonly done: Promise<void> }

/** Opens one device in the background and keeps it open: retries while it is absent, re-opens it after a broken line. */
export function holdDevice(holding: Holding): HeldDevice {
  const { binding, create, clock, onChange, onCard, onPressed, onCode, onStuck = () => {} } = holding
  const { settings: _, ...shown } = binding
  let status: DeviceStatus = { ...shown, state: 'opening', since: clock.now().toISOString() }
  let device: Device | undefined
  let opening: Promise<void> | undefined
  let turn: Turn | undefined
  let facts: DeviceFacts = {}
  let broken = false
  let failures = 0
  let closing: Promise<void> | undefined
  let hangs = 0
  let flaps = 0
  let openedAt = 0
  let callOffRetry = () => {}
  const card = { present: false, session: 0 }
  const closed = new AbortController()

  function enter(change: Facts & Pick<DeviceStatus, 'state' | 'problem'>) {
    if (closed.signal.aborted) return
    const same = change.state === status.state && change.problem === status.problem
    const since = same ? status.since : clock.now().toISOString()
    const sameCard = change.cardPresent === status.cardPresent && change.cardSession === status.cardSession
    const sameModel = change.model === status.model && change.grade === status.grade
    if (same && sameModel && sameCard) return
    status = { ...shown, ...change, since }
    onChange(status)
  }

  /** Opens anew; the first attempt after a working spell shows as `opening`, silent retries show nothing. */
  function open(): Promise<void> {
    callOffRetry()
    if (opening) return opening
    broken = false
    if (status.state === 'ready' || status.state === 'busy') enter({ state: 'opening' })
    const attempt = acquire().finally(() => {
      opening = undefined
    })
    opening = attempt
    return attempt
  }

  function openAgain() {
    if (clock.now().getTime() - openedAt >= pace.stable) flaps = 0
    if (++flaps <= mostFlaps) return void open()
    failures = flaps - mostFlaps
    failed('DEVICE_GONE')
  }

  async function acquire() {
    const late = new AbortController()
    const callOff = clock.after(pace.opening, () => late.abort())
    try {
      device ??= listen(create())
      if (!(await letGo())) throw new AppError('DEVICE_SILENT', 'devices.open', { context: { reason: 'hangs' } })
      const ended = AbortSignal.any([late.signal, closed.signal])
      facts = await orCancelled<DeviceFacts>(device.acquire(ended), ended, 'devices.open')
      failures = 0
      hangs = 0
      openedAt = clock.now().getTime()
      enter({ state: 'ready', ...factsOf({ ...facts, ...noteCard(facts.cardPresent) }) })
    } catch (error) {
      if (!(await letGo()) && ++hangs >= mostHangs) onStuck()
      failed(late.signal.aborted ? 'DEVICE_SILENT' : toFailure(error, 'devices.open').code)
    } finally {
      callOff()
    }
  }

  /** Whether the line has closed; one that hangs is not waited for any longer, and not closed twice. */
  async function letGo(): Promise<boolean> {
    if (!device) return true
    closing ??= quietly(device.release()).finally(() => (closing = undefined))
    const patience = new AbortController()
    const callOff = clock.after(pace.lettingGo, () => patience.abort())
    return orCancelled(closing, patience.signal, 'devices.close')
      .then(
        () => true,
        () => false,
      )
      .finally(callOff)
  }

  /** A card that was there before the line broke counts as the same: nobody saw it leave. */
  function noteCard(present: boolean | undefined): Pick<DeviceStatus, 'cardSession'> {
    if (present === undefined) return {}
    if (present && !card.present) card.session++
    card.present = present
    return present ? { cardSession: card.session } : {}
  }

  function failed(problem: FailureCode) {
    enter({ state: problem === 'DEVICE_ABSENT' || problem === 'DEVICE_GONE' ? 'absent' : 'failed', problem })
    failures++
    if (closed.signal.aborted || isLasting(problem)) return
    callOffRetry = clock.after(Math.min(pace.firstRetry * 2 ** (failures - 1), pace.longestRetry), () => void open())
  }

  function listen(made: Device): Device {
    made.onGone(() => {
      // A hint, not a truth: opening it again shows whether it is really away.
      broken = true
      if (status.state === 'ready' && !turn) openAgain()
    })
    if (made.kind === 'card-reader') {
      made.onCard((present) => {
        const { cardSession: _, ...known } = status
        const noted = noteCard(present)
        if (status.state !== 'ready' && status.state !== 'busy') return
        enter({ state: status.state, ...factsOf({ ...known, cardPresent: present, ...noted }) })
        onCard(present, card.session)
      })
    }
    if (made.kind === 'document-camera') made.onPressed(onPressed)
    if (made.kind === 'code-scanner') made.onCode(onCode)
    return made
  }

  async function takeTurn(step: string) {
    while (turn) {
      if (!turn.signal.aborted) throw new AppError('DEVICE_BUSY', step)
      const patience = new AbortController()
      const callOff = clock.after(pace.lettingGo, () => patience.abort())
      try {
        await orCancelled(turn.done, patience.signal, step)
      } catch {
        // It does not hear the cancellation; without its line it must come to an end.
        if (device) void quietly(device.release())
        broken = true
        throw new AppError('DEVICE_BUSY', step)
      } finally {
        callOff()
      }
    }
  }

  async function ready(step: string, signal: AbortSignal): Promise<Device> {
    if (status.problem && isLasting(status.problem)) throw new AppError(status.problem, step)
    if (status.state !== 'ready') await orCancelled(open(), signal, step)
    if (status.state === 'ready' && device) return device
    throw new AppError(status.problem ?? 'DEVICE_GONE', step, { ...(closing && { context: { reason: 'hangs' } }) })
  }

  void open()

  return {
    binding,
    get status() {
      return status
    },

    async use(step, signal, work) {
      await takeTurn(step)
      let over = () => {}
      turn = { signal, done: new Promise((resolve) => (over = resolve)) }
      try {
        const held = await ready(step, signal)
        enter({ state: 'busy', ...factsOf(status) })
        return await work(held, facts)
      } catch (error) {
        if (isLineFailure(error)) broken = true
        throw error
      } finally {
        turn = undefined
        if (status.state === 'busy') enter({ state: 'ready', ...factsOf(status) })
        if (broken && status.state === 'ready') void open()
        over()
      }
    },

    async release() {
      closed.abort()
      callOffRetry()
      await opening
      await letGo()
    },
  }
}

function factsOf({ model, grade, cardPresent, cardSession }: Facts): Facts {
  return {
    ...known({ model: cleanText(model) }),
    ...(grade === undefined ? {} : { grade }),
    ...(cardPresent === undefined ? {} : { cardPresent }),
    ...(cardSession === undefined ? {} : { cardSession }),
  }
}

/** Retrying does not help before something else changes. */
function isLasting(code: FailureCode): boolean {
  return code === 'DEVICE_UNKNOWN' || code === 'TRANSPORT_MISSING'
}

async function quietly(promise: Promise<void>): Promise<void> {
  try {
    await promise
  } catch {
    // The line is given up anyway.
  }
}
