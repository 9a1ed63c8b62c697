import { Languages } from 'lucide-react'
import { useEffect, useRef, type ComponentProps } from 'react'
import { Button, DialogTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OfficerView } from '#contract/index.ts'
import { usualViewing } from '#domain/enrolment/index.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { KeyScope, useKey, useKeyScope } from '../../ui/keys.ts'
import { CitizenChoices } from './citizen-choices.tsx'
import { addressesOf, citizenCard, useLanguages } from './citizen-viewing.ts'

const keys = 'Ctrl+G'
const open = () => citizenCard.setState({ open: true })
const close = () => citizenCard.setState({ open: false })

/** Language and form of address of the citizen's screen, on every step; opens all that can be chosen. */
export function CitizenButton({ view }: { readonly view: OfficerView }) {
  const { t } = useTranslation()
  const languages = useLanguages()
  const isOpen = citizenCard((store) => store.open)
  const { language } = view.state.viewing ?? usualViewing
  const { chosen, automatic } = addressesOf(view)
  useKey(keys, open)
  useEffect(() => close, [])
  const name = languages.find(({ id }) => id === language)?.name ?? language
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={(next) => citizenCard.setState({ open: next })}>
      <Button
        className="button button-plain citizen-button"
        aria-label={t('citizen.open', { language: name, address: chosen ?? automatic })}
        data-key={keys}
      >
        <Languages size={18} aria-hidden />
        <span className="citizen-now">
          <span className="citizen-language">{name}</span>
          <span>
            {t('citizen.called', { address: chosen ?? automatic })} <KeyHint keys={keys} />
          </span>
        </span>
      </Button>
      <Popover className="menu-popover citizen-popover" placement="bottom end" aria-label={t('citizen.title')}>
        <Opened view={view} languages={languages} />
      </Popover>
    </DialogTrigger>
  )
}

/** Every key belongs to the card while it is open: Enter must not lead to the next step behind it. */
function Opened({ view, languages }: ComponentProps<typeof CitizenChoices>) {
  const { t } = useTranslation()
  const scope = useKeyScope()
  const card = useRef<HTMLDivElement>(null)
  // What is chosen now is where the arrows start.
  useEffect(() => card.current?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus(), [])
  return (
    <KeyScope value={scope}>
      <Closing />
      <h2 className="citizen-card-title">
        {t('citizen.title')}
        <span className="citizen-card-keys">{t('citizen.keys')}</span>
      </h2>
      <div ref={card}>
        <CitizenChoices view={view} languages={languages} />
      </div>
    </KeyScope>
  )
}

function Closing() {
  useKey(keys, close)
  useKey('Escape', close)
  useKey('Enter', close)
  return null
}
