/**
 * A reader of ISO/IEC 19794-2:2005 finger minutiae records, written from the published layout (clause 8, tables 4 to 6)
 * and not from this program's code: field by field in the order in which they stand, everything it meets is told.
 */
export type Field = { readonly name: string; readonly at: number; readonly bytes: readonly number[] }

export type Record = {
  readonly fields: readonly Field[]
  value(name: string): number
  readonly minutiae: readonly {
    readonly type: 'other' | 'ending' | 'bifurcation'
    readonly x: number
    readonly y: number
    readonly degrees: number
    readonly quality: number
  }[]
  /** Bytes after the last field. */
  readonly rest: number
}

const headers = [
  ['format identifier', 4],
  ['version number', 4],
  ['length of record', 4],
  ['capture equipment certification and device type', 2],
  ['image size in x', 2],
  ['image size in y', 2],
  ['resolution in x', 2],
  ['resolution in y', 2],
  ['number of finger views', 1],
  ['reserved', 1],
  ['finger position', 1],
  ['view number and impression type', 1],
  ['finger quality', 1],
  ['number of minutiae', 1],
] as const

export function readRecord(record: Uint8Array): Record {
  let at = 0
  const fields: Field[] = []
  const take = (name: string, length: number): number => {
    const bytes = Array.from(record.subarray(at, at + length))
    if (bytes.length < length) throw new Error(`${name} at byte ${at} is cut`)
    fields.push({ name, at, bytes })
    at += length
    return bytes.reduce((value, byte) => value * 256 + byte, 0)
  }
  for (const [name, length] of headers) take(name, length)
  const value = (name: string) => {
    const field = fields.find((one) => one.name === name)
    if (!field) throw new Error(`no field is called ${name}`)
    return field.bytes.reduce((sum, byte) => sum * 256 + byte, 0)
  }
  const minutiae = Array.from({ length: value('number of minutiae') }, (_, index) => {
    const x = take(`minutia ${index}: type and x`, 2)
    const y = take(`minutia ${index}: reserved and y`, 2)
    const angle = take(`minutia ${index}: angle`, 1)
    const quality = take(`minutia ${index}: quality`, 1)
    const type = (['other', 'ending', 'bifurcation'] as const)[Math.floor(x / 16_384)]
    if (!type) throw new Error(`minutia ${index} has the reserved type`)
    if (y >= 16_384) throw new Error(`minutia ${index} has reserved bits set`)
    return { type, x: x % 16_384, y, degrees: (angle * 360) / 256, quality }
  })
  take('length of extended data', 2)
  return { fields, value, minutiae, rest: record.length - at }
}
