import { describe, expect, it } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import type { TracedPiece } from '#native/capability/trace.ts'
import { encodeMessage } from '#native/drivers/hid-image/codec.ts'
import { traceHidImage } from '#native/drivers/hid-image/trace.ts'
import { traceGempcTwin } from '#native/drivers/gempc-twin/trace.ts'
import { parseTraceFile } from '#native/host/traces/index.ts'
import { replayTrace } from '#native/sim/replay/index.ts'

// Files that somebody made to do harm with. Room is measured, time is not: it is the machine's.

const most = 20 * 1024 * 1024
const device = { id: 'reader', kind: 'card-reader', driver: 'gempc-twin', transport: 'serial' }
const good = { format: 'quay-can-cuoc/trace/1', device, since: '2026-01-02T03:04:05.000Z', running: true, entries: [] }
const head = JSON.stringify(good).slice(0, -2)
/** As many as a file may hold. */
const filledWith = (piece: string) => {
  const times = Math.floor((most - head.length - 10) / piece.length)
  return Buffer.from(`${head}${piece.repeat(times).slice(0, -1)}]}`)
}

function reasonOf(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error instanceof AppError && error.code === 'BAD_REQUEST' ? error.context['reason'] : error
  }
  return 'taken'
}

describe('a trace file of 20 MB', () => {
  it.each<[string, string]>([
    ['ten million zeros', '0,'],
    ['seven million empty objects', '{},'],
    ['seven million empty lists', '[],'],
    ['twenty million brackets', '['],
    ['half a million events', '{"n":1,"at":0,"event":"opened"},'],
    [
      'frames that came a million times each',
      '{"n":1,"at":0,"way":"in","hex":"5003","name":"slot change","times":1000000},',
    ],
  ])('of %s is refused without taking ten times its size', (_, piece) => {
    const file = filledWith(piece)
    const before = process.memoryUsage().rss
    expect(reasonOf(() => parseTraceFile(file))).toBe('format')
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000)
  })
})

it('thousands of heads of the largest pictures are taken for what they are, without making the pictures', () => {
  const tracer = traceHidImage()
  const bytes = 1600 * 1500
  const pieces = Array.from({ length: 2000 }, (_, n): readonly TracedPiece[] => {
    const report = encodeMessage({
      type: 'image',
      seq: 1,
      transfer: (n % 255) + 1,
      kind: 'preview',
      step: 'right-four',
      bits: 8,
      width: 1600,
      height: 1500,
      dpi: 500,
      blocks: Math.ceil(bytes / 1916),
      bytes,
      crc: n,
      exposure: n,
      packed: false,
    })
    return [...tracer.push('in', report), ...tracer.flush()]
  }).flat()
  const entries = pieces.map(({ bytes: masked, ...piece }, index) => ({
    n: index + 1,
    at: index,
    hex: Buffer.from(masked).toString('hex').toUpperCase(),
    ...piece,
  }))
  const scanner = { id: 's', kind: 'fingerprint-scanner', driver: 'hid-image', transport: 'hid' }
  const before = process.memoryUsage().arrayBuffers
  expect(parseTraceFile(Buffer.from(JSON.stringify({ ...good, device: scanner, entries }))).entries).toHaveLength(2000)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200_000_000)
})

it('a trace that came a billion times is not played', () => {
  const entries = Array.from({ length: 1000 }, (_, n) => ({
    n: n + 1,
    at: n,
    way: 'in' as const,
    hex: '5003',
    name: 'slot change',
    detail: 'card',
    times: 1_000_000,
  }))
  const trace = parseTraceFile(Buffer.from(JSON.stringify({ ...good, entries })))
  const clock = { after: () => () => {}, now: () => new Date(0) }
  expect(reasonOf(() => replayTrace(trace, traceGempcTwin(), clock))).toBe('too-large')
})
