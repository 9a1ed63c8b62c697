import { useTranslation } from 'react-i18next'
import type { OfficerView } from '#contract/index.ts'
import type { CaptureStep } from '#domain/biometrics/index.ts'
import { tidyText } from '#domain/person/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { useDraft } from '../drafts.ts'

/** Prints below the plan are taken with the officer's reason, which goes into the file. */
export function AcceptForm({
  view,
  step,
  onDone,
}: {
  readonly view: OfficerView
  readonly step: CaptureStep
  readonly onDone: () => void
}) {
  const { t } = useTranslation()
  const act = useAct()
  const draft = useDraft(view, `accept.${step}`, '')
  const reason = tidyText(draft.text)
  const accept = async () => {
    if (!(await act.run(() => desk.call.acceptFingers({ step, reason })))) return
    draft.reset()
    onDone()
  }
  return (
    <div className="accept notice notice-doubt">
      <Field
        className="accept-field"
        label={t('fingers.reason')}
        value={draft.text}
        onChange={draft.type}
        placeholder={t('fingers.reason-shape')}
        autoFocus
        maxLength={300}
        onEnter={() => {
          if (reason !== '') void accept()
          return true
        }}
      />
      <Button onPress={() => void accept()} isDisabled={reason === ''} busy={act.busy}>
        {t('fingers.accept-do')}
      </Button>
      {act.failure && <FailureNotice code={act.failure.code} />}
    </div>
  )
}
