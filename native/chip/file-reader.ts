import { AppError } from '#domain/failure/index.ts'
import { encodeTlv, readHeader, readOne } from './tlv.ts'
import type { ChipSession } from './chip-session.ts'
import { ldsFiles, type LdsFile } from './lds/files.ts'

/** No group of the card comes near; a chip that announces more is broken or hostile. */
export const largestFile = 1 << 20

const evenReadLimit = 0x8000

type Opened = { readonly answer: { readonly data: Uint8Array; readonly sw: number } }

/**
 * Reads whole files with as few commands as the chip allows: the first read selects by short id and brings the length
 * with it. Chips that know no short ids are asked by file id from then on; chips that refuse a read length get the
 * next one of `lengths` (above 256 is extended length).
 */
export class FileReader {
  readonly #session: ChipSession
  readonly #lengths: number[]
  /** Opens the chip again after it ended the session over a length it did not like. */
  readonly #reopen: () => Promise<void>
  #shortIds = true

  constructor(session: ChipSession, lengths: readonly number[], reopen: () => Promise<void>) {
    this.#session = session
    this.#lengths = [...lengths]
    this.#reopen = reopen
  }

  /** The file as its outermost data object, trailing bytes cut off; undefined when missing or not for us (6982). */
  async read(name: LdsFile, onBytes: (read: number, total: number) => void): Promise<Uint8Array | undefined> {
    const first = await this.#open(name)
    if (!first) return undefined
    const header = readHeader(first)
    if (!header || header.tag !== ldsFiles[name].tag) throw malformed(name, 'tag')
    const total = header.headerLength + header.length
    if (total > largestFile) throw malformed(name, 'length')
    const file = new Uint8Array(total)
    file.set(first.subarray(0, total))
    let at = Math.min(first.length, total)
    onBytes(at, total)
    while (at < total) {
      const part = await this.#readAt(name, at, total - at)
      file.set(part.subarray(0, total - at), at)
      at = Math.min(at + part.length, total)
      onBytes(at, total)
    }
    return file
  }

  async #open(name: LdsFile): Promise<Uint8Array | undefined> {
    const { sfi, fid } = ldsFiles[name]
    if (this.#shortIds) {
      const { answer } = await this.#withLength(name, (le) => this.#binary(0x80 | sfi, 0, le))
      if (isRead(answer.sw) && answer.data.length > 0) return answer.data
      if (isMissing(answer.sw)) return undefined
      this.#shortIds = false
    }
    const selected = await this.#session.send({
      cla: 0x00,
      ins: 0xa4,
      p1: 0x02,
      p2: 0x0c,
      data: Uint8Array.of(fid >> 8, fid & 0xff),
    })
    if (isMissing(selected.sw)) return undefined
    if (selected.sw !== 0x9000) throw malformed(name, 'select', selected.sw)
    const { answer } = await this.#withLength(name, (le) => this.#binary(0, 0, le))
    if (isMissing(answer.sw)) return undefined
    if (!isRead(answer.sw) || answer.data.length === 0) throw malformed(name, 'read', answer.sw)
    return answer.data
  }

  async #readAt(name: LdsFile, offset: number, wanted: number): Promise<Uint8Array> {
    const { answer } = await this.#withLength(
      name,
      async (le) => {
        const length = Math.min(le, wanted)
        if (offset < evenReadLimit) return this.#binary(offset >> 8, offset & 0xff, length)
        return this.#odd(offset, length)
      },
      async () => {
        const { fid } = ldsFiles[name]
        await this.#session.send({
          cla: 0x00,
          ins: 0xa4,
          p1: 0x02,
          p2: 0x0c,
          data: Uint8Array.of(fid >> 8, fid & 0xff),
        })
      },
    )
    if (!isRead(answer.sw) || answer.data.length === 0) throw malformed(name, 'read', answer.sw)
    return answer.data
  }

  #binary(p1: number, p2: number, le: number) {
    return this.#session.send({ cla: 0x00, ins: 0xb0, p1, p2, le })
  }

  /** READ BINARY with odd instruction for offsets that P1 P2 cannot hold (ISO/IEC 7816-4 11.3.3). */
  async #odd(offset: number, length: number) {
    const data = encodeTlv(0x54, Uint8Array.of((offset >> 16) & 0xff, (offset >> 8) & 0xff, offset & 0xff))
    // The wanted bytes come inside a DO'53', whose header takes up to 4 bytes.
    const answer = await this.#session.send({
      cla: 0x00,
      ins: 0xb1,
      p1: 0,
      p2: 0,
      data,
      le: length > 252 ? length : length + 4,
    })
    return isRead(answer.sw) && answer.data.length > 0 ? { ...answer, data: readOne(answer.data, 0x53).value } : answer
  }

  async #withLength(
    name: LdsFile,
    ask: (le: number) => Promise<Opened['answer']>,
    again: () => Promise<void> = async () => {},
  ): Promise<Opened> {
    for (;;) {
      const length = this.#lengths[0] ?? 160
      try {
        const answer = await ask(length)
        if (!isWrongLength(answer.sw) || this.#lengths.length < 2) return { answer }
        this.#lengths.shift()
      } catch (error) {
        if (!this.#endedOverLength(error)) throw error
        this.#lengths.shift()
        await this.#reopen()
        await again()
      }
      if (this.#lengths.length === 0) throw malformed(name, 'read-length')
    }
  }

  /** A bare 67xx or 6Cxx where a protected answer was due: the chip gave up the session, but nobody tampered. */
  #endedOverLength(error: unknown): boolean {
    if (!(error instanceof AppError) || error.context['what'] !== 'unprotected') return false
    return this.#lengths.length > 1 && isWrongLength(Number(error.context['sw']))
  }
}

/** 62xx are warnings with data (end of file reached). */
function isRead(sw: number): boolean {
  return sw === 0x9000 || sw >> 8 === 0x62
}

/** File not found, no such short id, security status not satisfied (DG3 without terminal authentication). */
function isMissing(sw: number): boolean {
  return sw === 0x6a82 || sw === 0x6982
}

function isWrongLength(sw: number): boolean {
  return sw === 0x6700 || sw >> 8 === 0x6c
}

function malformed(name: LdsFile, what: string, sw?: number): AppError {
  return new AppError('CHIP_MALFORMED', `chip.read/${name}`, { context: sw === undefined ? { what } : { what, sw } })
}
