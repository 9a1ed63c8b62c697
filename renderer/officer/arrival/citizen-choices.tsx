import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { LanguageView, OfficerView } from '#contract/index.ts'
import { textSizes } from '#domain/enrolment/index.ts'
import { formsOfAddress } from '#domain/person/index.ts'
import { useAct } from '../../state/act.ts'
import { FailureNotice } from '../../ui/notice.tsx'
import { Switch } from '../../ui/switch.tsx'
import { desk } from '../desk.ts'
import { addressesOf, useViewing } from './citizen-viewing.ts'

/** How the citizen's screen looks, sounds and speaks to this person. */
export function CitizenChoices({
  view,
  languages,
}: {
  readonly view: OfficerView
  readonly languages: readonly LanguageView[]
}) {
  const { t } = useTranslation()
  const { viewing, change, act } = useViewing(view)
  const addressing = useAct()
  const { chosen, automatic } = addressesOf(view)
  const failure = act.failure ?? addressing.failure
  const addresses = ['', ...formsOfAddress] as const
  return (
    <div className="choices">
      <Choice
        label={t('citizen.language')}
        options={languages.map(({ id, name }) => [id, name])}
        value={viewing.language}
        onChoose={(language) => change({ language })}
      />
      <Choice
        label={t('citizen.address')}
        options={addresses.map((each) => [each, each === '' ? t('citizen.automatic', { address: automatic }) : each])}
        value={chosen ?? ''}
        onChoose={(next) => {
          const address = addresses.find((each) => each === next)
          if (address !== undefined) void addressing.run(() => desk.call.chooseAddress({ address }))
        }}
      />
      <div className="choices-row">
        <Choice
          label={t('citizen.text-size')}
          options={textSizes.map((size) => [String(size), t('citizen.percent', { size })])}
          value={String(viewing.textSize)}
          onChoose={(next) => {
            const textSize = textSizes.find((size) => String(size) === next)
            if (textSize !== undefined) change({ textSize })
          }}
        />
        <Choice
          label={t('citizen.hand')}
          options={(['right', 'left'] as const).map((hand) => [hand, t(`citizen.hand-${hand}`)])}
          value={viewing.hand}
          onChoose={(next) => change({ hand: next === 'left' ? 'left' : 'right' })}
        />
      </div>
      <div className="choices-switches">
        <Switch isOn={viewing.sound} onChange={(sound) => change({ sound })}>
          {t('citizen.sound')}
        </Switch>
        <Switch isOn={viewing.contrast === 'high'} onChange={(high) => change({ contrast: high ? 'high' : 'usual' })}>
          {t('citizen.contrast')}
        </Switch>
        <Switch isOn={viewing.scanning} onChange={(scanning) => change({ scanning })}>
          {t('citizen.scanning')}
        </Switch>
      </div>
      {failure && <FailureNotice code={failure.code} />}
    </div>
  )
}

function Choice({
  label,
  options,
  value,
  onChoose,
}: {
  readonly label: string
  readonly options: readonly (readonly [id: string, words: string])[]
  readonly value: string
  readonly onChoose: (id: string) => void
}) {
  return (
    <div className="field">
      <span className="field-label" aria-hidden>
        {label}
      </span>
      <ToggleButtonGroup
        className="toggle choices-toggle"
        aria-label={label}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[`=${value}`]}
        onSelectionChange={([key]) => key !== undefined && onChoose(String(key).slice(1))}
      >
        {options.map(([id, words]) => (
          <ToggleButton key={id} id={`=${id}`} className="toggle-part">
            {words}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  )
}
