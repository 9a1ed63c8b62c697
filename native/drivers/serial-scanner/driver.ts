import { AppError } from '#domain/failure/index.ts'
import type { CodeScanner } from '#native/capability/code-scanner.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { SerialSettings } from '#native/transport/serial.ts'
import type { Transport } from '#native/transport/transport.ts'
import { systemClock, type ScannerClock } from '../scanner-clock.ts'
import { lineLayouts, type LineLayout } from './layouts.ts'
import { lineSession } from './session.ts'

const baudRates = [9600, 115_200] as const

/**
 * A code scanner or swipe reader on a serial line (docs/protocols/code-scanners.md). `settings.layout` names a line
 * layout (`any` without), `settings.baudRate` is 9600 or 115200.
 */
export function serialScanner(
  binding: DeviceBinding,
  openTransport: (binding: DeviceBinding, settings: Omit<SerialSettings, 'path'>) => Transport,
  clock: ScannerClock = systemClock,
): CodeScanner {
  const told = new Set<(text: string) => void>()
  const gone = new Set<() => void>()
  let line: Transport | undefined

  return {
    kind: 'code-scanner',
    async acquire(signal) {
      const layout = layoutOf(binding)
      const opened = openTransport(binding, { baudRate: baudRateOf(binding) })
      const session = lineSession(layout, clock, (text) => {
        for (const listener of told) listener(text)
      })
      opened.onData((bytes) => session.add(bytes))
      opened.onClose((reason) => {
        session.reset()
        if (reason !== 'asked') for (const listener of gone) listener()
      })
      line = opened
      await opened.open(signal)
      return { model: layout.model }
    },
    onCode(listener) {
      told.add(listener)
      return () => told.delete(listener)
    },
    onGone(listener) {
      gone.add(listener)
      return () => gone.delete(listener)
    },
    async release() {
      const ended = line
      line = undefined
      await ended?.close()
    },
  }
}

function layoutOf({ settings }: DeviceBinding): LineLayout {
  const name = settings?.['layout'] ?? 'any'
  if (Object.hasOwn(lineLayouts, name)) return lineLayouts[name as keyof typeof lineLayouts]
  throw new AppError('USAGE', 'devices.open', { context: { layout: Object.keys(lineLayouts).join(' ') } })
}

function baudRateOf({ settings }: DeviceBinding): number {
  const wanted = settings?.['baudRate'] ?? String(baudRates[0])
  const rate = baudRates.find((known) => String(known) === wanted)
  if (rate === undefined) throw new AppError('USAGE', 'devices.open', { context: { baudRate: baudRates.join(' ') } })
  return rate
}
