import { refuse } from './refuse.ts'

// ANSI/NIST-ITL 1-2011 annex B, table 109.
const FILE_SEPARATOR = Uint8Array.of(0x1c)
const GROUP_SEPARATOR = Uint8Array.of(0x1d)
const RECORD_SEPARATOR = '\u001e'
const UNIT_SEPARATOR = '\u001f'

/** One field: a single information item, subfields of information items, or the bytes of field 999. */
export type Field = {
  readonly number: number
  readonly value: string | readonly (readonly string[])[] | Uint8Array
}

/**
 * One logical record, in pieces: LEN first, then the fields in the order given, group separators between them and a file
 * separator at the end. LEN counts every byte of the record, its own digits and the file separator included.
 */
export function encodeRecord(type: number, fields: readonly Field[]): readonly Uint8Array[] {
  const rest = [...fields.flatMap((field) => [GROUP_SEPARATOR, ...encodeField(type, field)]), FILE_SEPARATOR]
  const tag = `${type}.001:`
  const fixed = rest.reduce((sum, { length }) => sum + length, tag.length)
  let length = fixed
  while (fixed + String(length).length !== length) length = fixed + String(length).length
  return [Buffer.from(`${tag}${length}`, 'latin1'), ...rest]
}

function encodeField(type: number, { number, value }: Field): readonly Uint8Array[] {
  const tag = Buffer.from(`${type}.${String(number).padStart(3, '0')}:`, 'latin1')
  if (value instanceof Uint8Array) return [tag, value]
  const subfields = typeof value === 'string' ? [[value]] : value
  const text = subfields.map((items) => items.map(checked).join(UNIT_SEPARATOR)).join(RECORD_SEPARATOR)
  return [tag, Buffer.from(text, 'utf8')]
}

/** A value must not hold a separator, nor anything else below the space. */
function checked(item: string): string {
  if (item === '') return refuse('empty')
  if (/\p{Cc}/u.test(item) || !item.isWellFormed()) return refuse('control-character')
  return item
}
