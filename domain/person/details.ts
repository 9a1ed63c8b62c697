/** The details of a person that go on the card, in the order in which they are asked and shown. */
export const detailFields = [
  'fullName',
  'personalNumber',
  'birthDate',
  'sex',
  'nationality',
  'ethnicity',
  'religion',
  'origin',
  'residence',
] as const

export type DetailField = (typeof detailFields)[number]

/**
 * Details as text, NFC. Birth dates are `dd/MM/yyyy`, `MM/yyyy` or `yyyy`; sex is `Nam` or `Nữ`;
 * the personal number is ungrouped. A field that a source does not hold is absent, never empty.
 */
export type PersonDetails = Readonly<Partial<Record<DetailField, string>>>
