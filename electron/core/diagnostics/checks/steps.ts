import { lookup } from 'node:dns/promises'
import { connect, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'

/** Each step of the way by itself, so that each is timed and told by itself. None throws, each ends within its patience. */
export type Patience = { readonly signal: AbortSignal; readonly patienceMs: number }

export async function findName(host: string, { signal, patienceMs }: Patience): Promise<readonly string[]> {
  // The system's resolver cannot be called off: a late answer is dropped.
  const found = lookup(host, { all: true }).then(
    (all) => all.map(({ address }) => address),
    () => [],
  )
  return Promise.race([found, expired(AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]))])
}

function expired(signal: AbortSignal): Promise<readonly string[]> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve([]), { once: true }))
}

/** The first address of the name that takes a connection; the code of the system when none does. */
export function openPort(host: string, port: number, patience: Patience): Promise<Socket | { readonly code: string }> {
  return settle(connect({ host, port, autoSelectFamily: true }), 'connect', patience)
}

/**
 * TLS over an open port, whatever certificate is shown: judging it is the next step. It is verified against
 * `authorities` and the name; the outcome is `authorizationError`. When it fails: OpenSSL's code and the alert.
 */
export async function secure(
  socket: Socket,
  host: string,
  authorities: readonly string[],
  patience: Patience,
): Promise<TLSSocket | { readonly code: string; readonly alert?: number }> {
  const tls = connectTls({
    socket,
    host,
    ...(isAddress(host) ? {} : { servername: host }),
    ca: [...authorities],
    rejectUnauthorized: false,
  })
  const outcome = await settle(tls, 'secureConnect', patience)
  if ('code' in outcome) socket.destroy()
  return outcome
}

export function isAddress(host: string): boolean {
  return /^[\d.]+$/u.test(host) || host.includes(':')
}

function settle<S extends Socket>(
  socket: S,
  event: 'connect' | 'secureConnect',
  { signal, patienceMs }: Patience,
): Promise<S | { readonly code: string; readonly alert?: number }> {
  return new Promise((resolve) => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])
    const fail = (error?: Error & { code?: string }) => {
      limit.removeEventListener('abort', giveUp)
      socket.destroy()
      const alert = /alert number (\d+)/u.exec(error?.message ?? '')?.[1]
      resolve({ code: codeOf(error), ...(alert !== undefined && { alert: Number(alert) }) })
    }
    const giveUp = () => fail()
    // What breaks later is the next step's; an error without a listener would end the program.
    socket.on('error', () => {})
    if (limit.aborted) return giveUp()
    limit.addEventListener('abort', giveUp, { once: true })
    socket.once('error', fail)
    socket.once('close', giveUp)
    socket.once(event, () => {
      limit.removeEventListener('abort', giveUp)
      socket.off('close', giveUp)
      resolve(socket)
    })
  })
}

function codeOf(error: (Error & { code?: string }) | undefined): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0] as Error & { code?: string })
  return error?.code ?? 'ETIMEDOUT'
}
