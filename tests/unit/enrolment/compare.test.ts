import {
  compareSources,
  emptyState,
  foldEvents,
  proposedDetails,
  type DossierEvent,
  type DossierState,
} from '#domain/enrolment/index.ts'
import { detailFields, type DetailField } from '#domain/person/index.ts'
import { describe, expect, it } from 'vitest'
import { opened, person, samples } from './dossiers.ts'

const line = (state: DossierState, field: DetailField) => compareSources(state).find((each) => each.field === field)
const chip = (details: Partial<typeof person>): DossierEvent[] => [
  samples.chipReadStarted,
  { ...samples.chipRead, details },
]
const qr = (details: Partial<typeof person>): DossierEvent => ({ type: 'qrScanned', qr: { details, more: [] } })
const declared = (field: DetailField, value: string): DossierEvent => ({ type: 'declared', field, value })

describe('the sources side by side', () => {
  it('show every field of the card in its order, also those that no source holds', () => {
    const lines = compareSources(emptyState)
    expect(lines.map(({ field }) => field)).toEqual(detailFields)
    expect(lines.every(({ value, differs }) => value === undefined && !differs)).toBe(true)
    expect(proposedDetails(emptyState)).toEqual({})
  })

  it('propose the chip before the QR code before what was declared', () => {
    const all = [
      opened,
      ...chip({ fullName: 'Lò Thị Mẫu' }),
      qr({ fullName: 'Lo Thi Mau', residence: 'Bản Mẫu' }),
      declared('fullName', 'Lò Mẫu'),
      declared('residence', 'Mẫu'),
      declared('religion', 'Không'),
    ]
    expect(proposedDetails(foldEvents(all))).toEqual({
      fullName: 'Lò Thị Mẫu',
      residence: 'Bản Mẫu',
      religion: 'Không',
    })
  })

  it('say how each differs from the proposal', () => {
    const state = foldEvents([
      opened,
      ...chip({ fullName: 'Lò Thị Hoà' }),
      qr({ fullName: 'LÒ THỊ HOÀ' }),
      declared('fullName', 'Lò Thị Hòa'),
    ])
    expect(line(state, 'fullName')).toEqual({
      field: 'fullName',
      values: {
        chip: { value: 'Lò Thị Hoà', relation: 'same' },
        qr: { value: 'LÒ THỊ HOÀ', relation: 'case' },
        declared: { value: 'Lò Thị Hòa', relation: 'tone-placement' },
      },
      source: 'chip',
      value: 'Lò Thị Hoà',
      differs: true,
    })
  })

  it('do not differ by capital letters alone', () => {
    const state = foldEvents([opened, ...chip({ fullName: 'Lò Thị Mẫu' }), qr({ fullName: 'LÒ THỊ MẪU' })])
    expect(line(state, 'fullName')?.differs).toBe(false)
  })

  it('follow the officer’s choice, and measure the others against it', () => {
    const state = foldEvents([
      opened,
      ...chip({ origin: 'Thom Mòn' }),
      declared('origin', 'Thôm Mòn'),
      { type: 'chosen', field: 'origin', source: 'declared' },
    ])
    expect(line(state, 'origin')).toMatchObject({
      source: 'declared',
      value: 'Thôm Mòn',
      values: { chip: { relation: 'diacritics' }, declared: { relation: 'same' } },
    })
  })

  it('fall back to the order of trust when the chosen source holds nothing', () => {
    const state = foldEvents([
      opened,
      ...chip({ origin: 'Thôm Mòn' }),
      { type: 'chosen', field: 'origin', source: 'qr' },
    ])
    expect(line(state, 'origin')).toMatchObject({ source: 'chip', value: 'Thôm Mòn' })
  })
})
