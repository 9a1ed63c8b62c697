export { placeCandidates, type PlaceCandidates } from './place-candidates.ts'
export { readPlaceTable, readPlaceTableInSlices, type PlaceTable } from './place-table.ts'
