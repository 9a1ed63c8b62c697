import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OfficerView } from '#contract/index.ts'
import { cannotSignReasons, wantsMark, type CannotSignReason } from '#domain/enrolment/index.ts'
import { tidyText } from '#domain/person/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Reasons } from '../arrival/representative-form.tsx'
import { isOfNumber, StandInFields } from '../arrival/stand-in-fields.tsx'
import { desk } from '../desk.ts'
import { useDraft } from '../drafts.ts'

/** Why somebody does not sign, and who saw it. */
export function CannotSign({ view, onClose }: { readonly view: OfficerView; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { state } = view
  const known = state.signingException
  const name = useDraft(view, 'witness.name', known?.witness.name ?? '')
  const number = useDraft(view, 'witness.number', known?.witness.number ?? '')
  const [reason, setReason] = useState<CannotSignReason | undefined>(known?.reason)
  const excepting = useAct()
  const tidy = tidyText(name.text)
  const complete = tidy !== '' && number.text.length === 12 && reason !== undefined
  const submit = async () => {
    if (!complete || excepting.busy) return
    const witness = { name: tidy, number: number.text }
    if (!(await excepting.run(() => desk.call.exceptSigning({ reason, witness })))) return
    name.settle(name.text)
    number.settle(number.text)
    onClose()
  }
  const cancel = () => {
    name.reset()
    number.reset()
    onClose()
  }
  return (
    <Dialog title={t('check.cannot.title')} onClose={cancel} className="stand-in-dialog">
      <p className="dialog-task">{t(wantsMark(state) ? 'check.cannot.task' : 'check.cannot.task-no-finger')}</p>
      <Reasons
        label={t('check.cannot.why')}
        options={cannotSignReasons}
        value={reason}
        words={(each) => t(`check.cannot.reason.${each}`)}
        onChoose={setReason}
        onEnter={() => void submit()}
      />
      <h3 className="stand-in-heading">{t('check.cannot.witness')}</h3>
      <StandInFields
        name={name}
        number={number}
        failure={excepting.failure}
        onEnter={() => void submit()}
        onType={excepting.clear}
      />
      {excepting.failure && !isOfNumber(excepting.failure) && <FailureNotice code={excepting.failure.code} />}
      <div className="dialog-acts">
        <Button keys="Escape" onPress={cancel} isDisabled={excepting.busy}>
          {t('cancel')}
        </Button>
        <Button kind="next" keys="Enter" onPress={() => void submit()} isDisabled={!complete} busy={excepting.busy}>
          {t('check.cannot.do')}
        </Button>
      </div>
    </Dialog>
  )
}
