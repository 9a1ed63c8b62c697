import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OfficerPrint } from '#contract/index.ts'
import { allFingers, type FingerPosition } from '#domain/biometrics/index.ts'
import { tidyText } from '#domain/person/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { OfficerWaiting, useStop } from './officer-capture.tsx'

/** One finger of one officer, taken with the scanner; only its minutiae are kept. */
export function RegisterForm({
  officers,
  onRegistered,
}: {
  readonly officers: readonly OfficerPrint[]
  readonly onRegistered: () => void
}) {
  const { t } = useTranslation()
  const [badge, setBadge] = useState('')
  const [name, setName] = useState('')
  const [finger, setFinger] = useState<FingerPosition>('right-index')
  const [done, setDone] = useState<{ readonly name: string; readonly finger: FingerPosition }>()
  const taking = useAct()
  const stop = useStop(taking.busy)
  const officer = { badge: tidyText(badge), name: tidyText(name), finger }
  const complete = officer.badge !== '' && officer.name !== ''
  const fingerWords = t(`finger.${finger}`).toLowerCase()

  const register = async () => {
    setDone(undefined)
    if (!(await taking.run(() => desk.call.registerOfficer(officer)))) return
    setDone(officer)
    onRegistered()
  }
  const submit = () => {
    if (complete && !taking.busy) void register()
    return true
  }
  const known = officers.find((each) => each.badge === officer.badge)
  return (
    <section className="register" aria-labelledby="officers-register">
      <h3 id="officers-register" className="sheet-heading">
        {t('officers.register')}
      </h3>
      {taking.busy ? (
        <OfficerWaiting words={t('officers.waiting', { name: officer.name, finger: fingerWords })} onStop={stop}>
          {t('officers.stop')}
        </OfficerWaiting>
      ) : (
        <>
          <div className="register-fields">
            <Field
              label={t('officers.badge')}
              value={badge}
              onChange={setBadge}
              onBlur={() => name === '' && known && setName(known.name)}
              onEnter={submit}
              maxLength={40}
              autoFocus
            />
            <Field label={t('officers.name')} value={name} onChange={setName} onEnter={submit} maxLength={100} />
            <label className="field">
              <span className="field-label">{t('officers.finger')}</span>
              <select
                className="field-input"
                value={finger}
                onChange={({ target }) => setFinger(allFingers.find((each) => each === target.value) ?? finger)}
              >
                {allFingers.map((each) => (
                  <option key={each} value={each}>
                    {t(`finger.${each}`)}
                  </option>
                ))}
              </select>
            </label>
          </div>
          <div className="register-act">
            <p className="field-note">{t('officers.again-note')}</p>
            <Button kind="next" onPress={submit} isDisabled={!complete}>
              {t('officers.do')}
            </Button>
          </div>
        </>
      )}
      {done && !taking.busy && (
        <Notice kind="info">
          <p>{t('officers.done', { name: done.name, finger: t(`finger.${done.finger}`).toLowerCase() })}</p>
        </Notice>
      )}
      {taking.failure && (
        <FailureNotice code={taking.failure.code} kind={taking.failure.code === 'CANCELLED' ? 'info' : 'danger'} />
      )}
    </section>
  )
}
