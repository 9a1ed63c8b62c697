import { beforeAll, describe, expect, it } from 'vitest'
import { cardCapabilities, readLengths, responseLimit } from '#native/chip/read-lengths.ts'
import { fullChip, personalise, simulatedChip, type ChipImage, type ChipQuirks } from '#native/sim/chip/index.ts'
import { people } from '#native/sim/people/people.ts'
import { readImage } from './reader.ts'

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'))

// Lò Thị Mẫu is invented.
let image: ChipImage
beforeAll(async () => {
  image = await personalise(people.lo, fullChip)
})

describe('extended length', () => {
  it.each([
    ['3B 95 18 81 31 FE 45 80 73 C0 01 40 00', true, false],
    ['3B 88 80 01 00 73 C8 40 60 00 90 00 62', true, true],
    ['3B 88 80 01 00 73 C8 40 00 00 90 00 62', false, false],
    ['3B 8F 80 01 80 4F 0C A0 00 00 03 06 03 00 01 00 00 00 00 6A', false, false],
    ['3B', false, false],
    ['3B F5 11', false, false],
    ['', false, false],
  ])('of the card with answer to reset %s', (atr, extendedLength, limitsInFile) => {
    expect(cardCapabilities(hex(atr))).toEqual({ extendedLength, limitsInFile })
  })

  it('is used only where reader and card have it', () => {
    const able = hex('3B 95 18 81 31 FE 45 80 73 C0 01 40 00')
    const plain = hex('3B 90 18 81 31 FE 45')
    expect(readLengths({ atr: able, maxResponse: 65536 })).toEqual([4096, 256, 224, 160])
    expect(readLengths({ atr: able, maxResponse: 65536 }, 2048)).toEqual([2000, 256, 224, 160])
    expect(readLengths({ atr: able, maxResponse: 1024 })).toEqual([976, 256, 224, 160])
    expect(readLengths({ atr: able, maxResponse: 256 })).toEqual([256, 224, 160])
    expect(readLengths({ atr: plain, maxResponse: 65536 })).toEqual([256, 224, 160])
    expect(readLengths({})).toEqual([256, 224, 160])
  })

  it('has the limit that the card states', () => {
    expect(responseLimit(hex('7F66 08 0202 0400 0202 0800'))).toBe(2048)
    expect(responseLimit(hex('7F66 08 0202 0400 0202 0010'))).toBeUndefined()
    expect(responseLimit(hex('7F66 80'))).toBeUndefined()
    expect(responseLimit(new Uint8Array())).toBeUndefined()
  })

  const commandsWith = async (quirks: ChipQuirks, maxResponse = 65536) => {
    const { atr } = simulatedChip(image, { quirks })
    const { reading, commands } = await readImage(image, { quirks, link: { atr, maxResponse } })
    expect(reading).toMatchObject({ access: 'pace', chipAuthentication: 'proved', trust: 'no-trust-anchor' })
    return commands.length
  }

  it('takes far fewer commands than short length, and is found out by itself', async () => {
    const short = await commandsWith({})
    const long = await commandsWith({ extendedLength: true })
    const limited = await commandsWith({ longestResponse: 1024 })
    expect(long).toBeLessThan(short / 2.5)
    expect(limited).toBeGreaterThan(long)
    expect(limited).toBeLessThan(short)
    expect(await commandsWith({ extendedLength: true }, 256)).toBe(short)
  })

  it('is given up on a card that only says that it has it', async () => {
    const quirks = { extendedLength: true, noExtendedLength: true }
    // One refused command, and opening the chip again.
    expect(await commandsWith(quirks)).toBeLessThan((await commandsWith({})) + 10)
  })
})

describe('the number of commands', () => {
  it('for text, portrait, security object and keys is within a tenth of the least possible', async () => {
    for (const [quirks, room] of [
      [{}, 223],
      [{ extendedLength: true }, 4096],
    ] as const) {
      const { atr } = simulatedChip(image, { quirks })
      const { reading } = await readImage(image, { quirks, link: { atr, maxResponse: 65536 } })
      const wanted = ['DG1', 'DG13', 'DG2', 'SOD', 'DG14', 'DG15']
      const least = wanted.reduce((sum, name) => sum + Math.ceil((reading.files[name]?.length ?? 0) / room), 0)
      const cost = reading.timings
        .filter(({ file }) => wanted.includes(file))
        .reduce((sum, { apdus }) => sum + apdus, 0)
      expect(cost).toBeGreaterThan(0)
      expect(cost).toBeLessThanOrEqual(least * 1.1)
    }
  })
})
