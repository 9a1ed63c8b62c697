import { CircleCheck } from 'lucide-react'
import { ProgressBar } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { findings } from '#domain/enrolment/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { NextButton, Screen } from '../frame/screen.tsx'
import { stepBefore, type StepProps } from '../step.ts'
import { FindingsList } from './findings-list.tsx'
import { Sealed } from './sealed.tsx'
import { Summary } from './summary.tsx'

/** F7: everything on one page, what is missing and what is doubtful, and the seal. */
export function Review({ view, leave, leaving }: StepProps) {
  const { t } = useTranslation()
  const sealing = useAct()
  const { state } = view
  if (state.status === 'sealed') return <Sealed view={view} />
  const all = findings(state)
  const missing = all.filter(({ blocks }) => blocks)
  const doubtful = all.filter(({ blocks }) => !blocks)
  const underWay = state.status === 'sealing' || sealing.busy
  const failure = underWay ? undefined : (sealing.failure?.code ?? state.sealFailure)
  return (
    <Screen
      title={t('review.title')}
      task={
        missing.length > 0
          ? t('review.task-missing')
          : doubtful.length > 0
            ? t('review.task-doubtful')
            : t('review.task-complete')
      }
      notice={
        underWay ? (
          <ProgressBar className="progress" isIndeterminate aria-label={t('review.sealing')}>
            <p className="progress-words" role="status">
              {t('review.sealing-words')}
            </p>
            <div className="progress-line">
              <div className="progress-done" style={{ width: '30%' }} data-waiting />
            </div>
          </ProgressBar>
        ) : (
          failure !== undefined && <FailureNotice code={failure} />
        )
      }
      right={
        <>
          <Button keys="Escape" onPress={() => leave(stepBefore('review'))} isDisabled={underWay} busy={leaving}>
            {t('back')}
          </Button>
          <NextButton
            keys="Ctrl+Enter"
            onPress={() => void sealing.run(() => desk.call.sealDossier({}))}
            isDisabled={missing.length > 0}
            busy={underWay}
          >
            {underWay ? t('review.sealing') : t('review.seal')}
          </NextButton>
        </>
      }
    >
      <div className="review">
        <div className="review-findings">
          {all.length === 0 && (
            <p className="review-complete">
              <CircleCheck size={20} aria-hidden /> {t('review.complete')}
            </p>
          )}
          <FindingsList kind="missing" findings={missing} onGo={leave} />
          <FindingsList kind="doubtful" findings={doubtful} onGo={leave} />
        </div>
        <Summary state={state} />
      </div>
    </Screen>
  )
}
