import type { Found } from './causes.ts'
import { because, type Figures } from './station.ts'

/** The way to the centre, step by step. A step that was not reached leaves its figures out. */
export type NetworkFigures = Figures<
  /** The technician has given an address. */
  | 'centreSet'
  /** Interfaces with an address of their own, the computer's inner one not counted. */
  | 'interfaces'
  /** The system or the environment names a proxy for such addresses. The program itself goes without. */
  | 'proxySet'
  /** With a proxy set and the direct way closed: the status with which the proxy opened a way; 0 when it did not answer. */
  | 'proxyStatus'
  | 'nameFound'
  | 'nameMs'
  | 'addresses'
  | 'portOpen'
  | 'connectMs'
  /** The system knew no way to the address. */
  | 'noRoute'
  | 'tlsDone'
  | 'tlsMs'
  /** 1.2, 1.3 */
  | 'tlsVersion'
  /** RFC 8446 6.2 */
  | 'tlsAlert'
  /** The port answered plain HTTP where TLS was asked for. */
  | 'speaksPlain'
  /** The certificate leads to an authority of the system or of the station. */
  | 'trusted'
  | 'nameFits'
  | 'certificateDaysLeft'
  /** Days since the certificate began; below 0 it has not begun. */
  | 'certificateDaysOld'
  | 'chainExpired'
  /** 0: no answer within the time. */
  | 'httpStatus'
  | 'roundTripMs'
  /** Signs of something between: Via, 407, 511, a proxy's own headers, sent elsewhere. */
  | 'proxyMarks'
  /** tus 1.0.0, whatever else. */
  | 'tus'
  /** How far the centre's clock is ahead of this one. */
  | 'centreAheadS'
  | 'upKbPerS'
>

const slowRoundTripMs = 1_000
/** Seconds by which two clocks may differ before a certificate is judged by the wrong one of them. */
const clockSlackS = 300
const dayS = 86_400

/** The first step that fails says what to do; of a server that was reached all that is wrong is told. */
export function judgeNetwork(measured: NetworkFigures): Found[] {
  if (!measured.centreSet)
    return [because(measured.interfaces === 0 ? 'network-down' : 'centre-not-set', measured, 'interfaces')]
  if (measured.proxyStatus) return [because('proxy-in-between', measured, 'proxySet', 'proxyStatus')]
  if (measured.nameFound === 0)
    return [because(measured.interfaces === 0 ? 'network-down' : 'name-unknown', measured, 'interfaces', 'nameMs')]
  if (measured.portOpen === 0) {
    const down = measured.interfaces === 0 || measured.noRoute
    return [because(down ? 'network-down' : 'port-closed', measured, 'interfaces', 'noRoute', 'connectMs')]
  }
  if (measured.tlsDone === 0) {
    const cause = measured.proxyMarks ? 'proxy-in-between' : 'tls-refused'
    return [because(cause, measured, 'tlsAlert', 'speaksPlain', 'proxyMarks')]
  }
  if (measured.proxyMarks) return [because('proxy-in-between', measured, 'proxyMarks', 'trusted', 'httpStatus')]
  const found = judgeCertificate(measured)
  const status = measured.httpStatus ?? 0
  if (status === 0 || status >= 500) return [...found, because('centre-silent', measured, 'httpStatus')]
  if (measured.tus === 0) found.push(because('upload-missing', measured, 'tus', 'httpStatus'))
  if ((measured.roundTripMs ?? 0) > slowRoundTripMs) found.push(because('round-trip-slow', measured, 'roundTripMs'))
  return found
}

/** A certificate out of its time by this clock but not by the centre's says that this clock is wrong. */
function judgeCertificate(measured: NetworkFigures): Found[] {
  const { certificateDaysLeft = 1, certificateDaysOld = 1, centreAheadS = 0 } = measured
  const centreAgrees = measured.centreAheadS !== undefined && Math.abs(centreAheadS) <= clockSlackS
  const found: Found[] = []
  if (measured.trusted === 0) found.push(because('server-unknown', measured, 'trusted'))
  if (measured.nameFits === 0) found.push(because('server-misnamed', measured, 'nameFits'))
  const ended = certificateDaysLeft < 0 || measured.chainExpired
  const early = certificateDaysOld < 0
  if (!ended && !early) return found
  const aheadDays = centreAheadS / dayS
  const fitsTheirs = certificateDaysLeft - aheadDays > 0 && certificateDaysOld + aheadDays > 0
  if (Math.abs(centreAheadS) > clockSlackS && fitsTheirs && !measured.chainExpired) {
    const cause = centreAheadS > 0 ? 'clock-behind' : 'clock-ahead'
    found.push(because(cause, measured, 'centreAheadS', 'certificateDaysLeft', 'certificateDaysOld'))
  } else if (early && !centreAgrees) found.push(because('clock-behind', measured, 'certificateDaysOld'))
  else
    found.push(
      because('server-certificate-expired', measured, 'certificateDaysLeft', 'certificateDaysOld', 'chainExpired'),
    )
  return found
}
