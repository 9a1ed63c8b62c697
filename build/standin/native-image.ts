/** A screenshot as Electron's NativeImage, as far as one needs it to be saved. */
export function createImage(png: Buffer) {
  return {
    toPNG: () => png,
    toDataURL: () => `data:image/png;base64,${png.toString('base64')}`,
    isEmpty: () => png.length === 0,
    // IHDR: width and height follow the eight bytes of the signature and the eight of the chunk's head.
    getSize: () => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) }),
  }
}
