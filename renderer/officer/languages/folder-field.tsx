import { useEffect } from 'react'
import { Field } from '../../ui/field.tsx'

const remembered = 'pack-folder'

/** For the next export or import on this computer. */
export function rememberFolder(folder: string): void {
  localStorage.setItem(remembered, folder)
}

type FolderFieldProps = {
  readonly label: string
  readonly note: string
  readonly noteTone?: 'quiet' | 'doubt'
  /** Undefined until the remembered folder stands there. */
  readonly value: string | undefined
  readonly onChange: (folder: string) => void
  readonly onEnter: () => void
}

/** Path of a folder on a USB stick, remembered from the last time. */
export function FolderField({ label, note, noteTone = 'quiet', value, onChange, onEnter }: FolderFieldProps) {
  useEffect(() => {
    if (value === undefined) onChange(localStorage.getItem(remembered) ?? '')
  }, [value, onChange])
  return (
    <Field
      label={label}
      value={value ?? ''}
      onChange={onChange}
      placeholder="/media/usb"
      note={note}
      noteTone={noteTone}
      maxLength={1024}
      onEnter={() => {
        onEnter()
        return true
      }}
    />
  )
}
