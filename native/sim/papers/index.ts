export { drawCardBack, drawCodeSlip, drawForm, inventedZone, writtenOnForm } from './papers.ts'
export { photograph, photographTable, tables, type Photograph } from './photograph.ts'
