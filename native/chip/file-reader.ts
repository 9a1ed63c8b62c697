import { AppError } from '#domain/failure/index.ts'
import type { ResponseApdu } from './apdu.ts'
import type { FilePart } from './chip-cache.ts'
import type { ChipSession } from './chip-session.ts'
import { encodeTlv, readHeader, readOne } from './tlv.ts'
import { ldsFiles, type LdsFile } from './lds/files.ts'

/** No group of the card comes near; a chip that announces more is broken or hostile. */
export const largestFile = 1 << 20

const evenReadLimit = 0x8000
/** A chip that gives less than this on average is not worth waiting for. */
const leastPerRead = 64
const spareReads = 64

export type FileRead =
  | { readonly state: 'read'; readonly bytes: Uint8Array }
  /** 6982: there, but not for us; fingerprints need terminal authentication, which nobody here has. */
  | { readonly state: 'refused' }
  | { readonly state: 'absent' }

type FileReaderSetup = {
  readonly session: ChipSession
  /** Bytes asked for at once, tried from left to right; above 256 is extended length. */
  readonly lengths: readonly number[]
  /** Opens the chip again after it ended the session over a question it did not like. */
  readonly reopen: () => Promise<unknown>
  /** What is already there of files, and where what comes is put. */
  readonly parts: Map<LdsFile, FilePart>
}

/**
 * Reads whole files with as few commands as the chip allows: the first read selects by short id and brings the length
 * with it. Chips that know no short ids are asked by file id from then on; chips that refuse a read length get the
 * next one. A file of which a part is there already is read on from there.
 */
export class FileReader {
  readonly #session: ChipSession
  readonly #lengths: number[]
  readonly #reopen: () => Promise<unknown>
  readonly #parts: Map<LdsFile, FilePart>
  #shortIds = true
  #selected: LdsFile | undefined
  /** The chip ended the session; it is opened again when something more is wanted of it. */
  #ended = false

  constructor({ session, lengths, reopen, parts }: FileReaderSetup) {
    this.#session = session
    this.#lengths = [...lengths]
    this.#reopen = reopen
    this.#parts = parts
  }

  /** The file as its outermost data object, trailing bytes cut off. */
  async read(name: LdsFile, onBytes: (read: number, total: number) => void): Promise<FileRead> {
    let part = this.#parts.get(name)
    if (!part) {
      const first = await this.head(name)
      if (first.state !== 'read') return first
      part = this.#begin(name, first.bytes)
    }
    const total = part.bytes.length
    onBytes(part.read, total)
    let reads = total / leastPerRead + spareReads
    while (part.read < total) {
      if (reads-- < 0) throw malformed(name, 'drip')
      const bytes = await this.#readAt(name, part.read, total - part.read)
      part.bytes.set(bytes.subarray(0, total - part.read), part.read)
      part.read = Math.min(part.read + bytes.length, total)
      onBytes(part.read, total)
    }
    return { state: 'read', bytes: part.bytes }
  }

  /** The first bytes of a file, as many as one command brings. */
  async head(name: LdsFile): Promise<FileRead> {
    try {
      return await this.#head(name)
    } catch (error) {
      // A refusal without protection: it ends the session, and says the same.
      const sw = statusOfEnd(error)
      if (sw === undefined || !isMissing(sw)) throw error
      this.#ended = true
      return stateOf(sw)
    }
  }

  /** The first command of `read`, with whatever goes wrong: a file whose start is there is asked again for it. */
  async start(name: LdsFile): Promise<void> {
    const first = await this.#head(name)
    if (first.state === 'read' && !this.#parts.has(name)) this.#begin(name, first.bytes)
  }

  /** The session was closed or changed under this reader's hands. */
  forget(): void {
    this.#selected = undefined
  }

  #begin(name: LdsFile, first: Uint8Array): FilePart {
    const header = readHeader(first)
    if (!header || header.tag !== ldsFiles[name].tag) throw malformed(name, 'tag')
    const total = header.headerLength + header.length
    if (total > largestFile) throw malformed(name, 'length')
    const bytes = new Uint8Array(total)
    bytes.set(first.subarray(0, total))
    const part = { bytes, read: Math.min(first.length, total) }
    this.#parts.set(name, part)
    return part
  }

  async #head(name: LdsFile): Promise<FileRead> {
    if (this.#shortIds) {
      const answer = await this.#withLength((le) => this.#binary(0x80 | ldsFiles[name].sfi, 0, le))
      if (isMissing(answer.sw)) return stateOf(answer.sw)
      if (isRead(answer.sw) && answer.data.length > 0) {
        this.#selected = name
        return { state: 'read', bytes: answer.data }
      }
      this.#shortIds = false
    }
    const sw = await this.#select(name)
    if (isMissing(sw)) return stateOf(sw)
    if (sw !== 0x9000) throw malformed(name, 'select', sw)
    const answer = await this.#withLength(async (le) => {
      await this.#selectAgain(name)
      return this.#binary(0, 0, le)
    })
    if (isMissing(answer.sw)) return stateOf(answer.sw)
    if (!isRead(answer.sw) || answer.data.length === 0) throw malformed(name, 'read', answer.sw)
    return { state: 'read', bytes: answer.data }
  }

  async #readAt(name: LdsFile, offset: number, wanted: number): Promise<Uint8Array> {
    const answer = await this.#withLength(async (le) => {
      await this.#selectAgain(name)
      const length = Math.min(le, wanted)
      if (offset < evenReadLimit) return this.#binary(offset >> 8, offset & 0xff, length)
      return this.#odd(offset, length)
    })
    if (!isRead(answer.sw) || answer.data.length === 0) throw malformed(name, 'read', answer.sw)
    return answer.data
  }

  async #select(name: LdsFile): Promise<number> {
    const { fid } = ldsFiles[name]
    this.#selected = undefined
    const data = Uint8Array.of(fid >> 8, fid & 0xff)
    const { sw } = await this.#send({ cla: 0x00, ins: 0xa4, p1: 0x02, p2: 0x0c, data })
    if (sw === 0x9000) this.#selected = name
    return sw
  }

  async #selectAgain(name: LdsFile): Promise<void> {
    if (this.#selected === name) return
    const sw = await this.#select(name)
    if (sw !== 0x9000) throw malformed(name, 'select', sw)
  }

  #binary(p1: number, p2: number, le: number) {
    return this.#send({ cla: 0x00, ins: 0xb0, p1, p2, le })
  }

  /** READ BINARY with odd instruction for offsets that P1 P2 cannot hold (ISO/IEC 7816-4 11.3.3). */
  async #odd(offset: number, length: number) {
    const data = encodeTlv(0x54, Uint8Array.of((offset >> 16) & 0xff, (offset >> 8) & 0xff, offset & 0xff))
    // The wanted bytes come inside a DO'53', whose header takes up to 4 bytes.
    const le = length > 252 ? length : length + 4
    const answer = await this.#send({ cla: 0x00, ins: 0xb1, p1: 0, p2: 0, data, le })
    return isRead(answer.sw) && answer.data.length > 0 ? { ...answer, data: readOne(answer.data, 0x53).value } : answer
  }

  async #send(command: Parameters<ChipSession['send']>[0]): Promise<ResponseApdu> {
    if (this.#ended) {
      await this.#reopen()
      this.#ended = false
      this.#selected = undefined
    }
    return this.#session.send(command)
  }

  async #withLength(ask: (le: number) => Promise<ResponseApdu>): Promise<ResponseApdu> {
    for (;;) {
      const length = this.#lengths[0] ?? 160
      try {
        const answer = await ask(length)
        if (!isWrongLength(answer.sw) || this.#lengths.length < 2) return answer
      } catch (error) {
        // A bare 67xx or 6Cxx where a protected answer was due: the chip gave up the session, but nobody tampered.
        const sw = statusOfEnd(error)
        if (sw === undefined || !isWrongLength(sw) || this.#lengths.length < 2) throw error
        this.#ended = true
        this.#selected = undefined
      }
      this.#lengths.shift()
    }
  }
}

/** The status word of an answer without protection that ended secure messaging. */
export function statusOfEnd(error: unknown): number | undefined {
  if (!(error instanceof AppError) || error.context['what'] !== 'unprotected') return undefined
  return Number(error.context['sw'])
}

/** 62xx are warnings with data (end of file reached). */
function isRead(sw: number): boolean {
  return sw === 0x9000 || sw >> 8 === 0x62
}

/** File not found, no such short id, security status not satisfied (DG3 without terminal authentication). */
function isMissing(sw: number): boolean {
  return sw === 0x6a82 || sw === 0x6982
}

function stateOf(sw: number): FileRead {
  return { state: sw === 0x6982 ? 'refused' : 'absent' }
}

function isWrongLength(sw: number): boolean {
  return sw === 0x6700 || sw >> 8 === 0x6c
}

function malformed(name: LdsFile, what: string, sw?: number): AppError {
  return new AppError('CHIP_MALFORMED', `chip.read/${name}`, { context: sw === undefined ? { what } : { what, sw } })
}
