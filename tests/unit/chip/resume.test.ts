import { beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { createChipCache, readChip, type ChipCache } from '#native/chip/index.ts'
import { fullChip, personalise, simulatedChip, type ChipImage } from '#native/sim/chip/index.ts'
import { people } from '#native/sim/people/people.ts'
import { failureOf, lineTo, mrzOf } from './reader.ts'

// Lò Thị Mẫu and Quàng Văn Mẫu are invented.
let image: ChipImage
let other: ChipImage
beforeAll(async () => {
  image = await personalise(people.lo, fullChip)
  other = await personalise(people.quang, fullChip)
})

/** Reads until the card is pulled before command number `breaks`; with a cache, as far as it gets. */
async function read(of: ChipImage, cache: ChipCache | undefined, breaks = Infinity) {
  const { commands, transmit } = lineTo(simulatedChip(of), (count) => {
    if (count >= breaks) throw new AppError('CARD_REMOVED', 'test')
  })
  const files = new Set<string>()
  const act = readChip({
    transmit,
    access: mrzOf(of),
    signal: new AbortController().signal,
    ...(cache ? { cache } : {}),
    onProgress: ({ file }) => file !== undefined && files.add(file),
  })
  return { act, commands, files }
}

async function broken(of: ChipImage, cache: ChipCache, breaks: number) {
  const { act } = await read(of, cache, breaks)
  expect((await failureOf(act)).code).toBe('CARD_REMOVED')
}

const sameFiles = (files: Readonly<Record<string, Uint8Array>>, of: ChipImage) =>
  Object.entries(files).every(([name, bytes]) => Buffer.from(bytes).equals(of.files[name as 'DG1'] ?? new Uint8Array()))

describe('a reading that broke', () => {
  it('goes on where it was when the same card comes back, wherever it broke', async () => {
    const whole = await read(image, undefined)
    const wanted = await whole.act
    const total = whole.commands.length
    // Most of what comes late are blocks of the portrait.
    for (let breaks = 3; breaks < total; breaks += breaks < 40 ? 4 : 9) {
      const cache = createChipCache()
      await broken(image, cache, breaks)
      const again = await read(image, cache)
      const reading = await again.act
      expect(reading.trust, `broken at ${breaks}`).toBe(wanted.trust)
      expect(reading.files).toEqual(wanted.files)
      expect(reading).toMatchObject({ chipAuthentication: 'proved', activeAuthentication: 'proved' })
      // Access, DG1, the head of the security object, chip authentication and selecting the file cost 16 again.
      expect(again.commands.length, `broken at ${breaks}`).toBeLessThanOrEqual(Math.min(total + 1, total - breaks + 30))
    }
  })

  it('breaks and goes on again and again, and reads each part of the portrait once', async () => {
    const cache = createChipCache()
    let portraitReads = 0
    for (let round = 0; round < 40; round++) {
      const { act, commands } = await read(image, cache, 40)
      const done = await act.then(
        () => true,
        (error: unknown) => !(error instanceof AppError && error.code === 'CARD_REMOVED'),
      )
      portraitReads += commands.length
      if (done) {
        const reading = await act
        expect(sameFiles(reading.files, image)).toBe(true)
        expect(round).toBeGreaterThan(1)
        expect(portraitReads).toBeLessThan(40 * 8)
        return
      }
    }
    throw new Error('never done')
  })

  it('starts anew with another card, and nothing of the first is in it', async () => {
    const cache = createChipCache()
    await broken(image, cache, 60)
    const { act } = await read(other, cache)
    const reading = await act
    expect(reading.details.fullName).toBe('Quàng Văn Mẫu')
    expect(sameFiles(reading.files, other)).toBe(true)
    expect(reading.trust).toBe('no-trust-anchor')
  })

  it('starts anew with another card of the same holder, whose DG1 is the same', async () => {
    const replaced = await personalise({ ...people.lo, portraitSeed: 7 }, fullChip)
    expect(Buffer.from(replaced.files.DG1 ?? []).equals(image.files.DG1 ?? new Uint8Array())).toBe(true)
    const cache = createChipCache()
    await broken(image, cache, 60)
    const reading = await (await read(replaced, cache)).act
    expect(sameFiles(reading.files, replaced)).toBe(true)
    expect(reading.trust).toBe('no-trust-anchor')
  })

  it('reads everything again when what was kept was spoilt', async () => {
    const cache = createChipCache()
    await broken(image, cache, 60)
    const part = cache.parts.get('DG13')
    if (!part) throw new Error('DG13 was not read yet')
    part.bytes[50] = (part.bytes[50] ?? 0) ^ 1
    const reading = await (await read(image, cache)).act
    expect(sameFiles(reading.files, image)).toBe(true)
    expect(reading.trust).toBe('no-trust-anchor')
  })

  it('forgets everything when it is told to', async () => {
    const cache = createChipCache()
    await broken(image, cache, 60)
    cache.clear()
    const fresh = await read(image, undefined)
    await fresh.act
    const again = await read(image, cache)
    await again.act
    expect(again.commands.length).toBe(fresh.commands.length)
  })
})
