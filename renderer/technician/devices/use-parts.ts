import { useEffect, useState } from 'react'
import type { Parts } from '#contract/index.ts'
import { desk } from '../desk.ts'

/** Milliseconds after which printers are asked for again: nobody tells when one was switched on. */
const interval = 10_000

/** Displays, printers, TPM and keystore as they are now; undefined until they are known. */
export function useParts(): Parts | undefined {
  const [parts, setParts] = useState<Parts>()
  useEffect(() => {
    let shown = true
    const ask = () => void desk.call.parts({}).then((result) => shown && result.ok && setParts(result.value))
    ask()
    const timer = setInterval(ask, interval)
    const stop = desk.on.partsChanged(setParts)
    return () => {
      shown = false
      clearInterval(timer)
      stop()
    }
  }, [])
  return parts
}
