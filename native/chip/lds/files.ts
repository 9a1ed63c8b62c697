/** Elementary files of the eMRTD application (ICAO 9303-10 table 30): file id, short id, tag. */
export const ldsFiles = {
  COM: { fid: 0x011e, sfi: 0x1e, tag: 0x60 },
  DG1: { fid: 0x0101, sfi: 0x01, tag: 0x61 },
  DG2: { fid: 0x0102, sfi: 0x02, tag: 0x75 },
  DG3: { fid: 0x0103, sfi: 0x03, tag: 0x63 },
  DG4: { fid: 0x0104, sfi: 0x04, tag: 0x76 },
  DG5: { fid: 0x0105, sfi: 0x05, tag: 0x65 },
  DG6: { fid: 0x0106, sfi: 0x06, tag: 0x66 },
  DG7: { fid: 0x0107, sfi: 0x07, tag: 0x67 },
  DG8: { fid: 0x0108, sfi: 0x08, tag: 0x68 },
  DG9: { fid: 0x0109, sfi: 0x09, tag: 0x69 },
  DG10: { fid: 0x010a, sfi: 0x0a, tag: 0x6a },
  DG11: { fid: 0x010b, sfi: 0x0b, tag: 0x6b },
  DG12: { fid: 0x010c, sfi: 0x0c, tag: 0x6c },
  DG13: { fid: 0x010d, sfi: 0x0d, tag: 0x6d },
  DG14: { fid: 0x010e, sfi: 0x0e, tag: 0x6e },
  DG15: { fid: 0x010f, sfi: 0x0f, tag: 0x6f },
  DG16: { fid: 0x0110, sfi: 0x10, tag: 0x70 },
  SOD: { fid: 0x011d, sfi: 0x1d, tag: 0x77 },
} as const satisfies Record<string, { readonly fid: number; readonly sfi: number; readonly tag: number }>

export type LdsFile = keyof typeof ldsFiles

/** `DG` and a number, for the numbers there are. */
export function groupName(number: number): LdsFile | undefined {
  const name = `DG${number}`
  return Object.hasOwn(ldsFiles, name) ? (name as LdsFile) : undefined
}

/** The eMRTD application (ICAO 9303-10 3.1). */
export const lds1Aid = Uint8Array.of(0xa0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01)
