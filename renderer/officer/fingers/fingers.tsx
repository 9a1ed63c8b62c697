import { useEffect, useState } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { captureSteps, type CaptureStep } from '#domain/biometrics/index.ts'
import { bestFingers } from '#domain/enrolment/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { useKey } from '../../ui/keys.ts'
import { FailureNotice } from '../../ui/notice.tsx'
import { desk, fingerPreview } from '../desk.ts'
import { NextButton, Screen } from '../frame/screen.tsx'
import { stepBefore, type StepProps } from '../step.ts'
import { AcceptForm } from './accept-form.tsx'
import { Hands } from './hands.tsx'
import { fingerProgress, withLive } from './progress.ts'
import { Slap, type SlapPicture } from './slap.tsx'
import { Tries } from './tries.tsx'

/** F5: four right, four left, two thumbs, in any order; the best print of each finger is kept. */
export function Fingers({ view, leave, leaving }: StepProps) {
  const { t } = useTranslation()
  const { state } = view
  const progress = fingerProgress(state)
  const { plan, open } = progress
  const [wanted, setWanted] = useState<CaptureStep>()
  const capturing = useAct()
  const stopping = useAct()
  const shooting = useAct()
  const [accepting, setAccepting] = useState(false)
  const preview = fingerPreview((store) => store.value)

  const underWay = state.fingerAttempt !== undefined || capturing.busy
  const step = state.fingerAttempt?.step ?? wanted ?? open ?? plan.steps[0] ?? 'right-four'
  // The step that was just taken stays in view until the officer goes on.
  useEffect(() => setWanted((chosen) => chosen ?? step), [step])
  const standing = progress.steps[step] ?? 'untouched'
  const done = standing === 'good' || standing === 'accepted'
  const tries = state.tries[step] ?? []
  const mayAccept = !done && !underWay && tries.length >= plan.triesBeforeAccepting

  const capture = (next: CaptureStep) => {
    setWanted(next)
    setAccepting(false)
    void capturing.run(() => desk.call.captureFingers({ step: next }))
  }
  const choose = (next: CaptureStep | undefined) => {
    if (underWay || next === undefined) return
    capturing.clear()
    setAccepting(false)
    setWanted(next)
  }
  useKey('1', () => choose(plan.steps[0]), !underWay)
  useKey('2', () => choose(plan.steps[1]), !underWay)
  useKey('3', () => choose(plan.steps[2]), !underWay)

  const live =
    underWay && preview !== undefined && preview.attempt === state.fingerAttempt?.attempt ? preview : undefined
  const last = tries.at(-1)
  const picture: SlapPicture | undefined = live
    ? { src: `/live/${live.attempt}/${live.number}.png`, width: live.width, height: live.height, fingers: live.fingers }
    : last && !underWay
      ? { src: `/blob/${last.slap.name}`, width: last.slap.width, height: last.slap.height, fingers: last.fingers }
      : undefined
  const best = bestFingers(state)
  const shownFingers = live ? live.fingers : captureSteps[step].fingers.flatMap((finger) => best[finger] ?? [])
  const weak = shownFingers
    .filter(({ quality }) => quality < plan.minimumQuality)
    .map(({ position }) => t(`finger.${position}`).toLowerCase())
  const failure = underWay
    ? undefined
    : (capturing.failure?.code ?? state.fingerFailure ?? stopping.failure?.code ?? shooting.failure?.code)

  return (
    <Screen
      title={t(`fingers.title.${step}`)}
      task={
        underWay
          ? [
              t(`fingers.task.auto.${step}`),
              weak.length > 0 &&
                capitalised(t('fingers.task.weak', { fingers: weak.join(', '), minimum: plan.minimumQuality })),
            ]
              .filter(Boolean)
              .join(' ')
          : done
            ? t(`fingers.task.${standing}`)
            : standing === 'weak'
              ? weak.length > 0
                ? t('fingers.task.weak-taken', { fingers: weak.join(', '), minimum: plan.minimumQuality })
                : t('fingers.task.missing-taken')
              : t('fingers.task.start')
      }
      notice={
        accepting ? (
          <AcceptForm view={view} step={step} onDone={() => setAccepting(false)} />
        ) : (
          failure !== undefined && <FailureNotice code={failure} kind={failure === 'CANCELLED' ? 'info' : 'danger'} />
        )
      }
      aside={
        <ToggleButtonGroup
          className="toggle"
          aria-label={t('fingers.steps')}
          selectionMode="single"
          disallowEmptySelection
          isDisabled={underWay}
          selectedKeys={[step]}
          onSelectionChange={([next]) => choose(plan.steps.find((each) => each === next))}
        >
          {plan.steps.map((each, index) => (
            <ToggleButton key={each} id={each} className="toggle-part" data-standing={progress.steps[each]}>
              {t(`fingers.step.${each}`)} <kbd className="key-hint">{index + 1}</kbd>
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      }
      left={
        mayAccept && (
          <Button keys="Ctrl+M" onPress={() => setAccepting(!accepting)}>
            {t('fingers.accept')}
          </Button>
        )
      }
      right={
        <>
          {underWay ? (
            <>
              <Button
                keys="Escape"
                onPress={() => void stopping.run(() => desk.call.stopCapture({}))}
                busy={stopping.busy}
              >
                {t('fingers.stop')}
              </Button>
              <Button
                keys="Space"
                onPress={() => void shooting.run(() => desk.call.shootFingers({}))}
                busy={shooting.busy}
              >
                {t('fingers.shoot')}
              </Button>
            </>
          ) : (
            <>
              <Button
                keys="Escape"
                onPress={() => (accepting ? setAccepting(false) : leave(stepBefore('fingers')))}
                busy={leaving}
              >
                {t('back')}
              </Button>
              {done && (
                <Button keys="Ctrl+R" onPress={() => capture(step)}>
                  {t('fingers.retake')}
                </Button>
              )}
            </>
          )}
          {!underWay && done && open === undefined ? (
            <NextButton keys="Enter" onPress={() => leave('check')} busy={leaving}>
              {t('fingers.next')}
            </NextButton>
          ) : (
            <NextButton
              keys="Enter"
              onPress={() => capture(done && open ? open : step)}
              busy={underWay}
              isDisabled={accepting}
            >
              {underWay
                ? t('fingers.capturing')
                : done && open
                  ? t('fingers.take-and-go', {
                      step: t(`fingers.step.${step}`).toLowerCase(),
                      next: t(`fingers.step.${open}`).toLowerCase(),
                    })
                  : t(standing === 'weak' ? 'fingers.again' : 'fingers.start', {
                      step: t(`fingers.step.${step}`).toLowerCase(),
                    })}
            </NextButton>
          )}
        </>
      }
    >
      <div className="fingers">
        <Slap step={step} picture={picture} minimum={plan.minimumQuality} live={underWay} />
        <div className="fingers-side">
          <Card
            title={progress.missing > 0 ? t('fingers.missing', { count: progress.missing }) : t('fingers.complete')}
          >
            <Hands
              standings={live ? withLive(progress.fingers, live.fingers, plan.minimumQuality) : progress.fingers}
              active={underWay ? captureSteps[step].fingers : []}
            />
          </Card>
          {!accepting && <Tries tries={tries} planned={plan.triesBeforeAccepting} minimum={plan.minimumQuality} />}
          <Card title={t('fingers.best')}>
            <ul className="best">
              {captureSteps[step].fingers.map((finger) => (
                <li key={finger} data-standing={progress.fingers[finger]}>
                  <span>{t(`finger-short.${finger}`)}</span>
                  <strong>{best[finger] ? Math.round(best[finger].quality) : '—'}</strong>
                  <span className="best-word">{t(`fingers.standing.${progress.fingers[finger]}`)}</span>
                </li>
              ))}
            </ul>
          </Card>
        </div>
      </div>
    </Screen>
  )
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
