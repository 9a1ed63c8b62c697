import type { Failure, Result } from '#domain/failure/index.ts'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

export type Act = {
  readonly busy: boolean
  readonly failure: Failure | undefined
  /** Runs the call unless the last one is still under way; true when it succeeded. */
  readonly run: <T>(call: () => Promise<Result<T>>) => Promise<boolean>
  readonly clear: () => void
}

/** One act of a screen: never twice at once, its failure kept until the next try. */
export function useAct(): Act {
  const running = useRef(false)
  const shown = useRef(true)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  useEffect(() => {
    shown.current = true
    return () => {
      shown.current = false
    }
  }, [])
  const run = useCallback(async <T>(call: () => Promise<Result<T>>) => {
    if (running.current) return false
    running.current = true
    setBusy(true)
    setFailure(undefined)
    const result = await call()
    running.current = false
    if (!shown.current) return result.ok
    setBusy(false)
    if (!result.ok) setFailure(result.error)
    return result.ok
  }, [])
  const clear = useCallback(() => setFailure(undefined), [])
  return useMemo(() => ({ busy, failure, run, clear }), [busy, failure, run, clear])
}
