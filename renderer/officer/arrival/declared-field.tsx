import { useRef, useState } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OfficerView } from '#contract/index.ts'
import type { FailureCode } from '#domain/failure/index.ts'
import type { DetailField } from '#domain/person/index.ts'
import { Field } from '../../ui/field.tsx'
import { FieldFailure } from '../../ui/notice.tsx'
import { declare } from '../declare.ts'
import { useDraft } from '../drafts.ts'

/** One thing the citizen says: stored at every keystroke, part of the dossier when the field is left or Enter pressed. */
export function DeclaredField({
  view,
  field,
  className = '',
}: {
  readonly view: OfficerView
  readonly field: DetailField
  readonly className?: string
}) {
  const { t } = useTranslation()
  const draft = useDraft(view, `declared.${field}`, view.state.declared[field] ?? '')
  const [failure, setFailure] = useState<FailureCode>()
  const committing = useRef(false)
  const commit = async () => {
    if (!draft.changed || committing.current) return
    committing.current = true
    const { text } = draft
    const wrong = await declare(field, text)
    committing.current = false
    setFailure(wrong)
    if (wrong === undefined) draft.settle(text)
  }
  return (
    <Field
      className={className}
      label={t(`field.${field}`)}
      value={draft.text}
      onChange={(text) => {
        setFailure(undefined)
        draft.type(text)
      }}
      onBlur={() => void commit()}
      onEnter={() => {
        if (!draft.changed) return false
        void commit()
        return true
      }}
      maxLength={500}
      {...(field === 'birthDate' && { placeholder: t('arrival.date-shape') })}
      {...(failure !== undefined && { error: <FieldFailure code={failure} /> })}
    />
  )
}

const sexes = ['Nam', 'Nữ'] as const

/** The two values of the card; pressing the chosen one takes it back. */
export function DeclaredSex({ view }: { readonly view: OfficerView }) {
  const { t } = useTranslation()
  const [failure, setFailure] = useState<FailureCode>()
  const stored = view.state.declared.sex
  return (
    <div className="field">
      <span className="field-label" id="declared-sex">
        {t('field.sex')}
      </span>
      <ToggleButtonGroup
        className="toggle"
        aria-labelledby="declared-sex"
        selectionMode="single"
        selectedKeys={stored === undefined ? [] : [stored]}
        onSelectionChange={(keys) => {
          const [value = ''] = keys
          void declare('sex', String(value)).then(setFailure)
        }}
      >
        {sexes.map((sex) => (
          <ToggleButton key={sex} id={sex} className="toggle-part">
            {t(`sex.${sex}`)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {failure !== undefined && (
        <p className="field-note field-note-danger">
          <FieldFailure code={failure} />
        </p>
      )}
    </div>
  )
}
