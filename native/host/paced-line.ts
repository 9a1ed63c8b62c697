import type { OpenTransport } from '#native/drivers/index.ts'
import type { Transport } from '#native/transport/transport.ts'
import type { Clock } from './clock.ts'
import type { Transports } from './registry.ts'

/** Of so many milliseconds, what comes over one line may take so many of the process's time. */
const pace = { window: 500, share: 300 } as const

/** The same transports, where no line can keep the process from its other devices, whatever comes over it. */
export function paceLines(transports: Transports, clock: Clock): Transports {
  const paced = Object.entries(transports).map(([kind, open]) => {
    const opened: OpenTransport = (binding, settings) => pacedLine(open(binding, settings), clock)
    return [kind, opened] as const
  })
  return Object.fromEntries(paced)
}

/** A line that is held for the rest of the time when hearing it takes too much of it: its device floods. */
export function pacedLine(line: Transport, clock: Pick<Clock, 'after'>, now = () => performance.now()): Transport {
  const listeners = new Set<(bytes: Uint8Array) => void>()
  let since = -Infinity
  let spent = 0
  let held = false
  let callOff = () => {}

  function letGo() {
    callOff()
    if (held) line.hold?.(false)
    held = false
    since = -Infinity
  }

  line.onData((bytes) => {
    const begun = now()
    if (begun - since >= pace.window) {
      since = begun
      spent = 0
    }
    for (const listener of listeners) listener(bytes)
    const ended = now()
    spent += ended - begun
    if (held || spent < pace.share || !line.hold) return
    held = true
    line.hold(true)
    // What one chunk took is paid for in full.
    callOff = clock.after((spent * (pace.window - pace.share)) / pace.share, letGo)
  })
  line.onClose(() => {
    callOff()
    held = false
    since = -Infinity
  })

  return {
    ...line,
    onData(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
