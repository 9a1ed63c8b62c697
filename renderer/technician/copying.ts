import { createContext, useContext } from 'react'

/** Puts text on the clipboard and says so in the head of the window; `what` is the name of it in words. */
export type Copy = (text: string, what: string) => void

export const Copying = createContext<Copy>(() => {})

export function useCopy(): Copy {
  return useContext(Copying)
}
