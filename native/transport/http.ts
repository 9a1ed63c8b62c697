import { request, type IncomingMessage } from 'node:http'
import { AppError } from '#domain/failure/index.ts'

/** A service on this machine. */
export type LoopbackPort = { readonly host: '127.0.0.1' | '::1'; readonly port: number }

export type LoopbackCall = LoopbackPort & {
  /** Any token: the verbs of biometric services are their own. */
  readonly method: string
  readonly path: string
  readonly body: string
  readonly signal: AbortSignal
  readonly step: string
}

export type LoopbackAnswer = { readonly status: number; readonly body: Uint8Array }

const ports = { first: 4501, last: 4600 } as const
const hosts = { '127.0.0.1': '127.0.0.1', '[::1]': '::1', '::1': '::1' } as const

/**
 * Reads `127.0.0.1:4501`, `[::1]:4501` or `127.0.0.1:4501-4600`. Everything else is DEVICE_UNKNOWN: no name that would
 * have to be looked up, no other machine, no port of another service.
 */
export function parseLoopback(address: string): readonly LoopbackPort[] {
  const parts = /^(?<host>127\.0\.0\.1|\[::1\]|::1):(?<first>\d{4})(?:-(?<last>\d{4}))?$/u.exec(address)?.groups
  const first = Number(parts?.['first'])
  const last = Number(parts?.['last'] ?? first)
  if (!parts || first < ports.first || last > ports.last || last < first)
    throw new AppError('DEVICE_UNKNOWN', 'http.address', { context: { expected: '127.0.0.1:4501-4600' } })
  const host = hosts[parts['host'] as keyof typeof hosts]
  return Array.from({ length: last - first + 1 }, (_, index) => ({ host, port: first + index }))
}

/**
 * One question and its whole answer of at most `most` bytes, counted while it is read: what is longer is cut off with
 * DEVICE_GARBLED. DEVICE_ABSENT: nobody listens there. DEVICE_GONE: closed before the answer was whole. CANCELLED.
 */
export async function askLoopback(call: LoopbackCall, most: number): Promise<LoopbackAnswer> {
  const response = await send(call)
  const tooLong = () => new AppError('DEVICE_GARBLED', call.step, { context: { reason: 'too-long', most } })
  if (Number(response.headers['content-length'] ?? 0) > most) {
    response.destroy()
    throw tooLong()
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytesOf(response, call)) {
    size += chunk.length
    if (size > most) throw tooLong()
    chunks.push(chunk)
  }
  return { status: response.statusCode ?? 0, body: Buffer.concat(chunks, size) }
}

/** The answer as it comes, until the service ends it. The reader's pace is the sender's. Errors as `askLoopback`. */
export async function* streamLoopback(call: LoopbackCall): AsyncGenerator<Uint8Array, void, undefined> {
  const response = await send(call)
  if (response.statusCode !== 200) {
    response.destroy()
    throw new AppError('DEVICE_REFUSED', call.step, { context: { status: response.statusCode ?? 0 } })
  }
  yield* bytesOf(response, call)
}

function send(call: LoopbackCall): Promise<IncomingMessage> {
  const { host, port, method, path, body, signal, step } = call
  if (signal.aborted) return Promise.reject(new AppError('CANCELLED', step))
  return new Promise((resolve, reject) => {
    const asked = request({
      host,
      port,
      method,
      path,
      signal,
      // No proxy, no kept connection: the services close theirs.
      agent: false,
      headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), Connection: 'close' },
    })
    asked.once('response', resolve)
    asked.on('error', (error: NodeJS.ErrnoException) => reject(failure(error, call)))
    asked.end(body)
  })
}

async function* bytesOf(response: IncomingMessage, call: LoopbackCall): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const chunk of response) yield chunk as Uint8Array
  } catch (error) {
    throw failure(error as NodeJS.ErrnoException, call)
  }
  // A line that was cut may look like an end.
  if (call.signal.aborted) throw new AppError('CANCELLED', call.step)
  if (!response.complete) throw new AppError('DEVICE_GONE', call.step)
}

function failure(error: NodeJS.ErrnoException, { signal, step }: LoopbackCall): AppError {
  if (signal.aborted) return new AppError('CANCELLED', step)
  const code = error.code ?? ''
  if (code === 'ECONNREFUSED') return new AppError('DEVICE_ABSENT', step)
  if (code.startsWith('HPE_')) return new AppError('DEVICE_GARBLED', step, { context: { reason: 'http' } })
  return new AppError('DEVICE_GONE', step)
}
