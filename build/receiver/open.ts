import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './run.ts'

export type OpenedDossier = {
  /** Where dossier.json and the rest lie in clear. */
  readonly contentFolder: string
  readonly number: string
  readonly events: number
  readonly head: string
  readonly files: readonly string[]
  /** The certificate found in the signature, and whether it was checked against one known beforehand. */
  readonly station: { readonly subject: string; readonly fingerprint: string; readonly known: boolean }
}

/**
 * Opens a sealed dossier as the receiving centre does: OpenSSL decrypts and checks the signature, unzip unpacks, a Python
 * script checks chain and hashes. No code of the program has a part in it. On failure nothing is left in `outFolder`.
 */
export function openSealed(options: {
  file: string
  key: string
  certificate: string
  /** PEM file; without it the signature is checked but not whose it is. */
  stationCertificate?: string
  outFolder: string
  /** Files of the training program, and no others; they are refused otherwise. */
  training?: boolean
}): OpenedDossier {
  const { file, key, certificate, stationCertificate, outFolder, training = false } = options
  const at = (name: string) => join(outFolder, name)
  const made = ['signed.p7s', 'content.zip', 'station.pem', 'content'].map(at)
  mkdirSync(outFolder, { recursive: true, mode: 0o700 })
  for (const path of made) rmSync(path, { recursive: true, force: true })
  try {
    const der = ['-binary', '-inform', 'DER']
    run('openssl', [
      'cms',
      '-decrypt',
      ...der,
      '-in',
      file,
      '-inkey',
      key,
      '-recip',
      certificate,
      '-out',
      at('signed.p7s'),
    ])
    const trust = stationCertificate === undefined ? ['-noverify'] : ['-CAfile', stationCertificate, '-purpose', 'any']
    const out = ['-signer', at('station.pem'), '-out', at('content.zip')]
    run('openssl', ['cms', '-verify', ...der, '-in', at('signed.p7s'), ...trust, ...out])
    run('unzip', ['-q', at('content.zip'), '-d', at('content')])
    const script = fileURLToPath(new URL('check-content.py', import.meta.url))
    const checked = JSON.parse(run('python3', [script, ...(training ? ['--training'] : []), at('content')])) as Pick<
      OpenedDossier,
      'number' | 'events' | 'head' | 'files'
    >
    return {
      contentFolder: at('content'),
      ...checked,
      station: { ...whose(at('station.pem')), known: stationCertificate !== undefined },
    }
  } catch (error) {
    for (const path of made) rmSync(path, { recursive: true, force: true })
    throw error
  }
}

function whose(certificate: string): { subject: string; fingerprint: string } {
  const args = [
    'x509',
    '-in',
    certificate,
    '-noout',
    '-subject',
    '-nameopt',
    'RFC2253,-esc_msb,utf8',
    '-fingerprint',
    '-sha256',
  ]
  const lines = run('openssl', args).split('\n')
  const after = (start: string) =>
    lines
      .find((line) => line.toLowerCase().startsWith(start))
      ?.slice(start.length)
      .trim() ?? ''
  return { subject: after('subject='), fingerprint: after('sha256 fingerprint=') }
}
