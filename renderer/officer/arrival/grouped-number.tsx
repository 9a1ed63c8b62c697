import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react'
import { groupPersonalNumber } from '#domain/person/index.ts'
import { Field } from '../../ui/field.tsx'

export type GroupedNumberProps = {
  readonly label: ReactNode
  /** Up to twelve digits, ungrouped. */
  readonly digits: string
  readonly onDigits: (digits: string) => void
  /** Returns true when the text as typed was no number and is dealt with. */
  readonly onOther?: (text: string) => boolean
  readonly onBlur?: () => void
  readonly onEnter?: () => boolean
  readonly note?: ReactNode
  readonly error?: ReactNode
  readonly className?: string
  /** Takes the focus when it appears. */
  readonly focused?: boolean
}

/** A personal number, grouped while it is typed. */
export function GroupedNumber({ digits, onDigits, onOther, focused = false, ...field }: GroupedNumberProps) {
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const caret = useRef<number>(undefined)

  // Grouping moves the letters; the caret stays behind the same digit.
  useLayoutEffect(() => {
    if (caret.current === undefined) return
    const at = groupPersonalNumber(digits.slice(0, caret.current)).length
    input.current?.setSelectionRange(at, at)
    caret.current = undefined
  }, [digits])
  useEffect(() => {
    if (focused) input.current?.focus()
  }, [focused])

  const change = (text: string) => {
    if (onOther?.(text)) return
    caret.current = text.slice(0, input.current?.selectionStart ?? text.length).replace(/\D/gu, '').length
    onDigits(text.replace(/\D/gu, '').slice(0, 12))
  }
  return (
    <Field
      {...field}
      value={groupPersonalNumber(digits)}
      onChange={change}
      inputRef={input}
      inputMode="numeric"
      placeholder="000 000 000 000"
    />
  )
}
