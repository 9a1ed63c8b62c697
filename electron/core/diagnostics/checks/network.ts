import { X509Certificate } from 'node:crypto'
import type { Agent } from 'node:http'
import type { Socket } from 'node:net'
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os'
import {
  checkServerIdentity,
  getCACertificates,
  rootCertificates,
  type PeerCertificate,
  type TLSSocket,
} from 'node:tls'
import type { NetworkFigures } from '#domain/diagnosis/index.ts'
import { ask, over, proxyMarks, type Reply } from './centre-http.ts'
import { askProxy, proxyFor } from './proxy.ts'
import { findName, openPort, secure, type Patience } from './steps.ts'

type Options = {
  /** `https://…`; undefined when none was given. */
  readonly centre?: URL | undefined
  /** Certificates (PEM) that are trusted beside the system's. */
  readonly authorities?: readonly string[]
  readonly clock: () => Date
  readonly signal: AbortSignal
  /** Of each step. */
  readonly patienceMs?: number
  readonly environment?: NodeJS.ProcessEnv
}

type Measured = { -readonly [Name in keyof NetworkFigures]: NetworkFigures[Name] }

const rounds = 5
const upBytes = 256 * 1024
const dayMs = 86_400_000

/** The way to the centre, up to the first step that fails. Nothing is sent that could not be shown to anybody. */
export async function measureNetwork(options: Options): Promise<NetworkFigures> {
  const { centre, authorities = [], signal, patienceMs = 5_000, environment = process.env } = options
  const patience = { signal, patienceMs }
  const measured: Measured = { centreSet: centre ? 1 : 0, interfaces: countInterfaces() }
  if (!centre) return measured
  const proxy = proxyFor(centre, environment)
  measured.proxySet = proxy ? 1 : 0
  const socket = await reach(centre, patience, measured)
  if (!socket) {
    if (proxy) measured.proxyStatus = await askProxy(proxy, centre, patience)
    return measured
  }
  const begun = performance.now()
  const trusted = [...systemRoots(), ...authorities]
  const line = await secure(socket, bare(centre), trusted, patience)
  measured.tlsMs = since(begun)
  if ('code' in line) {
    measured.tlsDone = 0
    if (line.alert !== undefined) measured.tlsAlert = line.alert
    // OpenSSL's words for bytes that are no TLS record at all.
    if (/WRONG_VERSION_NUMBER|PACKET_LENGTH|HTTP_REQUEST|INVALID_/u.test(line.code))
      await askPlain(centre, patience, measured)
    return measured
  }
  measured.tlsDone = 1
  measured.tlsVersion = Number(line.getProtocol()?.replace('TLSv', '') ?? 0)
  lookAtCertificate(line, bare(centre), trusted, options.clock(), measured)
  try {
    await converse(line, centre, options.clock, patience, measured)
  } finally {
    line.destroy()
  }
  return measured
}

async function reach(centre: URL, patience: Patience, measured: Measured): Promise<Socket | undefined> {
  let begun = performance.now()
  const addresses = await findName(bare(centre), patience)
  measured.nameMs = since(begun)
  measured.nameFound = addresses.length > 0 ? 1 : 0
  if (addresses.length === 0) return undefined
  measured.addresses = addresses.length
  begun = performance.now()
  const socket = await openPort(bare(centre), Number(centre.port || 443), patience)
  measured.connectMs = since(begun)
  measured.portOpen = 'code' in socket ? 0 : 1
  if (!('code' in socket)) return socket
  measured.noRoute = ['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'].includes(socket.code) ? 1 : 0
  return undefined
}

/** What answers in plain words on a port where TLS was asked for may say itself that it is a proxy. */
async function askPlain(centre: URL, patience: Patience, measured: Measured): Promise<void> {
  const socket = await openPort(bare(centre), Number(centre.port || 443), patience)
  if ('code' in socket) return
  const reply = await ask(over(socket), centre, { ...patience, method: 'OPTIONS' })
  socket.destroy()
  measured.speaksPlain = reply ? 1 : 0
  if (reply) measured.proxyMarks = proxyMarks(reply, centre)
}

/** Of several faults OpenSSL names one: each is looked at by itself. */
function lookAtCertificate(
  line: TLSSocket,
  host: string,
  authorities: readonly string[],
  now: Date,
  measured: Measured,
): void {
  // Typed as an Error, but it is the code.
  const verdict = String(line.authorizationError ?? '')
  const certificate = line.getPeerCertificate(true)
  measured.nameFits = bearsName(host, certificate) ? 1 : 0
  const until = Date.parse(certificate.valid_to) - now.getTime()
  const from = now.getTime() - Date.parse(certificate.valid_from)
  if (Number.isFinite(until)) measured.certificateDaysLeft = Math.floor(until / dayMs)
  if (Number.isFinite(from)) measured.certificateDaysOld = Math.floor(from / dayMs)
  const aboutTime = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'].includes(verdict)
  measured.chainExpired = verdict === 'CERT_HAS_EXPIRED' && until >= 0 ? 1 : 0
  const vouchedFor = aboutTime ? leadsTo(authorities, line.getPeerX509Certificate()) : verdict === ''
  measured.trusted = vouchedFor || verdict === 'ERR_TLS_CERT_ALTNAME_INVALID' ? 1 : 0
}

/** A list of names that cannot be read names nobody. */
function bearsName(host: string, certificate: PeerCertificate): boolean {
  try {
    return checkServerIdentity(host, certificate) === undefined
  } catch {
    return false
  }
}

/** Whether the certificates shown lead to one of the authorities, their times left aside. */
function leadsTo(authorities: readonly string[], shown: X509Certificate | undefined): boolean {
  const known = authorities.flatMap(readAll)
  let certificate = shown
  for (let depth = 0; certificate && depth < 8; depth++) {
    const lower: X509Certificate = certificate
    const issuedBy = (upper: X509Certificate) => lower.checkIssued(upper) && lower.verify(upper.publicKey)
    if (known.some((each) => each.fingerprint256 === lower.fingerprint256 || issuedBy(each))) return true
    const next: X509Certificate | undefined = lower.issuerCertificate
    certificate = next && issuedBy(next) ? next : undefined
  }
  return false
}

/** A file may hold several, and one that cannot be read. */
function readAll(pem: string): readonly X509Certificate[] {
  const each = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu) ?? []
  return each.flatMap((one) => {
    try {
      return [new X509Certificate(one)]
    } catch {
      return []
    }
  })
}

async function converse(
  line: TLSSocket,
  centre: URL,
  clock: () => Date,
  patience: Patience,
  measured: Measured,
): Promise<void> {
  const agent = over(line)
  const replies: Reply[] = []
  for (let round = 0; round < rounds; round++) {
    const reply = await ask(agent, centre, { ...patience, method: 'OPTIONS' })
    if (!reply) break
    if (round === 0) keepTime(reply, clock, measured)
    replies.push(reply)
    // A server that closes after each answer was measured once; that is enough.
    if (reply.headers.connection === 'close') break
  }
  const [first] = replies
  measured.httpStatus = first?.status ?? 0
  if (!first) return
  const times = replies.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b)
  measured.roundTripMs = rounded(times[times.length >> 1] ?? 0)
  measured.proxyMarks = proxyMarks(first, centre)
  const versions = `${String(first.headers['tus-version'] ?? '')},${String(first.headers['tus-resumable'] ?? '')}`
  measured.tus = versions.split(',').some((each) => each.trim() === '1.0.0') ? 1 : 0
  if (!line.destroyed) await measureUp(agent, centre, first, patience, measured)
}

/** Only where the server names a place that throws away what it gets: docs/protocols/diagnosis.md. */
async function measureUp(agent: Agent, centre: URL, first: Reply, patience: Patience, measured: Measured) {
  const path = first.headers['quay-discard']
  if (typeof path !== 'string' || !/^\/[\w./~-]{0,200}$/u.test(path) || !measured.trusted) return
  const body = new Uint8Array(upBytes)
  const reply = await ask(agent, centre, { ...patience, method: 'POST', path, body })
  if (reply && reply.status < 300) measured.upKbPerS = rounded(upBytes / 1024 / (reply.tookMs / 1000))
}

/** Whole seconds: the header has no finer ones, and is written half way. */
function keepTime({ headers, tookMs }: Reply, clock: () => Date, measured: Measured): void {
  const theirs = Date.parse(headers.date ?? '')
  const ours = clock().getTime() - tookMs / 2
  if (!Number.isNaN(theirs)) measured.centreAheadS = Math.round((theirs + 500 - ours) / 1000)
}

/** A computer keeps these certificates in two places: Node's own list and the system's. */
function systemRoots(): readonly string[] {
  try {
    return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])]
  } catch {
    return rootCertificates
  }
}

/** Addresses that a computer gives itself lead nowhere. */
function countInterfaces(): number {
  const all = Object.values(networkInterfaces()).filter((each) => each !== undefined)
  const given = ({ internal, address }: NetworkInterfaceInfo) => !internal && !/^(?:fe80:|169\.254\.)/iu.test(address)
  return all.filter((addresses) => addresses.some(given)).length
}

/** Without the brackets of an IPv6 address. */
function bare({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/gu, '')
}

function since(begun: number): number {
  return rounded(performance.now() - begun)
}

function rounded(value: number): number {
  return Number(value.toFixed(1))
}
