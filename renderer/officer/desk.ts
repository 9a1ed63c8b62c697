import type { EventData, OfficerView, StationView, Surroundings } from '#contract/index.ts'
import { connect } from '../state/connect.ts'
import { latest, mirror } from '../state/mirror.ts'

export const desk = connect<'officer'>()

export const station = mirror<StationView>(() => desk.call.station({}), desk.on.stationChanged)
export const surroundings = mirror<Surroundings>(() => desk.call.surroundings({}), desk.on.surroundingsChanged)
export const dossier = mirror<OfficerView | null>(() => desk.call.currentDossier({}), desk.on.dossierChanged)
export const chipProgress = latest<EventData<'chipProgress'>>(desk.on.chipProgress)
export const fingerPreview = latest<EventData<'fingerPreview'>>(desk.on.fingerPreview)

// While the station is locked there is no dossier to be told of.
let phase: StationView['phase'] | undefined
station.subscribe(({ value }) => {
  const opened = value?.phase === 'open' && phase !== undefined && phase !== 'open'
  phase = value?.phase
  if (opened) void dossier.fetch()
})
