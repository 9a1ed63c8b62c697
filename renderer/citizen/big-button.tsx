import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { useKey } from '../ui/keys.ts'

export type BigButtonProps = {
  readonly children: ReactNode
  readonly onPress: () => void
  readonly kind?: 'right' | 'wrong' | 'unsure' | 'plain'
  readonly icon?: ReactNode
  /** A digit of a number pad that presses it too. */
  readonly digit?: '1' | '2' | '3'
  readonly live?: boolean
  /** Pressed, and its answer is on its way. */
  readonly chosen?: boolean
  readonly className?: string
}

/** A target of 64 px and more. Not live, it looks the same and does nothing: no flicker between two questions. */
export function BigButton({ children, onPress, kind = 'plain', icon, digit, live = true, chosen = false, className = '' }: BigButtonProps) {
  useKey(digit, onPress, live)
  return (
    <Button className={`big-button big-${kind} ${className}`} isDisabled={!live} onPress={onPress} {...(chosen && { 'data-chosen': true })}>
      {icon}
      <span>{children}</span>
      {digit !== undefined && (
        <kbd className="digit" aria-hidden>
          {digit}
        </kbd>
      )}
    </Button>
  )
}
