import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StationView } from '#contract/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'

type Contact = NonNullable<StationView['contact']>
const fields = ['place', 'hours', 'phone'] as const satisfies readonly (keyof Contact)[]
const nothing: Contact = { place: '', hours: '', phone: '' }

/** Where the card is collected, when, and whom to call: said at the end of every visit. */
export function ContactPart({ contact = nothing }: { readonly contact: Contact | undefined }) {
  const { t } = useTranslation()
  const act = useAct()
  const [edited, setEdited] = useState<Partial<Contact>>({})
  const [saved, setSaved] = useState(false)
  const now: Contact = { ...contact, ...edited }
  const tidy: Contact = { place: now.place.trim(), hours: now.hours.trim(), phone: now.phone.trim() }
  const changed = fields.some((field) => tidy[field] !== contact[field])
  const save = async () => {
    if (!changed) return
    if (!(await act.run(() => desk.call.setStationContact(tidy)))) return
    setSaved(true)
  }
  return (
    <section aria-labelledby="screens-contact" className="screens-part">
      <h3 id="screens-contact" className="sheet-heading">
        {t('screens.contact')}
      </h3>
      {fields.map((field) => (
        <Field
          key={field}
          label={t(`screens.${field}`)}
          value={now[field]}
          onChange={(next) => {
            setSaved(false)
            setEdited({ ...edited, [field]: next })
          }}
          placeholder={t(`screens.${field}-example`)}
          maxLength={200}
          onEnter={() => {
            void save()
            return true
          }}
        />
      ))}
      <div className="screens-act">
        <Button onPress={() => void save()} isDisabled={!changed} busy={act.busy}>
          {t('screens.contact-save')}
        </Button>
        {saved && !changed && <p role="status">{t('screens.contact-saved')}</p>}
      </div>
      {act.failure && <FailureNotice code={act.failure.code} />}
    </section>
  )
}
