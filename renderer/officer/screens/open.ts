import { create } from 'zustand'

/** The dialog of the screens or of the languages that is open over everything else. */
export const opened = create<{ readonly dialog: 'screens' | 'studio' | undefined }>(() => ({ dialog: undefined }))

export function openDialog(dialog: 'screens' | 'studio'): void {
  opened.setState({ dialog })
}

export function closeDialog(): void {
  opened.setState({ dialog: undefined })
}
