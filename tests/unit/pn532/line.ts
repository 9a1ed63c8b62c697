import type { Clock } from '#native/drivers/gempc-twin/index.ts'
import type { CloseReason, Transport } from '#native/transport/transport.ts'

/** A line whose far end is a function, and a clock that only moves when told. */
export function playedLine() {
  const data = new Set<(bytes: Uint8Array) => void>()
  const closes = new Set<(reason: CloseReason) => void>()
  const timers = new Set<{ at: number; act: () => void }>()
  const sent: Uint8Array[] = []
  let now = 0
  let onWrite: (bytes: Uint8Array) => void = () => {}
  const transport: Transport = {
    async open() {},
    async write(bytes) {
      sent.push(bytes.slice())
      onWrite(bytes)
    },
    onData(listener) {
      data.add(listener)
      return () => data.delete(listener)
    },
    onClose(listener) {
      closes.add(listener)
      return () => closes.delete(listener)
    },
    async close() {},
  }
  const clock: Clock = {
    now: () => now,
    after(ms, act) {
      const timer = { at: now + ms, act }
      timers.add(timer)
      return () => timers.delete(timer)
    },
  }
  return {
    transport,
    clock,
    sent,
    timers,
    /** What the far end does with each write. */
    answer(act: (bytes: Uint8Array) => void) {
      onWrite = act
    },
    say(...frames: Uint8Array[]) {
      for (const frame of frames) for (const listener of data) listener(frame)
    },
    end() {
      for (const listener of closes) listener('unplugged')
    },
    async pass(ms: number) {
      const until = now + ms
      for (;;) {
        await settled()
        const next = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        timers.delete(next)
        now = next.at
        next.act()
      }
      now = until
      await settled()
    },
  }
}

export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve()
}
