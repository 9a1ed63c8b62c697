import { UsersRound } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { OfficerView } from '#contract/index.ts'
import { Button } from '../../ui/button.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useKey } from '../../ui/keys.ts'
import { Notice } from '../../ui/notice.tsx'
import { RepresentativeForm } from './representative-form.tsx'
import { lacksRepresentative, openRepresentativeForm, representativeForm } from './representative.ts'

const keys = 'Ctrl+H'
const close = () => representativeForm.setState({ open: false })

/** Below the rail, on every step: who acts for the citizen, and that somebody must; on arrival its own notice says so. */
export function RepresentativeEntry({
  view,
  isDisabled,
}: {
  readonly view: OfficerView
  readonly isDisabled: boolean
}) {
  const { t } = useTranslation()
  const isOpen = representativeForm((store) => store.open)
  const { state } = view
  const { representative } = state
  const missing = lacksRepresentative(state)
  useKey(keys, openRepresentativeForm, !isDisabled)
  useEffect(() => close, [])
  return (
    <div className="rail-representative" data-missing={missing}>
      <button type="button" className="rail-step" onClick={openRepresentativeForm} disabled={isDisabled}>
        <UsersRound className="rail-sign" size={20} aria-hidden />
        <span className="rail-words">
          {t('citizen.representative')}
          {representative && (
            <span className="rail-about">
              {t(`citizen.relation.${representative.relation}`)}: {representative.name}
            </span>
          )}
        </span>
        <KeyHint keys={keys} />
      </button>
      {missing && state.step !== 'arrival' && <p className="rail-missing">{t('citizen.who-short')}</p>}
      {isOpen && !isDisabled && <RepresentativeForm view={view} onClose={close} />}
    </div>
  )
}

/** On arrival, where the person who must be there can still be called in. */
export function RepresentativeNotice({ view }: { readonly view: OfficerView }) {
  const { t } = useTranslation()
  if (!lacksRepresentative(view.state)) return null
  return (
    <div className="representative-notice">
      <Notice
        kind="doubt"
        acts={
          <Button onPress={openRepresentativeForm}>
            {t('citizen.representative-name')} <KeyHint keys={keys} />
          </Button>
        }
      >
        {t('citizen.who-child')}
      </Notice>
    </div>
  )
}
