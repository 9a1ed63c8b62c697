import { Fingerprint } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { OfficerPrint } from '#contract/index.ts'
import { Button } from '../../ui/button.tsx'
import { desk } from '../desk.ts'

/** The reader waits for an officer's finger. */
export function OfficerWaiting({
  words,
  onStop,
  children,
}: {
  readonly words: string
  readonly onStop: () => void
  readonly children: string
}) {
  return (
    <div className="officer-waiting" role="status">
      <Fingerprint className="officer-waiting-sign" size={32} strokeWidth={1.5} aria-hidden />
      <p>{words}</p>
      <Button keys="Escape" onPress={onStop}>
        {children}
      </Button>
    </div>
  )
}

/** Stops the taking of an officer's finger; also when the screen goes while one is awaited. */
export function useStop(waiting: boolean): () => void {
  const awaited = useRef(waiting)
  useEffect(() => {
    awaited.current = waiting
  })
  useEffect(
    () => () => {
      if (awaited.current) void desk.call.stopOfficerCapture({})
    },
    [],
  )
  return useCallback(() => void desk.call.stopOfficerCapture({}), [])
}

/** The officers with a print on file; `load` asks again. */
export function useOfficers() {
  const [officers, setOfficers] = useState<readonly OfficerPrint[]>()
  const [failed, setFailed] = useState(false)
  const load = useCallback(() => {
    void desk.call.listOfficers({}).then((result) => {
      setFailed(!result.ok)
      if (result.ok) setOfficers(result.value)
    })
  }, [])
  useEffect(load, [load])
  return { officers, failed, load }
}
