import type { KeyboardEvent, ReactNode, Ref } from 'react'
import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components'

export type FieldProps = {
  readonly label: ReactNode
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onBlur?: () => void
  /** Enter in the field; return true when it was used up, false to let it press the screen's own act. */
  readonly onEnter?: () => boolean
  readonly note?: ReactNode
  readonly noteTone?: 'quiet' | 'good' | 'doubt' | 'danger'
  readonly error?: ReactNode
  readonly type?: 'text' | 'password'
  readonly rows?: number
  readonly placeholder?: string
  readonly className?: string
  readonly inputMode?: 'numeric' | 'text'
  readonly autoFocus?: boolean
  readonly isDisabled?: boolean
  readonly maxLength?: number
  readonly inputRef?: Ref<HTMLInputElement & HTMLTextAreaElement>
  readonly list?: string
}

/** One line or several of text, with its label, a remark and an error below. */
export function Field(props: FieldProps) {
  const { label, value, onChange, onEnter, note, noteTone = 'quiet', error, rows, className = '' } = props
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.repeat || event.shiftKey) return
    if (onEnter?.()) {
      event.preventDefault()
      event.stopPropagation()
    }
  }
  const input = {
    className: 'field-input',
    onKeyDown: handleKey,
    spellCheck: false,
    autoComplete: 'off',
    ...(props.placeholder !== undefined && { placeholder: props.placeholder }),
    ...(props.inputRef !== undefined && { ref: props.inputRef }),
  }
  return (
    <TextField
      className={`field ${className}`}
      value={value}
      onChange={onChange}
      onBlur={() => props.onBlur?.()}
      type={props.type ?? 'text'}
      isInvalid={error !== undefined}
      isDisabled={props.isDisabled ?? false}
      autoFocus={props.autoFocus ?? false}
      {...(props.inputMode !== undefined && { inputMode: props.inputMode })}
      {...(props.maxLength !== undefined && { maxLength: props.maxLength })}
    >
      <Label className="field-label">{label}</Label>
      {rows === undefined ? (
        <Input {...input} {...(props.list !== undefined && { list: props.list })} />
      ) : (
        <TextArea {...input} rows={rows} />
      )}
      {note !== undefined && (
        <Text slot="description" className={`field-note field-note-${noteTone}`}>
          {note}
        </Text>
      )}
      <FieldError className="field-note field-note-danger">{error}</FieldError>
    </TextField>
  )
}
