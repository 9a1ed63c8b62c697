import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#contract/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'

const rememberedFolder = 'export-folder'

/** Copies the sealed files that wait into a folder and says what became of it. */
export function ExportForm({ isDisabled, onDone }: { readonly isDisabled: boolean; readonly onDone?: () => void }) {
  const { t } = useTranslation()
  const act = useAct()
  const [folder, setFolder] = useState(() => localStorage.getItem(rememberedFolder) ?? '')
  const [done, setDone] = useState<CallOutput<'exportSealed'>>()
  const path = folder.trim()
  const ready = !isDisabled && path !== '' && !act.busy
  const exportFiles = async () => {
    setDone(undefined)
    const wentWell = await act.run(async () => {
      const result = await desk.call.exportSealed({ folder: path })
      if (result.ok) setDone(result.value)
      return result
    })
    if (!wentWell) return
    localStorage.setItem(rememberedFolder, path)
    onDone?.()
  }
  return (
    <div className="export">
      <Field
        label={t('export.folder')}
        value={folder}
        onChange={setFolder}
        placeholder="/media/usb/can-cuoc"
        note={t('export.note')}
        maxLength={1024}
        onEnter={() => {
          if (!ready) return false
          void exportFiles()
          return true
        }}
      />
      <Button keys="Ctrl+E" onPress={() => void exportFiles()} isDisabled={isDisabled || path === ''} busy={act.busy}>
        {act.busy ? t('export.busy') : t('export.do')}
      </Button>
      {act.failure && <FailureNotice code={act.failure.code} />}
      {done && <Notice kind="info">{t('export.done', done)}</Notice>}
      {done && done.damaged > 0 && <Notice kind="danger">{t('export.damaged', { count: done.damaged })}</Notice>}
    </div>
  )
}
