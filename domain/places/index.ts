export { placeCandidates, type PlaceCandidates } from './place-candidates.ts'
export { readPlaceTable, type PlaceTable } from './place-table.ts'
