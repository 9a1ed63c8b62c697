import { AppError } from '#domain/failure/index.ts'
import { floodBytes, type Figures } from '#domain/diagnosis/index.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { OpenTransport } from '#native/drivers/index.ts'
import type { Transport } from '#native/transport/transport.ts'
import type { Clock } from '../clock.ts'
import type { Transports } from '../registry.ts'
import { framesOf, type LineFrames, type LinePiece } from './line-frames.ts'

const minute = 60_000
/** Closings remembered, so that a cable that comes and goes for a day costs nothing. */
const mostClosings = 64

export type LineMeter = {
  /** Counts from nothing, until `stop`. */
  start(): void
  stop(): void
  /** What was asked last is not wanted any more: its answer may come late or never. */
  forgive(): void
  /** `asked`, `answered`, `lost`, `late`, `again`, `unasked`, `noise`, `damaged`, `blocks`, `resent`, `bytesIn`, `closings` … */
  figures(): Figures
  /** Calls back at once and again while the device says more than any device has to say. */
  onFlood(listener: () => void): () => void
  /** How the line itself was refused when it was opened last; undefined when it opened. */
  refused(): AppError | undefined
}

export type LineMeters = {
  /** The same transports, with a meter at each line. */
  readonly transports: Transports
  /** Also of a line that was never opened yet; undefined for devices without a line. */
  of(binding: DeviceBinding): LineMeter | undefined
}

/** Puts a meter between each device and its line. It costs nothing while no test runs. */
export function meterLines(transports: Transports, clock: Clock): LineMeters {
  const meters = new Map<string, ReturnType<typeof createMeter>>()

  function meterOf(binding: DeviceBinding) {
    const known = meters.get(binding.id)
    const meter = known?.isFor(binding) ? known : createMeter(binding, clock)
    meters.set(binding.id, meter)
    return meter
  }

  const metered = Object.entries(transports).map(([kind, open]) => {
    const opened: OpenTransport = (binding, settings) => meterOf(binding).watch(open(binding, settings))
    return [kind, opened] as const
  })
  return {
    transports: Object.fromEntries(metered),
    of: (binding) => (Object.hasOwn(transports, binding.transport) ? meterOf(binding) : undefined),
  }
}

function createMeter(binding: DeviceBinding, clock: Clock) {
  let frames: LineFrames | undefined
  let counts = createCounts()
  let refusal: AppError | undefined
  const closings: number[] = []
  const floodListeners = new Set<() => void>()

  function push(way: 'out' | 'in', bytes: Uint8Array) {
    if (!frames) return
    counts.bytes(way, bytes.length)
    for (const piece of frames.push(way, bytes)) counts.piece(piece)
    if (counts.floods) for (const listener of floodListeners) listener()
  }

  return {
    isFor: ({ driver, transport, address }: DeviceBinding) =>
      driver === binding.driver && transport === binding.transport && address === binding.address,

    watch(line: Transport): Transport {
      // Before the driver's own listener: it may answer at once.
      line.onData((bytes) => push('in', bytes))
      line.onClose((reason) => {
        if (reason === 'asked') return
        closings.push(clock.now().getTime())
        closings.splice(0, closings.length - mostClosings)
      })
      return {
        ...line,
        async open(signal) {
          try {
            await line.open(signal)
            refusal = undefined
          } catch (error) {
            refusal = error instanceof AppError ? error : new AppError('DEVICE_GONE', 'line.open', { cause: error })
            throw error
          }
        },
        write(bytes, signal) {
          push('out', bytes)
          return line.write(bytes, signal)
        },
      }
    },

    start() {
      frames = framesOf(binding)
      counts = createCounts()
    },
    stop() {
      frames = undefined
    },
    forgive: () => counts.forgive(),
    figures(): Figures {
      const since = clock.now().getTime() - minute
      return { ...counts.figures(), closings: closings.filter((at) => at > since).length }
    },
    onFlood(listener: () => void) {
      if (counts.floods) listener()
      floodListeners.add(listener)
      return () => void floodListeners.delete(listener)
    },
    refused: () => refusal,
  }
}

function createCounts() {
  const sums = {
    bytesIn: 0,
    bytesOut: 0,
    chunksIn: 0,
    asked: 0,
    answered: 0,
    lost: 0,
    late: 0,
    again: 0,
    unasked: 0,
    noise: 0,
    damaged: 0,
    blocks: 0,
    resent: 0,
    restarts: 0,
    noiseBytes: 0,
  }
  /** Questions without an answer yet, and how often each was put. */
  const open = new Map<string, number>()
  /** Answers more than one that a repeated question may get. */
  const excused = new Map<string, number>()
  let last = ''
  let sinceFrame = 0

  function ask(key: string) {
    const times = open.get(key) ?? 0
    if (times > 0 && key === last) sums.again++
    else if (times > 0) sums.lost++
    if (times === 0 || key !== last) sums.asked++
    open.set(key, key === last ? times + 1 : 1)
    last = key
  }

  const isWanted = (piece: LinePiece) => piece.kind === 'block' || (piece.kind === 'answer' && open.has(piece.key))

  function answer(key: string) {
    const times = open.get(key)
    if (times === undefined) {
      const left = excused.get(key) ?? 0
      if (left > 0) excused.set(key, left - 1)
      else sums.unasked++
      return
    }
    open.delete(key)
    sums.answered++
    if (times > 1) excused.set(key, times - 1)
    // The next question was put, or this one again, before its answer came.
    if (key !== last || times > 1) sums.late++
  }

  return {
    forgive() {
      for (const [key, times] of open) excused.set(key, (excused.get(key) ?? 0) + times)
      open.clear()
    },
    bytes(way: 'out' | 'in', length: number) {
      if (way === 'out') return void (sums.bytesOut += length)
      sums.bytesIn += length
      sums.chunksIn++
      sinceFrame += length
      sums.noiseBytes = Math.max(sums.noiseBytes, sinceFrame)
    },
    get floods() {
      return sums.noiseBytes > floodBytes
    },
    piece(piece: LinePiece) {
      // Only what was asked for ends a stretch that nobody asked for.
      if (isWanted(piece)) sinceFrame = 0
      switch (piece.kind) {
        case 'ask':
          return ask(piece.key)
        case 'answer':
          return answer(piece.key)
        case 'block':
          return void sums.blocks++
        case 'again':
          excused.set(last, (excused.get(last) ?? 0) + 1)
          return void sums.again++
        case 'resent':
          return void (sums.resent += piece.blocks)
        case 'restarted':
          return void sums.restarts++
        case 'twice':
          return void sums.unasked++
        case 'noise':
          return void sums.noise++
        case 'damaged':
          return void sums.damaged++
        case 'word':
      }
    },
    figures(): Figures {
      // The last question may still be under way.
      const unanswered = [...open.keys()].filter((key) => key !== last).length
      return { ...sums, lost: sums.lost + unanswered }
    },
  }
}
