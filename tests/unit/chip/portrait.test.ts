import jpeg from 'jpeg-js'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkJpeg2000 } from '#native/chip/lds/jpeg2000-header.ts'
import { decodeJpeg2000, shownPortrait } from '#native/chip/lds/shown-portrait.ts'
import { fullChip, personalise, type ChipImage } from '#native/sim/chip/index.ts'
import { people } from '#native/sim/people/people.ts'
import { drawPortrait } from '#native/sim/people/portrait.ts'
import { readImage } from './reader.ts'

// Lò Thị Mẫu is invented, and her portrait is drawn.
let image: ChipImage
beforeAll(async () => {
  image = await personalise(people.lo, { portrait: 'jpeg2000', container: 'iso39794' })
})

const drawing = drawPortrait({ seed: people.lo.portraitSeed, width: 300, height: 400 })

/** Mean difference of a colour channel between a picture and the drawing, 0 … 255. */
function distance(data: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < data.length; at++) {
    if (at % 4 !== 3) sum += Math.abs((data[at] ?? 0) - (drawing.data[at] ?? 0))
  }
  return sum / ((data.length / 4) * 3)
}

/** The code stream with one 16- or 32-bit number of its headers changed. */
function changed(at: number, value: number, width: 1 | 2 | 4): Uint8Array {
  const bytes = Uint8Array.from(image.portrait)
  const view = new DataView(bytes.buffer)
  if (width === 1) view.setUint8(at, value)
  else if (width === 2) view.setUint16(at, value)
  else view.setUint32(at, value)
  return bytes
}

/** Where the parameters of a marker begin. */
function markerAt(code: number): number {
  const at = Buffer.from(image.portrait).indexOf(Uint8Array.of(code >> 8, code & 0xff))
  if (at < 0) throw new Error('no such marker')
  return at + 2
}

describe('a portrait in JPEG 2000', () => {
  it('in the newer container is read, and decoded for the windows', async () => {
    const { reading } = await readImage(image)
    expect(reading.portrait?.mediaType).toBe('image/jp2')
    expect(Buffer.from(reading.portrait?.bytes ?? []).equals(image.portrait)).toBe(true)
    expect(reading.portrait?.shown?.mediaType).toBe('image/jpeg')
    const shown = jpeg.decode(reading.portrait?.shown?.bytes ?? new Uint8Array(), { useTArray: true })
    expect(shown).toMatchObject({ width: 300, height: 400 })
    expect(distance(shown.data)).toBeLessThan(8)
    expect(reading.timings.find(({ file }) => file === 'portrait')).toMatchObject({ apdus: 0, deviceMs: 0 })
  })

  it('is given as soon as it is there, before the rest of the chip is read', async () => {
    const whole = await personalise(people.lo, { ...fullChip, portrait: 'jpeg2000' })
    const given: { mediaType: string; shown: boolean }[] = []
    const files: string[] = []
    const { reading } = await readImage(whole, {
      onPortrait: ({ mediaType, shown }) => given.push({ mediaType, shown: shown !== undefined }),
      onProgress: ({ file }) => {
        if (file !== undefined && given.length === 0) files.push(file)
      },
    })
    expect(given).toEqual([{ mediaType: 'image/jp2', shown: true }])
    expect(new Set(files)).toEqual(new Set(['DG1', 'DG13', 'COM', 'SOD', 'DG14', 'DG2']))
    expect(reading.groups).toContainEqual({ name: 'DG15', state: 'read' })
  })

  it('is decoded to the picture that was drawn', async () => {
    const { width, height, data } = await decodeJpeg2000(image.portrait)
    expect([width, height, data.length]).toEqual([300, 400, 300 * 400 * 4])
    expect(distance(data)).toBeLessThan(6)
  })

  it('cut short is not shown as the one before it', async () => {
    await decodeJpeg2000(image.portrait)
    await expect(decodeJpeg2000(image.portrait.subarray(0, 600))).rejects.toThrow('IMAGE_UNREADABLE')
    expect(await shownPortrait({ bytes: image.portrait.subarray(0, 600), mediaType: 'image/jp2' })).toBeUndefined()
  })

  it('that is no picture is refused', async () => {
    for (const bytes of [
      new Uint8Array(),
      new Uint8Array(200),
      Buffer.from('ff4fff51', 'hex'),
      image.portrait.subarray(0, 20),
    ]) {
      await expect(decodeJpeg2000(new Uint8Array(bytes))).rejects.toThrow('IMAGE_UNREADABLE')
    }
  })

  it('that says nothing of its size breaks no reading', async () => {
    const files = { ...image.files }
    const bomb = Buffer.from(image.files.DG2 ?? [])
    const at = bomb.indexOf(Buffer.from('ff51', 'hex'))
    bomb.writeUInt32BE(0xffffffff, at + 6)
    const { reading } = await readImage({ ...image, files: { ...files, DG2: new Uint8Array(bomb) } })
    expect(reading.portrait?.shown).toBeUndefined()
    expect(reading.details.fullName).toBe('Lò Thị Mẫu')
    expect(reading.trust).toBe('failed')
  })
})

describe('a JPEG 2000 bomb', () => {
  const siz = () => markerAt(0xff51)
  const cod = () => markerAt(0xff52)
  it.each<[string, () => Uint8Array]>([
    ['four thousand million pixels wide', () => changed(siz() + 4, 0xffffffff, 4)],
    ['sixty thousand pixels high', () => changed(siz() + 8, 60_000, 4)],
    [
      'far from the origin',
      () => {
        const bytes = changed(siz() + 4, 0xffffff00, 4)
        new DataView(bytes.buffer).setUint32(siz() + 12, 0xffffff00 - 300)
        return bytes
      },
    ],
    ['of one-pixel tiles', () => changed(siz() + 20, 1, 4)],
    ['of sixty thousand layers', () => changed(cod() + 4, 60_000, 2)],
    ['of two hundred levels', () => changed(cod() + 7, 200, 1)],
    ['of a thousand channels', () => changed(siz() + 36, 1000, 2)],
  ])('%s is refused before anything is decoded', (_what, make) => {
    expect(() => checkJpeg2000(make())).toThrow('IMAGE_TOO_LARGE')
  })

  it.each([0, 0x7fffffff])('with tiles %i wide is refused', (width) => {
    const make = () => checkJpeg2000(changed(siz() + 20, width, 4))
    if (width === 0) expect(make).toThrow(/IMAGE_/)
    else expect(make()).toMatchObject({ width: 300 })
  })

  it('with boxes that point at themselves is refused', () => {
    const box = Buffer.from('0000000c6a5020200d0a870a00000000667479706a703220', 'hex')
    expect(() => checkJpeg2000(new Uint8Array(box))).toThrow('IMAGE_UNREADABLE')
  })
})
