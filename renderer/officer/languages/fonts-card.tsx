import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LanguageView } from '#contract/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'

const most = 4

/** Fonts that travel with a pack, for letters that this program's own fonts lack. */
export function FontsCard({ language: { id, fonts = [] } }: { readonly language: LanguageView }) {
  const { t } = useTranslation()
  const act = useAct()
  const [file, setFile] = useState('')
  const path = file.trim()
  const ready = path !== '' && !act.busy
  const add = async () => {
    if (await act.run(() => desk.call.addFont({ language: id, file: path }))) setFile('')
  }
  return (
    <Card title={t('studio.fonts.title')} className="studio-card">
      {fonts.length === 0 ? (
        <p>{t('studio.fonts.none')}</p>
      ) : (
        <ul className="studio-fonts" aria-label={t('studio.fonts.title')}>
          {fonts.map((name) => (
            <li key={name}>
              <span>{name}</span>
              <Button
                label={t('studio.fonts.drop-one', { name })}
                onPress={() => void act.run(() => desk.call.dropFont({ language: id, name }))}
                isDisabled={act.busy}
              >
                {t('studio.fonts.drop')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {act.failure && <FailureNotice code={act.failure.code} />}
      <Field
        label={t('studio.fonts.file')}
        value={file}
        onChange={setFile}
        placeholder="/media/usb/phong-chu.woff2"
        note={t('studio.fonts.note', { most })}
        maxLength={1024}
        onEnter={() => {
          if (ready) void add()
          return true
        }}
      />
      <div className="studio-card-act">
        <Button onPress={() => void add()} isDisabled={path === ''} busy={act.busy}>
          {t('studio.fonts.add')}
        </Button>
      </div>
    </Card>
  )
}
