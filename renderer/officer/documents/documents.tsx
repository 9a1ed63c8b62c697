import { RotateCcw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { DocumentKind, DossierState } from '#domain/enrolment/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { useKey } from '../../ui/keys.ts'
import { FailureNotice } from '../../ui/notice.tsx'
import { CameraChoice, CameraView, useBoundLabel } from '../camera/camera-view.tsx'
import { UnsentPicture } from '../camera/unsent-picture.tsx'
import { useCamera } from '../camera/use-camera.ts'
import { useShooting } from '../camera/use-shooting.ts'
import { useShutter } from '../camera/use-shutter.ts'
import { desk } from '../desk.ts'
import { NextButton, Screen } from '../frame/screen.tsx'
import { stepBefore, type StepProps } from '../step.ts'

const kinds = ['old-card-front', 'old-card-back', 'other'] as const satisfies readonly DocumentKind[]

/** F3: pictures of the papers, the old card's two sides first. */
export function Documents({ view, leave, leaving }: StepProps) {
  const { t } = useTranslation()
  const { documents } = view.state
  const [chosen, setChosen] = useState<DocumentKind>()
  const kind = chosen ?? nextKind(view.state)
  const camera = useCamera('document-camera', useBoundLabel('document-camera'))
  const shooting = useShooting(`${view.id}/documents`, camera, async (bytes) => {
    const result = await desk.call.addDocument({ kind, bytes })
    if (result.ok) setChosen(undefined)
    return result
  })
  const dropping = useAct()
  useShutter(shooting.take)
  useKey('1', () => setChosen('old-card-front'))
  useKey('2', () => setChosen('old-card-back'))
  useKey('3', () => setChosen('other'))
  const drop = (name: string) => void dropping.run(() => desk.call.dropDocument({ name }))
  return (
    <Screen
      title={t('documents.title')}
      task={t(`documents.task.${kind}`)}
      notice={
        shooting.pending && shooting.failure ? (
          <UnsentPicture shooting={shooting} />
        ) : (
          (shooting.failure ?? dropping.failure) && (
            <FailureNotice code={(shooting.failure ?? dropping.failure)?.code ?? 'INTERNAL'} />
          )
        )
      }
      left={
        <Button
          keys="Space"
          onPress={shooting.take}
          busy={shooting.busy}
          isDisabled={camera.phase !== 'live' || (shooting.pending !== undefined && shooting.failure !== undefined)}
        >
          {t('documents.shoot', { kind: t(`documents.kind.${kind}`).toLowerCase() })}
        </Button>
      }
      right={
        <>
          <Button keys="Escape" onPress={() => leave(stepBefore('documents'))} busy={leaving}>
            {t('back')}
          </Button>
          <NextButton keys="Enter" onPress={() => leave('portrait')} busy={leaving}>
            {t('documents.next')}
          </NextButton>
        </>
      }
      aside={
        <ToggleButtonGroup
          className="toggle"
          aria-label={t('documents.kind-label')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[kind]}
          onSelectionChange={([next]) => setChosen(kinds.find((each) => each === next))}
        >
          {kinds.map((each, index) => (
            <ToggleButton key={each} id={each} className="toggle-part">
              {t(`documents.kind.${each}`)} <kbd className="key-hint">{index + 1}</kbd>
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      }
    >
      <div className="picture-taking">
        <div className="picture-live">
          <CameraView camera={camera} label={t('documents.live')} />
          <CameraChoice camera={camera} />
        </div>
        <Card title={t('documents.taken', { count: documents.length })} className="taken">
          {documents.length === 0 && !shooting.pending && <p className="empty">{t('documents.none')}</p>}
          <ul className="thumbs">
            {shooting.pending && (
              <li className="thumb" data-pending>
                <img src={shooting.pending.url} alt={t('documents.pending')} />
                <p>{shooting.failure ? t('documents.not-stored') : t('documents.storing')}</p>
              </li>
            )}
            {documents.toReversed().map(({ kind: own, picture }) => (
              <li className="thumb" key={picture.name}>
                <img src={`/blob/${picture.name}`} alt={t(`documents.kind.${own}`)} />
                <p>{t(`documents.kind.${own}`)}</p>
                <div className="thumb-acts">
                  <Button
                    kind="quiet"
                    label={t('documents.retake', { kind: t(`documents.kind.${own}`) })}
                    icon={<RotateCcw size={16} aria-hidden />}
                    onPress={() => {
                      setChosen(own)
                      drop(picture.name)
                    }}
                  >
                    {t('retake')}
                  </Button>
                  <Button
                    kind="quiet"
                    label={t('documents.drop', { kind: t(`documents.kind.${own}`) })}
                    icon={<Trash2 size={16} aria-hidden />}
                    onPress={() => drop(picture.name)}
                    busy={dropping.busy}
                  >
                    {t('remove')}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </Screen>
  )
}

/** The first side not yet taken. */
function nextKind({ documents }: DossierState): DocumentKind {
  return kinds.find((kind) => !documents.some((each) => each.kind === kind)) ?? 'other'
}
