import { useState } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OfficerView } from '#contract/index.ts'
import {
  exceptionReasons,
  exceptionRuleOn,
  type ExceptionReason,
  type FingerPosition,
} from '#domain/biometrics/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { Approval } from './approval.tsx'
import { HandPicture } from './hand-picture.tsx'

/** A finger that cannot be taken: why, the picture that shows it, and the second officer where the rule wants one. */
export function ExceptionPart({ view, finger }: { readonly view: OfficerView; readonly finger: FingerPosition }) {
  const { t } = useTranslation()
  const { exceptions } = view.state
  const said = exceptions[finger]
  const [changing, setChanging] = useState(false)
  const [shooting, setShooting] = useState(false)
  const taking = useAct()
  const done = () => {
    setChanging(false)
    setShooting(false)
  }
  return (
    <section className="exception" aria-labelledby="exception-title">
      <h3 id="exception-title" className="sheet-heading">
        {t('fingers.exception.title')}
      </h3>
      {!said || changing ? (
        <Choice view={view} finger={finger} said={said?.reason} onDone={done} />
      ) : (
        <>
          <p className="exception-said">
            {t('fingers.exception.said', { reason: t(`fingers.exception.reason.${said.reason}`).toLowerCase() })}
          </p>
          <Rule view={view} reason={said.reason} />
          {shooting ? (
            <HandPicture view={view} finger={finger} reason={said.reason} onDone={done} />
          ) : (
            <div className="exception-photo">
              {said.photo ? (
                <img src={`/blob/${said.photo.name}`} alt={t('fingers.exception.photo')} />
              ) : (
                <p className="exception-lacks">{t('fingers.exception.no-photo')}</p>
              )}
              <Button onPress={() => setShooting(true)}>
                {t(said.photo ? 'fingers.exception.shoot-again' : 'fingers.exception.shoot-later')}
              </Button>
            </div>
          )}
          {!shooting && exceptionRuleOn(view.state.day, said.reason).secondOfficer && (
            <Approval finger={finger} approved={said.approved} />
          )}
          {taking.failure && <FailureNotice code={taking.failure.code} />}
          <div className="exception-acts">
            <Button kind="quiet" onPress={() => setChanging(true)}>
              {t('fingers.exception.change')}
            </Button>
            <Button
              kind="quiet"
              onPress={() => void taking.run(() => desk.call.dropFingerException({ finger }))}
              busy={taking.busy}
            >
              {t('fingers.exception.take-back')}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}

function Choice({
  view,
  finger,
  said,
  onDone,
}: {
  readonly view: OfficerView
  readonly finger: FingerPosition
  readonly said: ExceptionReason | undefined
  readonly onDone: () => void
}) {
  const { t } = useTranslation()
  const [reason, setReason] = useState(said)
  return (
    <>
      <RadioGroup
        className="reasons"
        value={reason ?? null}
        onChange={(chosen) => setReason(exceptionReasons.find((each) => each === chosen))}
      >
        <Label className="field-label">{t('fingers.exception.why')}</Label>
        <div className="reasons-choice">
          {exceptionReasons.map((each) => (
            <Radio key={each} value={each} className="reason">
              {t(`fingers.exception.reason.${each}`)}
            </Radio>
          ))}
        </div>
      </RadioGroup>
      {reason === undefined ? (
        <p className="empty">{t('fingers.exception.choose')}</p>
      ) : (
        <>
          <Rule view={view} reason={reason} />
          {said !== undefined && <p className="field-note">{t('fingers.exception.change-note')}</p>}
          <HandPicture view={view} finger={finger} reason={reason} onDone={onDone} />
        </>
      )}
      {said !== undefined && (
        <div className="exception-acts">
          <Button kind="quiet" onPress={onDone}>
            {t('cancel')}
          </Button>
        </div>
      )}
    </>
  )
}

/** What a reason asks for, in words. */
function Rule({ view, reason }: { readonly view: OfficerView; readonly reason: ExceptionReason }) {
  const { t } = useTranslation()
  const { photo, secondOfficer, temporary } = exceptionRuleOn(view.state.day, reason)
  return (
    <ul className="rule">
      {photo && <li>{t('fingers.exception.rule.photo')}</li>}
      {secondOfficer && <li>{t('fingers.exception.rule.officer')}</li>}
      <li>{t(temporary ? 'fingers.exception.rule.temporary' : 'fingers.exception.rule.lasting')}</li>
    </ul>
  )
}
