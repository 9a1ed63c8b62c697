import { AppError } from '#domain/failure/index.ts'
import type { Card, Client, Reader } from 'pcsc-mini'

export type Pcsc = typeof import('pcsc-mini')

/** A reader that the system's smart-card service knows. */
export type PcscReader = {
  readonly name: string
  /** Resets the card and connects to it alone. */
  connect(): Promise<Card>
  /** As it is now. */
  readonly card: { readonly present: boolean; readonly mute: boolean }
}

export type PcscWatch = {
  /** `swapped`: out and in again since the last word. */
  readonly onCard: (present: boolean, swapped: boolean) => void
  /** The reader vanished, or the service ended. It still wants its `close`. */
  readonly onGone: () => void
}

type Watched = { reader: Reader; state: number }

/**
 * One connection to the service for all readers of this process. It is never stopped: stopping waits for the monitoring
 * thread, and for ever if a slot changes in the same moment (pcsc-mini 0.1.3).
 */
type Service = {
  readonly pcsc: Pcsc
  readonly client: Client
  readonly readers: Map<string, Watched>
  readonly listeners: Set<() => void>
  ended: boolean
  /** It has had its time to tell what is there. */
  listed: boolean
}

let running: Promise<Service> | undefined
/** Kept for good: a client without its service that is collected as garbage ends the process (pcsc-mini 0.1.3). */
const clients: Client[] = []

/** Readers are told some time after the start. Milliseconds. */
const searchMs = 2000
const pauseMs = 100
const firstReaderMs = 1000

/**
 * Finds a reader by its name or the beginning of it (`*`: the first one) and watches it until `close`.
 * Errors: TRANSPORT_MISSING (no library, or no service), DEVICE_ABSENT (no such reader), CANCELLED.
 */
export async function openPcscReader(
  address: string,
  watch: PcscWatch,
  signal: AbortSignal,
  load: () => Promise<Pcsc> = loadPcsc,
): Promise<PcscReader & { close(): void }> {
  if (signal.aborted) throw new AppError('CANCELLED', 'pcsc.open')
  const deadline = performance.now() + searchMs
  for (;;) {
    const service = await enter(load)
    try {
      return attach(service, await search(service, address, signal, deadline - performance.now()), watch)
    } catch (error) {
      // The connection can end over another reader that vanishes in the same moment.
      if (!service.ended || performance.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}

/**
 * Names of the readers that the service knows now; just after its start the first one is waited for, up to a second.
 * Errors: TRANSPORT_MISSING (no library, or no service).
 */
export async function listPcscReaders(load: () => Promise<Pcsc> = loadPcsc): Promise<readonly string[]> {
  const service = await enter(load)
  await firstReader(service, firstReaderMs)
  if (service.ended) throw new AppError('TRANSPORT_MISSING', 'pcsc.list')
  return [...service.readers.keys()]
}

function firstReader(service: Service, ms: number): Promise<void> {
  if (service.readers.size > 0 || service.ended || service.listed) return Promise.resolve()
  return new Promise((resolve) => {
    const check = () => {
      if (service.readers.size === 0 && !service.ended && !service.listed) return
      service.listed = true
      clearTimeout(timer)
      service.listeners.delete(check)
      resolve()
    }
    const timer = setTimeout(() => {
      service.listed = true
      check()
    }, ms)
    service.listeners.add(check)
  })
}

function attach(
  service: Service,
  [name, watched]: [string, Watched],
  watch: PcscWatch,
): PcscReader & { close(): void } {
  const { CardMode, ReaderStatus } = service.pcsc
  let last = watched.state
  const present = (state: number) => (state & ReaderStatus.PRESENT) !== 0
  const look = () => {
    const now = service.ended ? undefined : service.readers.get(name)
    if (now !== watched) {
      service.listeners.delete(look)
      return watch.onGone()
    }
    const before = last
    last = watched.state
    // The upper half counts what came and went (pcsc-lite and Windows alike).
    const swapped = present(before) && present(last) && before >>> 16 !== last >>> 16
    if (swapped || present(before) !== present(last)) watch.onCard(present(last), swapped)
  }
  service.listeners.add(look)
  return {
    name,
    get card() {
      return { present: present(watched.state), mute: (watched.state & ReaderStatus.MUTE) !== 0 }
    },
    connect: () => watched.reader.connect(CardMode.EXCLUSIVE),
    close: () => void service.listeners.delete(look),
  }
}

async function search(service: Service, address: string, signal: AbortSignal, ms: number): Promise<[string, Watched]> {
  const look = () =>
    [...service.readers].find(([name]) => name === address) ??
    [...service.readers].find(([name]) => address === '*' || name.startsWith(address))
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(timer)
      service.listeners.delete(check)
      signal.removeEventListener('abort', cancelled)
      act()
    }
    const check = () => {
      const found = look()
      if (found) settle(() => resolve(found))
      else if (service.ended) settle(() => reject(new AppError('DEVICE_ABSENT', 'pcsc.open')))
    }
    const cancelled = () => settle(() => reject(new AppError('CANCELLED', 'pcsc.open')))
    const timer = setTimeout(() => settle(() => reject(new AppError('DEVICE_ABSENT', 'pcsc.open'))), ms)
    service.listeners.add(check)
    signal.addEventListener('abort', cancelled, { once: true })
    check()
  })
}

async function enter(load: () => Promise<Pcsc>): Promise<Service> {
  running ??= startService(load)
  try {
    const service = await running
    if (service.ended) {
      running = undefined
      return await enter(load)
    }
    return service
  } catch (error) {
    running = undefined
    throw error
  }
}

/** The monitoring thread has ended, with its service or over a reader that vanished. */
function end(service: Service): void {
  service.ended = true
  for (const listener of service.listeners) listener()
}

async function startService(load: () => Promise<Pcsc>): Promise<Service> {
  let pcsc: Pcsc
  let client: Client
  try {
    pcsc = await load()
    client = new pcsc.Client()
    clients.push(client)
  } catch (cause) {
    throw new AppError('TRANSPORT_MISSING', 'pcsc.load', { cause })
  }
  const service: Service = { pcsc, client, readers: new Map(), listeners: new Set(), ended: false, listed: false }
  const tell = () => {
    for (const listener of service.listeners) listener()
  }
  client.on('reader', (reader) => {
    reader.on('change', (status) => {
      const known = service.readers.get(reader.name())
      if (known?.reader === reader) known.state = status.raw
      else service.readers.set(reader.name(), { reader, state: status.raw })
      tell()
    })
    reader.on('disconnect', () => {
      service.readers.delete(reader.name())
      tell()
    })
  })
  client.on('error', () => setImmediate(() => end(service)))
  try {
    client.start()
  } catch (cause) {
    throw new AppError('TRANSPORT_MISSING', 'pcsc.start', { cause })
  }
  return service
}

async function loadPcsc(): Promise<Pcsc> {
  const module = await import('pcsc-mini')
  // A CommonJS module: its names are not always found by the loader, its default export always is.
  return 'default' in module ? module.default : module
}
