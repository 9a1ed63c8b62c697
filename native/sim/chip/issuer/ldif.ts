import { createHash } from 'node:crypto'

type Directory = {
  readonly signers?: readonly Uint8Array[]
  readonly masterLists?: readonly Uint8Array[]
  readonly crls?: readonly Uint8Array[]
}

const width = 76

/** An extract as ICAO's directory gives it: one entry a value, base64, lines folded at 76 characters (RFC 2849). */
export function toLdif({ signers = [], masterLists = [], crls = [] }: Directory): string {
  const entries = [
    ...signers.map((der) => entry('dsc', 'userCertificate;binary', ['pkdDownload', 'inetOrgPerson'], der)),
    ...masterLists.map((der) => entry('ml', 'pkdMasterListContent', ['pkdMasterList', 'pkdDownload'], der)),
    ...crls.map((der) =>
      entry('crl', 'certificateRevocationList;binary', ['cRLDistributionPoint', 'pkdDownload'], der),
    ),
  ]
  return ['version: 1', ...entries].join('\n\n') + '\n'
}

function entry(organisation: string, attribute: string, classes: readonly string[], der: Uint8Array): string {
  const name = createHash('sha1').update(der).digest('hex')
  return [
    `dn: cn=${name},o=${organisation},c=VN,dc=data,dc=download,dc=pkd,dc=example,dc=invalid`,
    ...classes.map((name) => `objectClass: ${name}`),
    `cn: ${name}`,
    `${attribute}:: ${Buffer.from(der).toString('base64')}`,
  ]
    .map(fold)
    .join('\n')
}

function fold(line: string): string {
  const pieces = [line.slice(0, width)]
  for (let at = width; at < line.length; at += width - 1) pieces.push(` ${line.slice(at, at + width - 1)}`)
  return pieces.join('\n')
}
