import type { CallInput } from '#contract/index.ts'

type Drawing = Pick<CallInput<'sign'>, 'width' | 'height' | 'strokes' | 'pointer'>

/**
 * The signature as SVG 1.1 in pixels of the pad: one path per stroke, its points joined by lines, `data-t` the
 * milliseconds of each point since the first touch, `data-pressure` their pressure 0–1.
 */
export function signatureSvg({ width, height, strokes, pointer }: Drawing): string {
  const paths = strokes
    .filter((points) => points.length > 0)
    .map((points) => {
      const d = points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${short(x)} ${short(y)}`).join('')
      // A dot is a line of no length; with a round cap it is seen.
      const path = points.length === 1 ? `${d}l0 0` : d
      const list = (of: (point: (typeof points)[number]) => number) => points.map((each) => short(of(each))).join(' ')
      return `<path d="${path}" data-t="${list(({ t }) => t)}" data-pressure="${list(({ pressure }) => pressure)}"/>`
    })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    ` fill="none" stroke="#14231c" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"`,
    ` data-pointer="${pointer}">`,
    ...paths,
    '</svg>',
  ].join('')
}

/** Far outside any pad, and still a number that SVG can write. */
const furthest = 1e9

function short(value: number): string {
  return String(Math.round(Math.max(-furthest, Math.min(furthest, value)) * 1000) / 1000)
}
