/** The JPEG with an Exif orientation behind its first marker. */
export function withOrientation(file: Uint8Array, orientation: number, little = true): Uint8Array {
  const tiff = Buffer.alloc(26)
  const word = (value: number, at: number) => (little ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at))
  const long = (value: number, at: number) => (little ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at))
  tiff.write(little ? 'II' : 'MM', 0, 'latin1')
  word(42, 2)
  long(8, 4)
  word(1, 8)
  word(0x0112, 10)
  word(3, 12)
  long(1, 14)
  word(orientation, 18)
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, tiff.length + 8, 0x45, 0x78, 0x69, 0x66, 0, 0])
  return Buffer.concat([head, tiff, file.subarray(2)])
}
