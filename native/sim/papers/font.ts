import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'

/** A closed outline: points in em units, y upwards; those off the curve bend it (TrueType quadratics). */
type Contour = readonly { readonly x: number; readonly y: number; readonly on: boolean }[]
export type Glyph = { readonly contours: readonly Contour[]; readonly advance: number }
export type Font = { glyph(letter: string): Glyph | undefined }

const subsets = ['latin', 'latin-ext', 'vietnamese']

/** A font of the @fontsource packages, its subsets laid together. */
export function loadFont(family: 'noto-sans' | 'jetbrains-mono', weight: 400 | 700 = 400): Font {
  const require = createRequire(import.meta.url)
  const parts = subsets.map((subset) =>
    readWoff(readFileSync(require.resolve(`@fontsource/${family}/files/${family}-${subset}-${weight}-normal.woff`))),
  )
  const known = new Map<string, Glyph | undefined>()
  return {
    glyph(letter) {
      if (!known.has(letter)) {
        known.set(
          letter,
          parts.map((part) => part.glyph(letter)).find((glyph) => glyph !== undefined),
        )
      }
      return known.get(letter)
    },
  }
}

/** The TrueType tables inside a WOFF file (W3C WOFF 1.0, section 5). */
function readWoff(file: Buffer): Font {
  const tables = new Map<string, Buffer>()
  for (let entry = 44; entry < 44 + 20 * file.readUInt16BE(12); entry += 20) {
    const [offset, packed, size] = [4, 8, 12].map((at) => file.readUInt32BE(entry + at)) as [number, number, number]
    const data = file.subarray(offset, offset + packed)
    tables.set(file.toString('latin1', entry, entry + 4), packed < size ? inflateSync(data) : data)
  }
  const table = (name: string) => {
    const found = tables.get(name)
    if (!found) throw new RangeError(`the font has no ${name}`)
    return found
  }
  const [head, loca, glyf, hhea, hmtx] = [table('head'), table('loca'), table('glyf'), table('hhea'), table('hmtx')]
  const em = head.readUInt16BE(18)
  const long = head.readInt16BE(50) === 1
  const metrics = hhea.readUInt16BE(34)
  const map = readCmap(table('cmap'))
  const place = (index: number) => (long ? loca.readUInt32BE(index * 4) : loca.readUInt16BE(index * 2) * 2)

  function contoursOf(index: number): Contour[] {
    const [start, end] = [place(index), place(index + 1)]
    if (start === end) return []
    const data = glyf.subarray(start, end)
    return data.readInt16BE(0) >= 0 ? readSimple(data) : readComposite(data)
  }

  function readComposite(data: Buffer): Contour[] {
    const found: Contour[] = []
    let at = 10
    let flags: number
    do {
      flags = data.readUInt16BE(at)
      const part = data.readUInt16BE(at + 2)
      at += 4
      const words = (flags & 1) !== 0
      const dx = words ? data.readInt16BE(at) : data.readInt8(at)
      const dy = words ? data.readInt16BE(at + 2) : data.readInt8(at + 1)
      at += words ? 4 : 2
      const scale = () => data.readInt16BE((at += 2) - 2) / 16384
      let [xx, xy, yx, yy] = [1, 0, 0, 1]
      if (flags & 0x08) xx = yy = scale()
      else if (flags & 0x40) [xx, yy] = [scale(), scale()]
      else if (flags & 0x80) [xx, xy, yx, yy] = [scale(), scale(), scale(), scale()]
      for (const contour of contoursOf(part)) {
        found.push(contour.map(({ x, y, on }) => ({ x: x * xx + y * yx + dx, y: x * xy + y * yy + dy, on })))
      }
    } while (flags & 0x20)
    return found
  }

  return {
    glyph(letter) {
      const index = map.get(letter.codePointAt(0) ?? 0)
      if (index === undefined) return undefined
      const advance = hmtx.readUInt16BE(Math.min(index, metrics - 1) * 4) / em
      const contours = contoursOf(index).map((one) => one.map(({ x, y, on }) => ({ x: x / em, y: y / em, on })))
      return { contours, advance }
    },
  }
}

function readSimple(data: Buffer): Contour[] {
  const count = data.readInt16BE(0)
  const ends = Array.from({ length: count }, (_, index) => data.readUInt16BE(10 + index * 2))
  let at = 10 + count * 2
  at += 2 + data.readUInt16BE(at)
  const points = (ends.at(-1) ?? -1) + 1
  const flags: number[] = []
  while (flags.length < points) {
    const flag = data[at++]!
    const times = flag & 8 ? data[at++]! + 1 : 1
    for (let time = 0; time < times; time++) flags.push(flag)
  }
  const axis = (short: number, same: number) => {
    let value = 0
    return flags.map((flag) => {
      if (flag & short) value += flag & same ? data[at++]! : -data[at++]!
      else if (!(flag & same)) {
        value += data.readInt16BE(at)
        at += 2
      }
      return value
    })
  }
  const xs = axis(2, 16)
  const ys = axis(4, 32)
  let from = 0
  return ends.map((end) => {
    const contour = flags.slice(from, end + 1).map((flag, index) => ({
      x: xs[from + index]!,
      y: ys[from + index]!,
      on: (flag & 1) !== 0,
    }))
    from = end + 1
    return contour
  })
}

/** Format 4 subtables (OpenType cmap): letters to glyph numbers. */
function readCmap(cmap: Buffer): Map<number, number> {
  const map = new Map<number, number>()
  for (let entry = 0; entry < cmap.readUInt16BE(2); entry++) {
    const sub = cmap.subarray(cmap.readUInt32BE(4 + entry * 8 + 4))
    if (sub.readUInt16BE(0) !== 4) continue
    const half = sub.readUInt16BE(6)
    for (let segment = 0; segment < half; segment += 2) {
      const end = sub.readUInt16BE(14 + segment)
      const start = sub.readUInt16BE(16 + half + segment)
      const delta = sub.readInt16BE(16 + 2 * half + segment)
      const rangeAt = 16 + 3 * half + segment
      const range = sub.readUInt16BE(rangeAt)
      for (let code = start; code <= end && code !== 0xffff; code++) {
        const glyph = range === 0 ? code : sub.readUInt16BE(rangeAt + range + (code - start) * 2)
        if (glyph !== 0) map.set(code, (glyph + delta) & 0xffff)
      }
    }
  }
  return map
}
