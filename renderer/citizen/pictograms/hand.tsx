import type { FingerPosition } from '#domain/biometrics/index.ts'

export type Point = readonly [number, number]
export type FingerName = 'thumb' | 'index' | 'middle' | 'ring' | 'little'
/** Laid out, lit (laid out on the glass) or folded away. */
export type FingerPose = 'out' | 'lit' | 'folded'

type Drawn = { readonly from: Point; readonly to: Point; readonly folded: Point; readonly broad: number }

/** The right hand from above, as its owner sees it: from the knuckle to the tip, out or folded. The left is its mirror. */
const drawn: Readonly<Record<FingerName, Drawn>> = {
  index: { from: [118, 228], to: [100, 96], folded: [112, 190], broad: 38 },
  middle: { from: [158, 220], to: [154, 64], folded: [156, 178], broad: 40 },
  ring: { from: [198, 224], to: [208, 84], folded: [200, 184], broad: 38 },
  little: { from: [232, 242], to: [256, 136], folded: [238, 208], broad: 32 },
  thumb: { from: [136, 316], to: [50, 226], folded: [104, 262], broad: 42 },
}
const names = Object.keys(drawn) as FingerName[]

/** Its wrist is long: a picture cuts it off at its lower edge. */
const palm =
  'M98 236 C98 212 118 206 140 206 L216 210 C240 212 250 228 249 246 C248 286 246 318 234 344 C226 362 224 376 224 410 V800 H128 V410 C128 372 118 350 108 318 C100 292 98 262 98 236 Z'

const fistThumb = { from: [28, 90], to: [36, -74], broad: 48 } as const

export const nameOf = (finger: FingerPosition) => finger.replace(/^(?:right|left)-/u, '') as FingerName

/** Where a finger ends, and which way it points in degrees (0 is up). `fist`: a thumb beside a closed hand. */
export function tipOf(name: FingerName, fist = false): { readonly at: Point; readonly angle: number } {
  const { from, to } = fist ? fistThumb : drawn[name]
  return { at: to, angle: angleOf(from, to) }
}

export type Side = 'right' | 'left'
type HandProps = { readonly side: Side; readonly pose: (name: FingerName) => FingerPose }

export function Hand({ side, pose }: HandProps) {
  return (
    <g>
      <path className="hand" d={palm} />
      {names.map((name) => {
        const { from, to, folded, broad } = drawn[name]
        const end = pose(name) === 'folded' ? folded : to
        return <path key={name} className="hand-line" d={`M${from.join(' ')} L${end.join(' ')}`} strokeWidth={broad} />
      })}
      {names.map((name) => (pose(name) === 'folded' ? <Fold key={name} {...drawn[name]} /> : null))}
      {names.map((name) =>
        pose(name) === 'lit' ? <LitFinger key={name} finger={`${side}-${name}`} {...drawn[name]} /> : null,
      )}
    </g>
  )
}

/** The right hand closed, its thumb stretched out beside it or folded; the left is its mirror. 182 wide, from -98 down. */
export function Fist({ side, thumb }: { readonly side: Side; readonly thumb: FingerPose }) {
  return (
    <g>
      <path className="hand" d="M32 150 H138 V620 H42 V250 Z" />
      <rect className="hand" x="0" y="20" width="182" height="168" rx="66" />
      <path className="hand-fold" d="M138 48 V104 M100 38 V104 M62 40 V104" />
      {thumb === 'folded' ? (
        <path className="hand-fold" d="M14 118 C40 128 70 128 96 112" />
      ) : (
        <path className="hand-line" d="M26 96 L30 20" strokeWidth="50" />
      )}
      {thumb === 'lit' && <LitFinger finger={`${side}-thumb`} {...fistThumb} />}
    </g>
  )
}

/** The crease of a finger that is folded under. */
function Fold({ from, folded, broad }: Drawn) {
  const half = broad / 2 - 6
  return (
    <path
      className="hand-fold"
      transform={`translate(${folded[0]} ${folded[1]}) rotate(${angleOf(from, folded)})`}
      d={`M${-half} 4 Q0 12 ${half} 4`}
    />
  )
}

type Lit = { readonly finger: FingerPosition; readonly from: Point; readonly to: Point; readonly broad: number }

/** The outer part of a finger, with the lines of a print at its tip. */
function LitFinger({ finger, from, to, broad }: Lit) {
  const part = 0.5
  const start: Point = [to[0] + (from[0] - to[0]) * part, to[1] + (from[1] - to[1]) * part]
  return (
    <g className="lit" data-finger={finger}>
      <path className="lit-finger" d={`M${start.join(' ')} L${to.join(' ')}`} strokeWidth={broad} />
      <g transform={`translate(${to[0]} ${to[1]}) rotate(${angleOf(from, to)})`}>
        {[3.5, 8, 12.5].map((r) => (
          <path key={r} className="lit-ridge" d={`M${-r} 13 V7 A${r} ${r} 0 0 1 ${r} 7 V13`} />
        ))}
      </g>
    </g>
  )
}

function angleOf(from: Point, to: Point): number {
  return (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI + 90
}
