import { createHash, randomUUID } from 'node:crypto'
import { AppError } from '#domain/failure/index.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import { parseLoopback, type LoopbackPort } from '#native/transport/http.ts'
import { checkCaptured, readIdentity, type KnownDevice, type Sample } from './captured.ts'
import type { Clock } from './clock.ts'
import { hashOfNothing } from './hash-chain.ts'
import { deviceInfo, parseJson, type DeviceInfo } from './messages.ts'
import { sbiService, type CaptureWish, type Kind, type Note, type SbiService } from './service.ts'
import { openSigned, readAnchors, untrusted } from './trust.ts'

/** Between two looks whether the service is still there, while nothing else is asked of it. Milliseconds. */
const lookEvery = 5000
/** Pictures remembered by their hash, so that a device that serves an old one is found out. */
const remembered = 64

type Opened = { readonly service: SbiService; readonly known: KnownDevice; readonly info: DeviceInfo }

export type PartWish = Pick<CaptureWish, 'subId' | 'count' | 'exception' | 'bioSubType' | 'requestedScore' | 'timeout'>

/** One device behind an SBI service: found, known, and every answer of it checked. For the drivers of this folder. */
export function sbiDevice(binding: DeviceBinding, kind: Kind, clock: Clock, note?: Note) {
  const gone = new Set<() => void>()
  const seen: string[] = []
  const settings = binding.settings ?? {}
  const env = settings['env'] ?? 'Production'
  let opened: Opened | undefined
  let busy = false
  let previousHash = hashOfNothing
  let stopLooking = () => {}

  function tellGone() {
    stopLooking()
    opened = undefined
    for (const listener of gone) listener()
  }

  /** The ports at which a device of this kind answers; without any, of the failures the one that says most. */
  async function find(signal: AbortSignal): Promise<readonly LoopbackPort[]> {
    const ports = parseLoopback(binding.address)
    const failures: AppError[] = []
    const found = await Promise.all(
      ports.map((port) =>
        sbiService(port, kind, clock, note)
          .discover(signal)
          .then(
            () => port,
            (error: unknown) => void failures.push(asAppError(error)),
          ),
      ),
    )
    const answering = found.filter((port) => port !== undefined)
    if (answering.length > 0) return answering
    throw failures.find(({ code }) => code !== 'DEVICE_ABSENT') ?? new AppError('DEVICE_ABSENT', 'sbi.discover')
  }

  /** The first device that is trusted: beside it there may be others, of another maker or for trials. */
  async function open(signal: AbortSignal): Promise<Opened> {
    let problem: AppError | undefined
    for (const port of await find(signal)) {
      try {
        return await identify(port, signal)
      } catch (error) {
        problem ??= asAppError(error)
      }
    }
    throw problem ?? new AppError('DEVICE_ABSENT', 'sbi.info')
  }

  async function identify(port: LoopbackPort, signal: AbortSignal): Promise<Opened> {
    const step = 'sbi.info'
    const anchors = readAnchors(settings['anchors'])
    const problems: AppError[] = []
    for (const signed of await sbiService(port, kind, clock, note).info(signal)) {
      try {
        const { payload, signer } = await openSigned(signed, anchors, clock.now(), step)
        const info = parseJson(deviceInfo, payload, step)
        const id = await readIdentity(info.digitalId, anchors, clock.now())
        if (id.type !== kind) continue
        checkStatus(info)
        const service = sbiService(portFor(info, port), kind, clock, note)
        return { service, info, known: { id, fingerprint: signer.fingerprint256 } }
      } catch (error) {
        problems.push(asAppError(error))
      }
    }
    throw problems[0] ?? new AppError('DEVICE_ABSENT', step)
  }

  function checkStatus({ deviceStatus, env: registered, purpose }: DeviceInfo) {
    const step = 'sbi.info'
    if (deviceStatus === 'Busy') throw new AppError('DEVICE_BUSY', step)
    if (deviceStatus !== 'Ready') throw new AppError('DEVICE_REFUSED', step, { context: { reason: 'not-ready' } })
    if (registered !== env || purpose !== 'Registration') throw untrusted('device', step)
  }

  /** A service may say where else it is to be asked; it stays on this machine and in its ports. */
  function portFor({ callbackId }: DeviceInfo, port: LoopbackPort): LoopbackPort {
    if (!callbackId) return port
    try {
      return parseLoopback(callbackId.replace(/^http:\/\//u, '').replace(/\/$/u, ''))[0] ?? port
    } catch {
      throw new AppError('DEVICE_REFUSED', 'sbi.info', { context: { reason: 'callback' } })
    }
  }

  function lookLater() {
    stopLooking()
    const over = new AbortController()
    const callOff = clock.after(lookEvery, () => {
      if (!opened || busy) return lookLater()
      opened.service.discover(over.signal).then(lookLater, () => {
        if (!over.signal.aborted) tellGone()
      })
    })
    stopLooking = () => {
      callOff()
      over.abort()
    }
  }

  return {
    async acquire(signal: AbortSignal): Promise<Opened> {
      opened = undefined
      parseLoopback(binding.address)
      if (readAnchors(settings['anchors']).length === 0) throw untrusted('no-anchor', 'sbi.info')
      opened = await open(signal)
      previousHash = hashOfNothing
      lookLater()
      return opened
    },

    /** Runs one act at a time with the device: DEVICE_BUSY, DEVICE_GONE when it was not acquired. */
    async use<T>(act: (device: Opened) => Promise<T>): Promise<T> {
      if (busy) throw new AppError('DEVICE_BUSY', 'sbi.capture')
      if (!opened) throw new AppError('DEVICE_GONE', 'sbi.capture')
      busy = true
      try {
        return await act(opened)
      } catch (error) {
        // It may have a new key, or be another one: it is asked anew who it is.
        if (error instanceof AppError && error.code === 'DEVICE_UNTRUSTED') tellGone()
        // Nobody listens any more at the port where it was.
        throw error instanceof AppError && error.code === 'DEVICE_ABSENT'
          ? new AppError('DEVICE_GONE', error.step)
          : error
      } finally {
        busy = false
      }
    },

    async capture({ service, known, info }: Opened, part: PartWish, signal: AbortSignal): Promise<readonly Sample[]> {
      const wish: CaptureWish = {
        ...part,
        env,
        specVersion: info.specVersion[0] ?? '1.0',
        serialNo: known.id.serialNo,
        transactionId: randomUUID(),
        previousHash,
        captureTime: clock.now().toISOString(),
      }
      const answer = await service.capture(wish, signal)
      const anchors = readAnchors(settings['anchors'])
      const checked = await checkCaptured({ answer, wish, kind, device: known, anchors, now: clock.now() })
      previousHash = checked.hash
      return checked.samples
    },

    /** PREVIOUS_IMAGE when one of these pictures, as the device coded them, was delivered before. */
    refuseOld(images: readonly Uint8Array[]): void {
      const hashes = images.map((image) => createHash('sha256').update(image).digest('base64'))
      const old = hashes.some((hash, index) => seen.includes(hash) || hashes.indexOf(hash) !== index)
      if (old) throw new AppError('PREVIOUS_IMAGE', 'sbi.capture')
      seen.push(...hashes)
      seen.splice(0, seen.length - remembered)
    },

    onGone(listener: () => void): () => void {
      gone.add(listener)
      return () => gone.delete(listener)
    },

    release(): Promise<void> {
      stopLooking()
      opened = undefined
      return Promise.resolve()
    },
  }
}

function asAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('INTERNAL', 'sbi.open', { cause: error })
}
