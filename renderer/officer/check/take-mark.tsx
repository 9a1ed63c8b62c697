import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { allFingers, type FingerPosition } from '#domain/biometrics/index.ts'
import type { DossierState } from '#domain/enrolment/index.ts'
import type { Failure } from '#domain/failure/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { SeeGuide } from '../../ui/guide/see-guide.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { OfficerWaiting, useStop } from '../officers/officer-capture.tsx'

/** The habit of the desk: the right index finger, then the nearest to it. */
const firstFingers = ['right-index', 'left-index', 'right-thumb', 'left-thumb'] as const satisfies FingerPosition[]

/** A finger of whoever should have signed, laid on the reader. */
export function TakeMark({ state, ready }: { readonly state: DossierState; readonly ready: boolean }) {
  const { t } = useTranslation()
  const { representative, exceptions } = state
  // The exceptions are of the citizen's hands.
  const there = [...new Set<FingerPosition>([...firstFingers, ...allFingers])].filter(
    (finger) => representative !== undefined || exceptions[finger] === undefined,
  )
  const [picked, setPicked] = useState<FingerPosition>()
  const finger = there.find((each) => each === picked) ?? there[0]
  const taking = useAct()
  const stop = useStop(taking.busy)
  if (finger === undefined) return null
  if (taking.busy) {
    return (
      <OfficerWaiting
        words={t(representative ? 'check.mark.waiting-representative' : 'check.mark.waiting', {
          finger: t(`finger.${finger}`).toLowerCase(),
        })}
        onStop={stop}
      >
        {t('check.mark.stop')}
      </OfficerWaiting>
    )
  }
  return (
    <>
      <div className="mark-choice">
        <label className="field">
          <span className="field-label">{t('check.mark.finger')}</span>
          <select
            className="field-input"
            value={finger}
            onChange={({ target }) => setPicked(there.find((each) => each === target.value))}
          >
            {there.map((each) => (
              <option key={each} value={each}>
                {t(`finger.${each}`)}
              </option>
            ))}
          </select>
        </label>
        <Button keys="Ctrl+I" onPress={() => void taking.run(() => desk.call.takeMark({ finger }))} isDisabled={!ready}>
          {t('check.mark.take')}
        </Button>
      </div>
      {taking.failure && <MarkFailure failure={taking.failure} finger={finger} />}
    </>
  )
}

/** What a finger that does not serve asks for; everything else is the device's. */
function MarkFailure({ failure, finger }: { readonly failure: Failure; readonly finger: FingerPosition }) {
  const { t } = useTranslation()
  const { code } = failure
  if (code === 'CANCELLED') return <Notice kind="info">{t('check.mark.stopped')}</Notice>
  if (code !== 'FINGER_DIFFERS' && code !== 'LOW_QUALITY' && code !== 'NO_FINGER') return <FailureNotice code={code} />
  return (
    <Notice kind="doubt" urgent>
      {t(`check.mark.failure.${code}`, { finger: t(`finger.${finger}`).toLowerCase() })} <SeeGuide code={code} />
    </Notice>
  )
}
