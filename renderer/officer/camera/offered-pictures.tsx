import { FolderInput } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { CameraRole } from '#contract/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { SeeGuideSign } from '../../ui/guide/see-guide.tsx'
import { FailureNotice, Notice, useFailureWords } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { time } from '../words.ts'
import { usePictureSources } from './sources.ts'
import type { Shooting } from './use-shooting.ts'

/** Pictures that came from the watched folder of a role, each to be used or dropped, and what is wrong with the folder. */
export function OfferedPictures({ role, shooting }: { readonly role: CameraRole; readonly shooting: Shooting }) {
  const { t } = useTranslation()
  const failureWords = useFailureWords()
  const dropping = useAct()
  const sources = usePictureSources()
  const folder = sources?.folders.find((each) => each.role === role)
  const offered = sources?.offered.filter((each) => each.role === role) ?? []
  const left = folder?.left ?? []
  if (offered.length === 0 && left.length === 0 && folder?.problem === undefined) return null
  return (
    <section className="offered" aria-label={t('camera.offered')}>
      {folder?.problem && (
        <Notice kind="doubt">
          <p>{t(`camera.folder-problem.${folder.problem}`, { folder: folder.folder })}</p>
        </Notice>
      )}
      {left.length > 0 && (
        <Notice kind="doubt">
          <p>{t('camera.left', { count: left.length })}</p>
          <ul className="left-files">
            {left.slice(0, 3).map(({ file, code }) => (
              <li key={file}>
                <b>{file}</b>: {failureWords(code).title} <SeeGuideSign code={code} />
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {dropping.failure && <FailureNotice code={dropping.failure.code} />}
      {offered.length > 0 && (
        <>
          <h2 className="offered-title">
            <FolderInput size={16} aria-hidden /> {t('camera.offered')}
          </h2>
          <ul className="offered-list">
            {offered.slice(0, 4).map(({ picture, at }, index) => (
              <li key={picture.name}>
                <img src={`/blob/${picture.name}`} alt={t('camera.offered-at', { time: time(at) })} />
                <span className="offered-time">{time(at)}</span>
                <Button
                  {...(index === 0 && { keys: 'Ctrl+U' })}
                  label={t('camera.use-at', { time: time(at) })}
                  onPress={() => shooting.use(picture.name)}
                  busy={shooting.busy}
                  isDisabled={shooting.blocked}
                >
                  {t('camera.use')}
                </Button>
                <Button
                  kind="quiet"
                  label={t('camera.drop-at', { time: time(at) })}
                  onPress={() => void dropping.run(() => desk.call.dropOfferedPicture({ name: picture.name }))}
                  busy={dropping.busy}
                >
                  {t('remove')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
