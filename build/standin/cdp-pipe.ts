import { EventEmitter } from 'node:events'
import type { Readable, Writable } from 'node:stream'

export type Json = Record<string, unknown>
type Waiter = { resolve: (result: Json) => void; reject: (error: Error) => void; method: string }

/**
 * The DevTools protocol over Chromium's two pipes: JSON messages, each ended by a NUL byte.
 * Events are emitted as `${sessionId}:${method}`, those of the browser itself as `:${method}`.
 */
export class CdpPipe {
  readonly #events = new EventEmitter().setMaxListeners(0)
  readonly #waiters = new Map<number, Waiter>()
  readonly #writable: Writable
  #nextId = 1
  #parts: Buffer[] = []
  #closed = false

  constructor(readable: Readable, writable: Writable) {
    this.#writable = writable
    readable.on('data', (chunk: Buffer) => this.#push(chunk))
    readable.on('close', () => this.#end())
    readable.on('error', () => this.#end())
    writable.on('error', () => this.#end())
  }

  get closed(): boolean {
    return this.#closed
  }

  send(method: string, params: Json = {}, sessionId = ''): Promise<Json> {
    if (this.#closed) return Promise.reject(new Error(`${method}: Chromium is gone`))
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#waiters.set(id, { resolve, reject, method })
      this.#writable.write(
        `${JSON.stringify(sessionId === '' ? { id, method, params } : { id, method, params, sessionId })}\0`,
      )
    })
  }

  /** Sends without caring for the answer: for pages which may be gone before it arrives. */
  post(method: string, params: Json = {}, sessionId = ''): void {
    this.send(method, params, sessionId).catch(() => undefined)
  }

  on(event: string, listener: (params: Json) => void, sessionId = ''): () => void {
    const name = `${sessionId}:${event}`
    this.#events.on(name, listener)
    return () => this.#events.off(name, listener)
  }

  onClose(listener: () => void): void {
    this.#events.once('closed', listener)
  }

  /** Forgets the listeners of a session that has ended. */
  forget(sessionId: string): void {
    for (const name of this.#events.eventNames()) {
      if (String(name).startsWith(`${sessionId}:`)) this.#events.removeAllListeners(name)
    }
  }

  #push(chunk: Buffer): void {
    let rest = chunk
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      this.#parts.push(rest.subarray(0, end))
      const text = (this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts)).toString('utf8')
      this.#parts = []
      rest = rest.subarray(end + 1)
      this.#receive(JSON.parse(text) as Json)
    }
    if (rest.length > 0) this.#parts.push(rest)
  }

  #receive(message: Json): void {
    if (typeof message['id'] === 'number') {
      const waiter = this.#waiters.get(message['id'])
      this.#waiters.delete(message['id'])
      const error = message['error'] as { message: string } | undefined
      if (error) waiter?.reject(new Error(`${waiter.method}: ${error.message}`))
      else waiter?.resolve((message['result'] ?? {}) as Json)
      return
    }
    const sessionId = typeof message['sessionId'] === 'string' ? message['sessionId'] : ''
    this.#events.emit(`${sessionId}:${String(message['method'])}`, message['params'] ?? {})
  }

  #end(): void {
    if (this.#closed) return
    this.#closed = true
    for (const waiter of this.#waiters.values()) waiter.reject(new Error(`${waiter.method}: Chromium is gone`))
    this.#waiters.clear()
    this.#events.emit('closed')
  }
}
