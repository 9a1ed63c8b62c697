import { useTranslation } from 'react-i18next'
import type { FingerPosition } from '#domain/biometrics/index.ts'
import type { FingerProgress, FingerStanding } from '#domain/enrolment/index.ts'

type Shape = { readonly finger: FingerPosition; readonly x: number; readonly y: number; readonly turn: number }

const width = 280
const broad = 22
const knuckles = 112

const leftHand: readonly Shape[] = [
  { finger: 'left-little', x: 4, y: 38, turn: -6 },
  { finger: 'left-ring', x: 30, y: 14, turn: -2 },
  { finger: 'left-middle', x: 56, y: 4, turn: 0 },
  { finger: 'left-index', x: 82, y: 16, turn: 3 },
  { finger: 'left-thumb', x: 110, y: 62, turn: 24 },
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

const signs: Readonly<Record<FingerStanding, string>> = { good: '✓', accepted: '✓', weak: '!', excepted: '', missing: '' }

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
      <path className="palm" d="M6 104 Q6 98 14 98 H96 Q104 98 108 106 L112 112 Q106 152 88 154 H28 Q8 150 6 104 Z" />
      <path
        className="palm"
        d="M274 104 Q274 98 266 98 H184 Q176 98 172 106 L168 112 Q174 152 192 154 H252 Q272 150 274 104 Z"
      />
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
  const bottom = finger.endsWith('thumb') ? 118 : knuckles
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
