import { describe, expect, it } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import type { DeviceStatus } from '#native/capability/device.ts'
import type { DeviceTrace, TracedFrame, TraceEntry } from '#native/capability/trace.ts'
import { drivers } from '#native/drivers/index.ts'
import { checkRedaction, createRing, markText, readTrace } from '#native/host/traces/index.ts'
import * as lines from './lines.ts'

const clock = { now: () => new Date(Date.UTC(2026, 0, 2)) }

/** A trace as the host gives it away; with few entries the beginning has dropped out. */
function traceOf(driver: string, entries = 2000, said: lines.Said = lines.saidOf[driver]!()): DeviceTrace {
  const ring = createRing(clock, { entries, bytes: 4e6 })
  const { kind, trace, transports } = drivers[driver]!
  const tracer = trace!()
  ring.note('opened')
  for (const [way, bytes] of said) for (const piece of tracer.push(way, bytes)) ring.add(piece)
  for (const piece of tracer.flush()) ring.add(piece)
  ring.note('mark', markText('số 014190000123 gõ tay'))
  ring.note('unplugged')
  const status: DeviceStatus = {
    id: 'd',
    kind,
    driver,
    transport: transports[0]!,
    address: 'a',
    state: 'ready',
    since: '',
  }
  return readTrace(status, ring, trace)
}

function reasonOf(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error instanceof AppError ? [error.code, error.context['reason']] : error
  }
  return undefined
}

const withFrames = (trace: DeviceTrace, change: (frame: TracedFrame) => TraceEntry): DeviceTrace => ({
  ...trace,
  entries: trace.entries.map((entry) => ('hex' in entry ? change(entry) : entry)),
})

describe.each(Object.keys(lines.saidOf))('the redaction check of a trace of %s', (driver) => {
  it('lets pass what the host gives away', () => {
    const trace = traceOf(driver)
    expect(trace.entries.length).toBeGreaterThan(3)
    expect(reasonOf(() => checkRedaction(trace))).toBeUndefined()
  })

  it('lets pass what the host gives away when the beginning has dropped out', () => {
    for (let entries = 1; entries < 40; entries++) {
      const trace = traceOf(driver, entries)
      expect(trace.entries.length).toBeLessThanOrEqual(entries)
      expect(reasonOf(() => checkRedaction(trace))).toBeUndefined()
    }
  })

  it('lets pass what the host gives away of a line with faults', () => {
    for (const broken of lines.brokenLines(lines.saidOf[driver]!, driver === 'hid-image' ? 10 : 150)) {
      const trace = traceOf(driver, 2000, broken)
      expect(reasonOf(() => checkRedaction(trace))).toBeUndefined()
    }
  })

  it('refuses a trace with one frame as it was on the line', () => {
    const plain = lines.saidOf[driver]!().find(([, bytes]) => Buffer.from(bytes).includes('4190000'))
    if (driver === 'zfm' || driver === 'hid-image') expect(plain).toBeUndefined()
    const [way, bytes] =
      plain ??
      lines.saidOf[driver]!().find(([, each]) =>
        Buffer.from(each).includes(Buffer.from(lines.secrets.row.subarray(0, 20))),
      )!
    const trace = traceOf(driver)
    const frame: TracedFrame = { n: 9e6, at: 0, way, hex: Buffer.from(bytes).toString('hex').toUpperCase(), name: 'x' }
    for (const entries of [[frame], [...trace.entries, frame]])
      expect(reasonOf(() => checkRedaction({ ...trace, entries }))).toMatchObject(['BAD_REQUEST', /unmasked|frames/])
  })

  it('refuses words that its codec would not say', () => {
    const trace = traceOf(driver)
    const named = withFrames(trace, (frame) => ({ ...frame, name: 'Lò Thị Mẫu' }))
    const detailed = withFrames(trace, (frame) => ({ ...frame, detail: `${frame.detail ?? ''} 014190000123` }))
    expect(reasonOf(() => checkRedaction(named))).toEqual(['BAD_REQUEST', 'name'])
    expect(reasonOf(() => checkRedaction(detailed))).toEqual(['BAD_REQUEST', 'detail'])
  })
})

describe('the redaction check', () => {
  it('refuses a driver that it does not know, under any name', () => {
    for (const driver of ['elsewhere', '__proto__', 'constructor', '']) {
      const trace = { ...traceOf('zfm'), device: { ...traceOf('zfm').device, driver } }
      expect(reasonOf(() => checkRedaction(trace))).toEqual(['BAD_REQUEST', 'driver'])
    }
  })

  it('refuses numbers and zones in the words of a mark, which the host has taken out', () => {
    const event = (text: string): DeviceTrace => ({
      ...traceOf('zfm'),
      entries: [{ n: 1, at: 0, event: 'mark', text }],
    })
    expect(markText('số 014 190 000 123')).toBe('số …')
    expect(markText(`zone ${lines.secrets.zone}`)).not.toContain('IDVNM')
    expect(reasonOf(() => checkRedaction(event('cable 2 changed')))).toBeUndefined()
    expect(reasonOf(() => checkRedaction(event('014 190 000 123')))).toEqual(['BAD_REQUEST', 'text'])
    expect(reasonOf(() => checkRedaction(event(lines.secrets.zone)))).toEqual(['BAD_REQUEST', 'text'])
  })

  it('knows only verbs, states and lengths of a service', () => {
    const trace = (name: string, detail: string, hex = ''): DeviceTrace => ({
      ...traceOf('zfm'),
      device: { id: 's', kind: 'fingerprint-scanner', driver: 'sbi', transport: 'http' },
      entries: [{ n: 1, at: 0, way: 'out', hex, name, detail }],
    })
    expect(reasonOf(() => checkRedaction(trace('RCAPTURE /capture', '812 bytes')))).toBeUndefined()
    expect(reasonOf(() => checkRedaction(trace('RCAPTURE /capture', '{"bio":"x"}')))).toEqual([
      'BAD_REQUEST',
      'unmasked',
    ])
    expect(reasonOf(() => checkRedaction(trace('GET /014190000123', '3 bytes')))).toEqual(['BAD_REQUEST', 'unmasked'])
    expect(reasonOf(() => checkRedaction(trace('RCAPTURE /capture', '3 bytes', 'AABB')))).toEqual([
      'BAD_REQUEST',
      'unmasked',
    ])
  })
})
