import { FrameCutter, type Garbage } from '../frame-cutter.ts'
import type { ReportMap } from './report-maps.ts'

/** One scanned-data report: a code or a part of one. */
export type CodePart = {
  readonly kind: 'part'
  /** `]Q1` and the like; empty when the scanner does not say. */
  readonly symbology: string
  readonly data: Uint8Array
  readonly more: boolean
}

export function encodePart(map: ReportMap, { symbology, data, more }: Omit<CodePart, 'kind'>): Uint8Array {
  const report = new Uint8Array(map.length)
  report[0] = map.id
  if (map.count) report[map.count.at] = data.length
  for (let at = 0; at < Math.min(symbology.length, 3); at++) report[map.symbology.at + at] = symbology.charCodeAt(at)
  report.set(data.subarray(0, map.data.room), map.data.at)
  if (more) report[map.more.at] = map.more.mask
  return report
}

/** Undefined for a report of another kind and for bytes that are none. */
export function decodePart(map: ReportMap, report: Uint8Array): CodePart | undefined {
  if (report.length !== map.length || report[0] !== map.id) return undefined
  const flags = report[map.more.at]!
  if ((flags & ~map.more.mask) !== 0) return undefined
  const symbology = report.subarray(map.symbology.at, map.symbology.at + 3)
  // 5D is the `]` that every AIM identifier begins with.
  if (symbology[0] !== 0x5d && symbology.some((byte) => byte !== 0)) return undefined
  const room = report.subarray(map.data.at, map.data.at + map.data.room)
  const more = flags !== 0
  const count = map.count ? report[map.count.at]! : paddedLength(room)
  if (count > map.data.room || (count === 0 && more)) return undefined
  return {
    kind: 'part',
    symbology: symbology[0] === 0 ? '' : String.fromCharCode(...symbology),
    data: room.slice(0, count),
    more,
  }
}

function paddedLength(room: Uint8Array): number {
  const end = room.indexOf(0)
  return end < 0 ? room.length : end
}

/** Finds reports in a stream without boundaries, which only the development socket is. */
export class ReportCutter extends FrameCutter<CodePart> {
  readonly #map: ReportMap

  constructor(map: ReportMap) {
    super()
    this.#map = map
  }

  protected override take(bytes: Uint8Array, events: (CodePart | Garbage)[]): number {
    if (bytes.length === 0) return 0
    if (bytes[0] !== this.#map.id) return this.skip(events)
    if (bytes.length < this.#map.length) return 0
    const part = decodePart(this.#map, bytes.subarray(0, this.#map.length))
    return part ? this.found(events, part, this.#map.length) : this.skip(events)
  }
}
