import { inventedPng } from './invented.ts'

/** A grey JPEG of one size in pixels, as far as its headers go, filled up to a length in bytes. */
export function inventedJpeg(width: number, height: number, length = 400): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt16BE(height, 0)
  size.writeUInt16BE(width, 2)
  const quantization = Buffer.concat([Buffer.from([0xff, 0xdb, 0, 67, 0]), Buffer.alloc(64, 16)])
  const frame = Buffer.concat([Buffer.from([0xff, 0xc0, 0, 11, 8]), size, Buffer.from([1, 1, 0x11, 0])])
  const scan = Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0])
  const head = Buffer.concat([Buffer.from([0xff, 0xd8]), quantization, frame, scan])
  return Buffer.concat([head, Buffer.alloc(Math.max(0, length - head.length - 2), 0x5a), Buffer.from([0xff, 0xd9])])
}

/** A small PNG whose header says another size. */
export function pngThatClaims(width: number, height: number): Buffer {
  const png = Buffer.from(inventedPng(1))
  png.writeUInt32BE(width, 16)
  png.writeUInt32BE(height, 20)
  return png
}

/** What a camera, a file or an attacker may hand in as a picture, and the code with which it is refused. */
export const badPictures: readonly {
  readonly what: string
  readonly bytes: () => Uint8Array
  readonly code: 'IMAGE_UNREADABLE' | 'IMAGE_TOO_LARGE'
}[] = [
  { what: 'nothing', bytes: () => new Uint8Array(), code: 'IMAGE_UNREADABLE' },
  { what: 'a text', bytes: () => Buffer.from('Lò Thị Mẫu '.repeat(50)), code: 'IMAGE_UNREADABLE' },
  { what: 'a PDF', bytes: () => Buffer.from(`%PDF-1.7\n${'x'.repeat(500)}\n%%EOF`), code: 'IMAGE_UNREADABLE' },
  {
    what: 'an SVG',
    bytes: () => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>${' '.repeat(100)}`),
    code: 'IMAGE_UNREADABLE',
  },
  { what: 'zeros', bytes: () => new Uint8Array(1000), code: 'IMAGE_UNREADABLE' },
  {
    what: 'a JPEG cut off in the middle',
    bytes: () => inventedJpeg(640, 480, 4000).subarray(0, 2000),
    code: 'IMAGE_UNREADABLE',
  },
  {
    what: 'a JPEG cut off before its size',
    bytes: () => inventedJpeg(640, 480).subarray(0, 40),
    code: 'IMAGE_UNREADABLE',
  },
  { what: 'a JPEG of no width', bytes: () => inventedJpeg(0, 480), code: 'IMAGE_UNREADABLE' },
  {
    what: 'a JPEG whose segments say they have no length',
    bytes: () =>
      Buffer.concat([
        Buffer.from([0xff, 0xd8]),
        Buffer.alloc(4000, Buffer.from([0xff, 0xe0, 0, 0])),
        Buffer.from([0xff, 0xd9]),
      ]),
    code: 'IMAGE_UNREADABLE',
  },
  {
    what: 'a JPEG without a frame',
    bytes: () =>
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0xff, 0xff]), Buffer.alloc(100), Buffer.from([0xff, 0xd9])]),
    code: 'IMAGE_UNREADABLE',
  },
  { what: 'a PNG cut off in the middle', bytes: () => inventedPng(1).subarray(0, 1000), code: 'IMAGE_UNREADABLE' },
  { what: 'a PNG of no height', bytes: () => pngThatClaims(64, 0), code: 'IMAGE_UNREADABLE' },
  { what: 'a PNG that says 100,000 × 100,000', bytes: () => pngThatClaims(100_000, 100_000), code: 'IMAGE_TOO_LARGE' },
  { what: 'a PNG that says 4,294,967,295 × 1', bytes: () => pngThatClaims(4_294_967_295, 1), code: 'IMAGE_TOO_LARGE' },
  { what: 'a JPEG that says 65,535 × 65,535', bytes: () => inventedJpeg(65_535, 65_535), code: 'IMAGE_TOO_LARGE' },
  { what: '25 MB of JPEG', bytes: () => inventedJpeg(4000, 3000, 25_000_000 + 1_000_000), code: 'IMAGE_TOO_LARGE' },
]
