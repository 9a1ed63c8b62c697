import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OfficerView } from '#contract/index.ts'
import type { SlapTry } from '#domain/enrolment/index.ts'
import { tidyText } from '#domain/person/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { ReasonForm } from './reason-form.tsx'
import { useFingerWords } from './words.ts'

/** A try whose prints may not be the fingers they are said to be: the officer drops it, or uses it with a reason. */
export function Doubts({
  view,
  taken,
  number,
  onDropped,
}: {
  readonly view: OfficerView
  readonly taken: SlapTry
  /** 1-based place among the tries of its step. */
  readonly number: number
  readonly onDropped: () => void
}) {
  const { t } = useTranslation()
  const words = useFingerWords()
  const dropping = useAct()
  const [keeping, setKeeping] = useState(false)
  const { attempt, doubts = [] } = taken
  const drop = async () => {
    if (await dropping.run(() => desk.call.dropFingerTry({ attempt }))) onDropped()
  }
  return (
    <section className="doubts notice notice-doubt" role="alert">
      <TriangleAlert className="notice-icon" size={20} aria-hidden />
      <div className="doubts-words">
        <h2>{t('fingers.doubt.title', { number })}</h2>
        <ul>
          {doubts.map((doubt) => (
            <li key={JSON.stringify(doubt)}>{words.doubt(doubt)}</li>
          ))}
        </ul>
        {keeping && (
          <ReasonForm
            view={view}
            draft={`doubt.${attempt}`.slice(0, 40)}
            label={t('fingers.doubt.reason')}
            placeholder={t('fingers.doubt.reason-shape')}
            send={(reason) => desk.call.dismissFingerDoubt({ attempt, reason: tidyText(reason) })}
            onDone={() => setKeeping(false)}
            onCancel={() => setKeeping(false)}
          >
            {t('fingers.doubt.keep-do')}
          </ReasonForm>
        )}
        {dropping.failure && <FailureNotice code={dropping.failure.code} />}
      </div>
      {!keeping && (
        <div className="notice-acts">
          <Button keys="Delete" onPress={() => void drop()} busy={dropping.busy}>
            {t('fingers.doubt.drop')}
          </Button>
          <Button keys="Ctrl+D" onPress={() => setKeeping(true)} isDisabled={dropping.busy}>
            {t('fingers.doubt.keep')}
          </Button>
        </div>
      )}
    </section>
  )
}
