import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { CallNotice } from '../call-notice.tsx'
import { desk } from '../desk.ts'

/** Puts a few words between the frames. */
export function MarkDialog({ device, onClose }: { readonly device: string; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const marking = useAct()
  const mark = async () => {
    if (await marking.run(() => desk.call.markTrace({ device, text: text.trim() }))) onClose()
  }
  return (
    <Dialog title={t('mark.title', { device })} onClose={onClose}>
      <Field label={t('mark.text')} value={text} onChange={setText} maxLength={80} autoFocus note={t('mark.note')} />
      {marking.failure && <CallNotice code={marking.failure.code} />}
      <div className="dialog-acts">
        <Button keys="Escape" onPress={onClose}>
          {t('cancel')}
        </Button>
        <Button
          keys="Enter"
          kind="next"
          isDisabled={text.trim() === ''}
          busy={marking.busy}
          onPress={() => void mark()}
        >
          {t('mark.act')}
        </Button>
      </div>
    </Dialog>
  )
}

/** Writes the whole trace into a folder. */
export function ExportDialog({
  device,
  folder,
  onFolder,
  onClose,
}: {
  readonly device: string
  readonly folder: string
  readonly onFolder: (folder: string) => void
  /** `file` when one was written. */
  readonly onClose: (file?: string) => void
}) {
  const { t } = useTranslation()
  const exporting = useAct()
  const write = async () => {
    let file: string | undefined
    const written = await exporting.run(async () => {
      const result = await desk.call.exportTrace({ device, folder: folder.trim() })
      if (result.ok) file = result.value.file
      return result
    })
    if (written) onClose(file)
  }
  return (
    <Dialog title={t('export.title', { device })} onClose={onClose}>
      <p>{t('export.what')}</p>
      <Field
        label={t('folder')}
        value={folder}
        onChange={onFolder}
        maxLength={1024}
        autoFocus
        placeholder={t('folderExample')}
      />
      {exporting.failure && <CallNotice code={exporting.failure.code} />}
      <div className="dialog-acts">
        <Button keys="Escape" onPress={() => onClose()}>
          {t('cancel')}
        </Button>
        <Button
          keys="Enter"
          kind="next"
          isDisabled={folder.trim() === ''}
          busy={exporting.busy}
          onPress={() => void write()}
        >
          {t('export.act')}
        </Button>
      </div>
    </Dialog>
  )
}
