import { AppError } from '#domain/failure/index.ts'
import type { CardReader } from '#native/capability/card-reader.ts'
import type { Clock } from '../gempc-twin/clock.ts'

/** A contactless reader whose line is open. Errors as of CardReader. */
export type OpenedReader = {
  readonly model: string
  connect(signal: AbortSignal): Promise<{ readonly atr: Uint8Array; readonly maxResponse: number }>
  transmit(apdu: Uint8Array, signal: AbortSignal): Promise<Uint8Array>
  disconnect(signal: AbortSignal): Promise<void>
  /** Whether the card is (still) there; must not disturb a card that is connected. */
  present(signal: AbortSignal): Promise<boolean>
  close(): Promise<void>
}

export type Surroundings = {
  /** The line ended by itself. */
  readonly gone: () => void
  /** The reader said that its card changed. */
  readonly hint: () => void
}

/** Between two looks for the card. Only while nothing else is under way. */
const lookMs = 300
/** Looks in a row that fail before the line is taken for broken. */
const lookFailures = 3

/** What all contactless readers share: looking for cards while idle, one transfer at a time, listeners. */
export function contactlessReader(
  name: string,
  clock: Clock,
  open: (signal: AbortSignal, surroundings: Surroundings) => Promise<OpenedReader>,
): CardReader {
  const cardListeners = new Set<(present: boolean) => void>()
  const goneListeners = new Set<() => void>()
  let opened: OpenedReader | undefined
  let connected = false
  let cardPresent = false
  let busy = false
  let ended = new AbortController()
  let looking: Promise<void> = Promise.resolve()
  let callOffLook = () => {}
  let failedLooks = 0
  let underWay = false
  let hinted = false

  const tellCard = (present: boolean) => {
    if (!present) connected = false
    if (present === cardPresent) return
    cardPresent = present
    for (const listener of cardListeners) listener(present)
  }

  const tellGone = () => {
    if (!opened) return
    forget()
    for (const listener of goneListeners) listener()
  }

  const forget = () => {
    callOffLook()
    ended.abort()
    opened = undefined
    connected = false
    cardPresent = false
  }

  const lookLater = () => {
    callOffLook()
    if (opened) callOffLook = clock.after(lookMs, lookNow)
  }

  const lookNow = () => {
    const reader = opened
    if (!reader || busy) return
    // A reader that hints without end is looked at once, and once more for what came meanwhile.
    hinted = underWay
    if (underWay) return
    underWay = true
    looking = look(reader).finally(() => {
      underWay = false
      if (hinted) lookNow()
    })
  }

  const look = async (reader: OpenedReader) => {
    try {
      const present = await reader.present(ended.signal)
      failedLooks = 0
      if (reader === opened) tellCard(present)
    } catch {
      // One failure is noise, several are a broken line; opening it again shows which.
      if (reader === opened && ++failedLooks >= lookFailures) return tellGone()
    }
    if (reader === opened && !busy) lookLater()
  }

  const exclusively = async <T>(step: string, act: (reader: OpenedReader) => Promise<T>): Promise<T> => {
    if (busy) throw new AppError('DEVICE_BUSY', step)
    busy = true
    callOffLook()
    try {
      await looking
      if (!opened) throw new AppError('DEVICE_GONE', step)
      return await act(opened)
    } catch (error) {
      // The block numbers of both ends may differ now: only a reset makes the card usable again.
      connected &&= neverSent(error)
      if (error instanceof AppError) {
        if (error.code === 'CARD_REMOVED' || error.code === 'CARD_ABSENT') tellCard(false)
        if (error.code === 'CARD_MUTE') tellCard(true)
      }
      throw error
    } finally {
      busy = false
      lookLater()
    }
  }

  return {
    kind: 'card-reader',

    async acquire(signal) {
      if (opened || busy) throw new AppError('DEVICE_BUSY', `${name}.acquire`)
      busy = true
      try {
        ended = new AbortController()
        failedLooks = 0
        const reader = await open(signal, { gone: tellGone, hint: lookNow })
        opened = reader
        try {
          cardPresent = await reader.present(signal)
        } catch (error) {
          forget()
          await reader.close()
          throw error
        }
        return { model: reader.model, cardPresent }
      } finally {
        busy = false
        lookLater()
      }
    },

    powerOn(signal) {
      return exclusively(`${name}.power-on`, async (reader) => {
        connected = false
        const link = await reader.connect(signal)
        connected = true
        tellCard(true)
        return link
      })
    },

    transmit(apdu, signal) {
      return exclusively(`${name}.transmit`, (reader) => {
        if (!connected) throw new AppError('CARD_REMOVED', `${name}.transmit`)
        return reader.transmit(apdu, signal)
      })
    },

    async powerOff(signal) {
      await exclusively(`${name}.power-off`, async (reader) => {
        connected = false
        await reader.disconnect(signal)
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
      const reader = opened
      forget()
      await reader?.close()
    },
  }
}

/** Refused before anything was said to the card. */
function neverSent(error: unknown): boolean {
  return error instanceof AppError && error.context['what'] === 'extended-length'
}
