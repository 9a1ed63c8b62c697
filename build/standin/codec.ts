export type Codec = { encode: (value: unknown) => unknown; decode: (value: unknown) => unknown }
export type Base64 = { to: (bytes: Uint8Array) => string; from: (text: string) => Uint8Array<ArrayBuffer> }

/**
 * Values of the structured clone algorithm as JSON and back. Cycles are refused, as the stand-in has no use for them.
 * The function is also sent to the page as text, so it may use nothing from outside itself.
 */
export function createCodec(base64: Base64): Codec {
  const refused = (): Error => new Error('An object could not be cloned.')
  const views: Record<string, (buffer: ArrayBuffer) => unknown> = {
    ArrayBuffer: (buffer) => buffer,
    DataView: (buffer) => new DataView(buffer),
    Uint8Array: (buffer) => new Uint8Array(buffer),
    Int8Array: (buffer) => new Int8Array(buffer),
    Uint8ClampedArray: (buffer) => new Uint8ClampedArray(buffer),
    Uint16Array: (buffer) => new Uint16Array(buffer),
    Int16Array: (buffer) => new Int16Array(buffer),
    Uint32Array: (buffer) => new Uint32Array(buffer),
    Int32Array: (buffer) => new Int32Array(buffer),
    Float32Array: (buffer) => new Float32Array(buffer),
    Float64Array: (buffer) => new Float64Array(buffer),
    BigInt64Array: (buffer) => new BigInt64Array(buffer),
    BigUint64Array: (buffer) => new BigUint64Array(buffer),
  }
  const errors: Record<string, ErrorConstructor> = {
    Error,
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
  }
  const kindOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1)

  function encode(value: unknown, path: readonly object[] = []): unknown {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
    if (value === undefined) return { $: 'undefined' }
    if (typeof value === 'number') {
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) }
    }
    if (typeof value === 'bigint') return { $: 'bigint', v: String(value) }
    if (typeof value !== 'object') throw refused()
    if (path.includes(value)) throw new Error('An object could not be cloned: the stand-in carries no cycles.')
    const inner = [...path, value]
    const each = (entry: unknown): unknown => encode(entry, inner)
    if (Array.isArray(value)) return value.map(each)
    const kind = kindOf(value)
    if (ArrayBuffer.isView(value)) {
      return { $: 'bytes', k: kind, v: base64.to(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) }
    }
    switch (kind) {
      case 'ArrayBuffer':
        return { $: 'bytes', k: kind, v: base64.to(new Uint8Array(value as ArrayBuffer)) }
      case 'Date':
        return { $: 'date', v: each((value as Date).getTime()) }
      case 'RegExp':
        return { $: 'regexp', v: [(value as RegExp).source, (value as RegExp).flags] }
      case 'Map':
        return { $: 'map', v: [...(value as Map<unknown, unknown>)].map(([key, entry]) => [each(key), each(entry)]) }
      case 'Set':
        return { $: 'set', v: [...(value as Set<unknown>)].map(each) }
      case 'Error': {
        const { name, message, stack } = value as Error
        return { $: 'error', v: [String(name), String(message), stack ?? null] }
      }
      case 'Object': {
        const fields = Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, each(entry)]))
        return Object.hasOwn(value, '$') ? { $: 'object', v: Object.entries(fields) } : fields
      }
      default:
        throw refused()
    }
  }

  function decode(value: unknown): unknown {
    if (value === null || typeof value !== 'object') return value
    if (Array.isArray(value)) return value.map(decode)
    if (!Object.hasOwn(value, '$')) {
      return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, decode(entry)]))
    }
    const { $: tag, k: kind, v: data } = value as { $: string; k?: string; v?: unknown }
    const list = data as [unknown, unknown][]
    switch (tag) {
      case 'undefined':
        return undefined
      case 'number':
        return Number(data)
      case 'bigint':
        return BigInt(data as string)
      case 'date':
        return new Date(decode(data) as number)
      case 'regexp':
        return new RegExp(list[0] as unknown as string, list[1] as unknown as string)
      case 'bytes':
        return views[kind ?? '']?.(base64.from(data as string).buffer)
      case 'map':
        return new Map(list.map(([key, entry]) => [decode(key), decode(entry)]))
      case 'set':
        return new Set((data as unknown[]).map(decode))
      case 'error': {
        const [name, message, stack] = data as [string, string, string | null]
        const error = new (errors[name] ?? Error)(message)
        if (stack !== null) error.stack = stack
        return error
      }
      case 'object':
        return Object.fromEntries(list.map(([key, entry]) => [key, decode(entry)]))
      default:
        throw new Error(`the stand-in does not know the tag ${tag}`)
    }
  }

  return { encode: (value) => encode(value), decode }
}

/** The codec as main uses it. Node's Buffer arrives at the other side as Uint8Array, as in Electron. */
export const codec: Codec = createCodec({
  to: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  from: (text) => new Uint8Array(Buffer.from(text, 'base64')),
})
