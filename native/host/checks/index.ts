import {
  causeOfTrouble,
  judgeCardReader,
  judgeCodeScanner,
  judgeDocumentCamera,
  judgeEnd,
  judgeFingerprintScanner,
  judgeIrisCamera,
  judgeService,
  type Figures,
  type Found,
  type Trouble,
} from '#domain/diagnosis/index.ts'
import { AppError } from '#domain/failure/index.ts'
import type { CheckProgress, DeviceChecked } from '#native/capability/checks.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { ReaderFacts } from '#native/capability/fingerprint-reader.ts'
import type { Device } from '#native/drivers/index.ts'
import type { Clock } from '../clock.ts'
import type { Registry } from '../registry.ts'
import { orCancelled } from '../waiting.ts'
import { checkCardReader } from './card-reader.ts'
import { timed, troubleOf, type CheckRun, type Measured } from './check-run.ts'
import { checkCodeScanner } from './code-scanner.ts'
import { checkDocumentCamera } from './document-camera.ts'
import { checkFingerprintScanner } from './fingerprint-scanner.ts'
import { checkIrisCamera } from './iris-camera.ts'
import type { LineMeters } from './line-meter.ts'
import { listeningTime, type ListeningTime } from './listening-time.ts'
import { measureService } from './service.ts'

export { meterLines, type LineMeters } from './line-meter.ts'

/** A device that does not let go within this time hangs. Milliseconds. */
const lettingGo = 3000

export type DeviceChecks = {
  /** CANCELLED, DEVICE_UNKNOWN, DEVICE_BUSY; whatever is wrong with the device itself is found, not thrown. */
  check(input: { readonly attempt: string; readonly device: string }, signal: AbortSignal): Promise<DeviceChecked>
  /** The person did what the prompt of that attempt asked for. Too late is as good as in time. */
  goOn(attempt: string): void
}

export function deviceChecks(parts: {
  readonly registry: Registry
  /** As they were bound last, with their settings. */
  readonly bindings: () => readonly DeviceBinding[]
  readonly lines: LineMeters
  readonly clock: Clock
  readonly tell: (progress: CheckProgress) => void
}): DeviceChecks {
  const { registry, lines, clock } = parts
  const running = new Map<string, () => void>()
  const checking = new Set<string>()

  function runOf(attempt: string, binding: DeviceBinding, signal: AbortSignal, time: ListeningTime): CheckRun {
    let said = new AbortController()
    running.set(attempt, () => said.abort())
    const tell: CheckRun['tell'] = (prompt, done) => {
      said = new AbortController()
      parts.tell({ attempt, device: binding.id, prompt, done })
    }
    return {
      binding,
      signal,
      clock,
      listened: () => time.now(),
      line: lines.of(binding),
      tell,
      said: () => said.signal,
      async ask(prompt, done, { patienceMs, watch }) {
        const { promise, resolve } = Promise.withResolvers<'said' | 'seen' | 'over'>()
        const callOff = clock.after(patienceMs, () => resolve('over'))
        const unwatch = watch?.(() => resolve('seen'))
        // Nobody needs to do anything more before a device that floods.
        const unflood = lines.of(binding)?.onFlood(() => resolve('over'))
        tell(prompt, done)
        if (said.signal.aborted) resolve('said')
        said.signal.addEventListener('abort', () => resolve('said'), { once: true })
        try {
          return await orCancelled(promise, signal, 'device.check')
        } finally {
          callOff()
          unwatch?.()
          unflood?.()
        }
      },
    }
  }

  /** The line is opened anew, so that the test sees that, too. Returns how long it took. */
  async function reopen(device: Device, run: CheckRun): Promise<Opened> {
    const { signal } = run
    const late = new AbortController()
    const callOff = clock.after(lettingGo, () => late.abort())
    try {
      await orCancelled(device.release(), AbortSignal.any([signal, late.signal]), 'device.check')
    } catch (error) {
      if (signal.aborted || !late.signal.aborted) throw error
      return { hangs: true, openMs: 0, facts: {} }
    } finally {
      callOff()
    }
    // An answer to what was asked before the test is none that nobody asked for.
    run.line?.start()
    const { value: facts, ms } = await timed(run, () => device.acquire(signal))
    return { hangs: false, openMs: ms, facts }
  }

  async function measure(device: Device, run: CheckRun): Promise<Checked> {
    let opened: Opened
    try {
      opened = await reopen(device, run)
    } catch (error) {
      if (!(error instanceof AppError) || run.signal.aborted) throw error
      return { checked: await ended(run, troubleOf(error, run)), broken: true }
    }
    if (opened.hangs) return { checked: { figures: {}, found: [{ cause: 'hangs' }] }, broken: true }
    const [measured, judge] = await byKind(device, run, opened.facts)
    const line = run.line?.figures() ?? {}
    const figures = { openMs: opened.openMs, ...line, ...measured.figures }
    return { checked: { figures, found: judge(measured, line) }, broken: measured.trouble !== undefined }
  }

  /** A device that cannot be opened: the line, and where there is one the service, say why. */
  async function ended(run: CheckRun, trouble: Trouble): Promise<DeviceChecked> {
    const line = run.line?.figures() ?? {}
    if (run.binding.transport !== 'http') return { figures: line, found: judgeEnd(trouble, line) }
    const service = await measureService(run)
    const shown = judgeService(service.figures)
    const cause = causeOfTrouble(service.trouble ?? trouble)
    return { figures: service.figures, found: [{ cause }, ...shown.filter((one) => one.cause !== cause)] }
  }

  /** The test on the device that the registry holds, which opens the line afresh when it was left broken. */
  async function held(run: CheckRun, kind: Device['kind']): Promise<DeviceChecked> {
    const { binding, signal } = run
    const request = { device: binding.id, kind, step: 'device.check', signal }
    let begun: Promise<Checked> | undefined
    try {
      await registry.use(request, async (device) => {
        run.tell('nothing', 0)
        begun = measure(device, run)
        const broken = await begun.then(
          (outcome) => outcome.broken,
          () => true,
        )
        if (broken) throw new AppError('DEVICE_GONE', 'device.check')
      })
    } catch (error) {
      if (!begun) return refused(run, error)
    }
    if (!begun) throw new AppError('INTERNAL', 'device.check')
    return (await begun).checked
  }

  /** The device could not be had at all. */
  function refused(run: CheckRun, error: unknown): Promise<DeviceChecked> {
    if (run.signal.aborted || !(error instanceof AppError)) throw error
    const { problem } = registry.list().find(({ id }) => id === run.binding.id) ?? {}
    // Another attempt has it: that is no fault of the device.
    if (error.code === 'DEVICE_BUSY' && problem !== 'DEVICE_BUSY') throw error
    const trouble = troubleOf(error, run)
    return ended(run, { ...trouble, during: trouble.during === 'opening' ? 'opening' : 'greeting' })
  }

  return {
    async check({ attempt, device: id }, signal) {
      const status = registry.list().find((one) => one.id === id)
      const binding = parts.bindings().find((one) => one.id === id)
      if (!status || !binding) throw new AppError('DEVICE_UNKNOWN', 'device.check', { context: { device: id } })
      if (checking.has(id)) throw new AppError('DEVICE_BUSY', 'device.check', { context: { device: id } })
      checking.add(id)
      const time = listeningTime(clock)
      const run = runOf(attempt, binding, signal, time)
      run.line?.start()
      try {
        return await held(run, status.kind as Device['kind'])
      } finally {
        run.line?.stop()
        time.stop()
        running.delete(attempt)
        checking.delete(id)
      }
    },
    goOn: (attempt) => running.get(attempt)?.(),
  }
}

type Opened = { readonly hangs: boolean; readonly openMs: number; readonly facts: object }
type Checked = { readonly checked: DeviceChecked; readonly broken: boolean }
type Judge = (measured: Measured, line: Figures) => readonly Found[]

async function byKind(device: Device, run: CheckRun, facts: object): Promise<readonly [Measured, Judge]> {
  switch (device.kind) {
    case 'card-reader':
      return [
        await checkCardReader(device, run),
        ({ figures, trouble }, line) => judgeCardReader(figures, line, trouble),
      ]
    case 'fingerprint-scanner':
      return [
        await checkFingerprintScanner(device, run, facts as ReaderFacts),
        ({ figures, trouble }, line) => [...judgeFingerprintScanner(figures, line, trouble), ...judgeService(figures)],
      ]
    case 'iris-camera':
      return [await checkIrisCamera(device, run), ({ figures, trouble }) => judgeIrisCamera(figures, trouble)]
    case 'code-scanner':
      return [
        await checkCodeScanner(device, run),
        ({ figures, trouble }, line) => judgeCodeScanner(figures, line, trouble),
      ]
    case 'document-camera':
      return [
        await checkDocumentCamera(device, run),
        ({ figures, trouble }, line) => judgeDocumentCamera(figures, line, trouble),
      ]
  }
}
