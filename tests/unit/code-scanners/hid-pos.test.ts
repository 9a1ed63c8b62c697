import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodePart, ReportCutter } from '#native/drivers/hid-pos/codec.ts'
import { hidPos } from '#native/drivers/hid-pos/index.ts'
import { reportMaps } from '#native/drivers/hid-pos/report-maps.ts'
import { card, scannerOnLine, utf8 } from './line.ts'

/** The boarding pass of the LSR118 manual, appendix B.1.1: 60 bytes of data in two reports. */
const pass = 'M1GATHERGOOD/MICHAEL YABCDEF LHRDURAK 3542 052Y003D23  '.padEnd(56) + ' 100'
const fromManual = [
  Uint8Array.of(0x02, 0x38, 0x5d, 0x51, 0x30, ...utf8(pass.slice(0, 56)), 0x73, 0x00, 0x01),
  Uint8Array.of(0x02, 0x04, 0x5d, 0x51, 0x30, ...utf8(pass.slice(56)), ...new Uint8Array(52), 0x73, 0x00, 0x00),
]
const reportsOf = (
  code: string | Uint8Array,
  map: (typeof reportMaps)[keyof typeof reportMaps] = reportMaps.counted,
) => {
  const bytes = typeof code === 'string' ? utf8(code) : code
  const starts = Array.from({ length: Math.ceil(bytes.length / 56) }, (_, at) => at * 56)
  return starts.map((at) =>
    encodePart(map, { symbology: ']Q1', data: bytes.subarray(at, at + 56), more: at + 56 < bytes.length }),
  )
}
const onHid = (settings?: Record<string, string>) =>
  scannerOnLine(hidPos, { transport: 'hid', ...(settings && { settings }) })

describe('a scanner in HID POS mode', () => {
  it('tells the code of two reports as the manual of the LSR118 shows them', async () => {
    const { codes, say } = await onHid()
    say(...fromManual)
    expect(codes).toEqual([pass])
  })

  it('writes reports as that manual shows them, but for the vendor’s own byte', () => {
    const [first, second] = fromManual.map((report) => report.with(61, 0))
    const parts = [pass.slice(0, 56), pass.slice(56)].map(utf8)
    expect(encodePart(reportMaps.counted, { symbology: ']Q0', data: parts[0]!, more: true })).toEqual(first)
    expect(encodePart(reportMaps.counted, { symbology: ']Q0', data: parts[1]!, more: false })).toEqual(second)
  })

  it('tells a card’s code once, when its last report has come', async () => {
    const { codes, say } = await onHid()
    const reports = reportsOf(card)
    expect(reports.length).toBeGreaterThan(1)
    say(...reports.slice(0, -1))
    expect(codes).toEqual([])
    say(reports.at(-1)!)
    expect(codes).toEqual([card])
  })

  it('reads reports without a count, also filled up with zeros as Windows does', async () => {
    const { codes, say, pass: wait } = await onHid()
    const reports = reportsOf(card, reportMaps.plain)
    say(...reports)
    wait(5000)
    say(...reports.map((report) => Uint8Array.of(...report, 0, 0, 0)))
    expect(codes).toEqual([card, card])
  })

  it('passes over reports of another kind', async () => {
    const { codes, say } = await onHid()
    say(Uint8Array.of(0x05, 0x01), reportsOf(card)[0]!.with(0, 0x04), new Uint8Array(64), ...reportsOf('x'))
    expect(codes).toEqual(['x'])
  })

  it('keeps the bytes of a code in an older encoding one by one', async () => {
    const { codes, say } = await onHid()
    say(...reportsOf(Uint8Array.of(0x4c, 0xdf, 0x20, 0x54, 0x68, 0xde)))
    expect(codes).toEqual(['L\u00df Th\u00de'])
  })

  it('tells a code whose reports come twice once, and the same card shown again later again', async () => {
    const { codes, say, pass: wait } = await onHid()
    say(...reportsOf(card).flatMap((report) => [report, report]))
    say(...reportsOf(card))
    expect(codes).toEqual([card])
    wait(1000)
    say(...reportsOf(card))
    expect(codes).toEqual([card, card])
  })

  it('drops a code whose rest does not come in time, and tells the next one whole', async () => {
    const { codes, say, pass: wait } = await onHid()
    say(reportsOf(card)[0]!)
    wait(1000)
    say(...reportsOf('next'))
    expect(codes).toEqual(['next'])
  })

  it('drops a code that never ends', async () => {
    const { codes, say, pass: wait } = await onHid()
    for (let at = 0; at < 200; at++) {
      say(encodePart(reportMaps.counted, { symbology: '', data: utf8(String(at).padStart(56, '0')), more: true }))
    }
    wait(1000)
    say(...reportsOf('next'))
    expect(codes).toEqual(['next'])
  })

  it('keeps nothing of a code that was cut off by the cable', async () => {
    const { codes, say, end, gone, scanner } = await onHid()
    say(reportsOf(card)[0]!)
    end('unplugged')
    expect(gone()).toBe(1)
    await scanner.acquire(new AbortController().signal)
    say(...reportsOf('next'))
    expect(codes).toEqual(['next'])
  })

  it('reads only the reports of the map that the station names, and refuses one that does not exist', async () => {
    const { codes, say, model } = await onHid({ report: 'plain' })
    say(...reportsOf('counted'), ...reportsOf('plain', reportMaps.plain))
    expect(codes).toEqual(['plain'])
    expect(model).toBe(reportMaps.plain.model)
    await expect(onHid({ report: 'wedge' })).rejects.toMatchObject({ code: 'USAGE' })
  })

  it('finds reports in a stream cut anywhere, behind anything', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.uint8Array({ minLength: 1, maxLength: 56 }),
        fc.integer({ min: 1, max: 64 }),
        (noise, data, size) => {
          const cutter = new ReportCutter(reportMaps.counted)
          const report = encodePart(reportMaps.counted, { symbology: ']Q1', data, more: false })
          // Zeros end what the noise may have begun.
          const stream = Uint8Array.of(...noise.filter((byte) => byte !== 2), ...report)
          const events = Array.from({ length: Math.ceil(stream.length / size) }, (_, at) =>
            cutter.push(stream.subarray(at * size, (at + 1) * size)),
          ).flat()
          expect(events.filter(({ kind }) => kind === 'part')).toEqual([
            { kind: 'part', symbology: ']Q1', data, more: false },
          ])
        },
      ),
    )
  })
})
