/** Elementary files of the eMRTD application (ICAO 9303-10 table 30): file id, short id, tag. */
export const ldsFiles = {
  COM: { fid: 0x011e, sfi: 0x1e, tag: 0x60 },
  DG1: { fid: 0x0101, sfi: 0x01, tag: 0x61 },
  DG2: { fid: 0x0102, sfi: 0x02, tag: 0x75 },
  DG3: { fid: 0x0103, sfi: 0x03, tag: 0x63 },
  DG11: { fid: 0x010b, sfi: 0x0b, tag: 0x6b },
  DG12: { fid: 0x010c, sfi: 0x0c, tag: 0x6c },
  DG13: { fid: 0x010d, sfi: 0x0d, tag: 0x6d },
  DG14: { fid: 0x010e, sfi: 0x0e, tag: 0x6e },
  DG15: { fid: 0x010f, sfi: 0x0f, tag: 0x6f },
  SOD: { fid: 0x011d, sfi: 0x1d, tag: 0x77 },
} as const satisfies Record<string, { readonly fid: number; readonly sfi: number; readonly tag: number }>

export type LdsFile = keyof typeof ldsFiles

/** The eMRTD application (ICAO 9303-10 3.1). */
export const lds1Aid = Uint8Array.of(0xa0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01)
