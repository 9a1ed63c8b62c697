import jpeg from 'jpeg-js'
import type { Point } from '#native/capability/picture.ts'
import type { Colours } from '#native/imaging/page/index.ts'
import { drawCardBack, drawForm, inventedZone } from '#native/sim/papers/index.ts'

type Drawing = { readonly width: number; readonly height: number; readonly data: Uint8Array }

/** Drawn once: drawing costs more than photographing. */
export const form = drawForm()
export const zone = inventedZone(4)
export const cardBack = drawCardBack(zone, { seed: 4, pixelsPerMm: 14 })

export function coloursOf({ width, height, data }: Drawing): Colours {
  const rgb = new Uint8Array(width * height * 3)
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    rgb[to] = data[from]!
    rgb[to + 1] = data[from + 1]!
    rgb[to + 2] = data[from + 2]!
  }
  return { width, height, rgb }
}

export function jpegOf({ width, height, data }: Drawing, quality = 90): Uint8Array {
  return new Uint8Array(jpeg.encode({ width, height, data }, quality).data)
}

/** Farthest corner from its place, as a share of the page's width; turned pages may begin at any corner. */
export function worstCorner(found: readonly Point[], real: readonly Point[]): number {
  const away = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)
  const width = away(real[0]!, real[1]!)
  const turns = [0, 1, 2, 3].map((turn) => Math.max(...found.map((at, index) => away(at, real[(index + turn) % 4]!))))
  return Math.min(...turns) / width
}
