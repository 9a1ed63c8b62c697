import { describe, expect, it } from 'vitest'
import type { DeviceTrace, TraceEntry } from '#native/capability/trace.ts'
import { traceGempcTwin } from '#native/drivers/gempc-twin/trace.ts'
import { encodeMessage } from '#native/drivers/gempc-twin/codec.ts'
import { replayTrace } from '#native/sim/replay/index.ts'
import { playedLine, settled } from '../pn532/line.ts'

const never = new AbortController().signal
const message = (type: number, sequence: number) =>
  encodeMessage({ type, slot: 0, sequence, parameters: [0, 0, 0], data: new Uint8Array() })
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase()

const asked = (n: number, at: number, sequence = 1): TraceEntry => ({
  n,
  at,
  way: 'out',
  hex: hex(message(0x65, sequence)),
  name: 'GetSlotStatus',
})
const answered = (n: number, at: number): TraceEntry => ({
  n,
  at,
  way: 'in',
  hex: hex(message(0x81, 1)),
  name: 'SlotStatus',
})

function playing(entries: readonly TraceEntry[]) {
  const { clock, pass } = playedLine()
  const device = { id: 'r', kind: 'card-reader', driver: 'gempc-twin', transport: 'serial' } as const
  const trace: DeviceTrace = { format: 'quay-can-cuoc/trace/1', device, since: '', running: true, entries }
  const replay = replayTrace(trace, traceGempcTwin(), clock)
  const line = replay.line()
  const heard: string[] = []
  line.onData((bytes) => heard.push(hex(bytes)))
  line.onClose((reason) => heard.push(reason))
  return { replay, line, heard, pass }
}

describe('a replay', () => {
  it('answers when the driver has written, as long after as then', async () => {
    const { line, heard, pass, replay } = playing([{ n: 1, at: 0, event: 'opened' }, asked(2, 5), answered(3, 45)])
    await line.open(never)
    await pass(1000)
    expect(heard).toEqual([])
    await line.write(message(0x65, 1), never)
    await pass(39)
    expect(heard).toEqual([])
    await pass(1)
    expect(heard).toEqual([hex(message(0x81, 1))])
    expect(replay.left).toBe(0)
  })

  it('ends as the line ended, and writes fail from then on', async () => {
    const { line, heard, pass } = playing([
      { n: 1, at: 0, event: 'opened' },
      asked(2, 1),
      { n: 3, at: 2, event: 'unplugged' },
    ])
    await line.open(never)
    await line.write(message(0x65, 1), never)
    await pass(10)
    expect(heard).toEqual(['unplugged'])
    await expect(line.write(message(0x65, 2), never)).rejects.toMatchObject({ code: 'DEVICE_GONE' })
  })

  it('refuses to open with the code of then, and then as a device that is not there', async () => {
    const { line } = playing([{ n: 1, at: 0, event: 'refused', text: 'DEVICE_BUSY' }])
    await expect(line.open(never)).rejects.toMatchObject({ code: 'DEVICE_BUSY' })
    await expect(line.open(never)).rejects.toMatchObject({ code: 'DEVICE_ABSENT' })
  })

  it('goes on at the next opening', async () => {
    const entries: TraceEntry[] = [
      { n: 1, at: 0, event: 'opened' },
      asked(2, 1),
      { n: 3, at: 2, event: 'closed' },
      { n: 4, at: 3, event: 'opened' },
      answered(5, 4),
    ]
    const { line, heard, pass } = playing(entries)
    await line.open(never)
    await line.close()
    await line.open(never)
    await pass(10)
    expect(heard).toEqual(['asked', hex(message(0x81, 1))])
  })

  it('says what the driver writes otherwise than then', async () => {
    const { line, heard, pass, replay } = playing([{ n: 1, at: 0, event: 'opened' }, asked(2, 1), answered(3, 2)])
    await line.open(never)
    await line.write(message(0x63, 1), never)
    await pass(100)
    expect(heard).toEqual([])
    await line.write(message(0x65, 7), never)
    await pass(100)
    await settled()
    expect(heard).toHaveLength(1)
    expect(replay.differences.map(({ n, written }) => [n, written.split(' ')[0]])).toEqual([
      [2, 'IccPowerOff'],
      [2, 'GetSlotStatus'],
    ])
  })
})
