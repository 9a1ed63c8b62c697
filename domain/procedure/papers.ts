/** Kinds of papers that are photographed. */
export const paperKinds = [
  'old-card-front',
  'old-card-back',
  'birth-certificate',
  'residence-confirmation',
  'civil-status-extract',
  'marriage-certificate',
  'guardianship',
  'loss-report',
  'application',
  'other',
] as const
export type PaperKind = (typeof paperKinds)[number]

/** Which papers a procedure offers, the usual ones first, from a day on (ISO date). Data: procedures change. */
export type PaperRule = {
  readonly procedure: 'exchange'
  readonly from: string
  /** Looked for on every dossier of the procedure. */
  readonly usual: readonly PaperKind[]
  readonly possible: readonly PaperKind[]
  readonly source: string
}

const rules: readonly PaperRule[] = [
  {
    procedure: 'exchange',
    from: '2024-07-01',
    usual: ['old-card-front', 'old-card-back'],
    possible: [
      'birth-certificate',
      'residence-confirmation',
      'civil-status-extract',
      'marriage-certificate',
      'guardianship',
      // A lost card is issued again (Luật Căn cước Đ24); no rule asks for a report, but who made one brings it along.
      'loss-report',
      'application',
      'other',
    ],
    source: 'Luật Căn cước 26/2023/QH15 Đ24; QĐ 5230/QĐ-BCA-C06',
  },
]

/** The papers of a procedure on a day. Days before the first rule get the first. */
export function papersOn(procedure: PaperRule['procedure'], day: string): PaperRule {
  const own = rules.filter((rule) => rule.procedure === procedure)
  const rule = own.filter(({ from }) => from <= day).at(-1) ?? own[0]
  if (!rule) throw new RangeError('no papers')
  return rule
}
