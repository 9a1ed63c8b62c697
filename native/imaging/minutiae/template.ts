import { AppError } from '#domain/failure/index.ts'
import type { Minutia, Minutiae } from './minutiae.ts'

/** What a finger minutiae record says besides the minutiae. */
export type TemplateFacts = {
  /** Finger position 0 (unknown) or 1–10, right thumb to left little finger. */
  readonly position: number
  /** How the print was made: 0 live-scan plain, 1 live-scan rolled. */
  readonly impression: 0 | 1
  /** Quality of the finger, 0–100. */
  readonly quality: number
}

export type Template = Minutiae & TemplateFacts

// ISO/IEC 19794-2:2005, 8: record header, view header, minutiae, length of the extended data. Big-endian.
const FORMAT = Uint8Array.of(0x46, 0x4d, 0x52, 0x00, 0x20, 0x32, 0x30, 0x00)
const RECORD_HEADER = 24
const VIEW_HEADER = 4
const MINUTIA = 6
const EXTENDED_LENGTH = 2
const MOST_POINTS = 255
const LARGEST_COORDINATE = 0x3fff
const LARGEST_SIZE = 0xffff
const LARGEST_POSITION = 10
const CM_PER_INCH = 2.54
const DEGREES_PER_UNIT = 360 / 256
const ENDING = 1
const BIFURCATION = 2

/**
 * An ISO/IEC 19794-2:2005 finger minutiae record with one view and no extended data. At most 255 minutiae are written,
 * the first ones. Angles are kept in steps of 1.4°. Throws RangeError for values that the format cannot hold.
 */
export function encodeTemplate(minutiae: Minutiae, facts: TemplateFacts): Uint8Array {
  const points = minutiae.points.slice(0, MOST_POINTS)
  inRange('width', minutiae.width, 1, LARGEST_SIZE)
  inRange('height', minutiae.height, 1, LARGEST_SIZE)
  inRange('position', facts.position, 0, LARGEST_POSITION)
  inRange('impression', facts.impression, 0, 1)
  inRange('quality', facts.quality, 0, 100)
  const perCm = Math.round(minutiae.dpi / CM_PER_INCH)
  inRange('resolution', perCm, 1, LARGEST_SIZE)
  const bytes = new Uint8Array(RECORD_HEADER + VIEW_HEADER + points.length * MINUTIA + EXTENDED_LENGTH)
  const view = new DataView(bytes.buffer)
  bytes.set(FORMAT)
  view.setUint32(8, bytes.length)
  // 12: capture equipment: no certificate, device not reported.
  view.setUint16(14, minutiae.width)
  view.setUint16(16, minutiae.height)
  view.setUint16(18, perCm)
  view.setUint16(20, perCm)
  view.setUint8(22, 1)
  view.setUint8(24, facts.position)
  // View number 0 in the upper half.
  view.setUint8(25, facts.impression)
  view.setUint8(26, facts.quality)
  view.setUint8(27, points.length)
  points.forEach(({ x, y, angle, type, quality }, index) => {
    inRange('x', x, 0, Math.min(LARGEST_COORDINATE, minutiae.width - 1))
    inRange('y', y, 0, Math.min(LARGEST_COORDINATE, minutiae.height - 1))
    inRange('minutia quality', quality, 0, 100)
    const at = RECORD_HEADER + VIEW_HEADER + index * MINUTIA
    view.setUint16(at, ((type === 'ending' ? ENDING : BIFURCATION) << 14) | x)
    view.setUint16(at + 2, y)
    view.setUint8(at + 4, Math.round(angle / DEGREES_PER_UNIT) & 0xff)
    view.setUint8(at + 5, quality)
  })
  return bytes
}

function inRange(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw new RangeError(`${name} of a template must be a whole number from ${least} to ${most}`)
}

/**
 * Reads what `encodeTemplate` writes, and other records of one finger view; extended data is skipped. Throws
 * IMAGE_UNREADABLE with the reason when a length, a count or a value does not hold.
 */
export function decodeTemplate(bytes: Uint8Array): Template {
  const least = RECORD_HEADER + VIEW_HEADER + EXTENDED_LENGTH
  demand(bytes.length >= least, 'too short')
  demand(
    FORMAT.every((value, at) => bytes[at] === value),
    'not a finger minutiae record of version 2.0',
  )
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  demand(view.getUint32(8) === bytes.length, 'length does not agree')
  const width = view.getUint16(14)
  const height = view.getUint16(16)
  const perCm = view.getUint16(18)
  demand(width > 0 && height > 0, 'no size')
  demand(perCm > 0 && perCm === view.getUint16(20), 'no resolution, or two')
  demand(view.getUint8(22) === 1, 'not one finger view')
  const position = view.getUint8(24)
  demand(position <= LARGEST_POSITION, 'unknown finger position')
  const impression = view.getUint8(25) & 0x0f
  demand(impression === 0 || impression === 1, 'not a live-scan impression')
  const quality = view.getUint8(26)
  demand(quality <= 100, 'quality over 100')
  const count = view.getUint8(27)
  const extended = RECORD_HEADER + VIEW_HEADER + count * MINUTIA
  demand(bytes.length >= extended + EXTENDED_LENGTH, 'fewer minutiae than it says')
  demand(view.getUint16(extended) === bytes.length - extended - EXTENDED_LENGTH, 'extended data does not agree')
  const points = Array.from({ length: count }, (_, index) =>
    readMinutia(view, RECORD_HEADER + VIEW_HEADER + index * MINUTIA, width, height),
  )
  return { width, height, dpi: Math.round(perCm * CM_PER_INCH), points, position, impression, quality }
}

function readMinutia(view: DataView, at: number, width: number, height: number): Minutia {
  const type = view.getUint16(at) >> 14
  const x = view.getUint16(at) & LARGEST_COORDINATE
  const y = view.getUint16(at + 2) & LARGEST_COORDINATE
  const quality = view.getUint8(at + 5)
  demand(type === ENDING || type === BIFURCATION, 'a minutia that is neither ending nor bifurcation')
  demand(x < width && y < height, 'a minutia outside the image')
  demand(quality <= 100, 'quality of a minutia over 100')
  return {
    x,
    y,
    angle: view.getUint8(at + 4) * DEGREES_PER_UNIT,
    type: type === ENDING ? 'ending' : 'bifurcation',
    quality,
  }
}

function demand(holds: boolean, reason: string): asserts holds {
  if (!holds) throw new AppError('IMAGE_UNREADABLE', 'imaging.decodeTemplate', { context: { reason } })
}
