import { describe, expect, it } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { ackFrame, encodeFrame, nackFrame, refusedFrame } from '#native/drivers/pn532/codec.ts'
import { Pn532Session } from '#native/drivers/pn532/session.ts'
import { playedLine, settled } from './line.ts'

const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex')
const command = Uint8Array.of(0x40, 0x01, 0xaa)
const commandFrame = encodeFrame(true, 0x40, Uint8Array.of(0x01, 0xaa))
const response = (...data: number[]) => encodeFrame(false, 0x41, Uint8Array.of(...data))
const echoOf = (frame: Uint8Array) => encodeFrame(false, 0x01, frame.slice(7, 10))
const damaged = (frame: Uint8Array) => frame.map((byte, at) => (at === frame.length - 2 ? byte ^ 1 : byte))
const patient = new AbortController().signal

function bench() {
  const line = playedLine()
  const session = new Pn532Session(line.transport, line.clock)
  const run = (signal = patient) => session.execute(command, { signal, timeoutMs: 1000 })
  return { ...line, run }
}

async function codeOf(act: Promise<unknown>) {
  return act.then(
    () => 'nothing went wrong',
    (error: unknown) => (error instanceof AppError ? error.code : error),
  )
}

describe('commands to the PN532', () => {
  it('are acknowledged and answered', async () => {
    const { answer, say, run, sent, timers } = bench()
    answer(() => say(ackFrame, response(0x00, 0x90, 0x00)))
    expect(hex(await run())).toBe('009000')
    expect(sent.map(hex)).toEqual([hex(commandFrame)])
    expect(timers.size).toBe(0)
  })

  it('are not answered by what was said before their acknowledgement', async () => {
    const { say, run } = bench()
    const running = run()
    await settled()
    say(response(0x00, 0x11), response(0x00, 0x22), ackFrame, response(0x00, 0x33))
    expect(hex(await running)).toBe('0033')
  })

  it('are not run again when only the acknowledgement was lost: the response that came before the echo is theirs', async () => {
    const { say, run, sent, pass } = bench()
    const running = run()
    await pass(150)
    expect(sent).toHaveLength(2)
    say(response(0x00, 0x44), ackFrame, echoOf(sent[1]!))
    expect(hex(await running)).toBe('0044')
    expect(sent.filter((frame) => hex(frame) === hex(commandFrame))).toHaveLength(1)
  })

  it('are given again when the echo shows that they never came', async () => {
    const { say, run, sent, pass } = bench()
    const running = run()
    await pass(150)
    say(ackFrame, echoOf(sent[1]!))
    await settled()
    expect(hex(sent[2])).toBe(hex(commandFrame))
    say(ackFrame, response(0x00, 0x55))
    expect(hex(await running)).toBe('0055')
  })

  it('whose response is damaged or missing ask for it again, and run once', async () => {
    const { say, run, sent, pass } = bench()
    const running = run()
    await settled()
    say(ackFrame, damaged(response(0x00, 0x66)))
    await settled()
    expect(hex(sent.at(-1))).toBe(hex(nackFrame))
    await pass(1000)
    expect(sent.map(hex)).toEqual([commandFrame, nackFrame, nackFrame].map(hex))
    say(response(0x00, 0x66))
    expect(hex(await running)).toBe('0066')
  })

  it('end in DEVICE_SILENT when nothing is heard, in DEVICE_GARBLED when nothing is whole', async () => {
    const silent = bench()
    const code = codeOf(silent.run())
    await silent.pass(5000)
    expect(await code).toBe('DEVICE_SILENT')
    expect(silent.sent.length).toBeLessThan(6)
    const garbled = bench()
    garbled.answer(() => queueMicrotask(() => garbled.say(ackFrame, damaged(response(0x00)))))
    expect(await codeOf(garbled.run())).toBe('DEVICE_GARBLED')
    expect(garbled.timers.size).toBe(0)
  })

  it('that the chip does not know are refused', async () => {
    const { answer, say, run } = bench()
    answer(() => say(ackFrame, refusedFrame))
    expect(await codeOf(run())).toBe('DEVICE_REFUSED')
  })

  it('are ended by the host when cancelled, and what comes late is not taken for the next answer', async () => {
    const { say, run, sent, answer } = bench()
    const abort = new AbortController()
    const code = codeOf(run(abort.signal))
    await settled()
    say(ackFrame)
    abort.abort()
    expect(await code).toBe('CANCELLED')
    expect(hex(sent.at(-1))).toBe(hex(ackFrame))
    const next = run()
    await settled()
    // First the echo, with the late answer before it.
    const echo = sent.at(-1)!
    answer(() => say(ackFrame, response(0x00, 0x88)))
    say(response(0x00, 0x77), ackFrame, echoOf(echo))
    expect(hex(await next)).toBe('0088')
  })

  it('end at once when the line is gone', async () => {
    const { run, end, timers } = bench()
    const code = codeOf(run())
    await settled()
    end()
    expect(await code).toBe('DEVICE_GONE')
    expect(await codeOf(run())).toBe('DEVICE_GONE')
    expect(timers.size).toBe(0)
  })
})
