import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { KeyHint } from './key-hint.tsx'
import { useKey, type KeyName } from './keys.ts'

export type ButtonProps = {
  readonly children: ReactNode
  readonly onPress: () => void
  /** The key that presses it, bound while the button is shown and shown in it. */
  readonly keys?: KeyName
  readonly kind?: 'next' | 'plain' | 'danger' | 'quiet'
  readonly isDisabled?: boolean
  /** The act is under way: the button cannot be pressed again, and its words stay readable. */
  readonly busy?: boolean
  /** Not yet awake; looks as if it were. */
  readonly settling?: boolean
  readonly icon?: ReactNode
  /** For a button without words. */
  readonly label?: string
  readonly className?: string
  readonly autoFocus?: boolean
}

/** A button with its key. The key acts exactly when a press would. */
export function Button(props: ButtonProps) {
  const { children, onPress, keys, kind = 'plain', isDisabled = false, busy = false, settling = false } = props
  const { icon, label, className = '' } = props
  const live = !isDisabled && !busy && !settling
  useKey(keys, onPress, live)
  return (
    <AriaButton
      className={`button button-${kind} ${className}`}
      isDisabled={!live}
      onPress={onPress}
      autoFocus={props.autoFocus ?? false}
      {...(label !== undefined && { 'aria-label': label })}
      {...(keys !== undefined && { 'data-key': keys })}
      {...(busy && { 'data-busy': true })}
      {...(settling && !isDisabled && { 'data-settling': true })}
    >
      {icon}
      <span className="button-words">{children}</span>
      {keys !== undefined && <KeyHint keys={keys} />}
    </AriaButton>
  )
}
