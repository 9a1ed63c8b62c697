/** How codes follow each other on a serial line, as data. Bytes. */
export type LineLayout = {
  readonly model: string
  /** Each ends a code. */
  readonly ends: readonly number[]
  /** A code begins here, and what came before it is no part of one. */
  readonly begins?: number
  /** Silence ends a code, too. */
  readonly gap: boolean
  /** A whole frame around the three lines of a machine readable zone. */
  readonly frame?: 'rte6701'
}

export const controls = { soh: 0x01, stx: 0x02, etx: 0x03, tab: 0x09, lf: 0x0a, cr: 0x0d } as const
const { stx, etx, tab, lf, cr } = controls

export const lineLayouts = {
  /** Whatever comes: any of the usual ends, and silence as the last resort. */
  any: { model: 'Serial code scanner', ends: [cr, lf, tab, etx], begins: stx, gap: true },
  cr: { model: 'Serial code scanner, CR', ends: [cr], gap: false },
  lf: { model: 'Serial code scanner, LF', ends: [lf], gap: false },
  crlf: { model: 'Serial code scanner, CR LF', ends: [cr, lf], gap: false },
  tab: { model: 'Serial code scanner, TAB', ends: [tab], gap: false },
  'stx-etx': { model: 'Serial code scanner, STX ETX', ends: [etx], begins: stx, gap: false },
  gap: { model: 'Serial code scanner, silence', ends: [], gap: true },
  /** 3M RTE6701 swipe reader, RTE Native. */
  rte6701: { model: '3M RTE6701 swipe reader', ends: [], gap: false, frame: 'rte6701' },
} as const satisfies Record<string, LineLayout>

export type LineLayoutName = keyof typeof lineLayouts
