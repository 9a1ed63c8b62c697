import { useRef, type MouseEvent, type ReactNode } from 'react'
import { useKey } from '../ui/keys.ts'

export type BigButtonProps = {
  readonly children?: ReactNode
  readonly onPress: () => void
  readonly kind?: 'right' | 'wrong' | 'unsure' | 'plain'
  readonly icon?: ReactNode
  /** A digit of a number pad that presses it too. */
  readonly digit?: '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'
  readonly live?: boolean
  /** Not yet, and to be seen as such. */
  readonly asleep?: boolean
  /** Pressed, and its answer is on its way. */
  readonly chosen?: boolean
  readonly className?: string
  /** Language of the words. */
  readonly lang?: string
  /** Where its children are only a drawing. */
  readonly label?: string
}

/**
 * A target of 64 px and more. Not live, it looks the same and does nothing: no flicker between two questions. A press
 * counts only when it also began while it was live; a button of react-aria that is pressed while disabled loses the
 * press after that one too.
 */
export function BigButton(props: BigButtonProps) {
  const { children, onPress, kind = 'plain', icon, digit, label, lang, className = '' } = props
  const { asleep = false, chosen = false } = props
  const live = (props.live ?? true) && !asleep
  const began = useRef(false)
  useKey(digit, onPress, live)
  const handleClick = (event: MouseEvent) => {
    const byKeyboard = event.detail === 0
    if (live && (byKeyboard || began.current)) onPress()
    began.current = false
  }
  return (
    <button
      type="button"
      className={`big-button big-${kind} ${className}`}
      aria-disabled={!live}
      aria-label={label}
      onPointerDown={() => {
        began.current = live
      }}
      onClick={handleClick}
      {...(digit !== undefined && { 'aria-keyshortcuts': digit })}
      {...(chosen && { 'data-chosen': true })}
      {...(asleep && { 'data-asleep': true })}
    >
      {icon}
      {children !== undefined && (
        <span className="big-button-words" lang={lang}>
          {children}
        </span>
      )}
      {digit !== undefined && (
        <kbd className="digit" aria-hidden>
          {digit}
        </kbd>
      )}
    </button>
  )
}
