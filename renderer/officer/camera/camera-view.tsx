import { CameraOff } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { surroundings } from '../desk.ts'
import type { Camera, CameraRole } from './use-camera.ts'

/** The live picture of a camera, or in words why there is none and what to do. */
export function CameraView({
  camera,
  children,
  label,
}: {
  readonly camera: Camera
  readonly children?: ReactNode
  readonly label: string
}) {
  const { t } = useTranslation()
  const { phase } = camera
  const [aspect, setAspect] = useState(16 / 9)
  const working = phase === 'live' || phase === 'starting'
  return (
    <div className="camera" data-phase={phase}>
      <div className="camera-frame" style={{ aspectRatio: aspect, maxWidth: `calc(100cqh * ${aspect})` }}>
        <video
          ref={camera.attach}
          className="camera-picture"
          muted
          playsInline
          aria-label={label}
          data-shown={phase === 'live'}
          onResize={({ currentTarget: { videoWidth, videoHeight } }) =>
            videoHeight > 0 && setAspect(videoWidth / videoHeight)
          }
        />
        {phase === 'live' && children}
      </div>
      {phase === 'starting' && <p className="camera-words">{t('camera.starting')}</p>}
      {!working && (
        <div className="camera-words">
          <CameraOff size={40} aria-hidden />
          <Notice
            kind="doubt"
            urgent
            acts={
              <Button keys="Ctrl+K" onPress={camera.retry}>
                {t('camera.retry')}
              </Button>
            }
          >
            <p>{t(`camera.${phase}`)}</p>
          </Notice>
        </div>
      )}
    </div>
  )
}

/** Which camera; only shown where there is a choice. */
export function CameraChoice({ camera }: { readonly camera: Camera }) {
  const { t } = useTranslation()
  if (camera.choices.length < 2) return null
  return (
    <label className="camera-choice">
      <span className="field-label">{t('camera.choose')}</span>
      <select
        className="field-input"
        value={camera.chosen ?? ''}
        onChange={(event) => camera.choose(event.target.value)}
      >
        {camera.choices.map(({ id, label }, index) => (
          <option key={id} value={id}>
            {label === '' ? t('camera.number', { number: index + 1 }) : label}
          </option>
        ))}
      </select>
    </label>
  )
}

/** The label under which devices.json binds a camera to this role. */
export function useBoundLabel(role: CameraRole): string | undefined {
  return surroundings(
    (store) => store.value?.devices.find(({ kind, transport }) => kind === role && transport === 'browser')?.address,
  )
}
