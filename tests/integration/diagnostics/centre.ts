import { createServer as createPlain, type RequestListener } from 'node:http'
import { createServer, type ServerOptions } from 'node:https'
import { createServer as createNet, type AddressInfo, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { measureNetwork } from '#core/diagnostics/checks/network.ts'
import { judgeNetwork, type NetworkFigures } from '#domain/diagnosis/index.ts'
import { issueServer, makeAuthority, type Issued } from './certificates.ts'

export const authority = makeAuthority('Invented test authority')
export const rightServer = issueServer(authority, ['localhost', '127.0.0.1'])

/** Starts a server on a free port of this machine and ends it, its lines included, with the test. */
export async function listen(server: Server): Promise<number> {
  const lines = new Set<Socket>()
  server.on('connection', (line: Socket) => {
    lines.add(line)
    line.on('error', () => {})
    line.once('close', () => lines.delete(line))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    const ended = new Promise((resolve) => server.close(resolve))
    for (const line of lines) line.destroy()
    await ended
  })
  return (server.address() as AddressInfo).port
}

/** A centre as it should be. */
export const takesUploads: RequestListener = (request, response) => {
  request.resume()
  request.once('end', () => response.writeHead(204, { 'tus-resumable': '1.0.0', 'tus-version': '1.0.0,0.2.2' }).end())
}

export function startCentre(
  answer: RequestListener = takesUploads,
  { certificate, key }: Issued = rightServer,
  options: ServerOptions = {},
): Promise<number> {
  return listen(createServer({ cert: certificate, key, ...options }, answer))
}

export const startPlain = (answer: RequestListener) => listen(createPlain(answer))
export const startBare = (take: (line: Socket) => void) => listen(createNet(take))

/** A port that nobody listens on: taken, and given back. */
export async function closedPort(): Promise<number> {
  const server = createNet()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

type Look = {
  readonly host?: string
  readonly authorities?: readonly string[]
  readonly clock?: () => Date
  readonly patienceMs?: number
  readonly environment?: NodeJS.ProcessEnv
  readonly path?: string
  readonly signal?: AbortSignal
}

/** What the network test measures against a port, and the causes it is judged to. */
export async function lookAt(port: number, look: Look = {}) {
  const { host = 'localhost', authorities = [authority.certificate], path = '/files/' } = look
  const figures: NetworkFigures = await measureNetwork({
    centre: new URL(`https://${host}:${port}${path}`),
    authorities,
    clock: look.clock ?? (() => new Date()),
    signal: look.signal ?? new AbortController().signal,
    patienceMs: look.patienceMs ?? 10_000,
    environment: look.environment ?? {},
  })
  return { figures, causes: judgeNetwork(figures).map(({ cause }) => cause) }
}
