import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StationView } from '#contract/index.ts'
import { useAct } from '../../state/act.ts'
import { Field } from '../../ui/field.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { NextButton, Screen } from '../frame/screen.tsx'

export function Unlock({ station }: { readonly station: StationView }) {
  const { t } = useTranslation()
  const act = useAct()
  const [passphrase, setPassphrase] = useState('')
  const unlock = () => void act.run(() => desk.call.unlockStation({ passphrase }))
  const failure = act.failure?.code ?? station.failure
  return (
    <Screen
      title={t('station.locked.title')}
      task={t('station.locked.task', { name: station.name ?? station.code ?? '' })}
      focusInside
      right={
        <NextButton keys="Enter" onPress={unlock} busy={act.busy} isDisabled={passphrase === ''}>
          {act.busy ? t('station.locked.busy') : t('station.locked.do')}
        </NextButton>
      }
    >
      <div className="form-one">
        <Field
          label={t('station.passphrase')}
          type="password"
          value={passphrase}
          onChange={setPassphrase}
          autoFocus
          maxLength={200}
          className="big"
        />
        {failure && !act.busy && <FailureNotice code={failure} />}
      </div>
    </Screen>
  )
}
