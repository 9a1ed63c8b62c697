import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { station } from '../desk.ts'
import { ContactPart } from './contact-part.tsx'
import { DisplaysPart } from './displays-part.tsx'
import { NoticesPart } from './notices-part.tsx'

/** Which display is the citizens', what stands there when nobody sits there, and whom they can ask afterwards. */
export function ScreensDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const contact = station(({ value }) => value?.contact)
  return (
    <Dialog title={t('screens.title')} className="screens" onClose={onClose}>
      <DisplaysPart />
      <div className="screens-parts">
        <NoticesPart />
        <ContactPart contact={contact} />
      </div>
      <div className="dialog-acts">
        <Button onPress={onClose}>{t('close')}</Button>
      </div>
    </Dialog>
  )
}
