import { createServer, type Socket } from 'node:net'

export type Request = { readonly method: string; readonly path: string; readonly body: unknown }

/** One connection with one request, answered by hand: Node's own server refuses verbs that it does not know. */
export type Exchange = {
  readonly request: Request
  readonly socket: Socket
  /** A whole answer of JSON. */
  answer(value: unknown, status?: number): void
  /** Writes when the other side has room for more; false when it is gone. */
  write(bytes: Uint8Array | string): Promise<boolean>
}

const mostRequest = 1_000_000
const ports = { first: 4501, last: 4600 } as const

/** Listens on the first free port for SBI services. `stop` cuts what is open. */
export async function serveHttp(
  handle: (exchange: Exchange) => Promise<void>,
): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const lines = new Set<Socket>()
  const server = createServer((socket) => {
    let received = Buffer.alloc(0)
    lines.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => lines.delete(socket))
    socket.on('data', function listen(bytes) {
      received = Buffer.concat([received, bytes])
      if (received.length > mostRequest) return void socket.destroy()
      const request = parseRequest(received)
      if (!request) return
      socket.off('data', listen)
      // To hear of the other side's end.
      socket.resume()
      void handle(exchangeOn(socket, request)).catch(() => socket.destroy())
    })
  })
  for (let port = ports.first; port <= ports.last; port++) {
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    server.removeAllListeners('error')
    server.removeAllListeners('listening')
    if (!isFree) continue
    return {
      port,
      async stop() {
        for (const line of lines) line.destroy()
        await new Promise<void>((resolve) => server.close(() => resolve()))
      },
    }
  }
  throw new Error('no free port for an SBI service')
}

/** Nothing while the request is not whole. */
function parseRequest(bytes: Buffer): Request | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = bytes.toString('latin1', 0, end)
  const [method = '', path = ''] = head.split(' ')
  const length = Number(/^content-length:\s*(\d+)/imu.exec(head)?.[1] ?? 0)
  const body = bytes.subarray(end + 4)
  if (body.length < length) return undefined
  return { method, path, body: length === 0 ? undefined : (JSON.parse(body.toString('utf8', 0, length)) as unknown) }
}

function exchangeOn(socket: Socket, request: Request): Exchange {
  return {
    request,
    socket,
    answer(value, status = 200) {
      const body = JSON.stringify(value)
      const length = `Content-Length: ${Buffer.byteLength(body)}`
      const type = 'Content-Type: application/json'
      socket.end(
        `HTTP/1.1 ${status} OK\r\nCache-Control: no-store\r\n${type}\r\n${length}\r\nConnection: close\r\n\r\n${body}`,
      )
    },
    write(bytes) {
      if (socket.destroyed) return Promise.resolve(false)
      if (socket.write(bytes)) return Promise.resolve(true)
      return new Promise((resolve) => {
        const settle = () => {
          socket.off('drain', settle)
          socket.off('close', settle)
          resolve(!socket.destroyed)
        }
        socket.once('drain', settle)
        socket.once('close', settle)
      })
    },
  }
}
