import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/field.tsx'

/** The passphrase once more, which says when it differs. */
export function PassphraseAgain({
  passphrase,
  value,
  onChange,
}: {
  readonly passphrase: string
  readonly value: string
  readonly onChange: (text: string) => void
}) {
  const { t } = useTranslation()
  const differs = value !== '' && value !== passphrase
  return (
    <Field
      label={t('station.again')}
      type="password"
      value={value}
      onChange={onChange}
      note={t(differs ? 'station.again-differs' : 'station.again-note')}
      noteTone={differs ? 'doubt' : 'quiet'}
      maxLength={200}
    />
  )
}
