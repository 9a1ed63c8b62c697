import { request } from 'node:http'
import type { Patience } from './steps.ts'

/** Where the environment sends such addresses (the custom of curl and others), unless it exempts this one. */
export function proxyFor(centre: URL, environment: NodeJS.ProcessEnv): URL | undefined {
  const read = (name: string) => environment[name] || environment[name.toUpperCase()]
  const text = read('https_proxy') ?? read('all_proxy')
  if (text === undefined || isExempt(centre.hostname, read('no_proxy') ?? '')) return undefined
  try {
    const proxy = new URL(text.includes('://') ? text : `http://${text}`)
    return proxy.protocol === 'http:' ? proxy : undefined
  } catch {
    return undefined
  }
}

function isExempt(host: string, list: string): boolean {
  return list
    .split(',')
    .map((each) => each.trim().replace(/^\*?\./u, ''))
    .some((each) => each === '*' || (each !== '' && (host === each || host.endsWith(`.${each}`))))
}

/** The status with which a proxy answers CONNECT: 200 would let us through, 407 wants a password; 0 for no answer. */
export function askProxy(proxy: URL, centre: URL, { signal, patienceMs }: Patience): Promise<number> {
  return new Promise((resolve) => {
    const asked = request({
      host: proxy.hostname,
      port: proxy.port || 80,
      method: 'CONNECT',
      path: `${centre.hostname}:${centre.port || 443}`,
      signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    })
    asked.once('connect', ({ statusCode }, socket) => {
      socket.destroy()
      resolve(statusCode ?? 0)
    })
    asked.once('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    asked.once('error', () => resolve(0))
    asked.end()
  })
}
