import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StationView } from '#contract/index.ts'
import type { FailureCode } from '#domain/failure/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { CallNotice } from '../call-notice.tsx'
import { desk } from '../desk.ts'

/** Where files will go once they are sent; the test of the network tries the way there. */
export function CentreCard({ phase }: { readonly phase: StationView['phase'] | undefined }) {
  const { t } = useTranslation()
  const [known, setKnown] = useState<string>()
  const [address, setAddress] = useState('')
  const [unread, setUnread] = useState<FailureCode>()
  const setting = useAct()
  // It is in the store: asked again when the officer has opened that.
  useEffect(() => {
    let shown = true
    void desk.call.centre({}).then((result) => {
      if (!shown) return
      setUnread(result.ok ? undefined : result.error.code)
      if (!result.ok) return
      setKnown(result.value.address)
      setAddress(result.value.address)
    })
    return () => {
      shown = false
    }
  }, [phase])
  const changed = known !== undefined && address.trim() !== known
  const set = async () => {
    const wanted = address.trim()
    if (await setting.run(() => desk.call.setCentre({ address: wanted }))) setKnown(wanted)
  }
  return (
    <Card title={t('centre.title')}>
      <div className="bundle-form">
        {unread && (phase === 'new' ? <Notice kind="info">{t('centre.later')}</Notice> : <CallNotice code={unread} />)}
        <Field
          label={t('centre.address')}
          value={address}
          onChange={setAddress}
          maxLength={300}
          isDisabled={known === undefined}
          placeholder="https://"
          note={t(known === '' ? 'centre.none' : changed ? 'centre.unsaved' : 'centre.note')}
          noteTone={changed ? 'doubt' : 'quiet'}
          onEnter={() => {
            if (changed) void set()
            return true
          }}
        />
        <div className="task-acts">
          <Button keys="Alt+S" isDisabled={!changed} busy={setting.busy} onPress={() => void set()}>
            {t('centre.save')}
          </Button>
        </div>
        {setting.failure && <CallNotice code={setting.failure.code} />}
      </div>
    </Card>
  )
}
