export { loadFont } from './font.ts'
export { a4, drawCardBack, drawCodeSlip, drawForm, idCard, inventedZone, writtenOnForm } from './papers.ts'
export { blurred, photograph, photographTable, tables, type Photograph, type Shot } from './photograph.ts'
export { blankSheet } from './sheet.ts'
