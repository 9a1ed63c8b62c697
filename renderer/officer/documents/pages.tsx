import { RotateCcw, RotateCw, ScanText, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { DocumentTaken } from '#domain/enrolment/index.ts'
import { Button } from '../../ui/button.tsx'
import type { Shooting } from '../camera/use-shooting.ts'

type Props = {
  readonly documents: readonly DocumentTaken[]
  readonly shooting: Shooting
  readonly busy: boolean
  readonly read: (document: DocumentTaken) => void
  readonly turn: (document: DocumentTaken) => void
  readonly retake: (document: DocumentTaken) => void
  readonly drop: (name: string) => void
}

/** The pages taken so far, newest first. */
export function Pages({ documents, shooting, busy, read, turn, retake, drop }: Props) {
  const { t } = useTranslation()
  const { pending, failure } = shooting
  const name = ({ kind, page }: DocumentTaken) => {
    const words = t(`documents.kind.${kind}`)
    return page === undefined ? words : t('documents.page-of', { kind: words, page })
  }
  return (
    <>
      {documents.length === 0 && !pending && <p className="empty">{t('documents.none')}</p>}
      <ul className="thumbs">
        {pending && (
          <li className="thumb" data-pending>
            <img src={pending.url} alt={t('documents.pending')} />
            <p>{failure ? t('documents.not-stored') : t('documents.storing')}</p>
          </li>
        )}
        {documents.toReversed().map((document) => {
          const kind = name(document)
          return (
            <li className="thumb" key={document.picture.name}>
              <img src={`/blob/${document.picture.name}`} alt={kind} />
              <p>{kind}</p>
              <div className="thumb-acts">
                <Button
                  kind="quiet"
                  label={t('documents.read', { kind })}
                  icon={<ScanText size={16} aria-hidden />}
                  onPress={() => read(document)}
                >
                  {t('documents.read-short')}
                </Button>
                {document.original && (
                  <Button
                    kind="quiet"
                    className="icon-button"
                    label={t('documents.turn-page', { kind })}
                    icon={<RotateCw size={16} aria-hidden />}
                    onPress={() => turn(document)}
                    busy={busy}
                  >
                    {null}
                  </Button>
                )}
                <Button
                  kind="quiet"
                  className="icon-button"
                  label={t('documents.retake', { kind })}
                  icon={<RotateCcw size={16} aria-hidden />}
                  onPress={() => retake(document)}
                >
                  {null}
                </Button>
                <Button
                  kind="quiet"
                  className="icon-button"
                  label={t('documents.drop', { kind })}
                  icon={<Trash2 size={16} aria-hidden />}
                  onPress={() => drop(document.picture.name)}
                  busy={busy}
                >
                  {null}
                </Button>
              </div>
            </li>
          )
        })}
      </ul>
    </>
  )
}
