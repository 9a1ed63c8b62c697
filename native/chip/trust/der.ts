import { AppError } from '#domain/failure/index.ts'

/** One ASN.1 value (ITU-T X.690). Only low tag numbers occur in certificates and CMS. */
export type Der = {
  readonly tag: number
  readonly content: Uint8Array
  /** The value with tag and length. */
  readonly raw: Uint8Array
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  generalTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** Indefinite lengths inside one another; a signed object has three or four. */
const deepestIndefinite = 16
const usualMost = 4096

/** The one value that fills `bytes`. Throws CERTIFICATE_UNREADABLE, as everything here does. */
export function readDer(bytes: Uint8Array, tag?: number): Der {
  const value = readAt(bytes, 0)
  if (value.raw.length !== bytes.length) throw unreadable('trailing')
  if (tag !== undefined && value.tag !== tag) throw unreadable('tag')
  return value
}

/** The value at the start of `bytes`; what follows is not looked at. */
export function readFirst(bytes: Uint8Array, tag: number): Der {
  const value = readAt(bytes, 0)
  if (value.tag !== tag) throw unreadable('tag')
  return value
}

/** The values that fill `bytes` one after the other. Nothing is descended into: nesting costs nothing. */
export function readDers(bytes: Uint8Array, most = usualMost): readonly Der[] {
  const found: Der[] = []
  for (let at = 0; at < bytes.length;) {
    const value = readAt(bytes, at)
    found.push(value)
    if (found.length > most) throw unreadable('too-many')
    at += value.raw.length
  }
  return found
}

/** Takes the members of a SEQUENCE from left to right. */
export function membersOf(value: Der, most = usualMost) {
  const members = readDers(value.content, most)
  let next = 0
  return {
    take(...wanted: readonly number[]): Der {
      const member = members[next++]
      if (!member || (wanted.length > 0 && !wanted.includes(member.tag))) throw unreadable('member')
      return member
    },
    maybe(...wanted: readonly number[]): Der | undefined {
      const member = members[next]
      if (!member || !wanted.includes(member.tag)) return undefined
      next++
      return member
    },
    /** What is left. */
    rest: (): readonly Der[] => members.slice(next),
    /** Nothing may be left. */
    end(): void {
      if (next < members.length) throw unreadable('more')
    },
  }
}

export function oidOf(value: Der): string {
  const { content } = value
  if (value.tag !== tags.oid || content.length === 0 || content.length > 64) throw unreadable('oid')
  const arcs: bigint[] = []
  let arc = 0n
  for (const [index, octet] of content.entries()) {
    arc = arc * 128n + BigInt(octet & 0x7f)
    if (octet & 0x80) {
      if (index === content.length - 1) throw unreadable('oid')
      continue
    }
    arcs.push(arc)
    arc = 0n
  }
  const [head = 0n, ...rest] = arcs
  const first = head < 80n ? head / 40n : 2n
  return [first, head - first * 40n, ...rest].join('.')
}

/** A number that is not negative, of at most 16,384 bits. */
export function unsignedOf(value: Der): bigint {
  const { content } = value
  const [first = 0, second = 0x80] = content
  if (value.tag !== tags.integer || content.length === 0 || content.length > 2049) throw unreadable('integer')
  if (first >= 0x80) throw unreadable('negative')
  if (first === 0 && second < 0x80) throw unreadable('integer')
  return bigOf(content)
}

export function smallOf(value: Der): number {
  const number = unsignedOf(value)
  if (number > 0x7fffffffn) throw unreadable('integer')
  return Number(number)
}

export function bigOf(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${hexOf(bytes)}`)
}

/** The octets of a BIT STRING: whole ones, unless it is a row of flags. */
export function bitsOf(value: Der, mostUnused = 0): Uint8Array {
  const unused = value.content[0]
  if (value.tag !== tags.bits || unused === undefined || unused > mostUnused) throw unreadable('bits')
  return value.content.subarray(1)
}

/** An OCTET STRING, also one in pieces (BER). */
export function octetsOf(value: Der): Uint8Array {
  if (value.tag === tags.octets) return value.content
  if (value.tag !== (tags.octets | 0x20)) throw unreadable('octets')
  return Buffer.concat(
    readDers(value.content).map((piece) => {
      if (piece.tag !== tags.octets) throw unreadable('octets')
      return piece.content
    }),
  )
}

/** UTCTime (1950–2049) or GeneralizedTime, in UTC, seconds optional. */
export function timeOf(value: Der): Date {
  const short = value.tag === tags.utcTime
  if (!short && value.tag !== tags.generalTime) throw unreadable('time')
  const text = Buffer.from(value.content.subarray(0, 32)).toString('latin1')
  const parts = (
    short ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/u : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/u
  ).exec(text)
  if (!parts) throw unreadable('time')
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0))
  const fullYear = short ? year + (year < 50 ? 2000 : 1900) : year
  const at = new Date(0)
  at.setUTCFullYear(fullYear, month - 1, day)
  at.setUTCHours(hour, minute, second)
  if (at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day || hour > 23 || minute > 59 || second > 60)
    throw unreadable('time')
  return at
}

/** An AlgorithmIdentifier that has no parameters, or NULL, which some leave out and some do not. */
export function plainAlgorithmOf(value: Der): string {
  const members = membersOf(value)
  const id = oidOf(members.take(tags.oid))
  if (members.maybe(tags.null)?.content.length) throw unreadable('parameters')
  members.end()
  return id
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0
}

export function unreadable(what: string): AppError {
  return new AppError('CERTIFICATE_UNREADABLE', 'trust.read', { context: { what } })
}

function readAt(bytes: Uint8Array, at: number): Der {
  const { tag, start, length } = headerAt(bytes, at)
  if (length === undefined) {
    const end = endOfIndefinite(bytes, start)
    return { tag, content: bytes.subarray(start, end), raw: bytes.subarray(at, end + 2) }
  }
  if (length > bytes.length - start) throw unreadable('truncated')
  return { tag, content: bytes.subarray(start, start + length), raw: bytes.subarray(at, start + length) }
}

function headerAt(bytes: Uint8Array, at: number): { tag: number; start: number; length: number | undefined } {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined) throw unreadable('truncated')
  if ((tag & 0x1f) === 0x1f) throw unreadable('tag')
  if (first < 0x80) return { tag, start: at + 2, length: first }
  if (first === 0x80) {
    if ((tag & 0x20) === 0) throw unreadable('length')
    return { tag, start: at + 2, length: undefined }
  }
  const count = first & 0x7f
  if (count > 4 || at + 2 + count > bytes.length) throw unreadable('length')
  let length = 0
  for (let index = 0; index < count; index++) length = length * 256 + (bytes[at + 2 + index] ?? 0)
  return { tag, start: at + 2 + count, length }
}

/** Where the end-of-contents octets stand. Definite lengths are skipped whole. */
function endOfIndefinite(bytes: Uint8Array, start: number): number {
  let open = 1
  let at = start
  for (;;) {
    if (bytes[at] === 0 && bytes[at + 1] === 0) {
      if (--open === 0) return at
      at += 2
      continue
    }
    const header = headerAt(bytes, at)
    if (header.length === undefined && ++open > deepestIndefinite) throw unreadable('nesting')
    at = header.start + (header.length ?? 0)
  }
}
