import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#contract/index.ts'
import type { PortraitDemand, PortraitPolicy } from '#domain/biometrics/index.ts'

type Seen = CallOutput<'lookAtPortrait'>
type Demands = PortraitPolicy['demands']

/** What was seen, drawn over the live picture: faces, the line of the eyes, the card's frame, and each finding. */
export function PortraitMarks({ seen, demands }: { readonly seen: Seen; readonly demands: Demands }) {
  const { t } = useTranslation()
  const { width, height, faces, landmarks, crop, findings } = seen
  const sorted = findings.toSorted((one, other) => rank(demands[one.check]) - rank(demands[other.check]))
  return (
    <>
      <svg className="marks" viewBox={`0 0 ${width} ${height}`} aria-hidden>
        {crop && (
          <rect
            className="mark-crop"
            x={crop.x}
            y={crop.y}
            width={crop.width}
            height={crop.height}
            transform={`rotate(${crop.angle} ${crop.x + crop.width / 2} ${crop.y + crop.height / 2})`}
          />
        )}
        {faces.map((face) => (
          <rect key={`${face.x},${face.y}`} className="mark-face" {...face} rx={6} />
        ))}
        {landmarks && (
          <line
            className="mark-eyes"
            x1={landmarks.leftEye.x}
            y1={landmarks.leftEye.y}
            x2={landmarks.rightEye.x}
            y2={landmarks.rightEye.y}
          />
        )}
        {findings.map(
          ({ check, mark }) =>
            mark && <rect key={check} className="mark-finding" data-demand={demands[check]} {...mark} rx={4} />,
        )}
      </svg>
      <ul className="looks" aria-label={t('portrait.seen')}>
        {sorted.length === 0 && (
          <li data-demand="good">
            <span aria-hidden>✓</span> {t('portrait.all-good')}
          </li>
        )}
        {sorted.map(({ check }) => (
          <li key={check} data-demand={demands[check]}>
            <span aria-hidden>{demands[check] === 'refusal' ? '✕' : '!'}</span> {t(`portrait.check.${check}`)}
          </li>
        ))}
      </ul>
    </>
  )
}

function rank(demand: PortraitDemand): number {
  return demand === 'refusal' ? 0 : 1
}

/** Where the face belongs while nothing was seen yet: the card's frame, the oval of the head, the line of the eyes. */
export function Guide() {
  return (
    <svg className="guide" viewBox="0 0 350 450" aria-hidden>
      <rect x="2" y="2" width="346" height="446" rx="8" />
      <ellipse cx="175" cy="205" rx="98" ry="134" />
      <line x1="95" x2="255" y1="190" y2="190" />
      <path d="M20 448c10-75 70-100 155-100s145 25 155 100" />
    </svg>
  )
}
