import { beforeAll, describe, expect, it } from 'vitest'
import { readChip } from '#native/chip/index.ts'
import { parseCom } from '#native/chip/lds/com.ts'
import { parseDg1 } from '#native/chip/lds/dg1.ts'
import { parseDg11, parseDg12 } from '#native/chip/lds/dg11.ts'
import { parseDg13 } from '#native/chip/lds/dg13.ts'
import { parseDg14 } from '#native/chip/lds/dg14.ts'
import { parseDg15 } from '#native/chip/lds/dg15.ts'
import { parseDg2, parseFacialBlock } from '#native/chip/lds/dg2.ts'
import { parseSod } from '#native/chip/lds/sod.ts'
import { parseSecurityInfos } from '#native/chip/security-infos.ts'
import { encodeTlv } from '#native/chip/tlv.ts'
import { personalise, simulatedChip, type ChipImage } from '#native/sim/chip/index.ts'
import { people } from '#native/sim/people/people.ts'
import { failureOf, mrzOf } from '../../unit/chip/reader.ts'

// Giàng A Mẫu is invented.
let image: ChipImage
beforeAll(async () => {
  image = await personalise(people.giang)
})

const parsers: readonly (readonly [string, number, (bytes: Uint8Array) => unknown])[] = [
  ['COM', 0x60, parseCom],
  ['DG1', 0x61, parseDg1],
  ['DG2', 0x75, parseDg2],
  ['DG11', 0x6b, parseDg11],
  ['DG12', 0x6c, parseDg12],
  ['DG13', 0x6d, parseDg13],
  ['DG14', 0x6e, parseDg14],
  ['DG15', 0x6f, parseDg15],
  ['SOD', 0x77, parseSod],
  ['EF.CardAccess', 0x31, parseSecurityInfos],
  ['a facial data block', 0x65, parseFacialBlock],
]

/** Runs a parser and gives what it threw, which must have a code. */
function codeOf(act: () => unknown): string {
  try {
    act()
    return 'value'
  } catch (error) {
    return error instanceof Error ? (error.message.split(' ')[0] ?? '') : 'nothing'
  }
}

/** Objects in each other, `depth` deep, built from the inside in one go. */
function nested(tag: number, depth: number): Uint8Array {
  const heads: number[][] = []
  for (let level = 0, length = 0; level < depth; level++) {
    const head =
      length < 0x80
        ? [tag, length]
        : length < 0x10000
          ? [tag, 0x82, length >> 8, length & 0xff]
          : [tag, 0x83, length >> 16, (length >> 8) & 0xff, length & 0xff]
    heads.push(head)
    length += head.length
  }
  return Uint8Array.from(heads.reverse().flat())
}

describe('objects nested ten thousand deep', () => {
  it.each(parsers)('in %s cost neither the stack nor much time', (_name, tag, parse) => {
    for (const inner of [0x30, 0x31, 0xa0, 0xa1]) {
      const started = performance.now()
      expect(['value', 'CHIP_MALFORMED']).toContain(codeOf(() => parse(encodeTlv(tag, nested(inner, 10_000)))))
      expect(performance.now() - started).toBeLessThan(10_000)
    }
  })
})

describe('a length of 2^31', () => {
  it.each(parsers)('in %s is refused wherever it stands', (_name, tag, parse) => {
    const huge = Uint8Array.of(0x84, 0x80, 0x00, 0x00, 0x00)
    const outside = Uint8Array.from([tag, ...huge, 0x30, 0x00])
    expect(codeOf(() => parse(outside))).toBe('CHIP_MALFORMED')
    const inside = encodeTlv(tag, Uint8Array.from([0x30, ...huge]))
    expect(['value', 'CHIP_MALFORMED']).toContain(codeOf(() => parse(inside)))
  })
})

describe('a portrait of 50 MB', () => {
  it('is refused by what it announces, before it is read', async () => {
    const file = Uint8Array.from([0x75, 0x84, 0x02, 0xfa, 0xf0, 0x80, ...new Uint8Array(500)])
    const chip = simulatedChip({ ...image, files: { ...image.files, DG2: file } })
    let commands = 0
    const act = readChip({
      transmit: async (apdu) => {
        commands++
        return chip.process(apdu).response
      },
      access: mrzOf(image),
      signal: new AbortController().signal,
    })
    expect(await failureOf(act)).toMatchObject({
      code: 'CHIP_MALFORMED',
      step: 'chip.read/DG2',
      context: { what: 'length' },
    })
    expect(commands).toBeLessThan(40)
  })

  it('that is really there costs its parser nothing', () => {
    const file = new Uint8Array(50_000_006)
    file.set([0x75, 0x84, 0x02, 0xfa, 0xf0, 0x80])
    const started = performance.now()
    expect(codeOf(() => parseDg2(file))).toBe('CHIP_MALFORMED')
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})

describe('a chip that wastes time', () => {
  const commandsUntilEnd = async (answer: (apdu: Uint8Array, honest: Uint8Array) => Uint8Array) => {
    const chip = simulatedChip(image, { quirks: { maxReadLength: 1 } })
    let commands = 0
    const act = readChip({
      transmit: async (apdu) => {
        if (++commands > 100_000) throw new Error('no end in sight')
        return answer(apdu, chip.process(apdu).response)
      },
      access: mrzOf(image),
      signal: new AbortController().signal,
      readLengths: [1],
    })
    return { error: await failureOf(act), commands }
  }

  it('by giving one byte at a time is given up', async () => {
    const { error, commands } = await commandsUntilEnd((_apdu, honest) => honest)
    expect(error).toMatchObject({ code: 'CHIP_MALFORMED' })
    expect(commands).toBeLessThan(2000)
  })

  it.each(['6cff', '6c00', '6100', '6700', '9000', '6282', '6a80', '6f00', '6982', '63c3'])(
    'by answering %s to everything is given up',
    async (status) => {
      const { error, commands } = await commandsUntilEnd(() => new Uint8Array(Buffer.from(status, 'hex')))
      expect(error.code).toMatch(/^CHIP_/)
      expect(commands).toBeLessThan(20)
    },
  )
})
