import { AppError } from '#domain/failure/index.ts'
import { decodeTemplate } from '#native/imaging/minutiae/index.ts'

/** Of an ISO/IEC 19794-2:2005 record: 'FMR', version, and then its whole length. */
const lengthAt = 8

export function joinTemplates(templates: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(templates)
}

/** The records of a file that holds one or more, one after the other. Throws IMAGE_UNREADABLE when one does not hold. */
export function splitTemplates(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const templates: Uint8Array[] = []
  for (let at = 0; at < bytes.length || at === 0;) {
    const length = at + lengthAt + 4 <= bytes.length ? view.getUint32(at + lengthAt) : 0
    if (length === 0) throw new AppError('IMAGE_UNREADABLE', 'desk.templates', { context: { at } })
    const template = bytes.slice(at, at + length)
    decodeTemplate(template)
    templates.push(template)
    at += length
  }
  return templates
}
