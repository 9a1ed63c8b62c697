/**
 * Where a bar code scanner puts what into its scanned-data report, as data: another scanner is another map.
 * Usage page 8C, HID Point of Sale Usage Tables 1.02; node-hid does not give the report descriptor.
 */
export type ReportMap = {
  readonly model: string
  /** Bytes of the whole report, the report id included. */
  readonly length: number
  /** Report id of the scanned-data report; reports with another one (status, trigger) are passed over. */
  readonly id: number
  /** Where the count of valid data bytes stands; without one the data end at the first 00 of the padding. */
  readonly count?: { readonly at: number }
  /** The AIM symbology identifier, three characters beginning with `]`, or zeros. */
  readonly symbology: { readonly at: number }
  readonly data: { readonly at: number; readonly room: number }
  /** Decode Data Continued: this code goes on in the next report. The other bits are zero. */
  readonly more: { readonly at: number; readonly mask: number }
}

export const reportMaps = {
  /** 64 bytes with a count: Honeywell and Intermec in HID POS mode, Access-IS LSR110/116/118 and ATR110. */
  counted: {
    model: 'HID POS scanner, 64-byte reports',
    length: 64,
    id: 0x02,
    count: { at: 1 },
    symbology: { at: 2 },
    data: { at: 5, room: 56 },
    more: { at: 63, mask: 0x01 },
  },
  /** The scanned-data report without a count, as the usage tables alone would have it. */
  plain: {
    model: 'HID POS scanner, 61-byte reports',
    length: 61,
    id: 0x02,
    symbology: { at: 1 },
    data: { at: 4, room: 56 },
    more: { at: 60, mask: 0x01 },
  },
} as const satisfies Record<string, ReportMap>

export type ReportMapName = keyof typeof reportMaps
