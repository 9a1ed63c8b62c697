import { zipSync, type Zippable } from 'fflate/browser'
import { AppError } from '#domain/failure/index.ts'
import { parseCertificate, readReceiverCertificate } from './certificate.ts'
import { toBytes } from './der.ts'
import { envelop } from './envelope.ts'
import { signContent } from './signed.ts'

/** One file of the dossier. Names are relative, ASCII, with `/`. */
export type SealEntry = { readonly name: string; readonly bytes: Uint8Array }

export type SealInput = {
  readonly entries: readonly SealEntry[]
  /** PKCS#8, DER */
  readonly stationKey: Uint8Array
  /** PEM */
  readonly stationCertificate: string
  readonly receiverCertificatePem: string
  /** Signing time, and the time of the files in the ZIP. */
  readonly createdAt: Date
}

const safeName = /^(?:[a-z0-9][a-z0-9_-]*\/)*[a-z0-9][a-z0-9_-]*\.[a-z0-9]+$/u

/**
 * The sealed dossier, DER: AuthEnvelopedData for the receiver, around SignedData of the station, around a ZIP.
 * Throws SEAL_FAILED, CERTIFICATE_UNREADABLE, CERTIFICATE_UNSUITABLE.
 */
export function sealDossier(input: SealInput): Uint8Array<ArrayBuffer> {
  const { entries, stationKey, stationCertificate, receiverCertificatePem, createdAt } = input
  readReceiverCertificate(receiverCertificatePem, createdAt)
  try {
    const signed = signContent(zip(entries, createdAt), stationKey, parseCertificate(stationCertificate), createdAt)
    return new Uint8Array(toBytes(envelop(parseCertificate(receiverCertificatePem), signed)))
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('SEAL_FAILED', 'seal.seal', { cause })
  }
}

/** Pictures are compressed already and stored as they are. */
function zip(entries: readonly SealEntry[], mtime: Date): Uint8Array {
  const files: Zippable = {}
  for (const { name, bytes } of entries) {
    if (!safeName.test(name) || Object.hasOwn(files, name)) {
      throw new AppError('SEAL_FAILED', 'seal.zip', { context: { reason: 'name' } })
    }
    files[name] = [bytes, { level: /\.(?:jsonl?|svg)$/u.test(name) ? 6 : 0, mtime }]
  }
  if (entries.length === 0) throw new AppError('SEAL_FAILED', 'seal.zip', { context: { reason: 'empty' } })
  return zipSync(files)
}
