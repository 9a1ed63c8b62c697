import { randomBytes } from 'node:crypto'
import { AppError } from '#domain/failure/index.ts'
import type { ChipAccess } from '#native/capability/card-reader.ts'
import { bacSeed, bacSession, bacToken, tripleDesKeys } from './bac.ts'
import type { ChipSession } from './chip-session.ts'
import { suiteOf } from './cipher.ts'
import { lds1Aid } from './lds/files.ts'
import { choosePace, runPace, type PaceOffer } from './pace.ts'
import { cardCapabilities, responseLimit } from './read-lengths.ts'
import { SecureChannel, tripleDesSuite } from './secure-messaging.ts'
import { parseSecurityInfos } from './security-infos.ts'
import { readHeader } from './tlv.ts'

/** EF.CardAccess, in the master file (ICAO 9303-10 3.11.1). */
export const cardAccessFile = { fid: 0x011c, sfi: 0x1c } as const
const largestCardAccess = 4096

export type OpenOptions = {
  /** Go on with PACE although the chip said that one attempt is left. */
  readonly lastAttempt?: boolean | undefined
  /** Answer to reset: it says whether EF.ATR/INFO is worth reading. */
  readonly atr?: Uint8Array | undefined
}

/** How the chip was opened, and what it costs to open it again. */
export type Opening = {
  readonly access: 'bac' | 'pace'
  /** EF.CardAccess as read; absent on chips without. */
  readonly cardAccess?: Uint8Array
  readonly offer?: PaceOffer
  /** Longest response in extended length, where EF.ATR/INFO says it. */
  readonly responseLimit?: number
}

/**
 * Opens the eMRTD application: PACE when EF.CardAccess offers one this program knows, else BAC. A wrong password in PACE
 * is never tried again with BAC. `before` is an earlier opening of the same chip, which spares reading EF.CardAccess.
 *
 * Errors: CHIP_ACCESS_DENIED (context `reason`: wrong-password, last-attempt, blocked, no-pace; `attemptsLeft` where the
 * chip says it), CHIP_FILE_MISSING (no such application), CAN_FORMAT, MRZ_FORMAT, CHIP_TAMPERED, CHIP_MALFORMED.
 */
export async function openChip(
  session: ChipSession,
  access: ChipAccess,
  options: OpenOptions = {},
  before?: Opening,
): Promise<Opening> {
  checkAccess(access)
  session.secure(undefined)
  // Leaves whatever application a previous reading left selected. Some chips know no MF and answer 6D00: no matter.
  const master = await session.send({ cla: 0x00, ins: 0xa4, p1: 0x00, p2: 0x0c, data: Uint8Array.of(0x3f, 0x00) })
  const found: Omit<Opening, 'access'> = before ?? {
    ...(await readLimits(session, options.atr)),
    ...(await findPace(session, master.sw === 0x9000)),
  }
  const { offer } = found
  if (offer) {
    const keys = await runPace({
      send: (command) => session.send(command),
      offer,
      access,
      ...(options.lastAttempt === undefined ? {} : { lastAttempt: options.lastAttempt }),
    })
    if (keys !== 'refused') {
      const { cipher } = offer.protocol
      const suite = suiteOf(cipher, keys)
      session.secure(new SecureChannel(suite, new Uint8Array(suite.blockLength)))
      await selectApplication(session)
      return { ...found, access: 'pace' }
    }
  }
  if (access.kind === 'can') {
    throw new AppError('CHIP_ACCESS_DENIED', 'chip.pace', { context: { reason: 'no-pace', password: 'can' } })
  }
  await selectApplication(session)
  await basicAccess(session, access)
  return { ...found, access: 'bac' }
}

/** Values that no card carries are refused before the chip counts them as an attempt. */
function checkAccess(access: ChipAccess): void {
  if (access.kind === 'can') {
    if (!/^\d{6}$/.test(access.can)) throw new AppError('CAN_FORMAT', 'chip.access')
    return
  }
  const { documentNumber, birthDate, expiryDate } = access
  if (![documentNumber, birthDate, expiryDate].every((part) => /^[A-Z0-9<]+$/.test(part))) {
    throw new AppError('MRZ_FORMAT', 'chip.access')
  }
}

async function selectApplication(session: ChipSession): Promise<void> {
  const selected = await session.send({ cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x0c, data: lds1Aid })
  if (selected.sw !== 0x9000) throw new AppError('CHIP_FILE_MISSING', 'chip.select', { context: { sw: selected.sw } })
}

/** EF.ATR/INFO by its short id (ICAO 9303-10 3.11.2), when the answer to reset points to it. */
async function readLimits(session: ChipSession, atr?: Uint8Array): Promise<Pick<Opening, 'responseLimit'>> {
  if (!atr || !cardCapabilities(atr).limitsInFile) return {}
  const file = await readShort(session, 0x81, 0)
  const limit = file && responseLimit(file)
  return limit === undefined ? {} : { responseLimit: limit }
}

async function findPace(session: ChipSession, masterFile: boolean): Promise<Omit<Opening, 'access'>> {
  const cardAccess = await readCardAccess(session, masterFile)
  if (!cardAccess) return {}
  let offer: PaceOffer | undefined
  try {
    offer = choosePace(parseSecurityInfos(cardAccess))
  } catch {
    // A file that says nothing we understand offers nothing we know.
  }
  return { cardAccess, ...(offer ? { offer } : {}) }
}

/** EF.CardAccess in clear: by short id in the master file, else by file id. Undefined when the chip has none. */
async function readCardAccess(session: ChipSession, masterFile: boolean): Promise<Uint8Array | undefined> {
  let first = masterFile ? await readShort(session, 0x80 | cardAccessFile.sfi, 0) : undefined
  if (first?.length === 0) return undefined
  if (!first) {
    const { fid } = cardAccessFile
    const data = Uint8Array.of(fid >> 8, fid & 0xff)
    const selected = await session.send({ cla: 0x00, ins: 0xa4, p1: 0x02, p2: 0x0c, data })
    if (selected.sw !== 0x9000) return undefined
    first = await readShort(session, 0, 0)
  }
  const header = first && readHeader(first)
  if (!first || header?.tag !== 0x31) return undefined
  const total = header.headerLength + header.length
  if (total > largestCardAccess) return undefined
  let read = first
  while (read.length < total) {
    const more = await readShort(session, read.length >> 8, read.length & 0xff)
    if (!more || more.length === 0) return undefined
    read = Buffer.concat([read, more])
  }
  return new Uint8Array(read.subarray(0, total))
}

/** READ BINARY in clear. Empty when there is no such file; undefined when the chip does not like the question. */
async function readShort(session: ChipSession, p1: number, p2: number): Promise<Uint8Array | undefined> {
  const ask = (le: number) => session.send({ cla: 0x00, ins: 0xb0, p1, p2, le })
  let answer = await ask(256)
  if (answer.sw === 0x6700) answer = await ask(160)
  if (answer.sw >> 8 === 0x6c) answer = await ask(answer.sw & 0xff || 256)
  if (answer.sw === 0x6a82) return new Uint8Array()
  return answer.sw === 0x9000 || answer.sw >> 8 === 0x62 ? answer.data : undefined
}

async function basicAccess(session: ChipSession, access: Extract<ChipAccess, { kind: 'mrz' }>): Promise<void> {
  const keys = tripleDesKeys(bacSeed(access))
  const challenge = await session.send({ cla: 0x00, ins: 0x84, p1: 0x00, p2: 0x00, le: 8 })
  if (challenge.sw !== 0x9000) throw denied(challenge.sw)
  if (challenge.data.length !== 8) {
    throw new AppError('CHIP_MALFORMED', 'chip.bac', { context: { bytes: challenge.data.length } })
  }
  const nonces = { chip: challenge.data, terminal: randomBytes(8), terminalKey: randomBytes(16) }
  const answer = await session.send({ cla: 0x00, ins: 0x82, p1: 0, p2: 0, data: bacToken(keys, nonces), le: 40 })
  if (answer.sw !== 0x9000) throw denied(answer.sw)
  const opened = bacSession(keys, nonces, answer.data)
  session.secure(new SecureChannel(tripleDesSuite(opened.keys), opened.ssc))
}

function denied(sw: number): AppError {
  return new AppError('CHIP_ACCESS_DENIED', 'chip.bac', { context: { reason: 'wrong-password', password: 'mrz', sw } })
}
