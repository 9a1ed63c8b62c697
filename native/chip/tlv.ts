import { AppError } from '#domain/failure/index.ts'

/** One BER-TLV data object (ISO/IEC 8825-1). `tag` keeps all its bytes: 0x7f61, not 0x61. */
export type Tlv = {
  readonly tag: number
  readonly constructed: boolean
  readonly value: Uint8Array
  /** The object with tag and length. */
  readonly raw: Uint8Array
}

export type TlvHeader = {
  readonly tag: number
  readonly constructed: boolean
  readonly headerLength: number
  readonly length: number
}

const maxObjects = 4096

/**
 * Tag and length at an offset: tags up to 3 bytes, definite lengths up to 4 bytes.
 * Undefined when the bytes end inside the header; CHIP_MALFORMED for any other form.
 */
export function readHeader(bytes: Uint8Array, offset = 0): TlvHeader | undefined {
  let at = offset
  const first = bytes[at++]
  if (first === undefined) return undefined
  let tag = first
  if ((first & 0x1f) === 0x1f) {
    for (let more = true; more;) {
      const next = bytes[at++]
      if (next === undefined) return undefined
      tag = tag * 256 + next
      more = (next & 0x80) !== 0
      if (at - offset > 3) throw malformed('tag')
    }
  }
  const short = bytes[at++]
  if (short === undefined) return undefined
  let length = short
  if (short >= 0x80) {
    const count = short & 0x7f
    if (count === 0 || count > 4) throw malformed('length')
    if (at + count > bytes.length) return undefined
    length = 0
    for (let index = 0; index < count; index++) length = length * 256 + (bytes[at++] ?? 0)
  }
  return { tag, constructed: (first & 0x20) !== 0, headerLength: at - offset, length }
}

/** The objects that fill `bytes` one after the other. They are not descended into, so nesting costs nothing. */
export function readAll(bytes: Uint8Array): Tlv[] {
  const found: Tlv[] = []
  let at = 0
  while (at < bytes.length) {
    const header = readHeader(bytes, at)
    if (!header || header.length > bytes.length - at - header.headerLength) throw malformed('truncated')
    const start = at + header.headerLength
    const end = start + header.length
    found.push({
      tag: header.tag,
      constructed: header.constructed,
      value: bytes.subarray(start, end),
      raw: bytes.subarray(at, end),
    })
    if (found.length > maxObjects) throw malformed('objects')
    at = end
  }
  return found
}

/** The single object at the start of `bytes`, which must have this tag; bytes after it are ignored. */
export function readOne(bytes: Uint8Array, tag: number): Tlv {
  const header = readHeader(bytes)
  if (!header || header.length > bytes.length - header.headerLength) throw malformed('truncated')
  if (header.tag !== tag) throw malformed('tag')
  const end = header.headerLength + header.length
  return {
    tag,
    constructed: header.constructed,
    value: bytes.subarray(header.headerLength, end),
    raw: bytes.subarray(0, end),
  }
}

/** The first of some objects with one of these tags. */
export function pick(objects: readonly Tlv[], ...tags: readonly number[]): Tlv {
  const found = objects.find((object) => tags.includes(object.tag))
  if (!found) throw malformed('missing')
  return found
}

export function encodeTlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const head: number[] = []
  for (let shift = tag > 0xffff ? 16 : tag > 0xff ? 8 : 0; shift >= 0; shift -= 8) head.push((tag >> shift) & 0xff)
  if (length < 0x80) head.push(length)
  else if (length < 0x100) head.push(0x81, length)
  else if (length < 0x10000) head.push(0x82, length >> 8, length & 0xff)
  else head.push(0x83, length >> 16, (length >> 8) & 0xff, length & 0xff)
  return concat(Uint8Array.from(head), ...parts)
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function malformed(what: string): AppError {
  return new AppError('CHIP_MALFORMED', 'chip.tlv', { context: { what } })
}
