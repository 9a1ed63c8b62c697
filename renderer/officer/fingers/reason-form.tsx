import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OfficerView } from '#contract/index.ts'
import type { Result } from '#domain/failure/index.ts'
import { tidyText } from '#domain/person/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { useDraft } from '../drafts.ts'

export type ReasonFormProps = {
  readonly view: OfficerView
  /** Under which the text is kept while it is typed. */
  readonly draft: string
  readonly label: string
  readonly placeholder: string
  /** The words of the act. */
  readonly children: ReactNode
  readonly send: (reason: string) => Promise<Result<unknown>>
  readonly onDone: () => void
  readonly onCancel: () => void
}

/** What departs from the plan is done with the officer's reason, which goes into the file. */
export function ReasonForm({ view, draft: name, label, placeholder, children, ...acts }: ReasonFormProps) {
  const { t } = useTranslation()
  const act = useAct()
  const draft = useDraft(view, name, '')
  const reason = tidyText(draft.text)
  const send = async () => {
    if (!(await act.run(() => acts.send(reason)))) return
    draft.reset()
    acts.onDone()
  }
  return (
    <div className="reason-form">
      <Field
        className="reason-field"
        label={label}
        value={draft.text}
        onChange={draft.type}
        placeholder={placeholder}
        autoFocus
        maxLength={300}
        onEnter={() => {
          if (reason !== '') void send()
          return true
        }}
      />
      <Button onPress={() => void send()} isDisabled={reason === ''} busy={act.busy}>
        {children}
      </Button>
      <Button keys="Escape" onPress={acts.onCancel} isDisabled={act.busy}>
        {t('cancel')}
      </Button>
      {act.failure && <FailureNotice code={act.failure.code} />}
    </div>
  )
}
