import { AppError } from '#domain/failure/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { createAssembly, isSane, type Assembly } from './assembly.ts'
import type { Clock } from './clock.ts'
import {
  BLOCK_REPORTS,
  MAX_HEIGHT,
  MAX_WIDTH,
  RESEND_MAX,
  type Frame,
  type HostMessage,
  type ImageHeader,
} from './messages.ts'
import { unpackPixels } from './pixels.ts'

export type ReceivedImage = { readonly header: ImageHeader; readonly image: GrayImage }
export type Unnumbered<T> = T extends unknown ? Omit<T, 'seq'> : never

const STEP = 'finger.receive'
/** The line may be quiet this long before the host asks for what is missing. */
const QUIET_MS = 500
const QUIET_ROUNDS = 6
/** Blocks the device may be ahead: 8 are 31 ms at 512 kB/s, so that a busy host does not stall the line … */
const WIDEST_WINDOW = 8
/** … and 2 are 64 reports, what Linux' hidraw keeps for a slow reader: the window after losses. */
const NARROWEST_WINDOW = 2
/** A line that damages this many blocks of one image, beyond as many as the image has, is not worth more tries. */
const DAMAGE_ALLOWED = 16

export type Receiver = {
  handle(frame: Exclude<Frame, { kind: 'noise' }>): void
  fail(error: AppError): void
}

/**
 * Receives one image of a kind: waits for its header, grants credit, asks again for lost blocks, checks the whole.
 * `settle` is called once, with the image or the error.
 */
export function createReceiver(options: {
  readonly kind: ImageHeader['kind']
  /** Transfer finished before this one: its header may still be repeated. 0 when there is none. */
  readonly previous: number
  readonly clock: Clock
  readonly send: (message: Unnumbered<HostMessage>) => void
  readonly settle: (outcome: ReceivedImage | AppError) => void
}): Receiver {
  const { kind, previous, clock, send } = options
  let header: ImageHeader | undefined
  let assembly: Assembly | undefined
  let window = WIDEST_WINDOW
  let granted = 0
  let damaged = 0
  let quietRounds = 0
  /** Data reports of this transfer, and how many there were when the wait began. */
  let heard = 0
  let heardBefore = 0
  let settled = false
  let callOff = clock.after(QUIET_MS, onQuiet)

  function settle(outcome: ReceivedImage | AppError) {
    if (settled) return
    settled = true
    callOff()
    options.settle(outcome)
  }

  function listenOn() {
    callOff()
    heardBefore = heard
    callOff = clock.after(QUIET_MS, onQuiet)
  }

  /** A block that comes in slowly is not lost; one that never ends is. */
  function isComing() {
    return header !== undefined && heard > heardBefore && heard < 2 * BLOCK_REPORTS * header.blocks
  }

  function onQuiet() {
    if (isComing()) return listenOn()
    if (++quietRounds >= QUIET_ROUNDS) {
      const context = { received: assembly?.received ?? 0, expected: header?.blocks ?? 0, damaged }
      settle(new AppError(damaged > 0 ? 'DEVICE_GARBLED' : 'DEVICE_SILENT', STEP, { context }))
      return
    }
    if (header && assembly) {
      window = NARROWEST_WINDOW
      ask(assembly.missing(window))
      grant(true)
    } else {
      if (previous > 0) send({ type: 'done', transfer: previous })
      send({ type: 'resend', transfer: 0, header: true, blocks: [] })
    }
    listenOn()
  }

  function ask(blocks: readonly number[]) {
    for (let at = 0; at < blocks.length; at += RESEND_MAX) {
      send({ type: 'resend', transfer: header!.transfer, header: false, blocks: blocks.slice(at, at + RESEND_MAX) })
    }
  }

  function grant(again: boolean) {
    const upTo = Math.min(header!.blocks, assembly!.frontier + window)
    if (upTo <= granted && !again) return
    granted = Math.max(granted, upTo)
    send({ type: 'credit', transfer: header!.transfer, blocks: granted })
  }

  function begin(next: ImageHeader) {
    if (next.kind !== kind || next.transfer === previous) return
    if (header?.transfer === next.transfer) return
    if (!isSane(next, { width: MAX_WIDTH, height: MAX_HEIGHT })) {
      settle(new AppError('DEVICE_GARBLED', STEP, { context: { width: next.width, height: next.height } }))
      return
    }
    header = next
    assembly = createAssembly(next)
    granted = 0
    heard = 0
    quietRounds = 0
    listenOn()
    grant(true)
  }

  function take(frame: Extract<Frame, { kind: 'data' }>) {
    if (!header || !assembly || frame.transfer !== header.transfer) return
    heard++
    const before = assembly.received
    const lost = assembly.accept(frame.block, frame.index, frame.payload)
    if (lost.length > 0) {
      damaged += lost.length
      if (damaged > header.blocks + DAMAGE_ALLOWED) {
        settle(new AppError('DEVICE_GARBLED', STEP, { context: { damaged, expected: header.blocks } }))
        return
      }
      window = Math.max(NARROWEST_WINDOW, window >> 1)
      ask(lost)
    }
    if (assembly.received > before) {
      quietRounds = 0
      listenOn()
      if (assembly.received === header.blocks) finish(header, assembly)
    }
    if (!settled) grant(false)
  }

  function finish(done: ImageHeader, whole: Assembly) {
    const bytes = whole.finish()
    const pixels = bytes && unpackPixels(bytes, done)
    if (!pixels) {
      settle(new AppError('DEVICE_GARBLED', STEP, { context: { reason: 'image-crc' } }))
      return
    }
    send({ type: 'done', transfer: done.transfer })
    const { width, height, dpi } = done
    settle({ header: done, image: { width, height, dpi, pixels } })
  }

  return {
    handle(frame) {
      if (settled) return
      if (frame.kind === 'data') take(frame)
      else if (frame.message.type === 'image') begin(frame.message)
    },
    fail: settle,
  }
}
