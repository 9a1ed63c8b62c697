import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run.ts'

const certificateRequest = `
[req]
prompt = no
utf8 = yes
string_mask = utf8only
distinguished_name = name
x509_extensions = extensions
[name]
O = Trung tâm tiếp nhận (thử nghiệm)
CN = Demo receiver
[extensions]
basicConstraints = critical, CA:FALSE
keyUsage = critical, keyAgreement
subjectKeyIdentifier = hash
`

export type Receiver = {
  /** PEM, for the receiver alone. */ readonly key: string
  /** PEM, for the stations. */ readonly certificate: string
}

/** Makes `receiver.key` and `receiver.pem` (P-256, ten years) with OpenSSL; a folder that has them is left as it is. */
export function makeReceiver(folder: string): Receiver {
  const key = join(folder, 'receiver.key')
  const certificate = join(folder, 'receiver.pem')
  if (existsSync(key) && existsSync(certificate)) return { key, certificate }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  run('openssl', ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', key])
  const config = join(folder, 'receiver.cnf')
  writeFileSync(config, certificateRequest)
  run('openssl', ['req', '-new', '-x509', '-config', config, '-key', key, '-days', '3650', '-out', certificate])
  return { key, certificate }
}
