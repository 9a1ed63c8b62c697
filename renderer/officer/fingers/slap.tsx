import { Fingerprint } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { captureSteps, type CaptureStep, type FingerPosition } from '#domain/biometrics/index.ts'

export type SlapFinger = {
  readonly position: FingerPosition
  readonly quality: number
  readonly angle: number
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

export type SlapPicture = {
  readonly src: string
  readonly width: number
  readonly height: number
  readonly fingers: readonly SlapFinger[]
}

export type SlapProps = {
  readonly step: CaptureStep
  readonly picture: SlapPicture | undefined
  readonly minimum: number
  readonly live: boolean
}

/** The platen as the scanner sees it: each finger in its box with its figure and a word. */
export function Slap({ step, picture, minimum, live }: SlapProps) {
  const { t } = useTranslation()
  if (!picture) {
    return (
      <div className="slap slap-empty">
        <Fingerprint size={72} strokeWidth={1} aria-hidden />
        <p>{live ? t('fingers.waiting') : t(`fingers.place.${step}`)}</p>
      </div>
    )
  }
  const { src, width, height, fingers } = picture
  const absent = captureSteps[step].fingers.filter((finger) => !fingers.some(({ position }) => position === finger))
  return (
    <div className="slap" data-live={live}>
      <div
        className="slap-frame"
        style={{ aspectRatio: `${width} / ${height}`, maxWidth: `calc(var(--slap-height) * ${width / height})` }}
      >
        <img className="slap-picture" src={src} alt={live ? t('fingers.live') : t('fingers.last')} />
        {fingers.map(({ position, quality, angle, box }) => (
          <div
            key={position}
            className="finger-box"
            data-weak={quality < minimum}
            style={{
              left: `${(100 * box.x) / width}%`,
              top: `${(100 * box.y) / height}%`,
              width: `${(100 * box.width) / width}%`,
              height: `${(100 * box.height) / height}%`,
              transform: `rotate(${angle}deg)`,
            }}
          />
        ))}
        {fingers.map(({ position, quality, box }) => (
          <p
            key={position}
            className="finger-label"
            data-weak={quality < minimum}
            style={{
              left: `${(100 * (box.x + box.width / 2)) / width}%`,
              top: `${Math.min(88, (100 * (box.y + box.height)) / height - 4)}%`,
            }}
          >
            {t(`finger-short.${position}`)} <strong>{Math.round(quality)}</strong>
            <span className="finger-word">{quality < minimum ? t('fingers.weak-word') : t('fingers.good-word')}</span>
          </p>
        ))}
      </div>
      {absent.length > 0 && (
        <p className="slap-absent" role="status">
          {t('fingers.absent', {
            fingers: absent.map((finger) => t(`finger-short.${finger}`).toLowerCase()).join(', '),
          })}
        </p>
      )}
    </div>
  )
}
