import type { ReactNode } from 'react'
import { Switch as AriaSwitch } from 'react-aria-components'
import { KeyHint } from './key-hint.tsx'
import { useKey, type KeyName } from './keys.ts'

export type SwitchProps = {
  readonly children: ReactNode
  readonly isOn: boolean
  readonly onChange: (on: boolean) => void
  readonly keys?: KeyName
  readonly isDisabled?: boolean
}

/** Something that is on or off, with its key. */
export function Switch({ children, isOn, onChange, keys, isDisabled = false }: SwitchProps) {
  useKey(keys, () => onChange(!isOn), !isDisabled)
  return (
    <AriaSwitch className="switch" isSelected={isOn} onChange={onChange} isDisabled={isDisabled}>
      <span className="switch-track" aria-hidden>
        <span className="switch-knob" />
      </span>
      <span>{children}</span>
      {keys !== undefined && <KeyHint keys={keys} />}
    </AriaSwitch>
  )
}
