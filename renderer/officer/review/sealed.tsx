import { ShieldCheck } from 'lucide-react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../state/act.ts'
import { Card } from '../../ui/card.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { NextButton, Screen } from '../frame/screen.tsx'
import { ExportForm } from '../home/export-form.tsx'
import type { StepProps } from '../step.ts'
import { day, size } from '../words.ts'
import { useConfirmed } from './confirmed.tsx'

/** The file is on the disk and can no longer change: what it is, where it may go, and the end of the visit. */
export function Sealed({ view }: Pick<StepProps, 'view'>) {
  const { t } = useTranslation()
  const closing = useAct()
  const { sealed, exported } = view.state
  const confirmed = useConfirmed(view.state)
  return (
    <Screen
      title={t('sealed.title')}
      task={t('sealed.task', { day: day(view.procedure.due) })}
      notice={closing.failure && <FailureNotice code={closing.failure.code} />}
      right={
        <NextButton keys="Enter" onPress={() => void closing.run(() => desk.call.closeDossier({}))} busy={closing.busy}>
          {t('sealed.close')}
        </NextButton>
      }
    >
      <div className="sealed">
        <Card className="sealed-file">
          <ShieldCheck className="sealed-icon" size={44} strokeWidth={1.5} aria-hidden />
          <dl>
            <dt>{t('sealed.file')}</dt>
            <dd className="mono">{sealed?.file}</dd>
            <dt>{t('sealed.size')}</dt>
            <dd>{sealed && size(sealed.size)}</dd>
            <dt>SHA-256</dt>
            <dd className="mono" title={sealed?.sha256}>
              {sealed && `${sealed.sha256.slice(0, 8)} ${sealed.sha256.slice(8, 16)} … ${sealed.sha256.slice(-8)}`}
            </dd>
            <dt>{t('sealed.exported')}</dt>
            <dd>{exported ? t('sealed.exported-yes') : t('sealed.exported-no')}</dd>
            {confirmed.map(([name, words]) => (
              <Fragment key={name}>
                <dt>{name}</dt>
                <dd>{words}</dd>
              </Fragment>
            ))}
          </dl>
        </Card>
        <Card title={t('sealed.export')}>
          <ExportForm isDisabled={false} />
        </Card>
      </div>
    </Screen>
  )
}
