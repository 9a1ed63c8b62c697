import { AppError } from '#domain/failure/index.ts'

/** A command APDU (ISO/IEC 7816-4 5.1). `le` is the number of bytes wanted, 1 … 65536; absent when none are expected. */
export type Command = {
  readonly cla: number
  readonly ins: number
  readonly p1: number
  readonly p2: number
  readonly data?: Uint8Array
  readonly le?: number
}

export type ResponseApdu = { readonly data: Uint8Array; readonly sw: number }

/** Encodes a command; the extended form is taken only when data or `le` need it. */
export function encodeCommand(command: Command): Uint8Array {
  const data = command.data ?? new Uint8Array()
  const { le } = command
  const extended = data.length > 255 || (le !== undefined && le > 256)
  const header = [command.cla, command.ins, command.p1, command.p2]
  const length: number[] = []
  if (extended) {
    length.push(0)
    if (data.length > 0) length.push(data.length >> 8, data.length & 0xff)
  } else if (data.length > 0) {
    length.push(data.length)
  }
  const expected = le === undefined ? [] : extended ? [(le >> 8) & 0xff, le & 0xff] : [le & 0xff]
  return Uint8Array.from([...header, ...length, ...data, ...expected])
}

/** Decodes a command of any of the seven forms; undefined when the lengths do not agree. */
export function decodeCommand(bytes: Uint8Array): Command | undefined {
  const [cla, ins, p1, p2] = bytes
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return undefined
  const head = { cla, ins, p1, p2 }
  const body = bytes.subarray(4)
  const [first = 0] = body
  if (body.length === 0) return head
  if (body.length === 1) return { ...head, le: first || 256 }
  if (first !== 0) {
    if (body.length === 1 + first) return { ...head, data: body.subarray(1) }
    if (body.length === 2 + first) return { ...head, data: body.subarray(1, 1 + first), le: body[1 + first] || 256 }
    return undefined
  }
  const long = ((body[1] ?? 0) << 8) | (body[2] ?? 0)
  if (body.length === 3) return { ...head, le: long || 65536 }
  if (long === 0) return undefined
  const data = body.subarray(3, 3 + long)
  if (body.length === 3 + long) return { ...head, data }
  if (body.length !== 5 + long) return undefined
  return { ...head, data, le: ((body[3 + long] ?? 0) << 8) | (body[4 + long] ?? 0) || 65536 }
}

/** Splits a response into data and status word. Shorter than two bytes: CHIP_MALFORMED. */
export function splitResponse(bytes: Uint8Array): ResponseApdu {
  const at = bytes.length - 2
  if (at < 0) throw new AppError('CHIP_MALFORMED', 'chip.response', { context: { bytes: bytes.length } })
  return { data: bytes.subarray(0, at), sw: ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0) }
}
