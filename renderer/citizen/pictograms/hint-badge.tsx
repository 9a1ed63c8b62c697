import type { FingerHint, PortraitHint } from '#domain/enrolment/index.ts'
import type { Point } from './hand.tsx'

const drop = 'M0 -46 C22 -14 34 2 34 20 A34 34 0 0 1 -34 20 C-34 2 -22 -14 0 -46 Z'

/** What to do, as a sign of a shape of its own, about 110 wide. A forbidding cross is for what has to go. */
const signs = {
  good: 'M-42 4 L-12 34 L42 -28',
  'lay-down': 'M0 -46 V38 M-34 8 L0 44 L34 8',
  'other-hand': 'M-46 -18 H40 M18 -40 L44 -18 L18 4 M46 26 H-40 M-18 48 L-44 26 L-18 4',
  'press-harder': 'M-36 -40 L0 -8 L36 -40 M-36 -4 L0 28 L36 -4 M-44 48 H44',
  'press-lighter': 'M0 34 V-40 M-30 -12 L0 -44 L30 -12 M-44 50 H44',
  wipe: `${drop} M-48 -48 L48 48`,
  moisten: drop,
  'move-up': 'M0 46 V-40 M-36 -8 L0 -46 L36 -8',
  'move-down': 'M0 -46 V40 M-36 8 L0 46 L36 8',
  'move-left': 'M46 0 H-40 M-8 -36 L-46 0 L-8 36',
  'move-right': 'M-46 0 H40 M8 -36 L46 0 L8 36',
  'roll-further': 'M-46 24 A46 46 0 0 1 44 10 M18 4 L46 18 L54 -14',
  'hold-still': 'M-20 -38 V38 M20 -38 V38',
  no: 'M-34 -34 L34 34 M34 -34 L-34 34',
} as const

type Name = keyof typeof signs
const calm: readonly (FingerHint | PortraitHint | 'no')[] = ['good', 'hold-still']

export function HintBadge({
  name,
  at: [x, y],
  size = 1,
}: {
  readonly name: Name
  readonly at: Point
  readonly size?: number
}) {
  const kind = name === 'no' || name === 'wipe' ? 'no' : calm.includes(name) ? 'taken' : 'place'
  return (
    <g className={`badge hint-badge badge-${kind}`} data-sign={name} transform={`translate(${x} ${y}) scale(${size})`}>
      <circle r="84" />
      <path d={signs[name]} />
    </g>
  )
}
