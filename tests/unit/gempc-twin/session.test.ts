import { describe, expect, it } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import type { Clock } from '#native/drivers/gempc-twin/clock.ts'
import { encodeMessage, nakFrame, TwinCodec, type TwinMessage } from '#native/drivers/gempc-twin/codec.ts'
import { TwinSession } from '#native/drivers/gempc-twin/session.ts'
import type { CloseReason, Transport } from '#native/transport/transport.ts'

/** A line whose far end is a function, and a clock that only moves when told. */
function bench(onMessage: (message: TwinMessage, reply: (bytes: Uint8Array) => void) => void) {
  const data = new Set<(bytes: Uint8Array) => void>()
  const closes = new Set<(reason: CloseReason) => void>()
  const sent: TwinMessage[] = []
  const reply = (bytes: Uint8Array) => data.forEach((listener) => listener(bytes))
  const transport: Transport = {
    open: async () => {},
    close: async () => {},
    onData: (listener) => {
      data.add(listener)
      return () => data.delete(listener)
    },
    onClose: (listener) => {
      closes.add(listener)
      return () => closes.delete(listener)
    },
    write: async (bytes) => {
      for (const event of new TwinCodec().push(bytes)) {
        if (event.kind !== 'message') continue
        sent.push(event.message)
        onMessage(event.message, reply)
      }
    },
  }
  const timers = new Set<{ due: number; act: () => void }>()
  let now = 0
  const clock: Clock = {
    now: () => now,
    after(ms, act) {
      const timer = { due: now + ms, act }
      timers.add(timer)
      return () => timers.delete(timer)
    },
  }
  const pass = async (ms: number) => {
    await settled()
    now += ms
    for (const timer of timers) {
      if (timer.due > now || !timers.delete(timer)) continue
      timer.act()
    }
    await settled()
  }
  const unplug = () => closes.forEach((listener) => listener('unplugged'))
  return { session: new TwinSession(transport, clock), sent, pass, reply, unplug, timers }
}

/** Lets every promise that can go on go on. */
const settled = () => new Promise((resolve) => setImmediate(resolve))
const answerTo = (message: TwinMessage, parameters: [number, number, number] = [0, 0, 0], data: number[] = []) =>
  encodeMessage({
    type: message.type === 0x6b ? 0x83 : message.type === 0x65 ? 0x81 : 0x80,
    slot: 0,
    sequence: message.sequence,
    parameters,
    data: Uint8Array.from(data),
  })
const options = { signal: new AbortController().signal, timeoutMs: 1000, repeats: 2 }
const status = { type: 0x65 }
const transfer = { type: 0x6f, data: Uint8Array.of(1, 2, 3) }

async function codeOf(act: Promise<unknown>) {
  const error = await act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error instanceof AppError ? error.code : error
}

describe('a session with the reader', () => {
  it('takes the answer, not the echo of its own command', async () => {
    const { session } = bench((message, reply) => {
      reply(encodeMessage(message))
      reply(answerTo(message, [1, 0, 0], [9]))
    })
    expect(await session.exchange(transfer, options)).toMatchObject({
      card: 'inactive',
      failed: false,
      data: Uint8Array.of(9),
    })
  })

  it('gives one command at a time and numbers them', async () => {
    const { session, sent, reply } = bench(() => {})
    const both = [session.exchange(status, options), session.exchange(transfer, options)]
    await settled()
    expect(sent.map((message) => message.sequence)).toEqual([1])
    if (sent[0]) reply(answerTo(sent[0]))
    await settled()
    expect(sent.map((message) => message.sequence)).toEqual([1, 2])
    if (sent[1]) reply(answerTo(sent[1]))
    await Promise.all(both)
  })

  it('gives a harmless command again after silence, with a new number, and drops the late answer', async () => {
    const { session, sent, pass, reply } = bench(() => {})
    const asked = session.exchange(status, options)
    await pass(1000)
    expect(sent.map((message) => message.sequence)).toEqual([1, 2])
    if (sent[0]) reply(answerTo(sent[0], [2, 0, 0]))
    if (sent[1]) reply(answerTo(sent[1], [1, 0, 0]))
    expect(await asked).toMatchObject({ card: 'inactive' })
  })

  it('does not give a transfer again by itself', async () => {
    const { session, sent, pass } = bench(() => {})
    const asked = codeOf(session.exchange(transfer, { ...options, repeats: 0 }))
    await pass(1000)
    expect(await asked).toBe('DEVICE_SILENT')
    expect(sent).toHaveLength(1)
  })

  it('is silent after the last try, and garbled when the last answer was damaged', async () => {
    const silent = bench(() => {})
    const asked = codeOf(silent.session.exchange(status, options))
    for (let round = 0; round < 3; round++) await silent.pass(1000)
    expect(await asked).toBe('DEVICE_SILENT')
    const garbled = bench((message, reply) => {
      const frame = answerTo(message)
      frame[frame.length - 1] = (frame.at(-1) ?? 0) ^ 1
      reply(frame)
    })
    expect(await codeOf(garbled.session.exchange(status, options))).toBe('DEVICE_GARBLED')
    expect(garbled.sent).toHaveLength(3)
    expect(garbled.timers.size).toBe(0)
  })

  it('repeats the same frame when the reader did not understand it, but not for ever', async () => {
    let naks = 2
    const { session, sent } = bench((message, reply) => reply(naks-- > 0 ? nakFrame : answerTo(message)))
    await session.exchange(transfer, { ...options, repeats: 0 })
    expect(sent.map((message) => message.sequence)).toEqual([1, 1, 1])
    const deaf = bench((_message, reply) => reply(nakFrame))
    expect(await codeOf(deaf.session.exchange(transfer, { ...options, repeats: 0 }))).toBe('DEVICE_GARBLED')
  })

  it('waits longer when the reader asks for it', async () => {
    const { session, sent, pass, reply } = bench(() => {})
    const asked = session.exchange(transfer, { ...options, repeats: 0 })
    await settled()
    if (sent[0]) reply(answerTo(sent[0], [0x80, 4, 0]))
    await pass(3900)
    if (sent[0]) reply(answerTo(sent[0], [0, 0, 0], [7]))
    expect((await asked).data).toEqual(Uint8Array.of(7))
  })

  it('ends at once when the line is gone or the caller cancels', async () => {
    const { session, unplug, timers } = bench(() => {})
    const abort = new AbortController()
    const cancelled = codeOf(session.exchange(status, { ...options, signal: abort.signal }))
    await settled()
    abort.abort()
    expect(await cancelled).toBe('CANCELLED')
    const gone = codeOf(session.exchange(status, options))
    await settled()
    unplug()
    expect(await gone).toBe('DEVICE_GONE')
    expect(await codeOf(session.exchange(status, options))).toBe('DEVICE_GONE')
    expect(timers.size).toBe(0)
  })
})
