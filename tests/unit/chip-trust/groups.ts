import { encodeTlv } from '#native/chip/tlv.ts'

/** Data groups of an invented card: DG1 of a Vietnamese document, and two that only have to be hashed. */
export const groups = {
  DG1: dg1('VNM'),
  DG2: encodeTlv(0x75, Buffer.from('an invented portrait')),
  DG13: encodeTlv(0x6d, Buffer.from('Lò Thị Mẫu')),
}

export function dg1(state: string): Uint8Array {
  const lines = [
    `ID${state}1900001235014190000123<<6`,
    '9001018F3001017VNM<<<<<<<<<<<8',
    'LO<<THI<MAU<<<<<<<<<<<<<<<<<<<',
  ]
  return encodeTlv(0x61, encodeTlv(0x5f1f, Buffer.from(lines.join(''), 'latin1')))
}

export const now = new Date('2026-11-21T00:00:00Z')
export const signingTime = new Date('2024-07-01T00:00:00Z')
