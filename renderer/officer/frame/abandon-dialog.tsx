import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tidyText } from '#domain/person/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'

/** A dossier about to be given up stops everything else. */
export function AbandonDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const act = useAct()
  const [reason, setReason] = useState('')
  const abandon = async () => {
    if (await act.run(() => desk.call.abandonDossier({ reason: tidyText(reason) }))) onClose()
  }
  return (
    <Dialog title={t('abandon.title')} kind="danger" onClose={onClose}>
      <p>{t('abandon.meaning')}</p>
      <Field label={t('abandon.reason')} value={reason} onChange={setReason} autoFocus maxLength={200} />
      {act.failure && <FailureNotice code={act.failure.code} />}
      <div className="dialog-acts">
        <Button onPress={onClose}>{t('abandon.keep')}</Button>
        <Button kind="danger" onPress={() => void abandon()} isDisabled={tidyText(reason) === ''} busy={act.busy}>
          {t('abandon.do')}
        </Button>
      </div>
    </Dialog>
  )
}
