import { encodeTlv } from '#native/chip/tlv.ts'

/** Habits of real chips that a reading program must cope with. */
export type ChipQuirks = {
  /** SELECT MF answers 6D00. */
  readonly noMasterFile?: boolean
  /** READ BINARY for more than this many bytes answers 6700. */
  readonly maxReadLength?: number
  /** Answers that 6700 without protection, which ends the session. */
  readonly bareErrors?: boolean
  /** Commands in extended length answer 6700. */
  readonly noExtendedLength?: boolean
  /** Reading by short file id answers 6A86. */
  readonly noShortIds?: boolean
  /** The answer to reset says that the chip knows extended length. */
  readonly extendedLength?: boolean
  /** Longest response in bytes; EF.ATR/INFO says so, and the answer to reset points there. Implies `extendedLength`. */
  readonly longestResponse?: number
  /** This many wrong passwords in PACE block it: 63Cx counts down. Without, it never blocks. */
  readonly paceAttempts?: number
  /** DG3 is refused without protection, which ends the session. */
  readonly bareRefusals?: boolean
  /** The files were copied to another chip, which does not have the secrets behind DG14 and DG15. */
  readonly copied?: boolean
}

/** TA1 18 (129 kbit/s at 4 MHz), T=1 with IFSC 254, BWI 4, CWI 5, historical bytes that name nobody. */
export function answerToReset(quirks: ChipQuirks): Uint8Array {
  const extended = quirks.extendedLength || quirks.longestResponse !== undefined
  // Card capabilities: short ids, one logical channel, extended length, and where its limits stand.
  const capabilities = [0x80, 0x73, 0xc0, 0x01, quirks.longestResponse === undefined ? 0x40 : 0x60]
  const historical = extended ? capabilities : [...Buffer.from('SIM-CHIP', 'latin1')]
  return withCheck([0x3b, 0x90 | historical.length, 0x18, 0x81, 0x31, 0xfe, 0x45, ...historical])
}

/** EF.ATR/INFO with the extended length information of ISO/IEC 7816-4 12.7.1. */
export function limitsFile({ longestResponse }: ChipQuirks): Uint8Array | undefined {
  if (longestResponse === undefined) return undefined
  const number = (value: number) => encodeTlv(0x02, Uint8Array.of(value >> 8, value & 0xff))
  return encodeTlv(0x7f66, number(1024), number(longestResponse))
}

/** TCK: the exclusive or of everything after TS. */
function withCheck(atr: readonly number[]): Uint8Array {
  return Uint8Array.from([...atr, atr.slice(1).reduce((sum, byte) => sum ^ byte, 0)])
}
