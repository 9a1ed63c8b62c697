import { useTranslation } from 'react-i18next'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'

/** A lesson left is a lesson without a score: asked about first. */
export function LeaveDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const act = useAct()
  const leave = async () => {
    if (await act.run(() => desk.call.leaveLesson({}))) onClose()
  }
  return (
    <Dialog title={t('training:strip.leave-title')} onClose={onClose} kind="danger">
      <p>{t('training:strip.leave-words')}</p>
      {act.failure && <FailureNotice code={act.failure.code} />}
      <div className="dialog-acts">
        <Button keys="Escape" onPress={onClose} isDisabled={act.busy}>
          {t('training:strip.leave-stay')}
        </Button>
        <Button keys="Ctrl+D" kind="danger" onPress={() => void leave()} busy={act.busy}>
          {t('training:strip.leave-do')}
        </Button>
      </div>
    </Dialog>
  )
}
