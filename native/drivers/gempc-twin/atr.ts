import { AppError } from '#domain/failure/index.ts'

/** What an answer to reset says (ISO/IEC 7816-3 8). */
export type Atr = {
  /** The first protocol offered. */
  readonly protocol: 0 | 1
  /** TA1: Fi and Di; 0x11 when absent. */
  readonly speed: number
  /** TA2 present: the card fixes protocol and speed, and there is nothing to negotiate. */
  readonly fixed: boolean
  readonly extraGuardTime: number
  readonly waitingInteger: number
  /** T=1: largest information field of the card. */
  readonly ifsc: number
  /** T=1: BWI in the upper, CWI in the lower half. */
  readonly waitingIntegers: number
  readonly inverse: boolean
  readonly crc: boolean
}

/** Parses an answer to reset; one that breaks off: CARD_MUTE, as if nothing usable had come. */
export function parseAtr(bytes: Uint8Array): Atr {
  const broken = () => new AppError('CARD_MUTE', 'gempc-twin.atr', { context: { bytes: bytes.length } })
  const [ts, t0] = bytes
  if ((ts !== 0x3b && ts !== 0x3f) || t0 === undefined || bytes.length > 33) throw broken()
  let atr: Atr = {
    protocol: 0,
    speed: 0x11,
    fixed: false,
    extraGuardTime: 0,
    waitingInteger: 10,
    ifsc: 32,
    waitingIntegers: 0x4d,
    inverse: ts === 0x3f,
    crc: false,
  }
  let at = 2
  let present = t0 >> 4
  let protocol = 0
  let t1Seen = false
  for (let group = 1; present !== 0 && group < 8; group++) {
    const take = (bit: number) => {
      if ((present & bit) === 0) return undefined
      const byte = bytes[at++]
      if (byte === undefined) throw broken()
      return byte
    }
    const [ta, tb, tc, td] = [take(1), take(2), take(4), take(8)]
    if (group === 1) atr = { ...atr, speed: ta ?? 0x11, extraGuardTime: tc ?? 0 }
    else if (group === 2) atr = { ...atr, fixed: ta !== undefined, waitingInteger: tc ?? 10 }
    else if (protocol === 1 && !t1Seen) {
      t1Seen = true
      atr = {
        ...atr,
        ifsc: ta !== undefined && ta >= 1 && ta <= 254 ? ta : 32,
        waitingIntegers: tb ?? 0x4d,
        crc: ((tc ?? 0) & 1) === 1,
      }
    }
    if (td === undefined) break
    protocol = td & 0x0f
    if (group === 1) atr = { ...atr, protocol: protocol === 1 ? 1 : 0 }
    present = td >> 4
  }
  return atr
}

const clockHz = 4_000_000
const fi = [372, 372, 558, 744, 1116, 1488, 1860, 0, 0, 512, 768, 1024, 1536, 2048, 0, 0]
const di = [0, 1, 2, 4, 8, 16, 32, 64, 12, 20, 0, 0, 0, 0, 0, 0]

/** Bits per second of a TA1 value at the reader's 4 MHz; 0 for reserved values. */
export function bitRate(speed: number): number {
  const f = fi[speed >> 4] ?? 0
  return f === 0 ? 0 : (clockHz * (di[speed & 0x0f] ?? 0)) / f
}

/** Block waiting time of T=1 in milliseconds (ISO/IEC 7816-3 11.4.3). */
export function blockWaitingMs(atr: Atr): number {
  const integer = Math.min(atr.waitingIntegers >> 4, 9)
  return ((2 ** integer * 960 * 372) / clockHz) * 1000
}
