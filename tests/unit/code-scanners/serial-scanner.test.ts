import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CodeCutter, encodeCode } from '#native/drivers/serial-scanner/codec.ts'
import { serialScanner } from '#native/drivers/serial-scanner/index.ts'
import { lineLayouts, type LineLayoutName } from '#native/drivers/serial-scanner/layouts.ts'
import { card, scannerOnLine, utf8 } from './line.ts'

const onLine = (settings?: Record<string, string>) =>
  scannerOnLine(serialScanner, { transport: 'serial', ...(settings && { settings }) })
const zone = ['IDVNM1900001235014190000123<<4', '9003159F3003156VNM<<<<<<<<<<<6', 'LO<<THI<MAU<<<<<<<<<<<<<<<<<<<']

describe('a scanner on a serial line', () => {
  it.each([
    ['CR', '\r'],
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['TAB', '\t'],
  ])('tells a code that ends with %s, without it', async (_, end) => {
    const { codes, say } = await onLine()
    say(utf8(card + end), utf8(`other${end}`))
    expect(codes).toEqual([card, 'other'])
  })

  it('tells what stands between STX and ETX, and nothing of what came before', async () => {
    const { codes, say } = await onLine()
    say(utf8(`noise\u0002${card}\u0003\u0002other\u0003`))
    expect(codes).toEqual([card, 'other'])
  })

  it('takes silence for the end when nothing else ends the code', async () => {
    const { codes, say, pass } = await onLine()
    say(utf8(card.slice(0, 30)))
    pass(150)
    say(utf8(card.slice(30)))
    pass(150)
    expect(codes).toEqual([])
    pass(50)
    expect(codes).toEqual([card])
  })

  it('does not take silence for the end where the station says what ends a code', async () => {
    const { codes, say, pass } = await onLine({ layout: 'cr' })
    say(utf8('half'))
    pass(10_000)
    say(utf8('whole\r'))
    expect(codes).toEqual(['whole'])
  })

  it('tells one-byte chunks as one code, and a code split inside a letter whole', async () => {
    const { codes, say } = await onLine()
    for (const byte of utf8(`${card}\r`)) say(Uint8Array.of(byte))
    expect(codes).toEqual([card])
  })

  it('keeps the bytes of a code in an older encoding one by one', async () => {
    const { codes, say } = await onLine()
    say(Uint8Array.of(0x4c, 0xdf, 0x20, 0x54, 0x68, 0xde, 0x0d))
    expect(codes).toEqual(['L\u00df Th\u00de'])
  })

  it('drops noise in front of a code as far as a control character tells it', async () => {
    const { codes, say } = await onLine()
    say(Uint8Array.of(0xff, 0x41, 0x00), utf8(`${card}\r`))
    expect(codes).toEqual([card])
  })

  it('tells a repeated code once, and the same card shown again later again', async () => {
    const { codes, say, pass } = await onLine()
    say(utf8(`${card}\r${card}\r`))
    expect(codes).toEqual([card])
    pass(1000)
    say(utf8(`${card}\r`))
    expect(codes).toEqual([card, card])
  })

  it('puts the three lines of a zone together, however they end', async () => {
    for (const end of ['\r', '\n', '\r\n']) {
      const { codes, say } = await onLine()
      say(utf8(zone.map((line) => line + end).join('')))
      expect(codes).toEqual([zone.join('\n')])
    }
  })

  it('tells the lines of a zone of which one is missing when no more come', async () => {
    const { codes, say, pass } = await onLine()
    say(utf8(`${zone[0]}\r${zone[1]}\r`))
    expect(codes).toEqual([])
    pass(200)
    expect(codes).toEqual([zone.slice(0, 2).join('\n')])
  })

  it('keeps nothing of a code that was cut off by the cable', async () => {
    const { codes, say, end, gone, scanner, pass } = await onLine()
    say(utf8('half of a co'))
    end('unplugged')
    pass(1000)
    expect(gone()).toBe(1)
    await scanner.acquire(new AbortController().signal)
    say(utf8('whole\r'))
    expect(codes).toEqual(['whole'])
  })

  it('opens the line at 9600, or at 115200 when the station says so, and refuses other settings', async () => {
    expect((await onLine()).opened).toEqual([{ baudRate: 9600 }])
    expect((await onLine({ baudRate: '115200' })).opened).toEqual([{ baudRate: 115_200 }])
    await expect(onLine({ baudRate: '300' })).rejects.toMatchObject({ code: 'USAGE' })
    await expect(onLine({ layout: 'wedge' })).rejects.toMatchObject({ code: 'USAGE' })
  })
})

describe('a 3M RTE6701 on a serial line', () => {
  /** `SOH length "OU" STX flag line CR line CR line CR ETX BCC` of its manual, 9.1.1. */
  const frame = (lines: string) => Uint8Array.of(0x01, 0x67, 0x00, ...utf8(`OU\u0002 ${lines}`), 0x03, 0x5a)

  it('tells the three lines of a card', async () => {
    const { codes, say, model } = await onLine({ layout: 'rte6701' })
    say(frame(zone.map((line) => `${line}\r`).join('')))
    expect(codes).toEqual([zone.join('\n')])
    expect(model).toBe('3M RTE6701 swipe reader')
  })

  it('leaves out lines that it did not find', async () => {
    const { codes, say, pass } = await onLine({ layout: 'rte6701' })
    say(frame(`\r\r${zone[2]}\r`))
    pass(200)
    expect(codes).toEqual([zone[2]])
  })

  it('finds the frame byte by byte behind noise that begins like one', async () => {
    const { codes, say } = await onLine({ layout: 'rte6701' })
    const noise = Uint8Array.of(0x4f, 0x01, 0x01, 0x02, 0x4f, 0x01)
    for (const byte of [...noise, ...frame(zone.map((line) => `${line}\r`).join(''))]) say(Uint8Array.of(byte))
    expect(codes).toEqual([zone.join('\n')])
  })
})

describe('the codec of serial codes', () => {
  const names = Object.keys(lineLayouts).filter((name) => name !== 'gap' && name !== 'rte6701') as LineLayoutName[]

  it('gives each code back whole, whatever the layout and the size of the chunks', () => {
    const code = fc.stringMatching(/^[!-~\u00c0-\u1ef9]{1,60}$/u)
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.array(code, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 70 }),
        (name, texts, size) => {
          const cutter = new CodeCutter(lineLayouts[name])
          const stream = Buffer.concat(texts.map((text) => encodeCode(lineLayouts[name], utf8(text))))
          const codes: Uint8Array[] = []
          for (let at = 0; at < stream.length; at += size) codes.push(...cutter.push(stream.subarray(at, at + size)))
          expect(codes.map((bytes) => Buffer.from(bytes).toString())).toEqual(texts)
        },
      ),
    )
  })

  it('holds no more than one code’s worth of a flood', () => {
    const cutter = new CodeCutter(lineLayouts.any)
    for (let at = 0; at < 100; at++) cutter.push(new Uint8Array(1000).fill(0x41))
    expect(cutter.pending).toBeLessThanOrEqual(8192)
  })
})
