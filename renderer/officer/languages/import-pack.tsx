import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PackFound } from '#contract/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { day } from '../words.ts'
import { FolderField, rememberFolder } from './folder-field.tsx'
import { inFours } from './order.ts'

type Found = { readonly folder: string; readonly pack: PackFound }

/** A pack from another station: looked at first, taken over only as it was shown. */
export function ImportPack({ onImported }: { readonly onImported: (language: string) => void }) {
  const { t } = useTranslation()
  const looking = useAct()
  const taking = useAct()
  const [folder, setFolder] = useState<string>()
  const [found, setFound] = useState<Found>()
  const [done, setDone] = useState<{ readonly name: string; readonly recordings: number }>()
  const path = folder?.trim() ?? ''
  const busy = looking.busy || taking.busy

  const look = async () => {
    if (path === '' || busy) return
    setFound(undefined)
    setDone(undefined)
    taking.clear()
    await looking.run(async () => {
      const result = await desk.call.inspectLanguage({ folder: path })
      if (result.ok) setFound({ folder: path, pack: result.value })
      return result
    })
  }
  const take = async ({ folder: from, pack }: Found) => {
    await taking.run(async () => {
      const result = await desk.call.importLanguage({ folder: from, fingerprint: pack.fingerprint })
      if (result.ok) {
        setFound(undefined)
        setDone({ name: pack.name, recordings: result.value.recordings })
        rememberFolder(from)
        onImported(result.value.language)
      }
      return result
    })
  }
  return (
    <div className="studio-import">
      <Card className="studio-card">
        <p>{t('studio.import.meaning')}</p>
        <FolderField
          label={t('studio.import.folder')}
          note={t('studio.import.note')}
          value={folder}
          onChange={(next) => {
            setFolder(next)
            setFound(undefined)
            looking.clear()
          }}
          onEnter={() => void look()}
        />
        <div className="studio-card-act">
          <Button onPress={() => void look()} isDisabled={path === '' || taking.busy} busy={looking.busy}>
            {t(looking.busy ? 'studio.import.looking' : 'studio.import.look')}
          </Button>
        </div>
        {looking.failure && <FailureNotice code={looking.failure.code} />}
        {done && <Notice kind="info">{t('studio.import.done', { name: done.name, count: done.recordings })}</Notice>}
      </Card>
      {found && (
        <PackCard
          pack={found.pack}
          busy={taking.busy}
          onTake={() => void take(found)}
          onLeave={() => setFound(undefined)}
        />
      )}
      {taking.failure && <FailureNotice code={taking.failure.code} />}
    </div>
  )
}

function PackCard({
  pack,
  busy,
  onTake,
  onLeave,
}: {
  readonly pack: PackFound
  readonly busy: boolean
  readonly onTake: () => void
  readonly onLeave: () => void
}) {
  const { t } = useTranslation()
  const { name, station, fingerprint, known, texts, recordings, sentences, fonts, reviewed, replaces } = pack
  const facts = [
    [t('studio.import.language'), name],
    [t('studio.import.station'), `${station.name} · ${station.code}`],
    [t('studio.import.recordings'), t('studio.count', { done: recordings, of: sentences })],
    [t('studio.import.texts'), String(texts)],
    ...(fonts === undefined ? [] : [[t('studio.import.fonts'), String(fonts)] as const]),
    [
      t('studio.import.reviewed'),
      reviewed ? t('studio.reviewed', { by: reviewed.by, on: day(reviewed.on) }) : t('studio.not-reviewed'),
    ],
  ] as const
  return (
    <Card title={t('studio.import.found')} className="studio-card pack">
      <dl className="pack-facts">
        {facts.map(([term, words]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{words}</dd>
          </div>
        ))}
        <div className="pack-fingerprint">
          <dt>{t('studio.import.fingerprint')}</dt>
          <dd className="mono">{inFours(fingerprint)}</dd>
        </div>
      </dl>
      {known ? (
        <Notice kind="info">{t('studio.import.known')}</Notice>
      ) : (
        <Notice kind="doubt">{t('studio.import.unknown', { station: station.name })}</Notice>
      )}
      {replaces > 0 && <Notice kind="doubt">{t('studio.import.replaces', { count: replaces })}</Notice>}
      <div className="studio-card-act">
        <Button onPress={onLeave} isDisabled={busy}>
          {t('studio.import.leave')}
        </Button>
        <Button kind="next" onPress={onTake} busy={busy}>
          {t(busy ? 'studio.import.busy' : known ? 'studio.import.do' : 'studio.import.do-unknown')}
        </Button>
      </div>
    </Card>
  )
}
