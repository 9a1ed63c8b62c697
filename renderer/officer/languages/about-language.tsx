import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOutput, LanguageView } from '#contract/index.ts'
import { tidyText } from '#domain/person/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { day } from '../words.ts'
import { FolderField, rememberFolder } from './folder-field.tsx'
import { FontsCard } from './fonts-card.tsx'

type Part = 'day' | 'month' | 'year'
const orders: readonly (readonly Part[])[] = [
  ['day', 'month', 'year'],
  ['day', 'year', 'month'],
  ['month', 'day', 'year'],
  ['month', 'year', 'day'],
  ['year', 'month', 'day'],
  ['year', 'day', 'month'],
]

/** What a language calls itself, how it says dates, who found it right, and the way out to other stations. */
export function AboutLanguage({ language }: { readonly language: LanguageView }) {
  return (
    <div className="studio-cards">
      <Describe language={language} />
      <Review language={language} />
      <Export language={language} />
      {language.id !== 'vi' && language.id !== 'en' && <FontsCard language={language} />}
    </div>
  )
}

function Describe({ language: { id, name: stored, date = orders[0] ?? [] } }: { readonly language: LanguageView }) {
  const { t } = useTranslation()
  const act = useAct()
  const [name, setName] = useState(stored)
  const [order, setOrder] = useState(date.join())
  const [done, setDone] = useState(false)
  const chosen = orders.find((each) => each.join() === order) ?? date
  const changed = tidyText(name) !== stored || order !== date.join()
  const save = async () => {
    setDone(await act.run(() => desk.call.describeLanguage({ language: id, name: tidyText(name), date: chosen })))
  }
  const ready = changed && tidyText(name) !== ''
  return (
    <Card title={t('studio.about.title')} className="studio-card">
      <Field
        label={t('studio.about.name')}
        value={name}
        onChange={setName}
        note={t('studio.about.name-note')}
        maxLength={80}
        onEnter={() => {
          if (ready) void save()
          return true
        }}
      />
      <label className="field">
        <span className="field-label">{t('studio.about.date')}</span>
        <select className="field-input" value={order} onChange={({ target }) => setOrder(target.value)}>
          {orders.map((each) => (
            <option key={each.join()} value={each.join()}>
              {each.map((part) => t(`studio.about.part.${part}`)).join(' – ')}
            </option>
          ))}
        </select>
        <span className="field-note">{t('studio.about.date-note')}</span>
      </label>
      <div className="studio-card-act">
        <Button onPress={() => void save()} isDisabled={!ready} busy={act.busy}>
          {t('studio.about.save')}
        </Button>
        {done && !changed && <p role="status">{t('studio.about.saved')}</p>}
      </div>
      {act.failure && <FailureNotice code={act.failure.code} />}
    </Card>
  )
}

function Review({ language: { id, reviewed, recordings } }: { readonly language: LanguageView }) {
  const { t } = useTranslation()
  const act = useAct()
  const [by, setBy] = useState('')
  const name = tidyText(by)
  const set = async (next: string) => {
    if (await act.run(() => desk.call.reviewLanguage({ language: id, by: next }))) setBy('')
  }
  return (
    <Card title={t('studio.review.title')} className="studio-card">
      <p>{t(reviewed ? 'studio.review.meaning-done' : 'studio.review.meaning')}</p>
      {reviewed ? (
        <>
          <p className="studio-reviewed">{t('studio.reviewed', { by: reviewed.by, on: day(reviewed.on) })}</p>
          <div className="studio-card-act">
            <Button onPress={() => void set('')} busy={act.busy}>
              {t('studio.review.take-back')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <Field
            label={t('studio.review.by')}
            value={by}
            onChange={setBy}
            note={recordings === 0 ? t('studio.review.nothing') : t('studio.review.by-note')}
            maxLength={100}
            onEnter={() => {
              if (name !== '' && recordings > 0) void set(name)
              return true
            }}
          />
          <div className="studio-card-act">
            <Button onPress={() => void set(name)} isDisabled={name === '' || recordings === 0} busy={act.busy}>
              {t('studio.review.do')}
            </Button>
          </div>
        </>
      )}
      {act.failure && <FailureNotice code={act.failure.code} />}
    </Card>
  )
}

function Export({ language: { id, recordings, texts, reviewed } }: { readonly language: LanguageView }) {
  const { t } = useTranslation()
  const act = useAct()
  const [folder, setFolder] = useState<string>()
  const [done, setDone] = useState<CallOutput<'exportLanguage'>>()
  const empty = recordings + texts === 0
  const path = folder?.trim() ?? ''
  const write = async () => {
    setDone(undefined)
    const wentWell = await act.run(async () => {
      const result = await desk.call.exportLanguage({ language: id, folder: path })
      if (result.ok) setDone(result.value)
      return result
    })
    if (wentWell) rememberFolder(path)
  }
  return (
    <Card title={t('studio.export.title')} className="studio-card">
      <p>{t('studio.export.meaning')}</p>
      <FolderField
        label={t('studio.export.folder')}
        note={empty ? t('studio.export.nothing') : reviewed ? t('studio.export.note') : t('studio.export.not-reviewed')}
        noteTone={empty || !reviewed ? 'doubt' : 'quiet'}
        value={folder}
        onChange={setFolder}
        onEnter={() => path !== '' && !empty && void write()}
      />
      <div className="studio-card-act">
        <Button onPress={() => void write()} isDisabled={path === '' || empty} busy={act.busy}>
          {t(act.busy ? 'studio.export.busy' : 'studio.export.do')}
        </Button>
      </div>
      {act.failure?.code === 'EXPORT_FAILED' ? (
        <Notice kind="danger">{t('studio.export.failed')}</Notice>
      ) : (
        act.failure && <FailureNotice code={act.failure.code} />
      )}
      {done && <Notice kind="info">{t('studio.export.done', { ...done, count: done.recordings })}</Notice>}
    </Card>
  )
}
