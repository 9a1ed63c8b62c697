import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NoticeFolder } from '#contract/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Dot } from '../../ui/pill.tsx'
import { desk } from '../desk.ts'

/** The folder whose pictures and texts stand on the citizens' screen between two of them. */
export function NoticesPart() {
  const { t } = useTranslation()
  const asking = useAct()
  const setting = useAct()
  const [found, setFound] = useState<NoticeFolder>()
  const [text, setText] = useState<string>()
  const { run } = asking
  const load = useCallback(
    () =>
      void run(async () => {
        const result = await desk.call.noticeFolder({})
        if (result.ok) setFound(result.value)
        return result
      }),
    [run],
  )
  useEffect(load, [load])
  const path = (text ?? found?.folder ?? '').trim()
  const changed = path !== (found?.folder ?? '')
  const set = async () => {
    const wentWell = await setting.run(async () => {
      const result = await desk.call.setNoticeFolder({ folder: path })
      if (result.ok) setFound(result.value)
      return result
    })
    if (wentWell) setText(undefined)
  }
  const failure = asking.failure ?? setting.failure
  return (
    <section aria-labelledby="screens-notices" className="screens-part">
      <h3 id="screens-notices" className="sheet-heading">
        {t('screens.notices')}
      </h3>
      <Field
        label={t('screens.folder')}
        value={text ?? found?.folder ?? ''}
        onChange={setText}
        placeholder="/home/canbo/thong-bao"
        note={
          found?.problem
            ? t(`screens.folder-problem.${found.problem}`, { folder: found.folder })
            : t('screens.folder-note')
        }
        noteTone={found?.problem ? 'doubt' : 'quiet'}
        maxLength={1024}
        onEnter={() => {
          if (changed) void set()
          return true
        }}
      />
      <div className="screens-act">
        <Button onPress={() => void set()} isDisabled={!found} busy={setting.busy}>
          {t(path === '' && changed ? 'screens.folder-stop' : changed ? 'screens.folder-save' : 'screens.folder-again')}
        </Button>
        {found && found.folder !== '' && !found.problem && (
          <p role="status">
            <Dot tone={found.shown > 0 ? 'good' : 'doubt'} /> {t('screens.notices-shown', { count: found.shown })}
          </p>
        )}
      </div>
      {found && found.left.length > 0 && (
        <div className="screens-left">
          <p>{t('screens.notices-left', { count: found.left.length })}</p>
          <ul tabIndex={0} aria-label={t('screens.notices-left', { count: found.left.length })}>
            {found.left.map(({ file, why }) => (
              <li key={file}>
                <span className="mono">{file}</span> – {t(`screens.why.${why}`)}
              </li>
            ))}
          </ul>
        </div>
      )}
      {failure && <FailureNotice code={failure.code} />}
    </section>
  )
}
