import type { Result } from '#domain/failure/index.ts'
import { useCallback, useEffect, useState } from 'react'

export type Owned<T> = {
  readonly value: T | undefined
  /** The first one could not be had; `ask` asks again. */
  readonly failed: boolean
  readonly ask: () => void
}

/** Something main owns, in one component: the first answer, then every event. Both functions must stay the same. */
export function useOwned<T>(
  fetch: () => Promise<Result<T>>,
  listen: (listener: (value: T) => void) => () => void,
): Owned<T> {
  const [value, setValue] = useState<T>()
  const [failed, setFailed] = useState(false)
  const ask = useCallback(() => {
    setFailed(false)
    void fetch().then((result) => {
      // An event that overtook the answer is newer.
      if (result.ok) setValue((known) => known ?? result.value)
      else setFailed(true)
    })
  }, [fetch])
  useEffect(() => {
    const stop = listen((next) => {
      setFailed(false)
      setValue(next)
    })
    ask()
    return stop
  }, [ask, listen])
  return { value, failed, ask }
}
