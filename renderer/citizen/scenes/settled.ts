import { useEffect, useState } from 'react'

/** Nobody has read a question in less; the second tap of a double tap falls into it. Milliseconds. */
const settling = 450

/** False for a moment after `what` has changed, and at first. */
export function useSettled(what: string): boolean {
  const [settled, setSettled] = useState<string>()
  useEffect(() => {
    const timer = setTimeout(() => setSettled(what), settling)
    return () => clearTimeout(timer)
  }, [what])
  return settled === what
}
