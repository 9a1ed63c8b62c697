import { expect, test } from 'vitest'
import { connectHost, type HostEvent, type HostProcess, type HostState } from '#core/devices/index.ts'
import type { HostMessage, HostRequest } from '#native/capability/host.ts'
import { fakeClock, settle } from './fake-clock.ts'

const binding = {
  id: 'reader',
  kind: 'card-reader',
  driver: 'gempc-twin',
  transport: 'serial',
  address: '/dev/one',
} as const
const capture = {
  attempt: 'a1',
  device: 'fingerprint',
  step: 'right-four',
  minimumQuality: 40,
  framesBeforeShot: 3,
  patienceMs: 1000,
} as const

/** A process that a test plays by hand. */
function playedProcess() {
  const listeners: ((message: HostMessage) => void)[] = []
  const exits: ((code: number | null) => void)[] = []
  const sent: HostRequest[] = []
  let killed = false
  const process: HostProcess = {
    send: (message) => void sent.push(message),
    onMessage: (listener) => void listeners.push(listener),
    onExit: (listener) => void exits.push(listener),
    kill() {
      killed = true
    },
  }
  return {
    process,
    sent,
    get killed() {
      return killed
    },
    say(message: HostMessage) {
      for (const listener of listeners) listener(message)
    },
    exit(code: number | null = 1) {
      for (const listener of exits) listener(code)
    },
    calls: () => sent.filter((message) => message.type === 'call'),
  }
}

async function scene() {
  const clock = fakeClock()
  const started: ReturnType<typeof playedProcess>[] = []
  const events: HostEvent[] = []
  const states: HostState[] = []
  const host = connectHost({
    clock,
    fork() {
      const played = playedProcess()
      started.push(played)
      return played.process
    },
    onEvent: (event) => events.push(event),
    onState: (state) => states.push(state),
  })
  await settle()
  const latest = () => started.at(-1)!
  return { clock, host, started, events, states, latest, up: () => latest().say({ type: 'pong', id: 0 }) }
}

test('a call gets the answer with its own number, in whatever order answers come', async () => {
  const { host, latest, up } = await scene()
  up()
  const list = host.call('devices.list', {})
  const shot = host.call('finger.shoot', { attempt: 'a1' })
  const [first, second] = latest().calls()
  latest().say({ type: 'reply', id: second!.id, ok: true, value: {} })
  latest().say({ type: 'reply', id: first!.id, ok: true, value: ['the list'] })
  expect(await shot).toEqual({})
  expect(await list).toEqual(['the list'])
})

test('a failure of the host arrives as an AppError with its code, step and context', async () => {
  const { host, latest, up } = await scene()
  up()
  const read = host.call('devices.list', {})
  const error = { code: 'CARD_ABSENT', step: 'chip.read', retriable: true, context: { slot: 0 } } as const
  latest().say({ type: 'reply', id: latest().calls()[0]!.id, ok: false, error })
  await expect(read).rejects.toMatchObject({ name: 'AppError', ...error })
})

test('calls made before the process has said its first word are held back, then sent', async () => {
  const { host, latest, up } = await scene()
  const list = host.call('devices.list', {})
  expect(latest().calls()).toEqual([])
  up()
  latest().say({ type: 'reply', id: latest().calls()[0]!.id, ok: true, value: [] })
  expect(await list).toEqual([])
})

test('aborting a call rejects it at once, tells the host, and drops the late answer', async () => {
  const { host, latest, up } = await scene()
  up()
  const stop = new AbortController()
  const read = host.call('finger.capture', capture, stop.signal)
  const { id } = latest().calls()[0]!
  stop.abort()
  await expect(read).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(latest().sent).toContainEqual({ type: 'cancel', id })
  latest().say({ type: 'reply', id, ok: true, value: 'late' })
})

test('a crash rejects what was under way with HOST_GONE and sends the bindings first to the next process', async () => {
  const { host, latest, up, clock, started, states } = await scene()
  up()
  void host.call('devices.bind', { bindings: [binding] }).catch(() => {})
  const shot = host.call('finger.capture', capture)
  latest().exit(139)
  await expect(shot).rejects.toMatchObject({ code: 'HOST_GONE', retriable: true })
  const again = host.call('devices.list', {})
  await clock.advance(250)
  expect(started).toHaveLength(2)
  up()
  expect(
    latest()
      .calls()
      .map(({ name }) => name),
  ).toEqual(['devices.bind', 'devices.list'])
  expect(latest().calls()[0]!.input).toEqual({ bindings: [binding] })
  latest().say({ type: 'reply', id: latest().calls()[1]!.id, ok: true, value: [] })
  expect(await again).toEqual([])
  expect(states).toEqual(['running', 'restarting', 'running'])
})

test('a process that answers no heartbeat is killed and replaced', async () => {
  const { latest, up, clock, started } = await scene()
  up()
  await clock.advance(4000)
  expect(latest().killed).toBe(false)
  await clock.advance(2000)
  expect(latest().killed).toBe(true)
  latest().exit(null)
  await clock.advance(250)
  expect(started).toHaveLength(2)
})

test('a process that is slow to start is given twenty seconds for its first word', async () => {
  const { latest, clock } = await scene()
  await clock.advance(19_000)
  expect(latest().killed).toBe(false)
  await clock.advance(1000)
  expect(latest().killed).toBe(true)
})

test('a process that does not even die when killed is given up and replaced', async () => {
  const { host, up, clock, started } = await scene()
  up()
  const shot = host.call('finger.capture', capture)
  const rejected = expect(shot).rejects.toMatchObject({ code: 'HOST_GONE' })
  await clock.advance(20_000)
  await rejected
  expect(started.length).toBeGreaterThan(1)
})

test('a process that answers its heartbeat is left alone for hours', async () => {
  const { latest, up, clock, started } = await scene()
  up()
  for (let second = 0; second < 7200; second += 4) {
    await clock.advance(4000)
    latest().say({ type: 'pong', id: 1 })
  }
  expect(started).toHaveLength(1)
  expect(latest().killed).toBe(false)
}, 30_000)

test('restarts wait longer each time, then give up, and a new call asks for one more start', async () => {
  const { host, latest, clock, started, states } = await scene()
  const waits: number[] = []
  for (;;) {
    latest().exit()
    if (clock.next === undefined) break
    waits.push(clock.next)
    await clock.advance(clock.next)
  }
  expect(waits).toEqual([250, 500, 1000, 2000, 4000])
  expect(states).toEqual(['failed'])
  await clock.advance(3_600_000)
  expect(started).toHaveLength(6)

  const list = host.call('devices.list', {})
  expect(started).toHaveLength(7)
  expect(host.state).toBe('restarting')
  latest().exit()
  await expect(list).rejects.toMatchObject({ code: 'HOST_GONE' })
  expect(host.state).toBe('failed')
})

test('a good spell resets the back-off', async () => {
  const { latest, up, clock } = await scene()
  for (let crash = 0; crash < 4; crash++) {
    latest().exit()
    await clock.advance(clock.next!)
  }
  up()
  for (let second = 0; second < 30; second++) {
    await clock.advance(1000)
    latest().say({ type: 'pong', id: 1 })
  }
  latest().exit()
  expect(clock.next).toBe(250)
})

test('messages of a process that was replaced are not heard any more', async () => {
  const { latest, up, clock, started, events } = await scene()
  up()
  latest().exit()
  await clock.advance(250)
  up()
  const event = { type: 'event', name: 'shutterPressed', data: { device: 'button' } } as const
  started[0]!.say(event)
  expect(events).toEqual([])
  started[1]!.say(event)
  expect(events).toEqual([{ name: 'shutterPressed', data: { device: 'button' } }])
})

test('closing kills the process, rejects what is pending, and starts nothing again', async () => {
  const { host, latest, up, clock, started } = await scene()
  up()
  const shot = host.call('finger.capture', capture)
  const closed = host.close()
  expect(latest().killed).toBe(true)
  latest().exit(null)
  await closed
  await expect(shot).rejects.toMatchObject({ code: 'HOST_GONE' })
  await expect(host.call('devices.list', {})).rejects.toMatchObject({ code: 'HOST_GONE' })
  await clock.advance(60_000)
  expect(started).toHaveLength(1)
})
