import type { CitizenView, StationView } from '#contract/index.ts'
import { connect } from '../state/connect.ts'
import { useOwned, type Owned } from '../state/owned.ts'

export const desk = connect<'citizen'>()

const askView = () => desk.call.citizenView({})
const askStation = () => desk.call.station({})

/** The last view main sent. */
export function useCitizenView(): Owned<CitizenView> {
  return useOwned(askView, desk.on.citizenChanged)
}

export function useStation(): StationView | undefined {
  return useOwned(askStation, desk.on.stationChanged).value
}
