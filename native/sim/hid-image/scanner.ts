import { crc32 } from 'node:zlib'
import { captureSteps, type CaptureStep } from '#domain/biometrics/index.ts'
import { blocksIn, createDecoder, encodeBlock, encodeMessage } from '#native/drivers/hid-image/codec.ts'
import {
  messageTypes,
  MAX_HEIGHT,
  MAX_WIDTH,
  PROTOCOL_VERSION,
  REPORT,
  type DeviceMessage,
  type ErrorReason,
  type HostMessage,
  type ImageHeader,
} from '#native/drivers/hid-image/messages.ts'
import { packPixels } from '#native/drivers/hid-image/pixels.ts'
import { packRuns } from '#native/drivers/hid-image/run-lengths.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { createRandom } from '../hands/random.ts'
import { createLinkClock } from './line.ts'
import { createSensor, type SensorWorld, type Watching } from './sensor.ts'

const MODEL = 'Simulated slap scanner'

/** The wire of one connection as the scanner sees it. */
export type Wire = {
  /** Resolves when the bytes left. */
  write(bytes: Uint8Array): Promise<void>
  /** Pulls the cable. */
  cut(): void
}

/** A full image that went over: image bytes, reports, link time and time of the clock from first to last block. */
export type TransferFigures = {
  readonly bytes: number
  readonly reports: number
  readonly linkMs: number
  readonly wallMs: number
}

type Transfer = {
  readonly header: ImageHeader
  readonly payload: Uint8Array
  readonly resend: number[]
  granted: number
  next: number
  reports: number
  linkMs: number
  since: number
}

type Preview = Watching & { readonly bits: 4 | 8; readonly packed: boolean }

export type ScannerWorld = SensorWorld & {
  first?: Sent
  last?: TransferFigures
  /** Time the line was busy, and time that passed for the scanner. */
  linkMs: number
  nowMs: number
}
type Sent = { readonly header: ImageHeader; readonly payload: Uint8Array }

/** The scanner's end of one connection: decodes with the real codec and answers docs/protocols/hid-image.md. */
export function createScanner(wire: Wire, world: ScannerWorld, pace: number) {
  const decoder = createDecoder()
  const link = createLinkClock(pace)
  const sensor = createSensor(world, link)
  const { faults } = world
  const random = createRandom(7)
  let transfers = 0
  let preview: Preview | undefined
  let transfer: Transfer | undefined
  let lastReply: { key: string; message: DeviceMessage } | undefined
  /** The preview that a full picture ends. */
  let shot: Preview | undefined
  let working = false
  let cut = false
  /** Control reports go before blocks. */
  const control: DeviceMessage[] = []

  function handle(message: HostMessage) {
    if (faults.has('silence')) return
    switch (message.type) {
      case 'credit':
        if (transfer && message.transfer === transfer.header.transfer) {
          transfer.granted = Math.max(transfer.granted, Math.min(message.blocks, transfer.header.blocks))
        }
        return
      case 'resend':
        return resend(message)
      case 'done':
        return done(message.transfer)
      default:
        return command(message)
    }
  }

  let heldBack: DeviceMessage | undefined

  /** A command with the number of the last one is a repetition: same answer, nothing done twice. */
  function command(message: Extract<HostMessage, { type: 'identify' | 'start' | 'shoot' | 'stop' }>) {
    const key = `${message.type} ${message.seq}`
    if (lastReply?.key !== key) lastReply = { key, message: obey(message) }
    const reply = lastReply.message
    // Late is what comes after it was asked for again.
    const late = heldBack
    heldBack = faults.has('late') ? reply : undefined
    if (late) say(late)
    if (!heldBack) say(reply)
  }

  function obey(message: Extract<HostMessage, { type: 'identify' | 'start' | 'shoot' | 'stop' }>): DeviceMessage {
    const { seq } = message
    const of = messageTypes[message.type]
    const refuse = (reason: ErrorReason): DeviceMessage => ({ type: 'error', seq, of, reason })
    switch (message.type) {
      case 'identify':
        return {
          type: 'identity',
          seq,
          version: PROTOCOL_VERSION,
          maxWidth: MAX_WIDTH,
          maxHeight: MAX_HEIGHT,
          dpi: 500,
          model: MODEL,
          single: true,
          rolled: true,
        }
      case 'start':
        if (faults.has('busy')) return refuse('busy')
        if (message.scale < 1 || message.scale > 8) return refuse('bad-argument')
        if (captureSteps[message.step].fingers.every((finger) => message.absent.includes(finger)))
          return refuse('bad-argument')
        preview = message
        transfer = undefined
        sensor.start()
        afterReply(nextFrame)
        break
      case 'shoot':
        if (faults.has('busy')) return refuse('busy')
        if (!preview) return refuse('not-started')
        transfer = undefined
        afterReply(takeFull)
        break
      case 'stop':
        preview = undefined
        transfer = undefined
    }
    return { type: 'ack', seq, of }
  }

  /** Drawing a hand takes a while: the reply goes first. */
  function afterReply(act: () => Promise<void>) {
    const current = preview
    setImmediate(() => {
      if (preview === current && !cut) void act()
    })
  }

  async function nextFrame() {
    const current = preview
    if (!current || shot === current) return
    await sensor.ready()
    world.nowMs = link.nowMs
    if (preview !== current || shot === current || cut) return
    announce('preview', current.step, sensor.preview(current), current.bits, current.packed)
  }

  async function takeFull() {
    const current = preview
    if (!current || shot === current) return
    shot = current
    await sensor.rolledOut(current)
    if (preview !== current || cut) return
    preview = undefined
    if (faults.has('previous-image') && world.first) {
      begin({ ...world.first.header, transfer: nextTransfer() }, world.first.payload)
      return
    }
    announce('full', current.step, sensor.full(current), 8, false)
  }

  function announce(kind: ImageHeader['kind'], step: CaptureStep, image: GrayImage, bits: 4 | 8, mayPack: boolean) {
    const plain = packPixels(image, bits)
    const short = mayPack ? packRuns(plain) : plain
    const packed = short.length < plain.length
    const payload = packed ? short : plain
    const { width, height, dpi } = image
    const size = { width, height, dpi, bits, packed, bytes: payload.length, blocks: blocksIn(payload.length) }
    const header = { transfer: nextTransfer(), kind, step, ...size, crc: crc32(payload), exposure: world.exposures }
    if (kind === 'full') world.first ??= { header, payload }
    begin(header, payload)
  }

  function nextTransfer(): number {
    transfers = (transfers % 255) + 1
    return transfers
  }

  function begin(header: ImageHeader, payload: Uint8Array) {
    transfer = { header, payload, resend: [], granted: 0, next: 0, reports: 0, linkMs: 0, since: 0 }
    say({ type: 'image', seq: 0, ...header })
  }

  function resend(message: Extract<HostMessage, { type: 'resend' }>) {
    if (!transfer) return
    if (message.transfer !== 0 && message.transfer !== transfer.header.transfer) return
    if (message.header) say({ type: 'image', seq: 0, ...transfer.header })
    for (const block of message.blocks) {
      if (block < transfer.header.blocks && !transfer.resend.includes(block)) transfer.resend.push(block)
    }
  }

  function done(number: number) {
    if (!transfer || transfer.header.transfer !== number) return
    const { kind, step } = transfer.header
    transfer = undefined
    if (kind === 'full') sensor.countTaken(step)
    else setImmediate(() => void nextFrame())
  }

  function say(message: DeviceMessage) {
    control.push(message)
    if (faults.has('duplicate')) control.push(message)
    void work()
  }

  /** Sends whatever may be sent, one piece at a time. */
  async function work(): Promise<void> {
    if (working) return
    working = true
    link.resume()
    while (!cut) {
      const message = control.shift()
      if (message) {
        if (faults.has('garbage')) await carry(noise(), false)
        await carry(encodeMessage(message), faults.has('one-byte-chunks'))
      } else if (!(await sendBlock())) {
        break
      }
    }
    working = false
  }

  /** False when there is nothing to send or no credit to send it. */
  async function sendBlock(): Promise<boolean> {
    const current = transfer
    if (!current) return false
    const again = current.resend.shift()
    const block = again ?? (current.next < current.granted ? current.next++ : undefined)
    if (block === undefined) return false
    const first = again === undefined
    const reports = encodeBlock(current.header.transfer, block, current.payload)
    current.since ||= performance.now()
    current.reports += reports.length / REPORT
    const before = link.busyMs
    if (first && faults.has('unplug') && current.header.kind === 'full' && block >= current.header.blocks >> 1) {
      faults.delete('unplug')
      await wire.write(reports.subarray(0, 10 * REPORT + 20))
      stop()
      wire.cut()
      return false
    }
    if (first && faults.has('bad-checksum') && block % 7 === 0) reports[REPORT + 9]! ^= 0x10
    if (first && faults.has('lost-block') && block % 5 === 0) await link.carry(reports.length)
    else await carry(reports, block === 0 && faults.has('one-byte-chunks'))
    if (first && faults.has('duplicate') && block % 3 === 0) await carry(reports, false)
    current.linkMs += link.busyMs - before
    if (current.header.kind === 'full' && current.next === current.header.blocks) {
      const { reports: count, linkMs, since, header } = current
      world.last = { bytes: header.bytes, reports: count, linkMs, wallMs: performance.now() - since }
    }
    return true
  }

  async function carry(bytes: Uint8Array, byteByByte: boolean): Promise<void> {
    if (byteByByte) {
      for (let at = 0; at < bytes.length && !cut; at++) {
        await wire.write(bytes.subarray(at, at + 1))
        await new Promise((resolve) => setImmediate(resolve))
      }
    } else {
      await wire.write(bytes)
    }
    const before = link.busyMs
    await link.carry(bytes.length)
    world.linkMs += link.busyMs - before
    world.nowMs = link.nowMs
  }

  function noise(): Uint8Array {
    return Uint8Array.from({ length: 1 + Math.floor(random() * 150) }, () => Math.floor(random() * 256))
  }

  function stop() {
    cut = true
  }

  return {
    /** Bytes from the host. */
    push(bytes: Uint8Array) {
      for (const frame of decoder.push(bytes)) {
        if (frame.kind === 'message' && isHostMessage(frame.message)) handle(frame.message)
      }
      void work()
    },
    stop,
  }
}

const deviceTypes: ReadonlySet<string> = new Set<DeviceMessage['type']>(['identity', 'ack', 'error', 'image'])

function isHostMessage(message: HostMessage | DeviceMessage): message is HostMessage {
  return !deviceTypes.has(message.type)
}
