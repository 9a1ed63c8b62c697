import { useTranslation } from 'react-i18next'
import type { OfficerView } from '#contract/index.ts'
import { exceptionRuleOn, type ExceptionReason, type FingerPosition } from '#domain/biometrics/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { CameraChoice, CameraView, useBoundLabel } from '../camera/camera-view.tsx'
import { UnsentPicture } from '../camera/unsent-picture.tsx'
import { useCamera } from '../camera/use-camera.ts'
import { useShooting } from '../camera/use-shooting.ts'
import { useShutter } from '../camera/use-shutter.ts'
import { desk } from '../desk.ts'

/** The hand under the document camera; the picture and the reason are recorded together. */
export function HandPicture({
  view,
  finger,
  reason,
  onDone,
}: {
  readonly view: OfficerView
  readonly finger: FingerPosition
  readonly reason: ExceptionReason
  readonly onDone: () => void
}) {
  const { t } = useTranslation()
  const camera = useCamera('document-camera', useBoundLabel('document-camera'))
  const recording = useAct()
  const shooting = useShooting(`${view.id}/exception/${finger}`, camera, async (photo) => {
    const result = await desk.call.exceptFinger({ finger, reason, photo })
    if (result.ok) onDone()
    return result
  })
  useShutter(shooting.take)
  const kept = shooting.pending !== undefined && shooting.failure !== undefined
  const wanted = exceptionRuleOn(view.state.day, reason).photo
  const first = view.state.exceptions[finger]?.reason !== reason
  const record = async () => {
    if (await recording.run(() => desk.call.exceptFinger({ finger, reason }))) onDone()
  }
  return (
    <div className="hand-picture">
      <div className="hand-camera">
        <CameraView camera={camera} label={t('fingers.exception.live')} />
      </div>
      <CameraChoice camera={camera} />
      {shooting.failure &&
        (kept ? <UnsentPicture shooting={shooting} /> : <FailureNotice code={shooting.failure.code} />)}
      {recording.failure && <FailureNotice code={recording.failure.code} />}
      <div className="dialog-acts">
        {first && (
          <Button onPress={() => void record()} busy={recording.busy} isDisabled={shooting.busy}>
            {t(wanted ? 'fingers.exception.without' : 'fingers.exception.record')}
          </Button>
        )}
        <Button
          kind="next"
          keys="Ctrl+P"
          onPress={shooting.take}
          busy={shooting.busy}
          isDisabled={camera.phase !== 'live' || kept || recording.busy}
        >
          {t(first ? 'fingers.exception.shoot' : 'fingers.exception.shoot-again')}
        </Button>
      </div>
    </div>
  )
}
