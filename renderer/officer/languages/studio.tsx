import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { LanguageView, StudioSentence } from '#contract/index.ts'
import type { Failure } from '#domain/failure/index.ts'
import { useOwned } from '../../state/owned.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { Switch } from '../../ui/switch.tsx'
import { desk } from '../desk.ts'
import { AboutLanguage } from './about-language.tsx'
import { ImportPack } from './import-pack.tsx'
import { LanguageList } from './language-list.tsx'
import { microphone } from './microphone.ts'
import { grouped, nextMissing } from './order.ts'
import { RecorderPanel } from './recorder-panel.tsx'
import { SentenceList } from './sentence-list.tsx'

const askLanguages = () => desk.call.languages({})
const views = ['record', 'about', 'import'] as const
type View = (typeof views)[number]

/** Where an officer who speaks a language records its sentences and carries the pack from station to station. */
export function Studio({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { value: languages, failed, ask } = useOwned(askLanguages, desk.on.languagesChanged)
  const [chosen, setChosen] = useState<string>()
  const [view, setView] = useState<View>('record')
  const [busy, setBusy] = useState(false)
  const language = languages?.find(({ id }) => id === chosen) ?? languages?.[0]
  return (
    <Dialog title={t('studio.title')} className="studio" onClose={onClose}>
      <div className="studio-body">
        <LanguageList
          languages={languages ?? []}
          chosen={language?.id}
          onChoose={(id) => {
            setChosen(id)
            if (view === 'import') setView('record')
          }}
          isDisabled={busy}
        />
        <div className="studio-work">
          {failed && (
            <Notice kind="doubt" urgent acts={<Button onPress={ask}>{t('studio.ask-again')}</Button>}>
              {t('studio.unreachable')}
            </Notice>
          )}
          {language && (
            <>
              <header className="studio-head">
                <div>
                  <h3>{view === 'import' ? t('studio.view.import') : language.name}</h3>
                  {view !== 'import' && <Progress language={language} />}
                </div>
                <Views view={view} onChange={setView} isDisabled={busy} />
              </header>
              {view === 'record' && <Recording key={language.id} language={language.id} onBusy={setBusy} />}
              {view === 'about' && <AboutLanguage key={language.id} language={language} />}
              {view === 'import' && <ImportPack onImported={setChosen} />}
            </>
          )}
        </div>
      </div>
      <div className="dialog-acts studio-foot">
        <p className="field-note">{view === 'record' && t('studio.keys')}</p>
        <Button onPress={onClose} isDisabled={busy}>
          {t('close')}
        </Button>
      </div>
    </Dialog>
  )
}

function Progress({ language: { recordings, sentences, reviewed } }: { readonly language: LanguageView }) {
  const { t } = useTranslation()
  return (
    <p className="studio-progress">
      {recordings < sentences
        ? t('studio.progress', { done: recordings, of: sentences, left: sentences - recordings })
        : t('studio.complete', { of: sentences })}
      {' · '}
      {reviewed
        ? t('studio.reviewed', { by: reviewed.by, on: reviewed.on.split('-').reverse().join('/') })
        : t('studio.not-reviewed')}
    </p>
  )
}

function Views({
  view,
  onChange,
  isDisabled,
}: {
  readonly view: View
  readonly onChange: (view: View) => void
  readonly isDisabled: boolean
}) {
  const { t } = useTranslation()
  return (
    <ToggleButtonGroup
      className="toggle"
      selectionMode="single"
      disallowEmptySelection
      aria-label={t('studio.views')}
      isDisabled={isDisabled}
      selectedKeys={[view]}
      onSelectionChange={(keys) => {
        const next = views.find((each) => keys.has(each))
        if (next) onChange(next)
      }}
    >
      {views.map((each) => (
        <ToggleButton key={each} id={each} className="toggle-part">
          {t(`studio.view.${each}`)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}

/** The list and the recorder of one language. */
function Recording({ language, onBusy }: { readonly language: string; readonly onBusy: (busy: boolean) => void }) {
  const { t } = useTranslation()
  const { sentences, failure, load } = useSentences(language)
  const [key, setKey] = useState<string>()
  const [missedFirst, setMissedFirst] = useState(false)
  const [busy, setBusy] = useState(false)
  const open = useMemo(() => microphone(), [])
  useEffect(() => open.close, [open])
  const groups = useMemo(() => grouped(sentences ?? [], missedFirst), [sentences, missedFirst])
  const ordered = groups.flatMap((group) => group.sentences)
  const sentence = ordered.find((each) => each.key === key) ?? ordered[0]
  const missing = nextMissing(ordered, sentence?.key)
  const handleBusy = useCallback(
    (next: boolean) => {
      setBusy(next)
      onBusy(next)
    },
    [onBusy],
  )
  useEffect(() => () => onBusy(false), [onBusy])
  if (failure) return <FailureNotice code={failure.code} />
  if (!sentences) return <p className="empty">{t('studio.loading')}</p>
  return (
    <div className="studio-recording">
      <div className="studio-list">
        <Switch isOn={missedFirst} onChange={setMissedFirst} keys="M" isDisabled={busy}>
          {t('studio.missed-first')}
        </Switch>
        <SentenceList groups={groups} chosen={sentence?.key} onChoose={setKey} isDisabled={busy} />
      </div>
      {sentence && (
        <RecorderPanel
          key={sentence.key}
          language={language}
          sentence={sentence}
          microphone={open}
          onChange={load}
          onBusy={handleBusy}
          onNextMissing={missing === undefined ? undefined : () => setKey(missing)}
        />
      )}
    </div>
  )
}

/** The sentences as main has them now; of several answers the last asked for counts. */
function useSentences(language: string) {
  const [sentences, setSentences] = useState<readonly StudioSentence[]>()
  const [failure, setFailure] = useState<Failure>()
  const asked = useRef(0)
  const load = useCallback(() => {
    const number = ++asked.current
    void desk.call.studioSentences({ language }).then((result) => {
      if (number !== asked.current) return
      setFailure(result.ok ? undefined : result.error)
      if (result.ok) setSentences(result.value)
    })
  }, [language])
  useEffect(load, [load])
  return { sentences, failure, load }
}
