import { AppError } from '#domain/failure/index.ts'

/** What a JPEG 2000 code stream says of itself before anything is decoded. */
export type Jpeg2000Header = {
  readonly width: number
  readonly height: number
  readonly components: number
  readonly bits: number
}

const step = 'chip.jpeg2000'
const mostPixels = 6_000_000
const farthestEdge = 16_384
const mostTiles = 64
const mostLayers = 64
const mostLevels = 10
/** Precincts of 2^5 and more; smaller ones are a way to ask for millions of packets. */
const leastPrecinct = 5
const mostMarkers = 4096

const marker = { soc: 0xff4f, siz: 0xff51, cod: 0xff52, coc: 0xff53, sot: 0xff90, sod: 0xff93, eoc: 0xffd9 } as const

/**
 * Reads the headers of a JP2 file or a bare code stream (ISO/IEC 15444-1 annexes A and I) and refuses what would take
 * more memory or time than any portrait: IMAGE_TOO_LARGE. What is no such header: IMAGE_UNREADABLE.
 */
export function checkJpeg2000(bytes: Uint8Array): Jpeg2000Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    let at = codeStreamStart(view)
    if (view.getUint16(at) !== marker.soc || view.getUint16(at + 2) !== marker.siz) throw unreadable('start')
    const header = readSize(view, at + 4)
    at += 4 + view.getUint16(at + 4)
    checkMarkers(view, at, header.components)
    return header
  } catch (error) {
    if (error instanceof RangeError) throw unreadable('truncated')
    throw error
  }
}

/** In a JP2 file the code stream lies in the box jp2c. */
function codeStreamStart(view: DataView): number {
  if (view.getUint16(0) === marker.soc) return 0
  let at = 0
  for (let boxes = 0; boxes < 64; boxes++) {
    const [short, type] = [view.getUint32(at), view.getUint32(at + 4)]
    const head = short === 1 ? 16 : 8
    if (type === 0x6a703263) return at + head
    const length = short === 1 ? Number(view.getBigUint64(at + 8)) : short
    if (length < head) throw unreadable('box')
    at += length
  }
  throw unreadable('boxes')
}

function readSize(view: DataView, at: number): Jpeg2000Header {
  const [right, bottom, left, top] = [4, 8, 12, 16].map((offset) => view.getUint32(at + offset))
  const [tileWidth, tileHeight, tileLeft, tileTop] = [20, 24, 28, 32].map((offset) => view.getUint32(at + offset))
  const components = view.getUint16(at + 36)
  if (components < 1 || components > 4) throw tooLarge('components', components)
  let bits = 0
  for (let index = 0; index < components; index++) {
    const depth = view.getUint8(at + 38 + 3 * index)
    bits = Math.max(bits, (depth & 0x7f) + 1)
    const [dx, dy] = [view.getUint8(at + 39 + 3 * index), view.getUint8(at + 40 + 3 * index)]
    if (dx !== 1 || dy !== 1 || depth > 0x7f) throw unreadable('component')
  }
  const width = (right ?? 0) - (left ?? 0)
  const height = (bottom ?? 0) - (top ?? 0)
  if (width < 1 || height < 1 || bits > 16) throw unreadable('size')
  if (width * height > mostPixels || (right ?? 0) > farthestEdge || (bottom ?? 0) > farthestEdge) {
    throw tooLarge('pixels', width * height)
  }
  const across = Math.ceil(((right ?? 0) - (tileLeft ?? 0)) / (tileWidth ?? 0))
  const down = Math.ceil(((bottom ?? 0) - (tileTop ?? 0)) / (tileHeight ?? 0))
  if (!(across >= 1) || !(down >= 1)) throw unreadable('tiles')
  if (across * down > mostTiles) throw tooLarge('tiles', across * down)
  return { width, height, components, bits }
}

/** Every marker of the main header and of the tile-part headers. */
function checkMarkers(view: DataView, start: number, components: number): void {
  let at = start
  let part = 0
  for (let count = 0; count < mostMarkers && at + 2 <= view.byteLength; count++) {
    const kind = view.getUint16(at)
    if (kind === marker.eoc) return
    if (kind === marker.sod) {
      if (part === 0) return
      at = part
      part = 0
      continue
    }
    if (kind < 0xff00) throw unreadable('marker')
    const length = view.getUint16(at + 2)
    if (length < 2) throw unreadable('marker')
    if (kind === marker.sot) {
      const partLength = view.getUint32(at + 6)
      part = partLength === 0 ? 0 : at + partLength
      if (partLength !== 0 && part <= at + 2 + length) throw unreadable('tile-part')
    }
    if (kind === marker.cod) {
      const layers = view.getUint16(at + 6)
      if (layers > mostLayers) throw tooLarge('layers', layers)
      checkLevels(view, at + 9, (view.getUint8(at + 4) & 1) !== 0)
    }
    if (kind === marker.coc) {
      const index = components < 257 ? 1 : 2
      checkLevels(view, at + 5 + index, (view.getUint8(at + 4 + index) & 1) !== 0)
    }
    at += 2 + length
  }
}

/** Levels, code block width and height, style, transformation, precincts (A.6.1). */
function checkLevels(view: DataView, at: number, precincts: boolean): void {
  const levels = view.getUint8(at)
  if (levels > mostLevels) throw tooLarge('levels', levels)
  if (!precincts) return
  for (let level = 0; level <= levels; level++) {
    const size = view.getUint8(at + 5 + level)
    if ((size & 0x0f) < leastPrecinct || size >> 4 < leastPrecinct) throw tooLarge('precincts', size)
  }
}

function unreadable(what: string): AppError {
  return new AppError('IMAGE_UNREADABLE', step, { context: { what } })
}

function tooLarge(what: string, value: number): AppError {
  return new AppError('IMAGE_TOO_LARGE', step, { context: { what, value } })
}
