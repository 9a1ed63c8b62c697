import { EventEmitter } from 'node:events'

/** `process.parentPort` of a utility process. Messages wait for the first listener, as in Electron. */
class ParentPort extends EventEmitter {
  #waiting: unknown[] | undefined = []

  constructor() {
    super()
    this.on('newListener', (name) => {
      if (name === 'message') queueMicrotask(() => this.#flush())
    })
    process.on('message', (message: { data: unknown }) => {
      if (this.#waiting) this.#waiting.push(message.data)
      else this.emit('message', { data: message.data, ports: [] })
    })
  }

  postMessage(message: unknown): void {
    process.send?.({ data: message })
  }

  #flush(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = undefined
    for (const data of waiting) this.emit('message', { data, ports: [] })
  }
}

Object.defineProperty(process, 'parentPort', { value: new ParentPort() })
// Main is gone, however it went: nobody is left to serve.
process.once('disconnect', () => process.exit(0))
