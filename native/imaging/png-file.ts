import { crc32 } from 'node:zlib'

/** What a PNG's pixels are: grey, colour, colour with transparency (W3C PNG 11.2.1), always of eight bits. */
export const pngColour = { grey: 0, colour: 2, colourAndAlpha: 6 } as const

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

type Picture = {
  readonly width: number
  readonly height: number
  readonly colour: (typeof pngColour)[keyof typeof pngColour]
}

/** A PNG of 8 bits without interlace; `chunks` stand in their order between IHDR and IEND. */
export function pngFile(
  { width, height, colour }: Picture,
  chunks: readonly (readonly [type: string, data: Uint8Array])[],
): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Depth, colour, deflate, adaptive filtering, no interlace.
  header.set([8, colour, 0, 0, 0], 8)
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    ...chunks.map(([type, data]) => chunk(type, data)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Uint8Array): Buffer {
  const whole = Buffer.alloc(data.length + 12)
  whole.writeUInt32BE(data.length, 0)
  whole.write(type, 4, 'latin1')
  whole.set(data, 8)
  whole.writeUInt32BE(crc32(whole.subarray(4, data.length + 8)), data.length + 8)
  return whole
}
