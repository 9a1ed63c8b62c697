import { SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useKey } from '../../ui/keys.ts'
import { FailureNotice } from '../../ui/notice.tsx'
import { desk, surroundings } from '../desk.ts'
import { CameraChoice } from './camera-view.tsx'
import { usePictureSources } from './sources.ts'
import type { Camera } from './use-camera.ts'

/** Which camera, how it sees, its lamp, and the folder that is watched beside it. */
export function CameraSettings({ camera }: { readonly camera: Camera }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <div className="camera-settings-place">
      {open && (
        <section className="camera-settings" aria-label={t('camera.settings')} data-keys="own">
          <Closing close={() => setOpen(false)} />
          <CameraChoice camera={camera} />
          <Resolution camera={camera} />
          <Exposure camera={camera} />
          {camera.role === 'document-camera' && <Lamp />}
          <Folder camera={camera} />
        </section>
      )}
      <Button
        kind="quiet"
        keys="Ctrl+E"
        icon={<SlidersHorizontal size={16} aria-hidden />}
        onPress={() => setOpen(!open)}
      >
        {t(open ? 'camera.settings-close' : 'camera.settings')}
      </Button>
    </div>
  )
}

/** While the settings are open the key that goes back closes them. */
function Closing({ close }: { readonly close: () => void }) {
  useKey('Escape', close)
  return null
}

function Resolution({ camera }: { readonly camera: Camera }) {
  const { t } = useTranslation()
  const { resolution } = camera.controls
  if (!resolution) return null
  const name = ({ width, height }: { readonly width: number; readonly height: number }) => `${width} × ${height}`
  return (
    <label className="camera-choice">
      <span className="field-label">{t('camera.resolution')}</span>
      <select
        className="field-input"
        value={name(resolution.now)}
        onChange={(event) => {
          const wanted = resolution.choices.find((each) => name(each) === event.target.value)
          if (wanted) camera.set({ resolution: wanted })
        }}
      >
        {resolution.choices.map((each) => (
          <option key={name(each)}>{name(each)}</option>
        ))}
      </select>
    </label>
  )
}

function Exposure({ camera }: { readonly camera: Camera }) {
  const { t } = useTranslation()
  const { exposure } = camera.controls
  if (!exposure) return null
  const { now, least, most, step } = exposure
  return (
    <label className="camera-choice">
      <span className="field-label">{t('camera.exposure')}</span>
      <input
        type="range"
        min={least}
        max={most}
        step={step}
        value={now}
        onChange={(event) => camera.set({ exposure: event.target.valueAsNumber })}
      />
    </label>
  )
}

/** Only for a document camera whose button is plugged in; whether it has a lamp shows when it is asked. */
function Lamp() {
  const { t } = useTranslation()
  const act = useAct()
  const [brightness, setBrightness] = useState(0)
  const there = surroundings((store) =>
    store.value?.devices.some(({ kind, transport }) => kind === 'document-camera' && transport !== 'browser'),
  )
  if (there !== true) return null
  return (
    <>
      <label className="camera-choice">
        <span className="field-label">{t('camera.lamp')}</span>
        <input
          type="range"
          min={0}
          max={1}
          step={0.1}
          value={brightness}
          onChange={(event) => setBrightness(event.target.valueAsNumber)}
          onPointerUp={() => void act.run(() => desk.call.setLamp({ brightness }))}
          onKeyUp={() => void act.run(() => desk.call.setLamp({ brightness }))}
        />
      </label>
      {act.failure &&
        (act.failure.code === 'DEVICE_REFUSED' ? (
          <p className="field-note">{t('camera.no-lamp')}</p>
        ) : (
          <FailureNotice code={act.failure.code} />
        ))}
    </>
  )
}

function Folder({ camera: { role } }: { readonly camera: Camera }) {
  const { t } = useTranslation()
  const act = useAct()
  const watched = usePictureSources()?.folders.find((each) => each.role === role)
  const [text, setText] = useState<string>()
  const folder = text ?? watched?.folder ?? ''
  const changed = folder.trim() !== (watched?.folder ?? '')
  const save = () => {
    if (changed) void act.run(() => desk.call.watchPictureFolder({ role, folder: folder.trim() }))
    return changed
  }
  return (
    <>
      <Field
        label={t('camera.folder')}
        value={folder}
        onChange={setText}
        onEnter={save}
        note={
          watched?.problem
            ? t(`camera.folder-problem.${watched.problem}`, { folder: watched.folder })
            : t('camera.folder-note')
        }
        noteTone={watched?.problem ? 'doubt' : 'quiet'}
        maxLength={1024}
      />
      {act.failure && <FailureNotice code={act.failure.code} />}
      <Button onPress={() => void save()} isDisabled={!changed} busy={act.busy}>
        {folder.trim() === '' && watched ? t('camera.folder-stop') : t('camera.folder-save')}
      </Button>
    </>
  )
}
