import { useTranslation } from 'react-i18next'
import type { FingerPosition } from '#domain/biometrics/index.ts'
import type { FingerProgress, FingerStanding } from '#domain/enrolment/index.ts'

type Shape = { readonly finger: FingerPosition; readonly x: number; readonly y: number; readonly turn: number }

const width = 290
const broad = 22
const knuckles = 112

const leftHand: readonly Shape[] = [
  { finger: 'left-little', x: 8, y: 40, turn: -5 },
  { finger: 'left-ring', x: 34, y: 16, turn: -2 },
  { finger: 'left-middle', x: 60, y: 5, turn: 0 },
  { finger: 'left-index', x: 86, y: 17, turn: 2 },
  { finger: 'left-thumb', x: 112, y: 72, turn: 14 },
]

/** As the officer sees two hands laid down, palms away: left hand on the left, the right its mirror. */
const shapes: readonly Shape[] = [
  ...leftHand,
  ...leftHand.toReversed().map(({ finger, x, y, turn }) => ({
    finger: finger.replace('left', 'right') as FingerPosition,
    x: width - x - broad,
    y,
    turn: -turn,
  })),
]

/** Over the roots of the fingers. */
const palm =
  'M7 108 Q8 98 18 98 H98 Q108 98 112 106 Q124 108 131 116 Q128 132 112 142 Q104 154 88 154 H34 Q9 152 7 108 Z'

const signs: Readonly<Record<FingerStanding, string>> = {
  good: '✓',
  accepted: '✓',
  weak: '!',
  excepted: '',
  missing: '',
}

export type HandsProps = {
  readonly standings: Pick<FingerProgress, 'flat' | 'rolled'>
  readonly active?: readonly FingerPosition[]
  readonly onChoose?: (finger: FingerPosition) => void
}

/** Two hands: the pad of each finger stands for its flat print, the ring around it for the rolled one. */
export function Hands({ standings, active = [], onChoose }: HandsProps) {
  const { t } = useTranslation()
  const { flat, rolled } = standings
  const wordsOf = (finger: FingerPosition) => {
    const own = flat[finger]
    const roll = rolled?.[finger]
    const both = roll === undefined || (own === 'excepted' && roll === 'excepted')
    const standing = both
      ? t(`fingers.standing.${own}`)
      : [
          t('fingers.flat-is', { standing: t(`fingers.standing.${own}`) }),
          t('fingers.rolled-is', { standing: t(`fingers.standing.${roll}`) }),
        ].join(', ')
    return `${t(`finger.${finger}`)}. ${standing}`
  }
  const label = onChoose ? t('fingers.hands') : shapes.map(({ finger }) => wordsOf(finger)).join('; ')
  return (
    <svg className="hands" viewBox={`0 0 ${width} 158`} role={onChoose ? 'group' : 'img'} aria-label={label}>
      {shapes.map((shape) => (
        <g
          key={shape.finger}
          className="finger"
          data-finger={shape.finger}
          data-active={active.includes(shape.finger)}
          transform={`rotate(${shape.turn} ${shape.x + broad / 2} ${knuckles})`}
          {...(onChoose && {
            role: 'button',
            tabIndex: 0,
            'aria-label': wordsOf(shape.finger),
            onClick: () => onChoose(shape.finger),
            onKeyDown: (event) => {
              if (event.key !== 'Enter' && event.key !== ' ') return
              event.preventDefault()
              event.stopPropagation()
              if (!event.repeat) onChoose(shape.finger)
            },
          })}
        >
          <Finger shape={shape} flat={flat[shape.finger]} rolled={rolled?.[shape.finger]} />
        </g>
      ))}
      <path className="palm" d={palm} />
      <path className="palm" d={palm} transform={`translate(${width} 0) scale(-1 1)`} />
    </svg>
  )
}

function Finger({
  shape: { finger, x, y },
  flat,
  rolled,
}: {
  readonly shape: Shape
  readonly flat: FingerStanding
  readonly rolled: FingerStanding | undefined
}) {
  const cx = x + broad / 2
  const cy = y + 14
  const bottom = finger.endsWith('thumb') ? 126 : knuckles
  return (
    <>
      <rect className="finger-skin" x={x} y={y} width={broad} height={bottom - y} rx={broad / 2} />
      {flat === 'excepted' ? (
        <path className="finger-cross" d={`M${cx - 7} ${cy - 8} l14 16 m0 -16 l-14 16`} />
      ) : (
        <>
          {rolled !== undefined && (
            <ellipse className="finger-roll" data-standing={rolled} cx={cx} cy={cy} rx="9.2" ry="12" />
          )}
          <ellipse className="finger-flat" data-standing={flat} cx={cx} cy={cy} rx="6" ry="8.6" />
          <text className="finger-sign" data-standing={flat} x={cx} y={cy + 3.6} textAnchor="middle" aria-hidden>
            {signs[flat]}
          </text>
        </>
      )}
    </>
  )
}
