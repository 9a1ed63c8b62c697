import { detailFields, relateTexts, type DetailField, type PersonDetails, type TextRelation } from '../person/index.ts'
import type { Source } from './events.ts'
import type { DossierState } from './state.ts'

/** From the most to the least trusted. */
export const sourceOrder = ['chip', 'qr', 'declared'] as const satisfies readonly Source[]

export type ComparedValue = {
  readonly value: string
  /** against the proposed value */ readonly relation: TextRelation
}

/** One line of the comparison: what each source says, which value is proposed or chosen, and whether they differ. */
export type ComparedField = {
  readonly field: DetailField
  readonly values: Readonly<Partial<Record<Source, ComparedValue>>>
  readonly source?: Source
  readonly value?: string
  readonly differs: boolean
}

/** The sources side by side; every field of the card appears, also one that no source holds. */
export function compareSources(state: DossierState): readonly ComparedField[] {
  const details: Readonly<Record<Source, PersonDetails>> = {
    chip: state.chip?.details ?? {},
    qr: state.qr?.details ?? {},
    declared: state.declared,
  }
  return detailFields.map((field): ComparedField => {
    const present = sourceOrder.filter((source) => details[source][field] !== undefined)
    const wanted = state.chosen[field]
    const source = wanted !== undefined && present.includes(wanted) ? wanted : present[0]
    if (source === undefined) return { field, values: {}, differs: false }
    const value = details[source][field] ?? ''
    const values: Partial<Record<Source, ComparedValue>> = {}
    for (const each of present) {
      const own = details[each][field] ?? ''
      values[each] = { value: own, relation: relateTexts(own, value) }
    }
    const differs = Object.values(values).some(({ relation }) => relation !== 'same' && relation !== 'case')
    return { field, values, source, value, differs }
  })
}

/** The value of each field as proposed or chosen. */
export function proposedDetails(state: DossierState): PersonDetails {
  const details: Partial<Record<DetailField, string>> = {}
  for (const { field, value } of compareSources(state)) if (value !== undefined) details[field] = value
  return details
}
