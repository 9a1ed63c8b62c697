import { randomBytes, timingSafeEqual } from 'node:crypto'
import { decodeCommand, type Command } from '#native/chip/apdu.ts'
import { bacSeed, sessionOf, tripleDesKeys, type KeyPair } from '#native/chip/bac.ts'
import { ldsFiles, lds1Aid, type LdsFile } from '#native/chip/lds/files.ts'
import { concat, encodeTlv, readAll } from '#native/chip/tlv.ts'
import { decrypt3Des, encrypt3Des, retailMac } from '#native/chip/triple-des.ts'
import { bacInputs, parseMrz } from '#domain/person/mrz.ts'
import { CardMessaging } from './card-messaging.ts'
import type { ChipImage } from './personalise.ts'

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
}

/** Rough processing times in milliseconds: a fixed cost, per protected command, per 8 bytes ciphered, for BAC. */
export type ChipTiming = {
  readonly command: number
  readonly protection: number
  readonly block: number
  readonly access: number
}

const plausibleTiming: ChipTiming = { command: 1.2, protection: 2.5, block: 0.06, access: 35 }

export type SimulatedChip = {
  /** Answer to reset: T=1, 129 kbit/s, IFSC 254. */
  readonly atr: Uint8Array
  /** Power on, warm reset, or loss of power: everything but the files is forgotten. */
  reset(): void
  /** Runs one command APDU. `ms` is the time a real chip would have taken. */
  process(apdu: Uint8Array): { readonly response: Uint8Array; readonly ms: number }
  /** The next protected response leaves with a wrong MAC, or one byte short. */
  spoil(how: 'wrong-mac' | 'wrong-length'): void
  readonly image: ChipImage
}

type Reply = { readonly data?: Uint8Array; readonly sw: number }

const ok: Reply = { sw: 0x9000 }

/** A chip with BAC, triple-DES secure messaging and the files of `image`. Knows nothing of readers and lines. */
export function simulatedChip(
  image: ChipImage,
  options: { readonly quirks?: ChipQuirks; readonly timing?: ChipTiming } = {},
): SimulatedChip {
  const quirks = options.quirks ?? {}
  const timing = options.timing ?? plausibleTiming
  const accessKeys: KeyPair = tripleDesKeys(bacSeed(bacInputs(parseMrz(image.mrz.join('')))))
  const byName = Object.entries(ldsFiles) as [LdsFile, (typeof ldsFiles)[LdsFile]][]

  let application = false
  let challenge: Uint8Array | undefined
  let messaging: CardMessaging | undefined
  let current: LdsFile | undefined
  let spoiled: 'wrong-mac' | 'wrong-length' | undefined
  let spent = 0

  const reset = () => {
    application = false
    challenge = undefined
    messaging = undefined
    current = undefined
  }

  const select = ({ p1, data = new Uint8Array() }: Command): Reply => {
    if (p1 === 0x04) {
      application = Buffer.from(data).equals(lds1Aid)
      messaging = undefined
      current = undefined
      return application ? ok : { sw: 0x6a82 }
    }
    if (p1 === 0x00 && (data.length === 0 || (data[0] === 0x3f && data[1] === 0x00))) {
      if (quirks.noMasterFile) return { sw: 0x6d00 }
      reset()
      return ok
    }
    if (p1 !== 0x02 || data.length !== 2) return { sw: 0x6a86 }
    const fid = ((data[0] ?? 0) << 8) | (data[1] ?? 0)
    const found = byName.find(([, file]) => file.fid === fid)?.[0]
    return open(found)
  }

  const open = (name: LdsFile | undefined): Reply => {
    if (!application || !name || !image.files[name]) return { sw: 0x6a82 }
    // Everything needs BAC; fingerprints would need terminal authentication, which this card never grants.
    if (!messaging || name === 'DG3') return { sw: 0x6982 }
    current = name
    return ok
  }

  const readBinary = (command: Command): Reply => {
    const odd = command.ins === 0xb1
    let offset = (command.p1 << 8) | command.p2
    if (odd) {
      const given = readAll(command.data ?? new Uint8Array()).find((object) => object.tag === 0x54)
      if (!given) return { sw: 0x6a80 }
      offset = given.value.reduce((sum, byte) => sum * 256 + byte, 0)
    } else if ((command.p1 & 0x80) !== 0) {
      if (quirks.noShortIds) return { sw: 0x6a86 }
      const found = byName.find(([, file]) => file.sfi === (command.p1 & 0x1f))?.[0]
      const opened = open(found)
      if (opened.sw !== 0x9000) return opened
      offset = command.p2
    }
    const file = current && image.files[current]
    if (!file) return { sw: messaging ? 0x6986 : 0x6982 }
    if (offset >= file.length) return { sw: 0x6b00 }
    const wanted = command.le ?? 256
    if (quirks.maxReadLength !== undefined && wanted > quirks.maxReadLength) return { sw: 0x6700 }
    // In short form a protected response has room for 231 bytes of the file.
    const room = wanted > 256 ? wanted : Math.min(wanted, 231)
    const data = file.subarray(offset, offset + room)
    const sw = wanted > file.length - offset ? 0x6282 : 0x9000
    return { data: odd ? encodeTlv(0x53, data) : data, sw }
  }

  const authenticate = ({ data = new Uint8Array() }: Command): Reply => {
    const nonce = challenge
    challenge = undefined
    spent += timing.access
    if (!application || !nonce) return { sw: 0x6985 }
    if (data.length !== 40) return { sw: 0x6700 }
    const sealed = data.subarray(0, 32)
    if (!timingSafeEqual(retailMac(accessKeys.mac, sealed), data.subarray(32))) return { sw: 0x6300 }
    const opened = decrypt3Des(accessKeys.encryption, sealed)
    if (!timingSafeEqual(opened.subarray(8, 16), nonce)) return { sw: 0x6300 }
    const nonces = { chip: nonce, terminal: opened.subarray(0, 8), terminalKey: opened.subarray(16) }
    const chipKey = randomBytes(16)
    const session = sessionOf(nonces, chipKey)
    messaging = new CardMessaging(session.keys, session.ssc)
    const answer = encrypt3Des(accessKeys.encryption, concat(nonces.chip, nonces.terminal, chipKey))
    return { data: concat(answer, retailMac(accessKeys.mac, answer)), sw: 0x9000 }
  }

  const run = (command: Command): Reply => {
    switch (command.ins) {
      case 0xa4:
        return select(command)
      case 0xb0:
      case 0xb1:
        return readBinary(command)
      case 0x84:
        challenge = randomBytes(8)
        return { data: challenge.subarray(0, command.le ?? 8), sw: 0x9000 }
      case 0x82:
        return authenticate(command)
      default:
        return { sw: 0x6d00 }
    }
  }

  const answerTo = (apdu: Uint8Array): Uint8Array => {
    const command = decodeCommand(apdu)
    if (!command) return encode({ sw: 0x6700 })
    if (quirks.noExtendedLength && apdu.length > 5 && apdu[4] === 0) return encode({ sw: 0x6700 })
    if ((command.cla & 0x0c) !== 0x0c) {
      // A command in clear ends secure messaging (ICAO 9303-11 9.8.5).
      messaging = undefined
      return encode(run(command))
    }
    const channel = messaging
    if (!channel) return encode({ sw: 0x6882 })
    const plain = channel.open(command)
    if (typeof plain === 'number') {
      messaging = undefined
      return encode({ sw: plain })
    }
    const reply = run(plain)
    spent += timing.protection + ((reply.data?.length ?? 0) / 8) * timing.block
    if (quirks.bareErrors && reply.sw === 0x6700) {
      messaging = undefined
      return encode(reply)
    }
    const response = channel.seal(reply.data ?? new Uint8Array(), reply.sw)
    const how = spoiled
    spoiled = undefined
    if (how === 'wrong-mac') response[response.length - 3] = (response.at(-3) ?? 0) ^ 0xff
    // The MAC's object then says one byte more than there is.
    return how === 'wrong-length' ? concat(response.subarray(0, -3), response.subarray(-2)) : response
  }

  return {
    atr: answerToReset,
    image,
    reset,
    spoil(how) {
      spoiled = how
    },
    process(apdu) {
      spent = timing.command
      return { response: answerTo(apdu), ms: spent }
    },
  }
}

/** TA1 18 (129 kbit/s at 4 MHz), T=1 with IFSC 254, BWI 4, CWI 5, historical bytes that name nobody. */
const answerToReset = withCheck([0x3b, 0x98, 0x18, 0x81, 0x31, 0xfe, 0x45, ...Buffer.from('SIM-CHIP', 'latin1')])

/** TCK: the exclusive or of everything after TS. */
function withCheck(atr: readonly number[]): Uint8Array {
  return Uint8Array.from([...atr, atr.slice(1).reduce((sum, byte) => sum ^ byte, 0)])
}

function encode({ data = new Uint8Array(), sw }: Reply): Uint8Array {
  return concat(data, Uint8Array.of(sw >> 8, sw & 0xff))
}
