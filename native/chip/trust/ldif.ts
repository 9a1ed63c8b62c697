/** One value of an LDIF file (RFC 2849) that was given in base64. */
export type LdifValue = {
  /** Lower case, without options such as `;binary`. */
  readonly attribute: string
  /** Undefined when it is not base64. */
  readonly bytes: Uint8Array | undefined
}

/** The directory writes `dn:` or `version:` first; comments and empty lines may come before. */
export function looksLikeLdif(text: string): boolean {
  for (const line of linesOf(text)) {
    if (line.trim() !== '' && !line.startsWith('#') && !line.startsWith(' ')) return /^(?:version|dn):/iu.test(line)
  }
  return false
}

/** Every value in base64, in the order of the file. Text and references to other files are passed over. */
export function* readLdif(text: string): Generator<LdifValue> {
  let line = ''
  for (const physical of linesOf(text)) {
    // A line that begins with a space continues the one before.
    if (physical.startsWith(' ')) {
      line += physical.slice(1)
      continue
    }
    yield* valueOf(line)
    line = physical
  }
  yield* valueOf(line)
}

function* linesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    const found = text.indexOf('\n', start)
    const end = found < 0 ? text.length : found
    yield text.slice(start, text[end - 1] === '\r' ? end - 1 : end)
    start = end + 1
  }
}

function* valueOf(line: string): Generator<LdifValue> {
  const colon = line.indexOf('::')
  const attribute = /^[a-z][a-z0-9-]*/iu.exec(line.slice(0, Math.max(0, colon)))?.[0].toLowerCase()
  if (attribute === undefined) return
  const text = line.slice(colon + 2).trim()
  const sound = /^[A-Za-z0-9+/]*={0,2}$/u.test(text)
  yield { attribute, bytes: sound ? Buffer.from(text, 'base64') : undefined }
}
