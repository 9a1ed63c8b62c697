import { createServer } from 'node:http'
import { createServer as createTls } from 'node:tls'
import { expect, test } from 'vitest'
import { measureNetwork } from '#core/diagnostics/checks/network.ts'
import { judgeNetwork } from '#domain/diagnosis/index.ts'
import { issueServer, makeAuthority } from './certificates.ts'
import {
  authority,
  closedPort,
  listen,
  lookAt,
  rightServer,
  startBare,
  startCentre,
  startPlain,
  takesUploads,
} from './centre.ts'

const dayMs = 86_400_000

test('a centre as it should be works, and each step has its time', async () => {
  const { figures, causes } = await lookAt(await startCentre())
  expect(causes).toEqual([])
  expect(figures).toMatchObject({
    centreSet: 1,
    proxySet: 0,
    nameFound: 1,
    portOpen: 1,
    tlsDone: 1,
    tlsVersion: 1.3,
    trusted: 1,
    nameFits: 1,
    chainExpired: 0,
    httpStatus: 204,
    proxyMarks: 0,
    tus: 1,
  })
  for (const name of ['nameMs', 'connectMs', 'tlsMs', 'roundTripMs'] as const)
    expect(figures[name], name).toBeGreaterThan(0)
  expect(figures.certificateDaysLeft).toBe(89)
  expect(figures.certificateDaysOld).toBe(90)
  expect(Math.abs(figures.centreAheadS ?? NaN)).toBeLessThanOrEqual(2)
  expect(figures).not.toHaveProperty('upKbPerS')
})

test('five round trips go over one line', async () => {
  const lines = new Set<number | undefined>()
  let asked = 0
  const port = await startCentre((request, response) => {
    asked++
    lines.add(request.socket.remotePort)
    expect(request.method).toBe('OPTIONS')
    takesUploads(request, response)
  })
  await lookAt(port)
  expect(asked).toBe(5)
  expect(lines.size).toBe(1)
})

test('a server that closes after each answer is measured once', async () => {
  const port = await startCentre((request, response) => {
    response.setHeader('connection', 'close')
    takesUploads(request, response)
  })
  const { figures, causes } = await lookAt(port)
  expect(causes).toEqual([])
  expect(figures.roundTripMs).toBeGreaterThan(0)
})

test('throughput is measured where the server names a place for it, and nowhere else', async () => {
  const got: [path: string, bytes: number][] = []
  const port = await startCentre((request, response) => {
    if (request.method === 'OPTIONS') response.setHeader('quay-discard', '/nowhere')
    let bytes = 0
    request.on('data', (piece: Buffer) => (bytes += piece.length))
    request.once('end', () => bytes > 0 && got.push([request.url ?? '', bytes]))
    takesUploads(request, response)
  })
  const { figures } = await lookAt(port)
  expect(got).toEqual([['/nowhere', 262_144]])
  expect(figures.upKbPerS).toBeGreaterThan(0)
  const { figures: untrusted } = await lookAt(port, { authorities: [] })
  expect(untrusted).not.toHaveProperty('upKbPerS')
  expect(got).toHaveLength(1)
})

test('a place for throughput at another server is not taken', async () => {
  let posted = 0
  const port = await startCentre((request, response) => {
    if (request.method === 'POST') posted++
    response.setHeader('quay-discard', 'https://elsewhere.invalid/x')
    takesUploads(request, response)
  })
  const { figures } = await lookAt(port)
  expect(posted).toBe(0)
  expect(figures).not.toHaveProperty('upKbPerS')
})

test('a port that nobody listens on is closed', async () => {
  const { figures, causes } = await lookAt(await closedPort())
  expect(causes).toEqual(['port-closed'])
  expect(figures).not.toHaveProperty('tlsDone')
})

test('a name that does not exist is unknown', async () => {
  const { figures, causes } = await lookAt(443, { host: 'centre.invalid' })
  expect(figures.nameFound).toBe(0)
  expect(['name-unknown', 'network-down']).toContain(causes[0])
})

test('a server that allows only what this program does not speak refuses TLS, with its alert', async () => {
  const port = await startCentre(takesUploads, undefined, { maxVersion: 'TLSv1.2', ciphers: 'PSK' })
  const { figures, causes } = await lookAt(port)
  expect(causes).toEqual(['tls-refused'])
  expect(figures.tlsAlert).toBe(40)
})

test('a server that closes instead of speaking TLS refuses it', async () => {
  const port = await startBare((line) => line.once('data', () => line.destroy()))
  expect((await lookAt(port)).causes).toEqual(['tls-refused'])
})

test('a server that takes the line and says nothing refuses TLS within the patience', async () => {
  const port = await startBare((line) => line.resume())
  expect((await lookAt(port, { patienceMs: 100 })).causes).toEqual(['tls-refused'])
})

test('a server that speaks plain HTTP is told from a log-in page that does', async () => {
  const plain = await startPlain((_, response) => response.writeHead(404).end())
  const { figures, causes } = await lookAt(plain)
  expect(causes).toEqual(['tls-refused'])
  expect(figures).toMatchObject({ tlsDone: 0, speaksPlain: 1, proxyMarks: 0 })
  const portal = await startPlain((_, response) =>
    response.writeHead(302, { location: 'http://login.invalid/wifi' }).end(),
  )
  expect((await lookAt(portal)).causes).toEqual(['proxy-in-between'])
})

test('an expired certificate is told, and not as an unknown one', async () => {
  const expired = issueServer(authority, ['localhost'], { from: -90, to: -3 })
  const { figures, causes } = await lookAt(await startCentre(takesUploads, expired))
  expect(causes).toEqual(['server-certificate-expired'])
  expect(figures.certificateDaysLeft).toBe(-4)
})

test('an authority that has expired is told, though the server has not', async () => {
  const old = makeAuthority('Old invented authority', -3)
  const port = await startCentre(takesUploads, issueServer(old, ['localhost']))
  const { figures, causes } = await lookAt(port, { authorities: [old.certificate] })
  expect(causes).toEqual(['server-certificate-expired'])
  expect(figures).toMatchObject({ trusted: 1, chainExpired: 1, certificateDaysLeft: 89 })
})

test('an unknown authority is told until it is given to the station', async () => {
  const other = makeAuthority('Another invented authority')
  const port = await startCentre(takesUploads, issueServer(other, ['localhost']))
  expect((await lookAt(port)).causes).toEqual(['server-unknown'])
  expect((await lookAt(port, { authorities: [authority.certificate, other.certificate] })).causes).toEqual([])
})

test('a certificate of another name is told', async () => {
  const misnamed = issueServer(authority, ['centre.invalid'])
  expect((await lookAt(await startCentre(takesUploads, misnamed))).causes).toEqual(['server-misnamed'])
})

test('an address instead of a name is looked up in the certificate as well', async () => {
  const port = await startCentre()
  expect((await lookAt(port, { host: '127.0.0.1' })).causes).toEqual([])
  const misnamed = await startCentre(takesUploads, issueServer(authority, ['localhost']))
  expect((await lookAt(misnamed, { host: '127.0.0.1' })).causes).toEqual(['server-misnamed'])
})

test('a certificate wrong in all three ways is told in all three', async () => {
  const other = makeAuthority('Another invented authority')
  const port = await startCentre(takesUploads, issueServer(other, ['centre.invalid'], { from: -90, to: -3 }))
  expect((await lookAt(port)).causes).toEqual(['server-unknown', 'server-misnamed', 'server-certificate-expired'])
})

test('a clock set ahead of a certificate is told as the clock, by the time of the centre', async () => {
  const port = await startCentre()
  const { figures, causes } = await lookAt(port, { clock: () => new Date(Date.now() + 200 * dayMs) })
  expect(causes).toEqual(['clock-ahead'])
  expect(figures.centreAheadS).toBeLessThan(-199 * 86_400)
})

test('a clock set back before a certificate is told as the clock', async () => {
  const port = await startCentre()
  const { causes } = await lookAt(port, { clock: () => new Date(Date.now() - 200 * dayMs) })
  expect(causes).toEqual(['clock-behind'])
})

test('a server without uploads is told', async () => {
  const port = await startCentre((_, response) => response.writeHead(404).end())
  const { figures, causes } = await lookAt(port)
  expect(causes).toEqual(['upload-missing'])
  expect(figures).toMatchObject({ tus: 0, httpStatus: 404 })
})

test('a server of another version of tus is no upload', async () => {
  const port = await startCentre((_, response) => response.writeHead(204, { 'tus-version': '0.2.2' }).end())
  expect((await lookAt(port)).causes).toEqual(['upload-missing'])
})

test('a server that is out of order or mute is told as such', async () => {
  const broken = await startCentre((_, response) => response.writeHead(503).end())
  expect((await lookAt(broken)).causes).toEqual(['centre-silent'])
  const mute = await startCentre(() => {})
  const { figures, causes } = await lookAt(mute, { patienceMs: 300 })
  expect(causes).toEqual(['centre-silent'])
  expect(figures.httpStatus).toBe(0)
})

test('an endless answer is not waited for', async () => {
  const port = await startCentre((_, response) => {
    const pour = () => {
      while (response.write(Buffer.alloc(65_536)));
    }
    response.on('drain', pour)
    pour()
  })
  expect((await lookAt(port)).causes).toEqual(['centre-silent'])
})

test('an answer that wants another protocol, or is no answer, is not waited for', async () => {
  const { certificate, key } = rightServer
  for (const words of ['HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n', 'SSH-2.0-x\r\n\r\n']) {
    const port = await listen(
      createTls({ cert: certificate, key }, (line) => line.once('data', () => line.write(words))),
    )
    expect((await lookAt(port, { patienceMs: 60_000 })).causes).toEqual(['centre-silent'])
  }
})

test('a certificate whose names cannot be read bears no name', async () => {
  const odd = issueServer(authority, ['local\u0000host', '*.'])
  expect((await lookAt(await startCentre(takesUploads, odd))).causes).toEqual(['server-misnamed'])
})

test('a proxy that opens TLS itself gives itself away', async () => {
  const port = await startCentre(
    (request, response) => {
      response.setHeader('via', '1.1 gate')
      takesUploads(request, response)
    },
    issueServer(makeAuthority('Gate'), ['localhost']),
  )
  expect((await lookAt(port)).causes).toEqual(['proxy-in-between'])
})

test('with the direct way closed, the proxy of the environment is asked and told', async () => {
  const asked: string[] = []
  const server = createServer()
  server.on('connect', (request, line) => {
    asked.push(request.url ?? '')
    line.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n')
  })
  const proxy = `http://127.0.0.1:${await listen(server)}`
  const port = await closedPort()
  const { figures, causes } = await lookAt(port, { environment: { https_proxy: proxy } })
  expect(causes).toEqual(['proxy-in-between'])
  expect(figures).toMatchObject({ proxySet: 1, proxyStatus: 407, portOpen: 0 })
  expect(asked).toEqual([`localhost:${port}`])
  const exempt = await lookAt(port, { environment: { https_proxy: proxy, no_proxy: '.invalid,localhost' } })
  expect(exempt.causes).toEqual(['port-closed'])
  expect(exempt.figures.proxySet).toBe(0)
})

test('a proxy that is set and dead is not blamed for a closed port', async () => {
  const [proxy, port] = [await closedPort(), await closedPort()]
  const { figures, causes } = await lookAt(port, { environment: { HTTPS_PROXY: `127.0.0.1:${proxy}` } })
  expect(causes).toEqual(['port-closed'])
  expect(figures).toMatchObject({ proxySet: 1, proxyStatus: 0 })
})

test('a server that takes a second for each answer is slow', async () => {
  const port = await startCentre((request, response) => {
    response.setHeader('connection', 'close')
    setTimeout(() => takesUploads(request, response), 1_050)
  })
  const { figures, causes } = await lookAt(port)
  expect(causes).toEqual(['round-trip-slow'])
  expect(figures.roundTripMs).toBeGreaterThan(1_000)
})

test('a test that is called off ends at once, at any step', async () => {
  const port = await startBare((line) => line.resume())
  const off = new AbortController()
  const looking = lookAt(port, { signal: off.signal, patienceMs: 60_000 })
  off.abort()
  expect((await looking).figures.tlsDone ?? 0).toBe(0)
})

test('without an address nothing is asked', async () => {
  const figures = await measureNetwork({ clock: () => new Date(), signal: new AbortController().signal })
  expect(Object.keys(figures).toSorted()).toEqual(['centreSet', 'interfaces'])
  expect(judgeNetwork({ ...figures, interfaces: 1 }).map(({ cause }) => cause)).toEqual(['centre-not-set'])
})
