import { UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { CameraChoice, CameraView, useBoundLabel } from '../camera/camera-view.tsx'
import { UnsentPicture } from '../camera/unsent-picture.tsx'
import { useCamera } from '../camera/use-camera.ts'
import { useShooting } from '../camera/use-shooting.ts'
import { useShutter } from '../camera/use-shutter.ts'
import { desk } from '../desk.ts'
import { NextButton, Screen } from '../frame/screen.tsx'
import { stepBefore, type StepProps } from '../step.ts'

/** 35 × 45 mm, the portrait of the card. */
const aspect = 35 / 45

/** F4: the face, cut to the card's shape, beside the picture on the old card's chip. */
export function Portrait({ view, leave, leaving }: StepProps) {
  const { t } = useTranslation()
  const { portrait, chip } = view.state
  const camera = useCamera('portrait-camera', useBoundLabel('portrait-camera'))
  const shooting = useShooting(`${view.id}/portrait`, camera, (bytes) => desk.call.addPortrait({ bytes }), aspect)
  useShutter(shooting.take)
  const taken = shooting.pending?.url ?? (portrait && `/blob/${portrait.name}`)
  return (
    <Screen
      title={t('portrait.title')}
      task={portrait ? t('portrait.task-taken') : t('portrait.task')}
      notice={
        shooting.failure &&
        (shooting.pending ? <UnsentPicture shooting={shooting} /> : <FailureNotice code={shooting.failure.code} />)
      }
      left={
        <Button
          keys="Space"
          onPress={shooting.take}
          busy={shooting.busy}
          isDisabled={camera.phase !== 'live' || (shooting.pending !== undefined && shooting.failure !== undefined)}
        >
          {portrait ? t('portrait.again') : t('portrait.shoot')}
        </Button>
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
            <Guide />
          </CameraView>
          <CameraChoice camera={camera} />
        </div>
        <Card title={t('portrait.compare')} className="faces">
          <Face
            src={taken}
            words={
              shooting.pending
                ? t(shooting.failure ? 'documents.not-stored' : 'documents.storing')
                : t('portrait.taken')
            }
            none={t('portrait.none')}
          />
          <Face
            src={chip?.portrait && `/blob/${chip.portrait.name}`}
            words={t('portrait.of-chip')}
            none={t('portrait.none-chip')}
          />
        </Card>
      </div>
    </Screen>
  )
}

function Face({
  src,
  words,
  none,
}: {
  readonly src: string | undefined
  readonly words: string
  readonly none: string
}) {
  return (
    <figure className="face">
      <div className="face-picture">
        {src === undefined ? <UserRound size={48} aria-hidden /> : <img src={src} alt={words} />}
      </div>
      <figcaption>{src === undefined ? none : words}</figcaption>
    </figure>
  )
}

/** Where the face belongs: the card's frame, the oval of the head, the line of the eyes. */
function Guide() {
  return (
    <svg className="guide" viewBox="0 0 350 450" aria-hidden>
      <rect x="2" y="2" width="346" height="446" rx="8" />
      <ellipse cx="175" cy="205" rx="98" ry="134" />
      <line x1="95" x2="255" y1="190" y2="190" />
      <path d="M20 448c10-75 70-100 155-100s145 25 155 100" />
    </svg>
  )
}
