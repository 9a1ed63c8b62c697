import { deflateSync, inflateSync } from 'node:zlib'
import { pngColour, pngFile } from '#native/imaging/png-file.ts'

/** Eight bits a channel, three or four channels: what Chromium's screenshots are. */
export type Pixels = {
  readonly width: number
  readonly height: number
  readonly channels: 3 | 4
  readonly data: Uint8Array
}

const colours = { 3: pngColour.colour, 4: pngColour.colourAndAlpha } as const
const channelsOf: Readonly<Record<number, 3 | 4>> = { [pngColour.colour]: 3, [pngColour.colourAndAlpha]: 4 }

/**
 * Pictures are taken twice a second while the citizen's page changes: zlib does what it can do.
 * @throws RangeError for a PNG that no screenshot is
 */
export function decode(png: Buffer): Pixels {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const channels = channelsOf[png[25]!]
  if (png[24] !== 8 || channels === undefined || png[28] !== 0) throw new RangeError('this is no screenshot')
  const parts: Buffer[] = []
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  return { width, height, channels, data: unfilter(inflateSync(Buffer.concat(parts)), width * channels, channels) }
}

/** As small as is quick. */
export function encode({ width, height, channels, data }: Pixels): Buffer {
  const line = width * channels
  const rows = new Uint8Array((line + 1) * height)
  for (let y = 0; y < height; y++) rows.set(data.subarray(y * line, (y + 1) * line), y * (line + 1) + 1)
  return pngFile({ width, height, colour: colours[channels] }, [['IDAT', deflateSync(rows, { level: 1 })]])
}

/** W3C PNG 9.2: each line says in its first byte what was taken from it. */
function unfilter(raw: Uint8Array, line: number, step: number): Uint8Array {
  const height = raw.length / (line + 1)
  const out = new Uint8Array(line * height)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (line + 1)]!
    const from = y * (line + 1) + 1
    const to = y * line
    const above = to - line
    if (filter === 0 || (filter === 2 && y === 0)) {
      out.set(raw.subarray(from, from + line), to)
      continue
    }
    for (let x = 0; x < line; x++) {
      const left = x < step ? 0 : out[to + x - step]!
      const up = y === 0 ? 0 : out[above + x]!
      const corner = x < step || y === 0 ? 0 : out[above + x - step]!
      out[to + x] = raw[from + x]! + predicted(filter, left, up, corner)
    }
  }
  return out
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}
