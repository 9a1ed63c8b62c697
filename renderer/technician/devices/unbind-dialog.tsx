import { useTranslation } from 'react-i18next'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { CallNotice } from '../call-notice.tsx'
import { desk } from '../desk.ts'
import type { Device } from './device-words.ts'

/** Asks once more, with what it means. */
export function UnbindDialog({ device, onClose }: { readonly device: Device; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const unbinding = useAct()
  const unbind = async () => {
    if (await unbinding.run(() => desk.call.unbindDevice({ id: device.id }))) onClose()
  }
  return (
    <Dialog kind="danger" title={t('unbind.title', { id: device.id })} onClose={onClose}>
      <p>{t('unbind.means', { kind: t(`kind.${device.kind}`).toLocaleLowerCase() })}</p>
      <p>{t('unbind.back')}</p>
      {unbinding.failure && <CallNotice code={unbinding.failure.code} />}
      <div className="dialog-acts">
        <Button keys="Escape" autoFocus onPress={onClose}>
          {t('unbind.keep')}
        </Button>
        <Button keys="Delete" kind="danger" busy={unbinding.busy} onPress={() => void unbind()}>
          {t('unbind.act')}
        </Button>
      </div>
    </Dialog>
  )
}
