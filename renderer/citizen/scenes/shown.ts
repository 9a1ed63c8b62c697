import { useCallback, useEffect, useState } from 'react'
import type { CallInput } from '#contract/index.ts'
import { desk } from '../view.ts'

type Showing = CallInput<'reportShown'>

export type Shown = {
  /** Main has it on record that exactly this is on the screen: only then may it be answered. */
  readonly recorded: boolean
  /** Main could not record it. */
  readonly failed: boolean
  readonly tryAgain: () => void
}

/**
 * Tells main what the person before the screen sees, two frames after it is there: then it is painted. `whole`: nothing
 * of it is still hidden. Whenever the words or the language change, it is told anew.
 */
export function useShown(showing: Showing, whole: boolean): Shown {
  const { heard, ...seen } = showing
  const what = JSON.stringify(seen)
  const [recorded, setRecorded] = useState<string>()
  const [failed, setFailed] = useState<string>()
  const [tries, setTries] = useState(0)
  useEffect(() => {
    if (!whole) return
    let shown = true
    const report = async () => {
      const result = await desk.call.reportShown({ ...(JSON.parse(what) as Omit<Showing, 'heard'>), heard })
      if (!shown) return
      if (result.ok) setRecorded(what)
      setFailed(result.ok ? undefined : what)
    }
    const stop = afterTwoFrames(() => void report())
    return () => {
      shown = false
      stop()
    }
  }, [what, heard, whole, tries])
  const tryAgain = useCallback(() => {
    setFailed(undefined)
    setTries((before) => before + 1)
  }, [])
  return { recorded: recorded === what, failed: failed === what, tryAgain }
}

/** A window that is not painted has no frames: nothing is told then. */
function afterTwoFrames(act: () => void): () => void {
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(act)
  })
  return () => cancelAnimationFrame(frame)
}
