import type { CaptureStep, FingerPosition } from '#domain/biometrics/index.ts'
import { captureSteps } from '#domain/biometrics/index.ts'
import type { FingerPhase } from '#domain/enrolment/index.ts'

type Point = readonly [number, number]
type Name = 'thumb' | 'index' | 'middle' | 'ring' | 'little'

/** The right hand from above, as its owner sees it: from the knuckle to the tip, and how broad. The left is its mirror. */
const fingers: readonly { readonly name: Name; readonly from: Point; readonly to: Point; readonly broad: number }[] = [
  { name: 'index', from: [118, 228], to: [100, 96], broad: 38 },
  { name: 'middle', from: [158, 220], to: [154, 64], broad: 40 },
  { name: 'ring', from: [198, 224], to: [208, 84], broad: 38 },
  { name: 'little', from: [232, 242], to: [256, 136], broad: 32 },
  { name: 'thumb', from: [136, 316], to: [50, 226], broad: 42 },
]

const palm =
  'M98 236 C98 212 118 206 140 206 L216 210 C240 212 250 228 249 246 C248 286 246 318 234 344 C226 362 224 376 224 410 Q224 424 210 424 H142 Q128 424 128 410 C128 372 118 350 108 318 C100 292 98 262 98 236 Z'

export type HandsProps = { readonly step: CaptureStep; readonly phase: FingerPhase; readonly className?: string }

/** Which fingers, and what to do with them: wait, put them on the glass, lift them, once more. */
export function HandsPictogram({ step, phase, className = '' }: HandsProps) {
  const lit = new Set<FingerPosition>(captureSteps[step].fingers)
  const both = step === 'two-thumbs'
  return (
    <svg
      className={`hands ${className}`}
      viewBox={both ? '0 60 620 460' : '0 0 376 500'}
      data-step={step}
      data-phase={phase}
      aria-hidden
    >
      <Glass both={both} step={step} />
      <g className="hands-lift">
        {both ? (
          <>
            <g transform="translate(96 250)">
              <Fist />
            </g>
            <g transform="matrix(-1 0 0 1 524 250)">
              <Fist />
            </g>
          </>
        ) : (
          <g transform="translate(20 44)">
            <Hand side={step === 'left-four' ? 'left' : 'right'} lit={lit} />
          </g>
        )}
      </g>
      <Badge phase={phase} at={both ? [424, 132] : [step === 'left-four' ? 276 : 330, 76]} />
    </svg>
  )
}

function Hand({ side, lit }: { readonly side: 'left' | 'right'; readonly lit: ReadonlySet<FingerPosition> }) {
  return (
    <g transform={side === 'left' ? 'matrix(-1 0 0 1 320 0)' : undefined}>
      <path className="hand" d={palm} />
      {fingers.map(({ name, from, to, broad }) => (
        <path key={name} className="hand-line" d={`M${from.join(' ')} L${to.join(' ')}`} strokeWidth={broad} />
      ))}
      {fingers.map(({ name, from, to, broad }) =>
        lit.has(`${side}-${name}`) ? <LitFinger key={name} from={from} to={to} broad={broad} /> : null,
      )}
    </g>
  )
}

/** The left hand closed, its thumb stretched out; the right is its mirror. */
function Fist() {
  return (
    <g>
      <path className="hand" d="M44 150 H150 L144 250 Q144 262 132 262 H62 Q50 262 50 250 Z" />
      <rect className="hand" x="0" y="20" width="182" height="168" rx="66" />
      <path className="hand-fold" d="M44 48 V104 M82 38 V104 M120 40 V104" />
      <path className="hand-line" d="M156 96 L152 20" strokeWidth="50" />
      <LitFinger from={[154, 90]} to={[146, -74]} broad={48} />
    </g>
  )
}

/** The outer part of a finger, with the lines of a print at its tip. */
function LitFinger({ from, to, broad }: { readonly from: Point; readonly to: Point; readonly broad: number }) {
  const part = 0.5
  const start: Point = [to[0] + (from[0] - to[0]) * part, to[1] + (from[1] - to[1]) * part]
  const angle = (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI + 90
  return (
    <g className="lit">
      <path className="lit-finger" d={`M${start.join(' ')} L${to.join(' ')}`} strokeWidth={broad} />
      <g transform={`translate(${to[0]} ${to[1]}) rotate(${angle})`}>
        {[3.5, 8, 12.5].map((r) => (
          <path key={r} className="lit-ridge" d={`M${-r} 13 V7 A${r} ${r} 0 0 1 ${r} 7 V13`} />
        ))}
      </g>
    </g>
  )
}

function Glass({ both, step }: { readonly both: boolean; readonly step: CaptureStep }) {
  if (both) return <rect className="glass" x="196" y="130" width="228" height="150" rx="26" />
  return <rect className="glass" x={step === 'left-four' ? 30 : 84} y="74" width="246" height="188" rx="26" />
}

/** A sign of its own shape per phase: arrow down, tick, turn. */
function Badge({ phase, at: [x, y] }: { readonly phase: FingerPhase; readonly at: Point }) {
  if (phase === 'ready') return null
  return (
    <g className={`badge badge-${phase}`} transform={`translate(${x} ${y})`}>
      <circle r="40" />
      {phase === 'place' && <path d="M0 -18 V16 M-15 2 L0 17 L15 2" />}
      {phase === 'taken' && <path d="M-18 1 L-5 14 L18 -12" />}
      {phase === 'again' && <path d="M16 -8 A18 18 0 1 0 18 6 M17 -20 V-7 H4" />}
    </g>
  )
}
