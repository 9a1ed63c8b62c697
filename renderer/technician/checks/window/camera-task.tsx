import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CameraRole } from '#contract/index.ts'
import type { CheckReport } from '#domain/diagnosis/index.ts'
import { useAct } from '../../../state/act.ts'
import { cameraFor, listCameras, type CameraDevice, type CameraWishes } from '../../../state/cameras.ts'
import { CallNotice } from '../../call-notice.tsx'
import { desk } from '../../desk.ts'
import type { Entry } from '../entries.ts'
import { checkCamera } from './check-camera.ts'
import { StepPrompt } from './step-prompt.tsx'
import { useWindowCheck } from './use-window-check.ts'
import { RestingTask, TaskTitle } from './resting-task.tsx'

/** Which camera serves a role, and the test of its picture. */
export function CameraTask({
  entry,
  role,
  keep,
}: {
  readonly entry: Entry
  readonly role: CameraRole
  readonly keep: (report: CheckReport) => void
}) {
  const { t } = useTranslation()
  const { device } = entry
  const check = useWindowCheck({ subject: role, ...(device && { device: device.id }) }, keep)
  const video = useRef<HTMLVideoElement>(null)
  // Names of cameras may be told only once one was open.
  const camera = useRoleCamera(role, device?.address, check.step === undefined)
  const begin = () => {
    const element = video.current
    if (element && camera.wishes)
      check.begin((tools) =>
        checkCamera(role, camera.wishes ?? { chosen: undefined, label: undefined }, element, tools),
      )
  }
  return (
    <section className="task" aria-labelledby="task-title">
      <TaskTitle entry={entry} />
      {check.step === undefined && (
        <RestingTask entry={entry} onBegin={begin} choices={<CameraOfRole camera={camera} />} />
      )}
      <div className="step-place" hidden={check.step === undefined}>
        {/* It is there before the test begins: the test fills it. */}
        <video ref={video} className="step-picture" muted playsInline aria-label={t('window.picture')} />
        {check.step && <StepPrompt step={check.step} check={check} />}
      </div>
    </section>
  )
}

type RoleCamera = {
  readonly all: readonly CameraDevice[]
  readonly used: CameraDevice | undefined
  /** Undefined until main has said. */
  readonly wishes: CameraWishes | undefined
  readonly choose: (id: string) => void
  readonly failure: ReturnType<typeof useAct>['failure']
}

function useRoleCamera(role: CameraRole, label: string | undefined, resting: boolean): RoleCamera {
  const [all, setAll] = useState<readonly CameraDevice[]>([])
  const [chosen, setChosen] = useState<CameraDevice | null>()
  const act = useAct()
  useEffect(() => {
    let gone = false
    void desk.call.cameraChoice({ role }).then((result) => {
      // A station that is locked tells no choice; then devices.json has the say.
      if (!gone) setChosen((known) => known ?? (result.ok ? result.value : null))
    })
    return () => {
      gone = true
    }
  }, [role])
  useEffect(() => {
    const media = (navigator as { mediaDevices?: MediaDevices }).mediaDevices
    if (!media || !resting) return
    let gone = false
    const look = () =>
      void listCameras().then(
        (found) => gone || setAll(found),
        () => undefined,
      )
    look()
    media.addEventListener('devicechange', look)
    return () => {
      gone = true
      media.removeEventListener('devicechange', look)
    }
  }, [resting])
  const wishes = chosen === undefined ? undefined : { chosen: chosen ?? undefined, label }
  const choose = useCallback(
    (id: string) => {
      const camera = { id, label: all.find((each) => each.id === id)?.label ?? '' }
      setChosen(camera)
      void act.run(() => desk.call.rememberCamera({ role, ...camera }))
    },
    [all, role, act],
  )
  return { all, wishes, choose, failure: act.failure, used: wishes && cameraFor(role, wishes, all) }
}

function CameraOfRole({ camera }: { readonly camera: RoleCamera }) {
  const { t } = useTranslation()
  const { all, used, choose, failure } = camera
  return (
    <div className="role-camera">
      {all.length === 0 ? (
        <p className="page-line">{t('cameras.noneSeen')}</p>
      ) : (
        <label className="role-camera-choice">
          <span className="field-label">{t('window.camera')}</span>
          <select className="field-input" value={used?.id ?? ''} onChange={(event) => choose(event.target.value)}>
            {all.map(({ id, label }, index) => (
              <option key={id} value={id}>
                {label === '' ? t('window.number', { number: index + 1 }) : label}
              </option>
            ))}
          </select>
        </label>
      )}
      {failure && <CallNotice code={failure.code} />}
    </div>
  )
}
