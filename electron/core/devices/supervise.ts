import type { HostMessage, HostRequest } from '#native/capability/host.ts'
import type { Clock } from './clock.ts'
import type { HostProcess, HostState } from './host-process.ts'

/** Milliseconds, except where it says otherwise. */
const pace = {
  ping: 1000,
  /** Pings in a row without a pong. Counted, not timed: after a laptop's sleep one ping is late, not five. */
  silentPings: 5,
  /** The same before the first word: a cold start from a slow disk takes its time. */
  silentPingsAtStart: 20,
  firstRestart: 250,
  longestRestart: 8000,
  /** Ends in a row without a good spell between them. */
  endsBeforeFailed: 6,
  goodSpell: 30_000,
  /** How long a killed process may take to be gone. */
  death: 3000,
} as const

export type Supervision = {
  readonly fork: () => HostProcess
  readonly clock: Clock
  readonly onState: (state: HostState) => void
  readonly onMessage: (message: HostMessage) => void
  /** The process has said its first word. */
  readonly onUp: () => void
  /** The process has ended; `forGood`: none will follow unless asked for. */
  readonly onDown: (forGood: boolean) => void
}

export type Supervised = {
  readonly state: HostState
  send(message: HostRequest): void
  /** Starts again after `failed`. */
  ask(): void
  close(): Promise<void>
}

/** Keeps one process running: heartbeat, restart with a growing back-off, giving up after too many ends in a row. */
export function supervise({ fork, clock, onState, onMessage, onUp, onDown }: Supervision): Supervised {
  let state: HostState = 'restarting'
  let current: HostProcess | undefined
  let closed = false
  let ends = 0
  let pingId = 0
  let timers: (() => void)[] = []
  const closing: (() => void)[] = []

  function enter(next: HostState) {
    if (state === next) return
    state = next
    onState(next)
  }

  function start() {
    const child = startChild()
    current = child
    if (!child) return ended()
    let silent = 0
    child.onMessage((message) => {
      if (current !== child) return
      silent = 0
      if (state !== 'running') {
        enter('running')
        timers.push(clock.after(pace.goodSpell, () => (ends = 0)))
        onUp()
      }
      onMessage(message)
    })
    child.onExit(() => {
      if (current === child) ended()
    })
    const beat = () => {
      if (current !== child) return
      if (silent >= (state === 'running' ? pace.silentPings : pace.silentPingsAtStart)) return kill(child)
      silent++
      child.send({ type: 'ping', id: ++pingId })
      timers.push(clock.after(pace.ping, beat))
    }
    beat()
  }

  function startChild(): HostProcess | undefined {
    try {
      return fork()
    } catch {
      return undefined
    }
  }

  function kill(child: HostProcess) {
    timers.push(
      clock.after(pace.death, () => {
        if (current === child) ended()
      }),
    )
    child.kill()
  }

  function ended() {
    current = undefined
    for (const callOff of timers) callOff()
    timers = []
    ends++
    const forGood = closed || ends >= pace.endsBeforeFailed
    if (!forGood) {
      const delay = Math.min(pace.firstRestart * 2 ** (ends - 1), pace.longestRestart)
      timers.push(clock.after(delay, start))
    }
    enter(forGood ? 'failed' : 'restarting')
    onDown(forGood)
    for (const done of closing.splice(0)) done()
  }

  // The caller holds no reference yet while a start fails at once.
  queueMicrotask(() => {
    if (!closed) start()
  })

  return {
    get state() {
      return state
    },
    send: (message) => current?.send(message),
    ask() {
      if (state !== 'failed') return
      if (closed) return onDown(true)
      enter('restarting')
      start()
    },
    close() {
      closed = true
      const child = current
      if (!child) {
        for (const callOff of timers) callOff()
        timers = []
        enter('failed')
        onDown(true)
        return Promise.resolve()
      }
      return new Promise((resolve) => {
        closing.push(resolve)
        kill(child)
      })
    },
  }
}
