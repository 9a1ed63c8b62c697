import { AppError } from '#domain/failure/index.ts'
import { decodeCommand, splitResponse } from '#native/chip/apdu.ts'
import { concat } from '#native/chip/tlv.ts'

const mostPieces = 300

/**
 * One APDU over T=0 (ISO/IEC 7816-3 12.2): `transfer` sends one TPDU and returns data and status word.
 * 61xx is followed by GET RESPONSE, 6Cxx by the same command with the right length. Extended length: DEVICE_REFUSED.
 */
export async function exchangeT0(
  apdu: Uint8Array,
  transfer: (tpdu: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const command = decodeCommand(apdu)
  const data = command?.data ?? new Uint8Array()
  if (!command || data.length > 255 || (command.le ?? 0) > 256) {
    throw new AppError('DEVICE_REFUSED', 'gempc-twin.t0', { context: { what: 'extended-length' } })
  }
  const header = [command.cla, command.ins, command.p1, command.p2]
  const le = command.le
  const first = data.length > 0 ? [...header, data.length, ...data] : [...header, (le ?? 0) & 0xff]
  const getResponse = (length: number) => Uint8Array.of(command.cla & 0x03, 0xc0, 0x00, 0x00, length & 0xff)

  let tpdu = Uint8Array.from(first)
  const parts: Uint8Array[] = []
  for (let piece = 0; piece < mostPieces; piece++) {
    const { data: part, sw } = splitResponse(await transfer(tpdu))
    parts.push(part)
    if (sw >> 8 === 0x61) {
      tpdu = getResponse(sw & 0xff)
    } else if (sw >> 8 === 0x6c && (data.length === 0 || piece > 0)) {
      tpdu = Uint8Array.of(...tpdu.subarray(0, 4), sw & 0xff)
    } else if (sw === 0x9000 && piece === 0 && data.length > 0 && le !== undefined) {
      tpdu = getResponse(le)
    } else {
      return concat(...parts, Uint8Array.of(sw >> 8, sw & 0xff))
    }
  }
  throw new AppError('DEVICE_GARBLED', 'gempc-twin.t0', { context: { what: 'pieces' } })
}
