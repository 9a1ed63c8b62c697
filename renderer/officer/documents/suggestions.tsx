import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#contract/index.ts'
import type { FailureCode, Result } from '#domain/failure/index.ts'
import { detailFields, type DetailField } from '#domain/person/index.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { declare } from '../declare.ts'
import { desk } from '../desk.ts'
import type { Reading } from './use-reading.ts'

type Text = CallOutput<'readPage'>['texts'][number]

/** More would not be looked through while the citizen waits. */
const mostTexts = 12
const shownOfCode = 160

/** What was read off a page: nothing of it counts before the officer has taken it over, field by field. */
export function Suggestions({ reading }: { readonly reading: Reading }) {
  const { t } = useTranslation()
  const { name, busy, found, failure, close } = reading
  if (name === undefined) return null
  const texts = (found?.texts ?? []).toSorted((one, other) => rank(one) - rank(other)).slice(0, mostTexts)
  const empty = found && found.codes.length === 0 && !found.mrz && texts.length === 0
  return (
    <Card className="suggestions" title={t('documents.suggestions')}>
      <Button
        kind="quiet"
        className="icon-button suggestions-close"
        label={t('documents.suggestions-close')}
        icon={<X size={16} aria-hidden />}
        onPress={close}
      >
        {null}
      </Button>
      {busy && <p className="empty">{t('documents.reading')}</p>}
      {failure && <FailureNotice code={failure} kind="doubt" />}
      {empty && !failure && <p className="empty">{t('documents.nothing-read')}</p>}
      <ul className="suggestion-list" key={name}>
        {found?.mrz && <CodeRow words={t('documents.mrz')} shown={found.mrz.join('\n')} text={found.mrz.join('\n')} />}
        {found?.codes.map((code) => (
          <CodeRow key={code} words={t('documents.code')} shown={code.slice(0, shownOfCode)} text={code} />
        ))}
        {texts.map((text) => (
          <TextRow key={`${text.box.x},${text.box.y},${text.text}`} text={text} />
        ))}
      </ul>
    </Card>
  )
}

function rank({ kind, confidence }: Text): number {
  return ['number', 'date', 'name', 'text'].indexOf(kind) * 100 - confidence / 2
}

/** Whatever a code holds, a link or a script too, is text here. */
function CodeRow({ words, shown, text }: { readonly words: string; readonly shown: string; readonly text: string }) {
  const { t } = useTranslation()
  const [state, take] = useTaking()
  return (
    <li className="suggestion">
      <span className="field-label">{words}</span>
      <code className="suggestion-code mono">{shown}</code>
      <Taken state={state} take={() => take(async () => codeOf(await desk.call.giveCode({ text })))}>
        {t('documents.take-code')}
      </Taken>
    </li>
  )
}

const usualField: Readonly<Record<Text['kind'], DetailField | ''>> = {
  number: 'personalNumber',
  date: 'birthDate',
  name: 'fullName',
  text: '',
}

function TextRow({ text: { text, kind, confidence } }: { readonly text: Text }) {
  const { t } = useTranslation()
  const [value, setValue] = useState(text.slice(0, 500))
  const [field, setField] = useState<DetailField | ''>(usualField[kind])
  const [state, take] = useTaking()
  return (
    <li className="suggestion" data-kind={kind}>
      <Field
        label={t('documents.read-text', { confidence: Math.round(confidence) })}
        value={value}
        onChange={setValue}
        maxLength={500}
      />
      <select
        className="field-input"
        aria-label={t('documents.into')}
        value={field}
        onChange={(event) => setField(detailFields.find((each) => each === event.target.value) ?? '')}
      >
        <option value="">{t('documents.into-none')}</option>
        {detailFields.map((each) => (
          <option key={each} value={each}>
            {t(`field.${each}`)}
          </option>
        ))}
      </select>
      <Taken
        state={state}
        isDisabled={field === '' || value.trim() === ''}
        take={() => field !== '' && take(() => declare(field, value))}
      >
        {t('documents.take-text')}
      </Taken>
    </li>
  )
}

type Taking = 'open' | 'busy' | 'done' | FailureCode

function useTaking(): readonly [Taking, (act: () => Promise<FailureCode | undefined>) => void] {
  const [state, setState] = useState<Taking>('open')
  const take = (act: () => Promise<FailureCode | undefined>) => {
    setState('busy')
    void act().then((code) => setState(code ?? 'done'))
  }
  return [state, take]
}

function Taken({
  state,
  take,
  isDisabled = false,
  children,
}: {
  readonly state: Taking
  readonly take: () => void
  readonly isDisabled?: boolean
  readonly children: string
}) {
  const { t } = useTranslation()
  if (state === 'done') return <p className="suggestion-done">✓ {t('documents.took-over')}</p>
  return (
    <>
      {state !== 'open' && state !== 'busy' && <FailureNotice code={state} kind="doubt" />}
      <Button onPress={take} busy={state === 'busy'} isDisabled={isDisabled}>
        {children}
      </Button>
    </>
  )
}

function codeOf(result: Result<unknown>): FailureCode | undefined {
  return result.ok ? undefined : result.error.code
}
