import type { CitizenView, StationView } from '#contract/index.ts'
import { useCallback, useEffect, useState } from 'react'
import { connect } from '../state/connect.ts'

export const desk = connect<'citizen'>()

/** The last view main sent. `failed` when the first one could not be had; `ask` asks again. */
export function useCitizenView(): {
  readonly view: CitizenView | undefined
  readonly failed: boolean
  readonly ask: () => void
} {
  const [view, setView] = useState<CitizenView>()
  const [failed, setFailed] = useState(false)
  const ask = useCallback(() => {
    setFailed(false)
    void desk.call.citizenView({}).then((result) => {
      if (result.ok) setView((known) => known ?? result.value)
      else setFailed(true)
    })
  }, [])
  useEffect(() => {
    const stop = desk.on.citizenChanged((next) => {
      setFailed(false)
      setView(next)
    })
    ask()
    return stop
  }, [ask])
  return { view, failed, ask }
}

export function useStation(): StationView | undefined {
  const [station, setStation] = useState<StationView>()
  useEffect(() => {
    const stop = desk.on.stationChanged(setStation)
    void desk.call.station({}).then((result) => {
      if (result.ok) setStation((known) => known ?? result.value)
    })
    return stop
  }, [])
  return station
}
