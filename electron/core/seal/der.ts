/** A DER value as a list of pieces: a photograph inside five layers of headers is copied once, at the end. */
export type Der = { readonly size: number; readonly pieces: readonly Uint8Array[] }

const tags = {
  integer: 0x02,
  bitString: 0x03,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  generalTime: 0x18,
  sequence: 0x30,
  set: 0x31,
}

/** Bytes that already are DER. */
export function raw(bytes: Uint8Array): Der {
  return { size: bytes.length, pieces: [bytes] }
}

export function tagged(tag: number, ...content: readonly Der[]): Der {
  const size = content.reduce((sum, each) => sum + each.size, 0)
  const header = Buffer.from([tag, ...lengthOctets(size)])
  return { size: header.length + size, pieces: [header, ...content.flatMap(({ pieces }) => pieces)] }
}

export const sequence = (...content: readonly Der[]) => tagged(tags.sequence, ...content)
/** SET OF with the elements in the order that DER asks for (X.690 11.6). */
export const setOf = (...content: readonly Der[]) => tagged(tags.set, ...inOrder(content))
/** `[n]` around a whole value. */
export const explicit = (n: number, ...content: readonly Der[]) => tagged(0xa0 + n, ...content)
export const octets = (bytes: Uint8Array) => tagged(tags.octets, raw(bytes))
export const bits = (bytes: Uint8Array) => tagged(tags.bitString, raw(Buffer.from([0])), raw(bytes))
export const smallInteger = (n: number) => tagged(tags.integer, raw(Buffer.from([n])))

export function oid(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = [40 * first + second, ...rest].flatMap((arc) => {
    const septets = [arc & 0x7f]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      septets.unshift((left & 0x7f) | 0x80)
    return septets
  })
  return tagged(tags.oid, raw(Buffer.from(bytes)))
}

/** UTCTime up to 2049, GeneralizedTime after (RFC 5652 11.3). */
export function time(at: Date): Der {
  const digits = `${at.toISOString().slice(0, 19).replace(/[-T:]/gu, '')}Z`
  const short = at.getUTCFullYear() < 2050
  return tagged(short ? tags.utcTime : tags.generalTime, raw(Buffer.from(short ? digits.slice(2) : digits, 'ascii')))
}

export function toBytes(der: Der): Buffer {
  return Buffer.concat(der.pieces, der.size)
}

/** The elements in the order of their encodings. */
export function inOrder(elements: readonly Der[]): readonly Der[] {
  return elements
    .map((element) => toBytes(element))
    .toSorted(Buffer.compare)
    .map(raw)
}

function lengthOctets(size: number): readonly number[] {
  if (size < 0x80) return [size]
  const octetsOfSize: number[] = []
  for (let left = size; left > 0; left = Math.floor(left / 256)) octetsOfSize.unshift(left % 256)
  return [0x80 + octetsOfSize.length, ...octetsOfSize]
}
