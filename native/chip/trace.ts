import type { ChipExchange } from '#native/capability/card-reader.ts'
import { decodeCommand, splitResponse, type Command } from './apdu.ts'
import { readAll, readHeader, type Tlv } from './tlv.ts'

/**
 * One exchange for a technician's eyes. What is shown is named here, and nothing else is: headers, lengths and status
 * words, the data of SELECT, of MSE and the answer of GET CHALLENGE in clear, and of secure messaging the objects' tags
 * and lengths with the expected length (97) and the status (99). Everything else is `[n]`, n bytes that are not shown,
 * so that whoever holds a trace learns nothing of the holder and cannot try keys on it.
 */
export function traceExchange(
  command: Uint8Array,
  response: Uint8Array | undefined,
  ms: number,
): Omit<ChipExchange, 'number'> {
  const decoded = decodeCommand(command)
  return {
    command: decoded ? showCommand(command, decoded) : hidden(command.length),
    ...(response && { response: showResponse(decoded, response) }),
    ms: Math.round(ms * 10) / 10,
  }
}

const ins = { select: 0xa4, challenge: 0x84, manage: 0x22, authenticate: 0x86 } as const
/** No file id and no application's name is longer (ISO/IEC 7816-4). */
const longestName = 16
const longestChallenge = 16

function showCommand(bytes: Uint8Array, command: Command): string {
  const header = hex(bytes.subarray(0, 4))
  const { data } = command
  if (!data) return words(header, hex(bytes.subarray(4)))
  // Lc is one byte, or three in extended form; what is behind the data is Le.
  const before = bytes[4] === 0 ? 7 : 5
  const end = before + data.length
  return words(header, hex(bytes.subarray(4, before)), showData(command, data), hex(bytes.subarray(end)))
}

function showData(command: Command, data: Uint8Array): string {
  if (isProtected(command)) return objects(data, { 0x85: none, 0x87: none, 0x8e: none, 0x97: 3 })
  switch (command.ins) {
    case ins.select:
      return data.length <= longestName ? hex(data) : hidden(data.length)
    case ins.manage:
      return objects(data, { 0x80: 12, 0x83: 1, 0x84: 1 })
    case ins.authenticate:
      return dynamic(data)
    default:
      return hidden(data.length)
  }
}

function showResponse(command: Command | undefined, bytes: Uint8Array): string {
  if (bytes.length < 2) return hidden(bytes.length)
  const { data } = splitResponse(bytes)
  return words(data.length > 0 ? showAnswer(command, data) : '', hex(bytes.subarray(-2)))
}

function showAnswer(command: Command | undefined, data: Uint8Array): string {
  if (!command) return hidden(data.length)
  if (isProtected(command)) return objects(data, { 0x85: none, 0x87: none, 0x8e: none, 0x99: 2 })
  if (command.ins === ins.challenge && data.length <= longestChallenge) return hex(data)
  if (command.ins === ins.authenticate) return dynamic(data)
  return hidden(data.length)
}

const none = 0
/** The longest value that is shown, by tag. */
type Known = Readonly<Record<number, number>>

/** Objects one after the other, each once. Any that is not known hides them all: their "tags" may be text. */
function objects(data: Uint8Array, known: Known): string {
  const found = split(data)
  const tags = new Set(found?.map(({ tag }) => tag))
  if (!found || tags.size !== found.length || found.some(({ tag }) => known[tag] === undefined))
    return hidden(data.length)
  return words(
    ...found.map(({ tag, value, raw }) =>
      value.length <= (known[tag] ?? none) ? hex(raw) : head(raw) + hidden(value.length),
    ),
  )
}

/** Dynamic authentication data of PACE: points, tokens and the nonce by tag and length. */
function dynamic(data: Uint8Array): string {
  const [outer, ...others] = split(data) ?? []
  if (outer?.tag !== 0x7c || others.length > 0) return hidden(data.length)
  const inner: Known = Object.fromEntries([0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x8a].map((tag) => [tag, none]))
  return words(head(outer.raw), outer.value.length > 0 ? objects(outer.value, inner) : '')
}

function split(data: Uint8Array): readonly Tlv[] | undefined {
  try {
    return readAll(data)
  } catch {
    return undefined
  }
}

function isProtected({ cla }: Command): boolean {
  return (cla & 0x0c) !== 0
}

function head(raw: Uint8Array): string {
  return hex(raw.subarray(0, readHeader(raw)?.headerLength ?? 0))
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase()
}

function hidden(length: number): string {
  return `[${length}]`
}

function words(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ')
}
