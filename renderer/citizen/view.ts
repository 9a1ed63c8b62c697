import { createContext, useContext } from 'react'
import type { CitizenView, StationView } from '#contract/index.ts'
import { usualViewing, type Viewing } from '#domain/enrolment/index.ts'
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

export type ViewingChoice = {
  readonly viewing: Viewing
  /** Shown at once, kept in the dossier by main; taken back when main refuses it. */
  readonly choose: (change: Partial<Viewing>) => void
}

export const ViewingContext = createContext<ViewingChoice>({ viewing: usualViewing, choose: () => {} })

/** How this screen speaks to the person before it: language, size, contrast, hand, sound, scanning. */
export function useViewing(): ViewingChoice {
  return useContext(ViewingContext)
}
