import { createDecoder, encodeMessage } from '#native/drivers/hid-image/codec.ts'
import type { DeviceMessage, HostMessage } from '#native/drivers/hid-image/messages.ts'
import type { Clock } from '#native/drivers/hid-image/clock.ts'
import type { CloseReason, Transport } from '#native/transport/transport.ts'

/** A line whose other end is a function of the test: what the host says goes in, what it returns comes back. */
export function createFakeLine(answer: (message: HostMessage) => readonly (DeviceMessage | Uint8Array)[]) {
  const decoder = createDecoder()
  const heard: HostMessage[] = []
  const data = new Set<(bytes: Uint8Array) => void>()
  const closes = new Set<(reason: CloseReason) => void>()

  const say = (...items: readonly (DeviceMessage | Uint8Array)[]) => {
    for (const item of items) {
      const bytes = item instanceof Uint8Array ? item : encodeMessage(item)
      for (const listener of data) listener(bytes)
    }
  }
  const close = (reason: CloseReason) => {
    for (const listener of closes) listener(reason)
  }
  const transport: Transport = {
    open: async () => {},
    async write(bytes) {
      for (const frame of decoder.push(bytes)) {
        if (frame.kind !== 'message') continue
        const message = frame.message as HostMessage
        heard.push(message)
        say(...answer(message))
      }
    },
    onData(listener) {
      data.add(listener)
      return () => data.delete(listener)
    },
    onClose(listener) {
      closes.add(listener)
      return () => closes.delete(listener)
    },
    close: async () => close('asked'),
  }
  return { transport, heard, say, close }
}

/** Time that only passes when the test says so. */
export function createFakeClock(): Clock & { pass(ms: number): void; readonly waiting: number } {
  let now = 0
  const timers = new Set<{ at: number; call: () => void }>()
  return {
    after(ms, call) {
      const timer = { at: now + ms, call }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    pass(ms) {
      const end = now + ms
      for (;;) {
        const next = [...timers].filter((timer) => timer.at <= end).toSorted((a, b) => a.at - b.at)[0]
        if (!next) break
        timers.delete(next)
        now = next.at
        next.call()
      }
      now = end
    },
    get waiting() {
      return timers.size
    },
  }
}

/** Lets all promises that can settle do so. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
