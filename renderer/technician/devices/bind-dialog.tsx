import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOutput, PluggedInView } from '#contract/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { CallNotice } from '../call-notice.tsx'
import { desk } from '../desk.ts'
import { nameOf, type Proposal } from './plugged-words.ts'

/** As the contract wants an id. */
const idForm = /^[a-z0-9][a-z0-9-]{0,39}$/u
const usualNames: Readonly<Record<Proposal['kind'], string>> = {
  'card-reader': 'reader',
  'fingerprint-scanner': 'fingers',
  'iris-camera': 'iris',
  'document-camera': 'papers',
  'portrait-camera': 'portrait',
  'code-scanner': 'codes',
  'signature-pad': 'pad',
}

/** Makes what is plugged in a device of the station, with a driver and under a name. */
export function BindDialog({
  one,
  proposals,
  taken,
  onClose,
}: {
  readonly one: PluggedInView
  readonly proposals: readonly Proposal[]
  /** Ids that the station has. */
  readonly taken: readonly string[]
  /** `id` when it was bound. */
  readonly onClose: (id?: string) => void
}) {
  const { t } = useTranslation()
  const [driver, setDriver] = useState(proposals[0]?.driver ?? '')
  const drivers = useDrivers()
  const others = (drivers ?? []).filter(
    (each) => each.transports.includes(one.transport) && !proposals.some((known) => known.driver === each.driver),
  )
  const kind = [...proposals, ...others].find((each) => each.driver === driver)?.kind
  const [typed, setTyped] = useState<string>()
  const id = typed ?? (kind ? freeName(usualNames[kind], taken) : '')
  const binding = useAct()
  const fits = idForm.test(id) && kind !== undefined

  const bind = async () => {
    const { transport, address } = one
    if (await binding.run(() => desk.call.bindDevice({ id, driver, transport, address }))) onClose(id)
  }
  return (
    <Dialog title={t('bind.title')} onClose={onClose}>
      <p>
        {nameOf(one) ?? t('plugged.unnamed')} · <span className="mono address">{one.address}</span>
      </p>
      <fieldset className="radios">
        <legend className="field-label">{t('bind.driver')}</legend>
        {proposals.map((each) => (
          <label key={each.driver} className="radio">
            <input
              type="radio"
              name="driver"
              value={each.driver}
              checked={each.driver === driver}
              onChange={() => setDriver(each.driver)}
            />
            <span>
              <span className="mono">{each.driver}</span> · {t(`kind.${each.kind}`)}
              <span className="cell-second">{t(`because.${each.because}`)}</span>
            </span>
          </label>
        ))}
        {others.length > 0 && <p className="radios-part">{t('bind.others')}</p>}
        {others.map((each) => (
          <label key={each.driver} className="radio">
            <input
              type="radio"
              name="driver"
              value={each.driver}
              checked={each.driver === driver}
              onChange={() => setDriver(each.driver)}
            />
            <span>
              <span className="mono">{each.driver}</span> · {t(`kind.${each.kind}`)}
              <span className="cell-second">{t('bind.notProposed')}</span>
            </span>
          </label>
        ))}
        {proposals.length + others.length === 0 && drivers && <p>{t('bind.noDriver')}</p>}
      </fieldset>
      <Field
        label={t('bind.name')}
        value={id}
        onChange={setTyped}
        maxLength={40}
        autoFocus
        note={taken.includes(id) ? t('bind.replaces', { id }) : t('bind.nameNote')}
        noteTone={taken.includes(id) ? 'doubt' : 'quiet'}
        {...(!idForm.test(id) && id !== '' && { error: t('bind.nameWrong') })}
      />
      {binding.failure && <CallNotice code={binding.failure.code} />}
      <div className="dialog-acts">
        <Button keys="Escape" onPress={() => onClose()}>
          {t('cancel')}
        </Button>
        <Button keys="Enter" kind="next" isDisabled={!fits} busy={binding.busy} onPress={() => void bind()}>
          {t('bind.act')}
        </Button>
      </div>
    </Dialog>
  )
}

/** Every driver that there is; undefined until they are known. */
function useDrivers(): CallOutput<'drivers'> | undefined {
  const [drivers, setDrivers] = useState<CallOutput<'drivers'>>()
  useEffect(() => {
    let shown = true
    void desk.call.drivers({}).then((result) => shown && setDrivers(result.ok ? result.value : []))
    return () => {
      shown = false
    }
  }, [])
  return drivers
}

function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name
  const next = Array.from({ length: taken.length + 1 }, (_, index) => `${name}-${index + 2}`)
  return next.find((each) => !taken.includes(each)) ?? name
}
