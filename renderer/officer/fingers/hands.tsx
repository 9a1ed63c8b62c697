import { useTranslation } from 'react-i18next'
import type { FingerPosition } from '#domain/biometrics/index.ts'

/** How a finger stands: good enough, taken but weak, accepted all the same, or not there yet. */
export type FingerStanding = 'good' | 'weak' | 'accepted' | 'missing'

type Shape = { readonly finger: FingerPosition; readonly x: number; readonly y: number; readonly height: number }

/** As the officer sees two hands laid down, palms away: left hand on the left. */
const shapes: readonly Shape[] = [
  { finger: 'left-little', x: 6, y: 40, height: 52 },
  { finger: 'left-ring', x: 24, y: 20, height: 74 },
  { finger: 'left-middle', x: 43, y: 13, height: 82 },
  { finger: 'left-index', x: 62, y: 24, height: 70 },
  { finger: 'left-thumb', x: 83, y: 68, height: 44 },
  { finger: 'right-thumb', x: 139, y: 68, height: 44 },
  { finger: 'right-index', x: 160, y: 24, height: 70 },
  { finger: 'right-middle', x: 179, y: 13, height: 82 },
  { finger: 'right-ring', x: 198, y: 20, height: 74 },
  { finger: 'right-little', x: 216, y: 40, height: 52 },
]

export type HandsProps = {
  readonly standings: Readonly<Record<FingerPosition, FingerStanding>>
  readonly active?: readonly FingerPosition[]
}

/** Two hands with what is still missing; the same is said in words for those who cannot see it. */
export function Hands({ standings, active = [] }: HandsProps) {
  const { t } = useTranslation()
  const words = shapes
    .map(({ finger }) => `${t(`finger.${finger}`)}: ${t(`fingers.standing.${standings[finger]}`)}`)
    .join('; ')
  return (
    <svg className="hands" viewBox="0 0 240 150" role="img" aria-label={words}>
      {shapes.map(({ finger, x, y, height }) => (
        <rect
          key={finger}
          className="finger"
          data-standing={standings[finger]}
          data-active={active.includes(finger)}
          x={x}
          y={y}
          width="16"
          height={height}
          rx="8"
        />
      ))}
      <rect className="palm" x="14" y="92" width="72" height="52" rx="16" />
      <rect className="palm" x="152" y="92" width="72" height="52" rx="16" />
    </svg>
  )
}
