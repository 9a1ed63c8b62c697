import { useTranslation } from 'react-i18next'
import type { OfficerView } from '#contract/index.ts'
import type { PortraitProgress } from '#domain/enrolment/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { useDraft } from '../drafts.ts'

/** What is wrong with the portrait in use, and why it is used all the same. */
export function RefusalForm({ view, progress }: { readonly view: OfficerView; readonly progress: PortraitProgress }) {
  const { t } = useTranslation()
  const { shot, refusals, warnings, refused } = progress
  if (!shot) return null
  const { findings, because } = shot
  return (
    <Card title={t('portrait.on-taken')} className="on-taken">
      {findings === undefined && <p className="empty">{t('portrait.not-looked')}</p>}
      {findings?.length === 0 && <p className="empty">{t('portrait.all-good')}</p>}
      <ul className="on-taken-list">
        {[...refusals, ...warnings].map(({ check }, index) => (
          <li key={check} data-demand={index < refusals.length ? 'refusal' : 'warning'}>
            <span aria-hidden>{index < refusals.length ? '✕' : '!'}</span> {t(`portrait.check.${check}`)}
          </li>
        ))}
      </ul>
      {refused && <Reason key={shot.picture.name} view={view} name={shot.picture.name} />}
      {because !== undefined && <p className="on-taken-because">{t('portrait.because', { because })}</p>}
    </Card>
  )
}

function Reason({ view, name }: { readonly view: OfficerView; readonly name: string }) {
  const { t } = useTranslation()
  const accepting = useAct()
  const draft = useDraft(view, 'portrait.because', '')
  const because = draft.text.trim()
  const accept = () => {
    if (because === '') return false
    void accepting
      .run(() => desk.call.acceptPortrait({ name, because }))
      .then((done) => {
        if (done) draft.reset()
      })
    return true
  }
  return (
    <>
      <Field
        label={t('portrait.reason')}
        value={draft.text}
        onChange={draft.type}
        onEnter={accept}
        maxLength={500}
        placeholder={t('portrait.reason-example')}
      />
      {accepting.failure && <FailureNotice code={accepting.failure.code} />}
      <Button keys="Ctrl+M" onPress={() => void accept()} isDisabled={because === ''} busy={accepting.busy}>
        {t('portrait.accept')}
      </Button>
    </>
  )
}
