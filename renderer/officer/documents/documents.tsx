import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { papersOn, type PaperKind } from '#domain/procedure/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { CameraSettings } from '../camera/camera-settings.tsx'
import { CameraView, useBoundLabel } from '../camera/camera-view.tsx'
import { OfferedPictures } from '../camera/offered-pictures.tsx'
import { UnsentPicture } from '../camera/unsent-picture.tsx'
import { useCamera } from '../camera/use-camera.ts'
import { useLooks } from '../camera/use-looks.ts'
import { storedPicture, useShooting } from '../camera/use-shooting.ts'
import { useShutter } from '../camera/use-shutter.ts'
import { desk } from '../desk.ts'
import { NextButton, Screen } from '../frame/screen.tsx'
import { stepBefore, type StepProps } from '../step.ts'
import { KindChoice } from './kind-choice.tsx'
import { nextTurn, nextKind, pageAfter, type Turn } from './order.ts'
import { PageMarks } from './page-marks.tsx'
import { Pages } from './pages.tsx'
import { Suggestions } from './suggestions.tsx'
import { useReading } from './use-reading.ts'

/** Pixels of the longer side of a frame that is looked at. */
const lookSize = 800

/** F3: pictures of the papers, the usual ones first, page by page. */
export function Documents({ view, leave, leaving }: StepProps) {
  const { t } = useTranslation()
  const { documents, day } = view.state
  const rule = papersOn('exchange', day)
  const [chosen, setChosen] = useState<PaperKind>()
  const [colour, setColour] = useState<'colour' | 'grey'>('colour')
  const [turn, setTurn] = useState<Turn>(0)
  const kind = chosen ?? nextKind(rule, documents)
  const page = pageAfter(kind, documents)
  const paged = page !== undefined && { page }
  const camera = useCamera('document-camera', useBoundLabel('document-camera'))
  const { seen } = useLooks(camera, lookSize, (frame) => desk.call.lookAtPage({ frame }))
  /** Several pages of one paper follow each other; a card is turned over. */
  const goOn = () => setChosen(page === undefined ? undefined : kind)
  const shooting = useShooting(
    `${view.id}/documents`,
    camera,
    async (picture) => {
      const result = await desk.call.takePage({ picture, kind, colour, turn, ...paged })
      if (result.ok) goOn()
      return result
    },
    async (bytes) => {
      const result = await desk.call.addDocument({ kind, bytes, ...paged })
      if (result.ok) goOn()
      return result
    },
  )
  const changing = useAct()
  const reading = useReading(view.state)
  useShutter(shooting.take)
  const drop = (name: string) => void changing.run(() => desk.call.dropDocument({ name }))
  /** The page is made anew from what was taken; the old one goes only when the new one is there. */
  const turnPage = (document: (typeof documents)[number]) =>
    void changing.run(async () => {
      const original = document.original && (await storedPicture(document.original.name))
      if (!original)
        return { ok: false, error: { code: 'BLOB_DAMAGED', step: 'page.turn', retriable: false, context: {} } }
      const { kind: own, colour: shade = 'colour', turn: before = 0, page: place } = document
      const made = await desk.call.takePage({
        picture: original,
        kind: own,
        colour: shade,
        turn: nextTurn(before),
        ...(place !== undefined && { page: place }),
      })
      return made.ok ? desk.call.dropDocument({ name: document.picture.name }) : made
    })
  const failure = shooting.failure ?? changing.failure
  return (
    <Screen
      title={t('documents.title')}
      task={
        page === undefined || page === 1
          ? t(`documents.task.${kind}`)
          : t('documents.task-page', { page, kind: t(`documents.kind.${kind}`).toLowerCase() })
      }
      notice={
        shooting.blocked ? <UnsentPicture shooting={shooting} /> : failure && <FailureNotice code={failure.code} />
      }
      left={
        <>
          <Button
            keys="Space"
            onPress={shooting.take}
            busy={shooting.busy}
            isDisabled={camera.phase !== 'live' || shooting.blocked}
          >
            {page === undefined
              ? t('documents.shoot', { kind: t(`documents.kind.${kind}`).toLowerCase() })
              : t('documents.shoot-page', { page })}
          </Button>
          <Button keys="R" onPress={() => setTurn(nextTurn(turn))}>
            {t('documents.turn', { turn })}
          </Button>
          <Button keys="G" onPress={() => setColour(colour === 'grey' ? 'colour' : 'grey')}>
            {t(`documents.${colour}`)}
          </Button>
        </>
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
      aside={<KindChoice rule={rule} kind={kind} choose={setChosen} />}
    >
      <div className="picture-taking">
        <div className="picture-live">
          <CameraView camera={camera} label={t('documents.live')}>
            {seen && <PageMarks seen={seen} />}
          </CameraView>
          <CameraSettings camera={camera} />
          <OfferedPictures role="document-camera" shooting={shooting} />
        </div>
        <div className="documents-side">
          <Suggestions reading={reading} />
          <Card title={t('documents.taken', { count: documents.length })} className="taken">
            <Pages
              documents={documents}
              shooting={shooting}
              busy={changing.busy}
              read={(document) => reading.read(document)}
              turn={turnPage}
              retake={(document) => {
                setChosen(document.kind)
                drop(document.picture.name)
              }}
              drop={drop}
            />
          </Card>
        </div>
      </div>
    </Screen>
  )
}
