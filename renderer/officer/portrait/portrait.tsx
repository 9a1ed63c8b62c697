import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { portraitProgress } from '#domain/enrolment/index.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { CameraSettings } from '../camera/camera-settings.tsx'
import { CameraView, useBoundLabel } from '../camera/camera-view.tsx'
import { OfferedPictures } from '../camera/offered-pictures.tsx'
import { cutMiddle } from '../camera/pictures.ts'
import { UnsentPicture } from '../camera/unsent-picture.tsx'
import { useCamera } from '../camera/use-camera.ts'
import { useLooks } from '../camera/use-looks.ts'
import { useShooting } from '../camera/use-shooting.ts'
import { useShutter } from '../camera/use-shutter.ts'
import { desk } from '../desk.ts'
import { NextButton, Screen } from '../frame/screen.tsx'
import { stepBefore, type StepProps } from '../step.ts'
import { Faces } from './faces.tsx'
import { Guide, PortraitMarks } from './marks.tsx'
import { RefusalForm } from './refusal-form.tsx'

/** 35 × 45 mm, the portrait of the card. */
const aspect = 35 / 45

/** Looks in a row without a refusal before the picture is taken by itself. */
const looksBeforeShot = 3

/** Pixels of the longer side of a frame that is looked at. */
const lookSize = 640

/** F4: the face as the card wants it, beside the picture on the old card's chip. */
export function Portrait(props: StepProps) {
  return portraitProgress(props.view.state).wanted ? <Taking {...props} /> : <NoneWanted {...props} />
}

function Taking({ view, leave, leaving }: StepProps) {
  const { t } = useTranslation()
  const progress = portraitProgress(view.state)
  const { policy, shot, refused } = progress
  const [automatic, setAutomatic] = useState(true)
  const camera = useCamera('portrait-camera', useBoundLabel('portrait-camera'))
  const looks = useLooks(
    camera,
    lookSize,
    (frame) => desk.call.lookAtPortrait({ frame }),
    ({ findings }) => findings.every(({ check }) => policy.demands[check] !== 'refusal'),
  )
  const shooting = useShooting(
    `${view.id}/portrait`,
    camera,
    (picture) => desk.call.takePortrait({ picture }),
    async (picture) => desk.call.addPortrait({ bytes: (await cutMiddle(picture, aspect)) ?? picture }),
  )
  const armed = automatic && !shot && !shooting.pending && !shooting.busy
  useAutomaticShot(armed, looks.good, shooting.take)
  useShutter(shooting.take)
  const { seen } = looks
  return (
    <Screen
      title={t('portrait.title')}
      task={t(taskOf(shot !== undefined, refused, looks.failed, automatic))}
      notice={
        shooting.failure &&
        (shooting.pending ? <UnsentPicture shooting={shooting} /> : <FailureNotice code={shooting.failure.code} />)
      }
      left={
        <>
          <Button
            keys="Space"
            onPress={shooting.take}
            busy={shooting.busy}
            isDisabled={camera.phase !== 'live' || shooting.blocked}
          >
            {shot ? t('portrait.again') : t('portrait.shoot')}
          </Button>
          <Button keys="A" onPress={() => setAutomatic(!automatic)}>
            {t(automatic ? 'portrait.automatic-on' : 'portrait.automatic-off')}
          </Button>
        </>
      }
      right={
        <>
          <Button keys="Escape" onPress={() => leave(stepBefore('portrait'))} busy={leaving}>
            {t('back')}
          </Button>
          <NextButton keys="Enter" onPress={() => leave('fingers')} busy={leaving}>
            {t('portrait.next')}
          </NextButton>
        </>
      }
    >
      <div className="picture-taking">
        <div className="picture-live">
          <CameraView camera={camera} label={t('portrait.live')}>
            {seen ? <PortraitMarks seen={seen} demands={policy.demands} /> : <Guide />}
          </CameraView>
          <CameraSettings camera={camera} />
          <OfferedPictures role="portrait-camera" shooting={shooting} />
        </div>
        <div className="portrait-side">
          {refused && <RefusalForm view={view} progress={progress} />}
          <Faces state={view.state} shooting={shooting} />
          {!refused && <RefusalForm view={view} progress={progress} />}
        </div>
      </div>
    </Screen>
  )
}

function taskOf(taken: boolean, refused: boolean, unseen: boolean, automatic: boolean): string {
  if (refused) return 'portrait.task-refused'
  if (taken) return 'portrait.task-taken'
  if (unseen) return 'portrait.task-unseen'
  return automatic ? 'portrait.task-automatic' : 'portrait.task'
}

/** Takes the picture once in a row of good looks. */
function useAutomaticShot(armed: boolean, good: number, take: () => void): void {
  const fired = useRef(false)
  useEffect(() => {
    if (good === 0) fired.current = false
    if (!armed || fired.current || good < looksBeforeShot) return
    fired.current = true
    take()
  }, [armed, good, take])
}

/** A child below the age of the policy. */
function NoneWanted({ view, leave, leaving }: StepProps) {
  const { t } = useTranslation()
  const { leastAge } = portraitProgress(view.state).policy
  return (
    <Screen
      title={t('portrait.title')}
      task={t('portrait.task-none', { age: leastAge })}
      right={
        <>
          <Button keys="Escape" onPress={() => leave(stepBefore('portrait'))} busy={leaving}>
            {t('back')}
          </Button>
          <NextButton keys="Enter" onPress={() => leave('fingers')} busy={leaving}>
            {t('portrait.next')}
          </NextButton>
        </>
      }
    >
      <Notice kind="info">
        <p>{t('portrait.none-wanted', { age: leastAge })}</p>
      </Notice>
    </Screen>
  )
}
