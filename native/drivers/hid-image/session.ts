import { AppError } from '#domain/failure/index.ts'
import type { Transport } from '#native/transport/transport.ts'
import type { Clock } from './clock.ts'
import { createDecoder, encodeMessage, type Decoder } from './codec.ts'
import {
  messageTypes,
  PROTOCOL_VERSION,
  type DeviceMessage,
  type Frame,
  type HostMessage,
  type Identity,
  type ImageHeader,
} from './messages.ts'
import { createReceiver, type ReceivedImage, type Receiver, type Unnumbered } from './receiver.ts'

export type { ReceivedImage } from './receiver.ts'

const REPLY_MS = 1000
const TRIES = 3
const BUSY_PAUSE_MS = 250
const STOP_MS = 1000

type Reply = Extract<DeviceMessage, { type: 'ack' | 'error' | 'identity' }>
type Waiting = { readonly seq: number; readonly of: number; readonly settle: (reply: Reply | AppError) => void }

export type PreviewWish = Omit<Extract<HostMessage, { type: 'start' }>, 'type' | 'seq'>

export type Session = {
  open(signal: AbortSignal): Promise<void>
  identify(signal: AbortSignal): Promise<Identity>
  /** Starts the preview of a step. Each received preview frame makes the device take the next. */
  start(preview: PreviewWish, signal: AbortSignal): Promise<void>
  shoot(signal: AbortSignal): Promise<void>
  receive(kind: ImageHeader['kind'], signal: AbortSignal): Promise<ReceivedImage>
  /** Ends preview and transfer; never throws, since it is called after failures. */
  stop(): Promise<void>
  onGone(listener: () => void): () => void
  close(): Promise<void>
}

/** One device, one command in flight. A command is repeated with the same number, so the device may answer twice. */
export function createSession(transport: Transport, clock: Clock): Session {
  const goneListeners = new Set<() => void>()
  let decoder: Decoder = createDecoder()
  let seq = 0
  let opened = false
  let waiting: Waiting | undefined
  let receiver: Receiver | undefined
  let announced: ImageHeader | undefined
  let lastDone = 0

  transport.onData((bytes) => {
    for (const frame of decoder.push(bytes)) handle(frame)
  })
  transport.onClose((reason) => {
    opened = false
    const error = new AppError(reason === 'asked' ? 'CANCELLED' : 'DEVICE_GONE', 'finger.line')
    waiting?.settle(error)
    receiver?.fail(error)
    if (reason !== 'asked') for (const listener of goneListeners) listener()
  })

  function handle(frame: Frame) {
    if (frame.kind === 'noise') return
    if (frame.kind === 'message') {
      const { message } = frame
      if (message.type === 'ack' || message.type === 'error' || message.type === 'identity') {
        const of = message.type === 'identity' ? messageTypes.identify : message.of
        if (waiting?.seq === message.seq && waiting.of === of) waiting.settle(message)
        return
      }
      if (message.type === 'image' && !receiver) announced = message
    }
    receiver?.handle(frame)
  }

  function send(message: Unnumbered<HostMessage>): Promise<void> {
    seq = (seq + 1) & 0xff
    return transport.write(encodeMessage({ ...message, seq }), new AbortController().signal)
  }

  /** Flow control is not acknowledged: what is lost is asked for again, and a dead line shows by its closing. */
  function sendAndForget(message: Unnumbered<HostMessage>) {
    if (message.type === 'done') lastDone = message.transfer
    send(message).catch((error: unknown) => {
      receiver?.fail(error instanceof AppError ? error : new AppError('DEVICE_GONE', 'finger.line', { cause: error }))
    })
  }

  /** Sends a command until it is answered, three times at most. */
  async function exchange(message: Unnumbered<HostMessage>, signal: AbortSignal): Promise<Reply> {
    const step = `finger.${message.type}`
    if (waiting) throw new AppError('DEVICE_BUSY', step)
    if (!opened) throw new AppError('DEVICE_GONE', step)
    seq = (seq + 1) & 0xff
    const number = seq
    const report = encodeMessage({ ...message, seq: number })
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const reply = await replyTo(report, number, step, signal)
      if (reply) return reply
    }
    throw new AppError('DEVICE_SILENT', step)
  }

  /** The reply, or undefined when the time for it is over. The waiter is there before the write. */
  async function replyTo(report: Uint8Array, number: number, step: string, signal: AbortSignal) {
    if (signal.aborted) throw new AppError('CANCELLED', step)
    const { promise, resolve, reject } = Promise.withResolvers<Reply | undefined>()
    const cancel = () => reject(new AppError('CANCELLED', step))
    const callOff = clock.after(REPLY_MS, () => resolve(undefined))
    signal.addEventListener('abort', cancel, { once: true })
    waiting = {
      seq: number,
      of: report[0]!,
      settle: (outcome) => (outcome instanceof AppError ? reject(outcome) : resolve(outcome)),
    }
    transport.write(report, signal).catch(reject)
    try {
      return await promise
    } finally {
      waiting = undefined
      callOff()
      signal.removeEventListener('abort', cancel)
    }
  }

  /** Sends a command that is only acknowledged. A busy device gets a moment, then DEVICE_BUSY. */
  async function command(message: Unnumbered<HostMessage>, signal: AbortSignal): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const reply = await exchange(message, signal)
      if (reply.type !== 'error') return
      const step = `finger.${message.type}`
      const context = { reason: reply.reason }
      if (reply.reason !== 'busy') throw new AppError('DEVICE_REFUSED', step, { context })
      if (attempt >= TRIES) throw new AppError('DEVICE_BUSY', step, { context })
      await pause(BUSY_PAUSE_MS, step, signal)
    }
  }

  async function pause(ms: number, step: string, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const cancel = () => reject(new AppError('CANCELLED', step))
    const callOff = clock.after(ms, resolve)
    signal.addEventListener('abort', cancel, { once: true })
    try {
      await promise
    } finally {
      callOff()
      signal.removeEventListener('abort', cancel)
    }
  }

  return {
    async open(signal) {
      decoder = createDecoder()
      lastDone = 0
      await transport.open(signal)
      opened = true
    },

    async identify(signal) {
      const reply = await exchange({ type: 'identify', version: PROTOCOL_VERSION }, signal)
      if (reply.type !== 'identity') throw new AppError('DEVICE_REFUSED', 'finger.identify')
      if (reply.version !== PROTOCOL_VERSION) {
        throw new AppError('DEVICE_UNKNOWN', 'finger.identify', { context: { version: reply.version } })
      }
      return reply
    },

    start(preview, signal) {
      announced = undefined
      return command({ type: 'start', ...preview }, signal)
    },

    shoot(signal) {
      announced = undefined
      return command({ type: 'shoot' }, signal)
    },

    async receive(kind, signal) {
      if (!opened) throw new AppError('DEVICE_GONE', 'finger.receive')
      if (signal.aborted) throw new AppError('CANCELLED', 'finger.receive')
      const { promise, resolve, reject } = Promise.withResolvers<ReceivedImage>()
      const settle = (outcome: ReceivedImage | AppError) => {
        receiver = undefined
        if (outcome instanceof AppError) reject(outcome)
        else resolve(outcome)
      }
      const current = createReceiver({ kind, previous: lastDone, clock, send: sendAndForget, settle })
      receiver = current
      const cancel = () => current.fail(new AppError('CANCELLED', 'finger.receive'))
      signal.addEventListener('abort', cancel, { once: true })
      if (announced) current.handle({ kind: 'message', message: { type: 'image', seq: 0, ...announced } })
      announced = undefined
      try {
        return await promise
      } finally {
        signal.removeEventListener('abort', cancel)
      }
    },

    async stop() {
      if (!opened || waiting) return
      const patience = new AbortController()
      const callOff = clock.after(STOP_MS, () => patience.abort())
      try {
        await exchange({ type: 'stop' }, patience.signal)
      } catch {
        // The failure that led here is the one to report.
      } finally {
        callOff()
      }
    },

    onGone(listener) {
      goneListeners.add(listener)
      return () => goneListeners.delete(listener)
    },

    close: () => transport.close(),
  }
}
