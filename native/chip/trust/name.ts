import { hexOf, membersOf, oidOf, readDers, tags, unreadable, type Der } from './der.ts'

export type Name = {
  /** Equal for names that RFC 5280 7.1 calls equal: authorities write theirs now as UTF-8, now as PrintableString. */
  readonly key: string
  /** One line, most general part first. */
  readonly text: string
  /** Two letters, upper case; empty when there is none. */
  readonly country: string
}

const labels: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
}

const decoders: Readonly<Record<number, (bytes: Uint8Array) => string>> = {
  0x0c: (bytes) => new TextDecoder().decode(bytes),
  0x13: (bytes) => Buffer.from(bytes).toString('latin1'),
  0x14: (bytes) => Buffer.from(bytes).toString('latin1'),
  0x16: (bytes) => Buffer.from(bytes).toString('latin1'),
  0x1e: (bytes) =>
    Buffer.from(bytes.subarray(0, bytes.length & ~1))
      .swap16()
      .toString('utf16le'),
}

export function readName(value: Der): Name {
  const parts = readDers(value.content, 64).map((set) => {
    if (set.tag !== tags.set) throw unreadable('name')
    return readDers(set.content, 16).map(readAttribute)
  })
  const all = parts.flat()
  return {
    key: parts
      .map((part) =>
        part
          .map(({ type, key }) => `${type}=${key}`)
          .toSorted()
          .join('+'),
      )
      .join(','),
    text: all.map(({ label, text }) => `${label}=${text}`).join(', '),
    country: all.find(({ type }) => type === '2.5.4.6')?.text.toUpperCase() ?? '',
  }
}

function readAttribute(value: Der) {
  const members = membersOf(value)
  const type = oidOf(members.take(tags.oid))
  const content = members.take()
  const decode = decoders[content.tag]
  const text = decode ? printable(decode(content.content)) : hexOf(content.content)
  // The separators are escaped, so that no value can look like two parts.
  const key = JSON.stringify(text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim())
  return { type, label: labels[type] ?? type, text, key }
}

/** Names are shown and logged: no control characters, no endless lines. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, '').slice(0, 256)
}
