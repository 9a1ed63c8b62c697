import { randomBytes, timingSafeEqual } from 'node:crypto'
import { decodeCommand, type Command } from '#native/chip/apdu.ts'
import { bacSeed, sessionOf, tripleDesKeys, type KeyPair } from '#native/chip/bac.ts'
import { ldsFiles, lds1Aid, type LdsFile } from '#native/chip/lds/files.ts'
import { cardAccessFile } from '#native/chip/open-chip.ts'
import { paceSecret } from '#native/chip/pace.ts'
import { tripleDesSuite } from '#native/chip/secure-messaging.ts'
import { concat, encodeTlv, readAll } from '#native/chip/tlv.ts'
import { decrypt3Des, encrypt3Des, retailMac } from '#native/chip/triple-des.ts'
import { bacInputs, parseMrz } from '#domain/person/mrz.ts'
import { CardMessaging } from './card-messaging.ts'
import { cardPace } from './card-pace.ts'
import { answerToReset, limitsFile, type ChipQuirks } from './chip-quirks.ts'
import { agreeOnChipKeys, signChallenge, terminalKeyIn } from './card-proofs.ts'
import type { ChipImage } from './personalise.ts'
import { ok, type Reply } from './reply.ts'

/**
 * Rough processing times in milliseconds: a fixed cost, per protected command, per 8 bytes ciphered, for BAC, per
 * operation on a curve, per signature.
 */
export type ChipTiming = {
  readonly command: number
  readonly protection: number
  readonly block: number
  readonly access: number
  readonly agreement?: number
  readonly signature?: number
}

const plausibleTiming: Required<ChipTiming> = {
  command: 1.2,
  protection: 2.5,
  block: 0.06,
  access: 35,
  agreement: 70,
  signature: 180,
}

export type SimulatedChip = {
  /** Answer to reset: T=1, 129 kbit/s, IFSC 254; with the card's capabilities when a quirk gives it extended length. */
  readonly atr: Uint8Array
  /** Power on, warm reset, or loss of power: everything but the files is forgotten. */
  reset(): void
  /** Runs one command APDU. `ms` is the time a real chip would have taken. */
  process(apdu: Uint8Array): { readonly response: Uint8Array; readonly ms: number }
  /** The next protected response leaves with a wrong MAC, or one byte short. */
  spoil(how: 'wrong-mac' | 'wrong-length'): void
  readonly image: ChipImage
}

/**
 * A chip with BAC, PACE, secure messaging, chip and active authentication, as far as `image` has them, and its files.
 * Knows nothing of readers and lines.
 */
export function simulatedChip(
  image: ChipImage,
  options: { readonly quirks?: ChipQuirks; readonly timing?: ChipTiming } = {},
): SimulatedChip {
  const quirks = options.quirks ?? {}
  const timing = { ...plausibleTiming, ...options.timing }
  const accessKeys: KeyPair = tripleDesKeys(bacSeed(bacInputs(parseMrz(image.mrz.join('')))))
  const byName = Object.entries(ldsFiles) as [LdsFile, (typeof ldsFiles)[LdsFile]][]

  const inputs = { kind: 'mrz', ...bacInputs(parseMrz(image.mrz.join(''))) } as const
  const pace = cardPace({
    offers: image.pace ?? [],
    secrets: new Map([
      [1, paceSecret(inputs)],
      [2, paceSecret({ kind: 'can', can: image.can })],
    ]),
    attempts: quirks.paceAttempts,
  })
  const masterFiles: readonly { readonly fid: number; readonly sfi: number; readonly bytes: Uint8Array | undefined }[] =
    [
      { ...cardAccessFile, bytes: image.cardAccess },
      { fid: 0x2f01, sfi: 0x01, bytes: limitsFile(quirks) },
    ]

  let application = false
  /** A file of the master file, which stands open to all. */
  let openFile: Uint8Array | undefined
  /** Takes over after the answer under the present keys. */
  let nextChannel: CardMessaging | undefined
  let challenge: Uint8Array | undefined
  let messaging: CardMessaging | undefined
  let current: LdsFile | undefined
  let spoiled: 'wrong-mac' | 'wrong-length' | undefined
  let spent = 0

  const reset = () => {
    application = false
    challenge = undefined
    messaging = undefined
    nextChannel = undefined
    openFile = undefined
    current = undefined
    pace.reset()
  }

  const select = ({ p1, data = new Uint8Array() }: Command): Reply => {
    if (p1 === 0x04) {
      application = Buffer.from(data).equals(lds1Aid)
      current = undefined
      openFile = undefined
      return application ? ok : { sw: 0x6a82 }
    }
    if (p1 === 0x00 && (data.length === 0 || (data[0] === 0x3f && data[1] === 0x00))) {
      if (quirks.noMasterFile) return { sw: 0x6d00 }
      reset()
      return ok
    }
    if (p1 !== 0x02 || data.length !== 2) return { sw: 0x6a86 }
    const fid = ((data[0] ?? 0) << 8) | (data[1] ?? 0)
    openFile = application && !quirks.noMasterFile ? undefined : masterFiles.find((file) => file.fid === fid)?.bytes
    if (openFile) return ok
    const found = byName.find(([, file]) => file.fid === fid)?.[0]
    return open(found)
  }

  const open = (name: LdsFile | undefined): Reply => {
    if (!application || !name || !image.files[name]) return { sw: 0x6a82 }
    // Everything needs BAC; fingerprints would need terminal authentication, which this card never grants.
    if (!messaging || name === 'DG3' || name === 'DG4') return { sw: 0x6982 }
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
      const sfi = command.p1 & 0x1f
      openFile = application ? undefined : masterFiles.find((file) => file.sfi === sfi)?.bytes
      if (!openFile) {
        const opened = open(byName.find(([, file]) => file.sfi === sfi)?.[0])
        if (opened.sw !== 0x9000) return opened
      }
      offset = command.p2
    }
    const file = openFile ?? (current && image.files[current])
    if (!file) return { sw: messaging ? 0x6986 : 0x6982 }
    if (offset >= file.length) return { sw: 0x6b00 }
    const wanted = command.le ?? 256
    if (quirks.maxReadLength !== undefined && wanted > quirks.maxReadLength) return { sw: 0x6700 }
    const short = (messaging?.room ?? 256) - (odd ? 3 : 0)
    const long = quirks.longestResponse === undefined ? 65536 : quirks.longestResponse - 40
    const room = Math.min(wanted, wanted > 256 ? long : short)
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
    messaging = new CardMessaging(tripleDesSuite(session.keys), session.ssc)
    const answer = encrypt3Des(accessKeys.encryption, concat(nonces.chip, nonces.terminal, chipKey))
    return { data: concat(answer, retailMac(accessKeys.mac, answer)), sw: 0x9000 }
  }

  const own = image.secrets ?? {}
  const chipKey = own.chipAuthentication && {
    ...own.chipAuthentication,
    ...(quirks.copied ? { secret: own.chipAuthentication.group.randomSecret() } : {}),
  }

  const agree = (data: Uint8Array, legacy: boolean): Reply => {
    if (!messaging || !chipKey || legacy !== (chipKey.cipher === '3des')) return { sw: 0x6985 }
    spent += 2 * timing.agreement
    const { reply, channel } = agreeOnChipKeys(chipKey, terminalKeyIn(data, legacy))
    nextChannel = channel
    return reply
  }

  const manage = ({ p1, p2, data = new Uint8Array() }: Command): Reply => {
    if (p1 === 0xc1 && p2 === 0xa4) return image.pace ? pace.choose(data) : { sw: 0x6a81 }
    if (p1 === 0x41 && p2 === 0xa6) return agree(data, true)
    if (p1 === 0x41 && p2 === 0xa4) return messaging && chipKey ? ok : { sw: 0x6985 }
    return { sw: 0x6a86 }
  }

  const generalAuthenticate = (command: Command): Reply => {
    if (messaging) return agree(command.data ?? new Uint8Array(), false)
    const { reply, channel, work } = pace.step(command)
    spent += work * timing.agreement
    nextChannel = channel
    return reply
  }

  const internalAuthenticate = ({ data = new Uint8Array(), le = 256 }: Command): Reply => {
    const signer = own.activeAuthentication
    if (!messaging) return { sw: 0x6982 }
    if (!signer) return { sw: 0x6d00 }
    if (data.length !== 8) return { sw: 0x6700 }
    spent += timing.signature
    const signature = signChallenge(signer, quirks.copied ? Uint8Array.from(data, (byte) => byte ^ 1) : data)
    return le <= 256 && signature.length > messaging.room ? { sw: 0x6700 } : { data: signature, sw: 0x9000 }
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
      case 0x22:
        return manage(command)
      case 0x86:
        return generalAuthenticate(command)
      case 0x88:
        return internalAuthenticate(command)
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
      const reply = encode(run(command))
      messaging ??= nextChannel
      nextChannel = undefined
      return reply
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
    const bare = (quirks.bareErrors && reply.sw === 0x6700) || (quirks.bareRefusals && reply.sw === 0x6982)
    if (bare) {
      messaging = undefined
      return encode(reply)
    }
    messaging = nextChannel ?? messaging
    nextChannel = undefined
    const response = channel.seal(reply.data ?? new Uint8Array(), reply.sw)
    const how = spoiled
    spoiled = undefined
    if (how === 'wrong-mac') response[response.length - 3] = (response.at(-3) ?? 0) ^ 0xff
    // The MAC's object then says one byte more than there is.
    return how === 'wrong-length' ? concat(response.subarray(0, -3), response.subarray(-2)) : response
  }

  return {
    atr: answerToReset(quirks),
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

function encode({ data = new Uint8Array(), sw }: Reply): Uint8Array {
  return concat(data, Uint8Array.of(sw >> 8, sw & 0xff))
}
