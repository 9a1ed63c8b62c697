import { useTranslation } from 'react-i18next'
import type { OfficerView } from '#contract/index.ts'
import { formsOfAddress } from '#domain/person/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { addressesOf, citizenCard, useLanguages, useViewing } from './citizen-viewing.ts'

/** What is asked of the citizen first: which language, and how to be called. The rest is a key away. */
export function CitizenStrip({ view }: { readonly view: OfficerView }) {
  const { t } = useTranslation()
  const languages = useLanguages()
  const { viewing, change, act } = useViewing(view)
  const addressing = useAct()
  const { chosen, automatic } = addressesOf(view)
  const failure = act.failure ?? addressing.failure
  return (
    <section className="citizen-strip" aria-label={t('citizen.title')}>
      <label className="strip-field">
        <span className="field-label">{t('citizen.language-short')}</span>
        <select
          className="field-input"
          value={viewing.language}
          onChange={({ target }) => change({ language: target.value })}
        >
          {languages.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="strip-field">
        <span className="field-label">{t('citizen.address-short')}</span>
        <select
          className="field-input"
          value={chosen ?? ''}
          onChange={({ target }) => {
            const address = formsOfAddress.find((each) => each === target.value) ?? ''
            void addressing.run(() => desk.call.chooseAddress({ address }))
          }}
        >
          <option value="">{t('citizen.automatic', { address: automatic })}</option>
          {formsOfAddress.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </label>
      <Button onPress={() => citizenCard.setState({ open: true })}>
        {t('citizen.more')} <KeyHint keys="Ctrl+G" />
      </Button>
      {failure && <FailureNotice code={failure.code} />}
    </section>
  )
}
