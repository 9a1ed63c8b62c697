import { describe, expect, it } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { AcsCodec, encodeMessage, encodeStatus, repeatFrame, type AcsMessage } from '#native/drivers/acr122s/codec.ts'
import { AcsSession } from '#native/drivers/acr122s/session.ts'
import { playedLine, settled } from '../pn532/line.ts'

const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex')
const taken = encodeStatus(0)
const patient = new AbortController().signal
const ask = { type: 0x6f, data: Uint8Array.of(0x00, 0x84, 0x00, 0x00, 0x08) }

function bench() {
  const line = playedLine()
  const session = new AcsSession(line.transport, line.clock)
  const codec = new AcsCodec()
  const heard: AcsMessage[] = []
  line.answer((bytes) => {
    for (const event of codec.push(bytes)) if (event.kind === 'message') heard.push(event.message)
  })
  const reply = (data: readonly number[], parameters: readonly [number, number, number] = [0, 0x81, 0], back = 0) =>
    encodeMessage({
      type: 0x80,
      slot: 0,
      sequence: ((heard.at(-1)?.sequence ?? 0) - back) & 0xff,
      parameters,
      data: Uint8Array.from(data),
    })
  return { ...line, heard, reply, run: (signal = patient) => session.exchange(ask, { signal, timeoutMs: 1000 }) }
}

const damaged = (frame: Uint8Array) => frame.map((byte, at) => (at === frame.length - 2 ? byte ^ 1 : byte))

async function codeOf(act: Promise<unknown>) {
  return act.then(
    () => 'nothing went wrong',
    (error: unknown) => (error instanceof AppError ? error.code : error),
  )
}

describe('commands to an ACS reader', () => {
  it('are taken and answered; an answer to another one is passed over', async () => {
    const { run, say, reply, timers } = bench()
    const running = run()
    await settled()
    say(taken, reply([0x11], [0, 0, 0], 1), reply([0x22]))
    expect(await running).toEqual({ data: Uint8Array.of(0x22), card: 'active', failed: false, error: 0x81 })
    expect(timers.size).toBe(0)
  })

  it('are given again when the reader says that they came damaged', async () => {
    const { run, say, reply, heard } = bench()
    const running = run()
    await settled()
    say(encodeStatus(0xff))
    await settled()
    say(taken, reply([0x33]))
    expect(hex((await running).data)).toBe('33')
    expect(heard).toHaveLength(2)
  })

  it('whose answer is damaged or missing ask for it again, and run once', async () => {
    const { run, say, reply, heard, sent, pass } = bench()
    const running = run()
    await settled()
    say(taken, damaged(reply([0x44])))
    await settled()
    expect(hex(sent.at(-1))).toBe(hex(repeatFrame))
    await pass(1000)
    say(reply([0x44]))
    expect(hex((await running).data)).toBe('44')
    expect(heard).toHaveLength(1)
  })

  it('without a word of the reader run again only when its last answer shows that they never came', async () => {
    const { run, say, reply, heard, sent, pass } = bench()
    const first = run()
    await settled()
    say(taken, reply([0x01]))
    await first
    const second = run()
    await pass(600)
    expect(hex(sent.at(-1))).toBe(hex(repeatFrame))
    say(reply([0x01], [0, 0, 0], 1))
    await settled()
    expect(heard).toHaveLength(3)
    say(taken, reply([0x02]))
    expect(hex((await second).data)).toBe('02')
    const third = codeOf(run())
    await pass(1300)
    expect(await third).toBe('DEVICE_SILENT')
    expect(heard).toHaveLength(4)
  })

  it('wait for a slot that is busy, and for a reader that asks for time', async () => {
    const { run, say, reply, heard, pass } = bench()
    const running = run()
    await settled()
    say(taken, reply([], [0x40, 0xe0, 0]))
    await pass(50)
    expect(heard).toHaveLength(2)
    say(taken, reply([], [0x80, 5, 0]))
    await pass(4900)
    say(reply([0x55]))
    expect(hex((await running).data)).toBe('55')
    expect(heard).toHaveLength(2)
  })

  it('end in DEVICE_SILENT, DEVICE_GARBLED, CANCELLED or DEVICE_GONE', async () => {
    const silent = bench()
    const silence = codeOf(silent.run())
    await silent.pass(8000)
    expect(await silence).toBe('DEVICE_SILENT')
    const garbled = bench()
    const garbage = codeOf(garbled.run())
    for (let tries = 0; tries < 4; tries++) {
      await settled()
      garbled.say(taken, damaged(garbled.reply([0x66])))
    }
    expect(await garbage).toBe('DEVICE_GARBLED')
    const abort = new AbortController()
    const cancelled = codeOf(garbled.run(abort.signal))
    await settled()
    abort.abort()
    expect(await cancelled).toBe('CANCELLED')
    const gone = codeOf(garbled.run())
    await settled()
    garbled.end()
    expect(await gone).toBe('DEVICE_GONE')
    expect(garbled.timers.size).toBe(0)
  })
})
