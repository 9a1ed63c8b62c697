import { AppError, type FailureCode } from '#domain/failure/index.ts'
import type { CardReader } from '#native/capability/card-reader.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { TracedPiece } from '#native/capability/trace.ts'
import { decodeCommand } from '#native/chip/apdu.ts'
import { openPcscReader, type Pcsc } from '#native/transport/pcsc.ts'
import type { Card } from 'pcsc-mini'
import { tracePcsc } from './trace.ts'

type Opened = Awaited<ReturnType<typeof openPcscReader>>

/** SCARD_RESET_CARD and SCARD_UNPOWER_CARD. */
const reset = 1
const unpower = 2
/** PC/SC part 10: GET_FEATURE_REQUEST as control code 3400 of each system, its TLV properties, and the longest APDU. */
const featureRequest = process.platform === 'win32' ? 0x313520 : 0x42000d48
const tlvProperties = 0x12
const longestApdu = 0x0a
const t0 = 1
const largestResponse = 65538
const slotMs = 800
/** How long a call waits for one before it that was given up, and a release for the last one. */
const leftoverMs = 10_000
const farewellMs = 1000

/** What the service says, by the name of its error; anything else means that it refused. */
const codes: Readonly<Record<string, FailureCode>> = {
  RemovedCard: 'CARD_REMOVED',
  ResetCard: 'CARD_REMOVED',
  UnpoweredCard: 'CARD_REMOVED',
  NoSmartCard: 'CARD_ABSENT',
  NoSmartcard: 'CARD_ABSENT',
  UnresponsiveCard: 'CARD_MUTE',
  UnsupportedCard: 'CARD_MUTE',
  CardUnsupported: 'CARD_MUTE',
  InvalidAtr: 'CARD_MUTE',
  SharingViolation: 'DEVICE_BUSY',
  NoService: 'DEVICE_GONE',
  ServiceStopped: 'DEVICE_GONE',
  ReaderUnavailable: 'DEVICE_GONE',
  UnknownReader: 'DEVICE_GONE',
  NoReadersAvailable: 'DEVICE_GONE',
  CommDataLost: 'DEVICE_GARBLED',
}

/** A card reader of the system's smart-card service (pcscd, WinSCard). See docs/protocols/pcsc.md. `load` is for tests; `note` is told what passes, masked. */
export function pcsc(
  binding: DeviceBinding,
  load?: () => Promise<Pcsc>,
  note: (piece: TracedPiece) => void = () => {},
): CardReader {
  const tracer = tracePcsc()
  const cardListeners = new Set<(present: boolean) => void>()
  const goneListeners = new Set<() => void>()
  let opened: Opened | undefined
  let card: Card | undefined
  let extended = false
  let cardPresent = false
  let busy = false
  const changes = new Set<() => void>()
  /** What the service still does for a caller who did not wait. */
  let leftover: Promise<unknown> = Promise.resolve()

  const tellCard = (present: boolean) => {
    if (!present) drop()
    if (present === cardPresent) return
    cardPresent = present
    for (const listener of cardListeners) listener(present)
  }

  const forget = () => {
    opened = undefined
    card = undefined
    cardPresent = false
  }

  const exclusively = async <T>(step: string, signal: AbortSignal, act: (reader: Opened) => Promise<T>): Promise<T> => {
    if (busy) throw new AppError('DEVICE_BUSY', step)
    if (signal.aborted) throw new AppError('CANCELLED', step)
    if (!opened) throw new AppError('DEVICE_GONE', step)
    busy = true
    try {
      const before = leftover
      const work = within(before, leftoverMs).then((done) => {
        if (!done) throw new AppError('DEVICE_SILENT', step)
        if (!opened) throw new AppError('DEVICE_GONE', step)
        return act(opened)
      })
      leftover = Promise.allSettled([before, work])
      return await orCancelled(work, signal, step)
    } catch (error) {
      if (!(error instanceof AppError)) await slotChange()
      note({ way: 'in', bytes: new Uint8Array(), name: 'error', detail: nameOf(error) })
      const failure = asFailure(error, step, { gone: !opened, present: opened?.card.present ?? false })
      // Only a reset makes the card usable again, unless nothing was sent to it.
      if (failure.context['what'] !== 'extended-length') drop()
      if (failure.code === 'CARD_REMOVED' || failure.code === 'CARD_ABSENT') tellCard(opened?.card.present ?? false)
      throw failure
    } finally {
      busy = false
    }
  }

  /** The service looks at its slots a few times a second: a failure comes before its reason. */
  const slotChange = () =>
    new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer)
        changes.delete(done)
        resolve()
      }
      const timer = setTimeout(done, opened?.card.present ? slotMs : 0)
      changes.add(done)
    })

  const drop = () => {
    const old = card
    card = undefined
    if (old) leftover = leftover.then(() => old.disconnect(unpower)).catch(() => {})
  }

  return {
    kind: 'card-reader',

    async acquire(signal) {
      if (opened) throw new AppError('DEVICE_BUSY', 'pcsc.acquire')
      const watch = {
        onCard: (present: boolean, swapped: boolean) => {
          if (swapped) tellCard(false)
          tellCard(present)
          for (const change of changes) change()
        },
        onGone: () => {
          drop()
          forget()
          for (const change of changes) change()
          for (const listener of goneListeners) listener()
        },
      }
      const found = await openPcscReader(binding.address, watch, signal, load)
      opened = found
      cardPresent = found.card.present
      return { model: found.name, cardPresent }
    },

    powerOn(signal) {
      return exclusively('pcsc.power-on', signal, async (reader) => {
        const old = card
        card = undefined
        // Closing with a reset makes the next connection a new one to the card as well.
        await old?.disconnect(reset).catch(() => {})
        if (!reader.card.present) throw new AppError('CARD_ABSENT', 'pcsc.power-on')
        const connected = await reader.connect()
        try {
          const state = await connected.state()
          extended = state.protocol !== t0 && (await longestOf(connected)) > 261
          card = connected
          note({ way: 'in', bytes: new Uint8Array(state.atr), name: 'answer to reset' })
          return { atr: state.atr, maxResponse: extended ? 65536 : 256 }
        } catch (error) {
          await connected.disconnect(reset).catch(() => {})
          throw error
        }
      })
    },

    transmit(apdu, signal) {
      return exclusively('pcsc.transmit', signal, async () => {
        const current = card
        if (!current) throw new AppError('CARD_REMOVED', 'pcsc.transmit')
        const long = apdu.length > 261 || (decodeCommand(apdu)?.le ?? 0) > 256
        if (long && !extended)
          throw new AppError('DEVICE_REFUSED', 'pcsc.transmit', { context: { what: 'extended-length' } })
        for (const piece of tracer.push('out', apdu)) note(piece)
        const response = await current.transmit(apdu, long ? new ArrayBuffer(largestResponse) : undefined)
        for (const piece of tracer.push('in', response)) note(piece)
        return response.slice()
      })
    },

    async powerOff(signal) {
      if (!opened) return
      await exclusively('pcsc.power-off', signal, async () => {
        const old = card
        card = undefined
        await old?.disconnect(unpower)
      })
    },

    onCard(listener) {
      cardListeners.add(listener)
      return () => cardListeners.delete(listener)
    },

    onGone(listener) {
      goneListeners.add(listener)
      return () => goneListeners.delete(listener)
    },

    async release() {
      drop()
      opened?.close()
      forget()
      await within(leftover, farewellMs)
    },
  }
}

/** The longest APDU that the reader takes; 0 when it does not say. */
async function longestOf(card: Card): Promise<number> {
  try {
    const features = await card.control(featureRequest)
    for (let at = 0; at + 6 <= features.length; at += 6) {
      if (features[at] !== tlvProperties) continue
      const code = new DataView(features.buffer, features.byteOffset + at + 2, 4).getUint32(0)
      return apduLimit(await card.control(code))
    }
    return 0
  } catch {
    return 0
  }
}

function apduLimit(properties: Uint8Array): number {
  for (let at = 0; at + 2 <= properties.length; at += 2 + (properties[at + 1] ?? 0)) {
    if (properties[at] !== longestApdu || properties[at + 1] !== 4 || at + 6 > properties.length) continue
    return new DataView(properties.buffer, properties.byteOffset + at + 2, 4).getUint32(0, true)
  }
  return 0
}

/** Whether the promise, which does not reject, was kept in time. */
function within(promise: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms)
    void promise.then(() => {
      clearTimeout(timer)
      resolve(true)
    })
  })
}

/** The promise, or CANCELLED as soon as the signal is aborted. The promise itself goes on. */
function orCancelled<T>(promise: Promise<T>, signal: AbortSignal, step: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancelled = () => reject(new AppError('CANCELLED', step))
    signal.addEventListener('abort', cancelled, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancelled))
  })
}

/** Services call a pulled card by many names; whether it is there they know best. */
function asFailure(error: unknown, step: string, now: { readonly gone: boolean; readonly present: boolean }): AppError {
  if (error instanceof AppError) return error
  const name = nameOf(error)
  const failure = (code: FailureCode) => new AppError(code, step, { context: { name }, cause: error })
  const known = codes[name]
  if (now.gone) return failure('DEVICE_GONE')
  if (known === 'CARD_REMOVED' && now.present && step === 'pcsc.power-on') return failure('CARD_MUTE')
  if (!now.present) return failure(step === 'pcsc.power-on' ? 'CARD_ABSENT' : 'CARD_REMOVED')
  return failure(known ?? 'DEVICE_REFUSED')
}

/** What the service calls it, or our own code for it. */
function nameOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code).slice(0, 60) : ''
}
