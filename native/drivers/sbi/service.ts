import { AppError } from '#domain/failure/index.ts'
import type { TracedPiece } from '#native/capability/trace.ts'
import { askLoopback, streamLoopback, type LoopbackPort } from '#native/transport/http.ts'
import type { Clock } from './clock.ts'
import { captureAnswer, discovery, infoAnswer, parseJson, refusal } from './messages.ts'
import { createFrameCutter } from './mjpeg.ts'
import { tracedAnswer, tracedQuestion } from './trace.ts'

export type Kind = 'Finger' | 'Iris'

/** Bytes. */
const most = { info: 256_000, capture: 24_000_000 } as const
/** Milliseconds. */
const patience = { info: 3000, beyondCapture: 5000, frame: 5000 } as const

export type CaptureWish = {
  readonly env: string
  readonly specVersion: string
  readonly serialNo: string
  readonly transactionId: string
  readonly previousHash: string
  readonly captureTime: string
  readonly subId: number
  /** How many fingers or eyes. */
  readonly count: number
  readonly exception: readonly string[]
  /** Which they are, for devices without parts. */
  readonly bioSubType?: readonly string[]
  /** 0–100; on reaching it the device takes the picture. */
  readonly requestedScore: number
  /** Milliseconds after which the device takes the best it has seen. */
  readonly timeout: number
}

export type CaptureAnswer = ReturnType<typeof parseJson<typeof captureAnswer>>

/** Told what passes: verbs, paths, lengths and states, never a body. */
export type Note = (piece: TracedPiece) => void

/** The verbs of one service. Every answer is limited in length and time: DEVICE_GARBLED, DEVICE_SILENT. */
export function sbiService(at: LoopbackPort, kind: Kind, clock: Clock, note: Note = () => {}) {
  /** Runs with a time limit; over time it is DEVICE_SILENT, not CANCELLED. */
  async function within<T>(ms: number, signal: AbortSignal, step: string, act: (signal: AbortSignal) => Promise<T>) {
    const late = new AbortController()
    const callOff = clock.after(ms, () => late.abort())
    try {
      return await act(AbortSignal.any([signal, late.signal]))
    } catch (error) {
      if (late.signal.aborted && !signal.aborted) throw new AppError('DEVICE_SILENT', step)
      throw error
    } finally {
      callOff()
    }
  }

  async function ask(method: string, path: string, question: object, signal: AbortSignal, step: string) {
    const body = JSON.stringify(question)
    note(tracedQuestion(method, path, Buffer.byteLength(body)))
    const { status, body: answer } = await within(patience.info, signal, step, (limited) =>
      askLoopback({ ...at, method, path, body, signal: limited, step }, most.info),
    )
    note(tracedAnswer(status, answer.length))
    if (status !== 200) throw new AppError('DEVICE_REFUSED', step, { context: { status } })
    return answer
  }

  /** Services know the new verb or the old one; those that do not know it refuse, or close, or answer something else. */
  async function askEither<T>(
    verbs: readonly string[],
    path: string,
    question: object,
    signal: AbortSignal,
    step: string,
    read: (answer: Uint8Array) => T,
  ): Promise<T> {
    const [verb = '', ...others] = verbs
    try {
      return read(await ask(verb, path, question, signal, step))
    } catch (error) {
      const goOn = error instanceof AppError && ['DEVICE_REFUSED', 'DEVICE_GONE', 'DEVICE_GARBLED'].includes(error.code)
      if (!goOn || others.length === 0 || error.context['reason'] === 'too-long') throw error
      return askEither(others, path, question, signal, step, read)
    }
  }

  const about = { type: kind, specVersion: '1.0' }

  return {
    /** Whether a device of this kind is there. */
    discover(signal: AbortSignal): Promise<void> {
      const step = 'sbi.discover'
      return askEither(['SBIDISC', 'MOSIPDISC'], '/device', about, signal, step, (answer) => {
        const errors = parseJson(discovery, answer, step).map(({ error }) => refusal(error, step, kind))
        if (errors.every(Boolean)) throw errors[0] ?? new AppError('DEVICE_GONE', step)
      })
    },

    /** What the service says of its devices, still signed; those with an error are left out unless all have one. */
    info(signal: AbortSignal): Promise<readonly string[]> {
      const step = 'sbi.info'
      return askEither(['MOSIPDINFO', 'SBIINFO'], '/info', about, signal, step, (answer) => {
        const devices = parseJson(infoAnswer, answer, step).map(({ deviceInfo, error }) => ({
          deviceInfo,
          error: refusal(error, step, kind),
        }))
        const good = devices.flatMap(({ deviceInfo, error }) => (deviceInfo && !error ? [deviceInfo] : []))
        if (good.length === 0) throw devices.find(({ error }) => error)?.error ?? new AppError('DEVICE_GONE', step)
        return good
      })
    },

    async capture(wish: CaptureWish, signal: AbortSignal): Promise<CaptureAnswer> {
      const step = 'sbi.capture'
      const { env, specVersion, timeout, captureTime, transactionId, subId, ...bio } = wish
      const body = JSON.stringify({
        env,
        purpose: 'Registration',
        specVersion,
        timeout,
        captureTime,
        transactionId,
        bio: [{ type: kind, ...bio, deviceSubId: subId }],
        customOpts: {},
      })
      note(tracedQuestion('RCAPTURE', '/capture', Buffer.byteLength(body)))
      const { status, body: answer } = await within(timeout + patience.beyondCapture, signal, step, (limited) =>
        askLoopback({ ...at, method: 'RCAPTURE', path: '/capture', body, signal: limited, step }, most.capture),
      )
      note(tracedAnswer(status, answer.length))
      if (status !== 200) throw new AppError('DEVICE_REFUSED', step, { context: { status } })
      return parseJson(captureAnswer, answer, step)
    },

    /** Frames as JPEG until the service ends the stream. DEVICE_SILENT when none comes for a while and `expected()`. */
    async stream(
      wish: { readonly serialNo: string; readonly subId: number; readonly timeout: number },
      signal: AbortSignal,
      onFrame: (jpeg: Uint8Array) => void,
      expected: () => boolean,
    ): Promise<void> {
      const step = 'sbi.stream'
      const { subId, ...rest } = wish
      const body = JSON.stringify({ ...about, ...rest, deviceSubId: subId })
      note(tracedQuestion('STREAM', '/stream', Buffer.byteLength(body)))
      const silent = new AbortController()
      let callOff = () => {}
      const watch = () => {
        callOff()
        callOff = clock.after(patience.frame, () => (expected() ? silent.abort() : watch()))
      }
      const either = AbortSignal.any([signal, silent.signal])
      const cutter = createFrameCutter()
      watch()
      try {
        for await (const bytes of streamLoopback({
          ...at,
          method: 'STREAM',
          path: '/stream',
          body,
          signal: either,
          step,
        })) {
          // Those that came while the last one was looked at are old.
          const newest = cutter.push(bytes).at(-1)
          if (!newest) continue
          watch()
          onFrame(newest)
        }
      } catch (error) {
        if (silent.signal.aborted && !signal.aborted) throw new AppError('DEVICE_SILENT', step)
        throw error
      } finally {
        callOff()
      }
    },
  }
}

export type SbiService = ReturnType<typeof sbiService>
