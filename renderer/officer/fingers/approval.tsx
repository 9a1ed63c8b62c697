import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FingerPosition } from '#domain/biometrics/index.ts'
import type { FingerException } from '#domain/enrolment/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { OfficerWaiting, useOfficers, useStop } from '../officers/officer-capture.tsx'

/** A second officer answers for an exception with a finger laid on the reader. */
export function Approval({
  finger,
  approved,
}: {
  readonly finger: FingerPosition
  readonly approved: FingerException['approved']
}) {
  const { t } = useTranslation()
  const { officers, failed } = useOfficers()
  const [badge, setBadge] = useState('')
  const asking = useAct()
  const officer = officers?.find((each) => each.badge === badge)
  const stop = useStop(asking.busy)
  if (approved) {
    return (
      <p className="approved" role="status">
        <ShieldCheck size={20} aria-hidden /> {t('fingers.approval.done', approved)}
      </p>
    )
  }
  return (
    <section className="approval" aria-labelledby="approval-title">
      <h3 id="approval-title" className="sheet-heading">
        {t('fingers.approval.title')}
      </h3>
      {failed && <p className="empty">{t('fingers.approval.failed')}</p>}
      {officers?.length === 0 && (
        <Notice kind="info">
          <p>{t('fingers.approval.none')}</p>
        </Notice>
      )}
      {officers !== undefined && officers.length > 0 && !asking.busy && (
        <div className="approval-ask">
          <label className="field">
            <span className="field-label">{t('fingers.approval.officer')}</span>
            <select className="field-input" value={badge} onChange={(event) => setBadge(event.target.value)}>
              <option value="">{t('fingers.approval.choose')}</option>
              {officers.map((each) => (
                <option key={each.badge} value={each.badge}>
                  {each.name} · {each.badge}
                </option>
              ))}
            </select>
          </label>
          <Button
            onPress={() => void asking.run(() => desk.call.approveFingerException({ finger, badge }))}
            isDisabled={badge === ''}
          >
            {t('fingers.approval.ask')}
          </Button>
        </div>
      )}
      {asking.busy && (
        <OfficerWaiting words={t('fingers.approval.waiting', { name: officer?.name ?? badge })} onStop={stop}>
          {t('fingers.approval.stop')}
        </OfficerWaiting>
      )}
      {asking.failure && (
        <FailureNotice code={asking.failure.code} kind={asking.failure.code === 'CANCELLED' ? 'info' : 'danger'} />
      )}
    </section>
  )
}
