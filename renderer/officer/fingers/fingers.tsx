import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { captureSteps, type CaptureStep, type FingerPosition } from '#domain/biometrics/index.ts'
import {
  bestFingers,
  citizenScene,
  coaching,
  expectedFingers,
  isUndecided,
  usedTries,
  type SlapTry,
} from '#domain/enrolment/index.ts'
import { tidyText } from '#domain/person/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { Switch } from '../../ui/switch.tsx'
import { desk } from '../desk.ts'
import { NextButton, Screen } from '../frame/screen.tsx'
import { stepBefore, type StepProps } from '../step.ts'
import { CaptureActs } from './capture-acts.tsx'
import { Coach } from './coach.tsx'
import { Doubts } from './doubts.tsx'
import { FingerSheet } from './finger-sheet.tsx'
import { HandsCard, LiveTask } from './hands-card.tsx'
import { IrisCard } from './iris-card.tsx'
import { LivePlaten, TakenPlaten } from './platen.tsx'
import { ReasonForm } from './reason-form.tsx'
import { StepKeys } from './step-keys.tsx'
import { Tries } from './tries.tsx'
import { useCapturing, type Capturing } from './use-capturing.ts'
import { useFingerWords } from './words.ts'

/** F5: the prints of the plan, in any order; the best print of each finger over all its tries is kept. */
export function Fingers(props: StepProps) {
  const { t } = useTranslation()
  const { view, leave, leaving } = props
  const capturing = useCapturing(view)
  if (capturing.progress.plan.steps.length > 0) return <Captures {...props} capturing={capturing} />
  return (
    <Screen
      title={t('fingers.none.title')}
      task={t('fingers.none.task')}
      right={
        <>
          <Button keys="Escape" onPress={() => leave(stepBefore('fingers'))} busy={leaving}>
            {t('back')}
          </Button>
          <NextButton keys="Enter" onPress={() => leave('check')} busy={leaving}>
            {t('fingers.none.next')}
          </NextButton>
        </>
      }
    >
      {null}
    </Screen>
  )
}

function Captures({ view, leave, leaving, capturing }: StepProps & { readonly capturing: Capturing }) {
  const { t } = useTranslation()
  const { state } = view
  const { progress, step, standing, underWay, failure, chain } = capturing
  const { plan } = progress
  const [form, setForm] = useState<'accept' | 'bedside'>()
  const [sheet, setSheet] = useState<FingerPosition>()
  const [place, setPlace] = useState<{ readonly step: CaptureStep; readonly of: number; readonly place: number }>()
  const leavingBedside = useAct()

  const tries = state.tries[step] ?? []
  const expected = expectedFingers(state, step)
  const leftOut = captureSteps[step].fingers.length > expected.length
  // The last try, until another one is looked at.
  const shown = place?.step === step && place.of === tries.length ? place.place : tries.length - 1
  const doubtful = tries.findLastIndex(isUndecided)
  const doubted = tries[doubtful]
  const attempt = state.fingerAttempt?.attempt
  const opened = underWay ? undefined : form
  const mayAccept = !underWay && standing === 'weak' && usedTries(state, step).length >= plan.triesBeforeAccepting
  const coached = !underWay && coaching(state) === step
  const scene = citizenScene(state)
  const choose: Capturing['choose'] = (next) => {
    setForm(undefined)
    capturing.choose(next)
  }
  const capture: Capturing['capture'] = (next) => {
    setForm(undefined)
    capturing.capture(next)
  }

  return (
    <Screen
      className="fingers-screen"
      title={<Title step={step} />}
      task={
        underWay ? (
          <LiveTask step={step} attempt={attempt} minimum={plan.minimumQuality} leftOut={leftOut} />
        ) : (
          <Task view={view} capturing={capturing} />
        )
      }
      notice={
        opened === 'accept' ? (
          <div className="notice notice-doubt">
            <ReasonForm
              view={view}
              draft={`accept.${step}`}
              label={t('fingers.reason')}
              placeholder={t('fingers.reason-shape')}
              send={(reason) => desk.call.acceptFingers({ step, reason })}
              onDone={() => setForm(undefined)}
              onCancel={() => setForm(undefined)}
            >
              {t('fingers.accept-do')}
            </ReasonForm>
          </div>
        ) : opened === 'bedside' ? (
          <div className="notice notice-info">
            <ReasonForm
              view={view}
              draft="bedside"
              label={t('fingers.bedside.reason')}
              placeholder={t('fingers.bedside.reason-shape')}
              send={(reason) => desk.call.chooseBedside({ reason: tidyText(reason) })}
              onDone={() => setForm(undefined)}
              onCancel={() => setForm(undefined)}
            >
              {t('fingers.bedside.do')}
            </ReasonForm>
          </div>
        ) : doubted && !underWay ? (
          <Doubts
            key={doubted.attempt}
            view={view}
            taken={doubted}
            number={doubtful + 1}
            onDropped={() => setPlace(undefined)}
          />
        ) : (
          failure !== undefined && <FailureNotice code={failure} kind={failure === 'CANCELLED' ? 'info' : 'danger'} />
        )
      }
      aside={
        <Switch keys="Ctrl+L" isOn={chain.on} onChange={chain.set}>
          {t('fingers.chain')}
        </Switch>
      }
      left={
        <>
          {mayAccept && (
            <Button keys="Ctrl+M" onPress={() => setForm(form === 'accept' ? undefined : 'accept')}>
              {t('fingers.accept')}
            </Button>
          )}
          {coached && state.bedside === undefined && (
            <Button keys="Ctrl+B" onPress={() => setForm(form === 'bedside' ? undefined : 'bedside')}>
              {t('fingers.coach.offer-do')}
            </Button>
          )}
        </>
      }
      right={
        <CaptureActs
          capturing={{ ...capturing, capture }}
          formOpen={opened !== undefined}
          leave={leave}
          leaving={leaving}
        />
      }
    >
      <div className="fingers">
        {state.bedside !== undefined && (
          <Notice
            kind="info"
            acts={
              <Button
                keys="Ctrl+B"
                onPress={() => void leavingBedside.run(() => desk.call.chooseBedside({ reason: '' }))}
                busy={leavingBedside.busy}
                isDisabled={underWay}
              >
                {t('fingers.bedside.leave')}
              </Button>
            }
          >
            <p className="bedside" title={state.bedside}>
              <strong>{t('fingers.bedside.on', { minimum: plan.minimumQuality })}</strong>{' '}
              {t('fingers.bedside.reason-words', { reason: state.bedside })}
            </p>
          </Notice>
        )}
        {leavingBedside.failure && <FailureNotice code={leavingBedside.failure.code} />}
        <StepKeys progress={progress} step={step} isDisabled={underWay} onChoose={choose} />
        <div className="fingers-work">
          <div className="fingers-main">
            {underWay ? (
              <LivePlaten attempt={attempt} step={step} minimum={plan.minimumQuality} expected={expected} />
            ) : (
              <TakenPlaten
                step={step}
                minimum={plan.minimumQuality}
                expected={expected}
                taken={tries[shown] && { ...pictureOf(tries[shown]), number: shown + 1 }}
              />
            )}
            {coached && opened === undefined && (
              <Coach
                remedy={scene.scene === 'fingers' ? scene.remedy : undefined}
                offer={state.bedside === undefined}
              />
            )}
          </div>
          <div className="fingers-side">
            <HandsCard state={state} progress={progress} step={step} attempt={attempt} onChoose={setSheet} />
            <Tries
              state={state}
              step={step}
              expected={expected}
              minimum={plan.minimumQuality}
              shown={shown}
              onShow={(next) => setPlace({ step, of: tries.length, place: next })}
            />
            <IrisCard state={state} isDisabled={underWay} />
          </div>
        </div>
      </div>
      {sheet && (
        <FingerSheet key={sheet} view={view} progress={progress} finger={sheet} onClose={() => setSheet(undefined)} />
      )}
    </Screen>
  )
}

function pictureOf({ slap, fingers, problem }: SlapTry) {
  return { src: `/blob/${slap.name}`, width: slap.width, height: slap.height, fingers, problem }
}

function Title({ step }: { readonly step: CaptureStep }) {
  return useFingerWords().title(step)
}

/** What to do now, in one sentence; the live one is LiveTask's. */
function Task({
  view: { state },
  capturing: { progress, step, standing, chain },
}: Pick<StepProps, 'view'> & { readonly capturing: Capturing }) {
  const { t } = useTranslation()
  const words = useFingerWords()
  const { fingers, impression } = captureSteps[step]
  const minimum = progress.plan.minimumQuality
  const excepted = fingers.filter((finger) => state.exceptions[finger])
  const best = bestFingers(state, impression)
  const weak = expectedFingers(state, step).filter((finger) => (best[finger]?.quality ?? minimum) < minimum)
  const say = () => {
    switch (standing) {
      case 'good':
        return chain.runs ? t('fingers.chain-runs') : t('fingers.task.good')
      case 'accepted':
      case 'doubtful':
      case 'excepted':
        return t(`fingers.task.${standing}`)
      case 'weak':
        return weak.length > 0
          ? t('fingers.task.weak-taken', { fingers: words.list(weak), minimum })
          : t('fingers.task.missing-taken')
      case 'untouched':
        return t(impression === 'rolled' ? 'fingers.task.start-rolled' : 'fingers.task.start')
    }
  }
  const leftOut =
    excepted.length > 0 && standing !== 'excepted' && t('fingers.task.left-out', { fingers: words.list(excepted) })
  return [say(), leftOut].filter(Boolean).join(' ')
}
