import { Agent, request, type IncomingHttpHeaders } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Patience } from './steps.ts'

export type Reply = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly tookMs: number }

/** Requests one after the other over a line that is already open. */
export function over(line: Duplex): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  agent.createConnection = () => line
  return agent
}

/** One request. Undefined when no whole answer came in time. */
export function ask(
  agent: Agent,
  centre: URL,
  options: Patience & { readonly method: 'OPTIONS' | 'POST'; readonly path?: string; readonly body?: Uint8Array },
): Promise<Reply | undefined> {
  const { signal, patienceMs, method, path = centre.pathname, body } = options
  const begun = performance.now()
  return new Promise((resolve) => {
    const asked = request({
      method,
      path,
      headers: { host: centre.host, ...(body && { 'content-length': body.length }) },
      agent,
      signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    })
    asked.once('error', () => resolve(undefined))
    // Also of an answer that wants to change the protocol, which is dropped without an error.
    asked.once('close', () => resolve(undefined))
    asked.once('response', (response) => {
      let bytes = 0
      // Nothing that is asked here has a long answer.
      response.on('data', (piece: Buffer) => (bytes += piece.length) > 1_000_000 && asked.destroy())
      response.once('error', () => resolve(undefined))
      response.once('close', () => resolve(undefined))
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, tookMs: performance.now() - begun }),
      )
    })
    asked.end(body)
  })
}

/** Signs that something between has answered or has passed the answer on. */
export function proxyMarks({ status, headers }: Pick<Reply, 'status' | 'headers'>, centre: URL): number {
  const elsewhere = status >= 300 && status < 400 && hostOf(headers.location, centre) !== centre.host
  const names = ['via', 'proxy-authenticate', 'proxy-connection', 'x-squid-error'].filter((name) => headers[name])
  return names.length + (status === 407 || status === 511 ? 1 : 0) + (elsewhere ? 1 : 0)
}

function hostOf(location: string | undefined, centre: URL): string {
  try {
    return new URL(location ?? '', centre).host
  } catch {
    return ''
  }
}
