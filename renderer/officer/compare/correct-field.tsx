import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OfficerView } from '#contract/index.ts'
import type { FailureCode, Result } from '#domain/failure/index.ts'
import type { DetailField } from '#domain/person/index.ts'
import { Field } from '../../ui/field.tsx'
import { FieldFailure } from '../../ui/notice.tsx'
import { declare } from '../declare.ts'
import { desk } from '../desk.ts'
import { useDraft } from '../drafts.ts'

export type CorrectFieldProps = {
  readonly view: OfficerView
  readonly field: DetailField
  /** What stands there now, as a start. */
  readonly from: string
  readonly onDone: () => void
  readonly onCancel: () => void
  /** More to do once the value is declared and chosen. */
  readonly after?: () => Promise<Result<unknown>>
}

/** A value corrected where it stands: typed, declared, chosen. Enter takes it, Esc leaves it. */
export function CorrectField({ view, field, from, onDone, onCancel, after }: CorrectFieldProps) {
  const { t } = useTranslation()
  const draft = useDraft(view, `correct.${field}`, from)
  const [failure, setFailure] = useState<FailureCode>()
  const [busy, setBusy] = useState(false)
  const correct = async () => {
    if (busy) return
    setBusy(true)
    const wrong =
      (await declare(field, draft.text)) ?? (await chooseDeclared(field, draft.text)) ?? (await failureOf(after))
    setBusy(false)
    setFailure(wrong)
    if (wrong !== undefined) return
    draft.settle(draft.text)
    onDone()
  }
  return (
    <div
      className="correct"
      data-keys="own"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        draft.reset()
        onCancel()
      }}
    >
      <Field
        label={<span className="visually-hidden">{t('compare.correct-label', { field: t(`field.${field}`) })}</span>}
        value={draft.text}
        onChange={draft.type}
        autoFocus
        maxLength={500}
        note={t('compare.correct-keys')}
        onEnter={() => {
          void correct()
          return true
        }}
        {...(failure !== undefined && { error: <FieldFailure code={failure} /> })}
      />
    </div>
  )
}

async function chooseDeclared(field: DetailField, text: string): Promise<FailureCode | undefined> {
  if (text.trim() === '') return undefined
  return failureOf(() => desk.call.chooseSource({ field, source: 'declared' }))
}

async function failureOf(call: (() => Promise<Result<unknown>>) | undefined): Promise<FailureCode | undefined> {
  const result = await call?.()
  return result?.ok === false ? result.error.code : undefined
}
