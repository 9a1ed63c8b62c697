import type { CodeScanner } from '#native/capability/code-scanner.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { ScannerClock } from '#native/drivers/scanner-clock.ts'
import type { SerialSettings } from '#native/transport/serial.ts'
import type { CloseReason, Transport } from '#native/transport/transport.ts'

export const utf8 = (text: string) => new TextEncoder().encode(text)

/** The QR text of an invented person. */
export const card = '014190000123|050000123|Lò Thị Mẫu|15031990|Nữ|Bản Mẫu, Thuận Châu, Sơn La|01082024'

type Create = (
  binding: DeviceBinding,
  open: (binding: DeviceBinding, settings?: Omit<SerialSettings, 'path'>) => Transport,
  clock: ScannerClock,
) => CodeScanner

/** A scanner whose line and clock are in the hands of the test. */
export async function scannerOnLine(create: Create, binding: Pick<DeviceBinding, 'transport' | 'settings'>) {
  let say: (bytes: Uint8Array) => void = () => {}
  let end: (reason: CloseReason) => void = () => {}
  let now = 0
  const opened: unknown[] = []
  const timers = new Set<{ readonly at: number; readonly act: () => void }>()
  const transport: Transport = {
    open: async () => {},
    write: async () => {},
    onData: (listener) => ((say = listener), () => {}),
    onClose: (listener) => ((end = listener), () => {}),
    close: async () => end('asked'),
  }
  const clock: ScannerClock = {
    now: () => now,
    after(ms, act) {
      const timer = { at: now + ms, act }
      timers.add(timer)
      return () => timers.delete(timer)
    },
  }
  const scanner = create(
    { id: 's', kind: 'code-scanner', driver: 'd', address: 'a', ...binding },
    (_, settings) => {
      opened.push(settings)
      return transport
    },
    clock,
  )
  const codes: string[] = []
  let gone = 0
  scanner.onCode((text) => codes.push(text))
  scanner.onGone(() => (gone += 1))
  const { model } = await scanner.acquire(new AbortController().signal)
  return {
    scanner,
    model,
    codes,
    opened,
    say: (...chunks: readonly Uint8Array[]) => chunks.forEach((chunk) => say(chunk)),
    end: (reason: CloseReason) => end(reason),
    gone: () => gone,
    pass(ms: number) {
      now += ms
      for (const timer of [...timers].filter(({ at }) => at <= now)) {
        timers.delete(timer)
        timer.act()
      }
    },
  }
}
