import { Trash2 } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OfficerPrint, StationPolicy } from '#contract/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Switch } from '../../ui/switch.tsx'
import { desk } from '../desk.ts'
import { useOfficers } from './officer-capture.tsx'
import { RegisterForm } from './register-form.tsx'

/** The officers' own prints, for approvals and against mix-ups, and what the station decides about children. */
export function OfficersDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { officers, failed, load } = useOfficers()
  return (
    <Dialog title={t('officers.title')} className="officers" onClose={onClose}>
      <p className="officers-meaning">{t('officers.meaning')}</p>
      <div className="officers-parts">
        <section aria-labelledby="officers-list">
          <h3 id="officers-list" className="sheet-heading">
            {t('officers.list')}
          </h3>
          {officers?.length === 0 && <p className="empty">{t('officers.none')}</p>}
          {failed && <p className="empty">{t('fingers.approval.failed')}</p>}
          <ul className="officers-list">
            {officers?.map((officer) => (
              <OfficerRow key={officer.badge} officer={officer} onRemoved={load} />
            ))}
          </ul>
        </section>
        <RegisterForm officers={officers ?? []} onRegistered={load} />
      </div>
      <Policy />
      <div className="dialog-acts">
        <Button onPress={onClose}>{t('close')}</Button>
      </div>
    </Dialog>
  )
}

function OfficerRow({ officer, onRemoved }: { readonly officer: OfficerPrint; readonly onRemoved: () => void }) {
  const { t } = useTranslation()
  const { badge, name, fingers } = officer
  const [sure, setSure] = useState(false)
  const removing = useAct()
  const remove = async () => {
    if (await removing.run(() => desk.call.removeOfficer({ badge }))) onRemoved()
  }
  return (
    <li className="officer-row">
      <div className="officer-who">
        <p>
          <strong>{name}</strong> <span className="officer-badge">{badge}</span>
        </p>
        <p className="officer-fingers">{fingers.map((finger) => t(`finger.${finger}`)).join(', ')}</p>
      </div>
      {sure ? (
        <div className="officer-sure" role="group" aria-label={t('officers.remove-sure', { name })}>
          <p>{t('officers.remove-sure', { name })}</p>
          <Button onPress={() => setSure(false)} autoFocus isDisabled={removing.busy}>
            {t('officers.keep')}
          </Button>
          <Button kind="danger" onPress={() => void remove()} busy={removing.busy}>
            {t('officers.remove-do')}
          </Button>
        </div>
      ) : (
        <Button
          kind="quiet"
          label={t('officers.remove-label', { name })}
          icon={<Trash2 size={16} aria-hidden />}
          onPress={() => setSure(true)}
        >
          {t('officers.remove')}
        </Button>
      )}
      {removing.failure && <FailureNotice code={removing.failure.code} />}
    </li>
  )
}

/** What the station decides for itself. */
function Policy() {
  const { t } = useTranslation()
  const [policy, setPolicy] = useState<StationPolicy>()
  const asking = useAct()
  const setting = useAct()
  const { run } = asking
  const load = useCallback(
    () =>
      void run(async () => {
        const result = await desk.call.stationPolicy({})
        if (result.ok) setPolicy(result.value)
        return result
      }),
    [run],
  )
  useEffect(load, [load])
  const set = async (shortForChildren: boolean) => {
    if (await setting.run(() => desk.call.setStationPolicy({ shortForChildren }))) setPolicy({ shortForChildren })
  }
  const failure = asking.failure ?? setting.failure
  return (
    <div className="officers-policy">
      <Switch
        isOn={policy?.shortForChildren ?? false}
        onChange={(on) => void set(on)}
        isDisabled={!policy || setting.busy}
      >
        {t('officers.policy')}
      </Switch>
      <p className="field-note">{t('officers.policy-note')}</p>
      {failure && <FailureNotice code={failure.code} />}
    </div>
  )
}
