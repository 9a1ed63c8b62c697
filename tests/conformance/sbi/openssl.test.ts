import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openSigned, readAnchors } from '#native/drivers/sbi/trust.ts'
import { makeMaker } from '#native/sim/sbi/authority.ts'
import { failureOf } from '../../unit/drivers/sbi/bench.ts'

// OpenSSL judges what the simulated devices sign, and the driver must come to the same verdict.

const run = promisify(execFile)
const now = new Date()
let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sbi-openssl-'))
})
afterEach(() => rm(dir, { recursive: true }))

/** True when OpenSSL finds the certificate path and the signature of a compact JWS good. */
async function opensslAccepts(jws: string, anchor: string): Promise<boolean> {
  const at = (name: string) => join(dir, name)
  const [header = '', payload = '', signature = ''] = jws.split('.')
  const { x5c } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { x5c: [string, string] }
  const pem = (der: string) =>
    `-----BEGIN CERTIFICATE-----\n${der.replaceAll(/.{64}/gu, '$&\n')}\n-----END CERTIFICATE-----\n`
  await writeFile(at('root.pem'), anchor)
  await writeFile(at('device.pem'), pem(x5c[0]))
  await writeFile(at('maker.pem'), pem(x5c[1]))
  await writeFile(at('signed'), `${header}.${payload}`)
  await writeFile(at('signature'), Buffer.from(signature, 'base64url'))
  try {
    await run('openssl', [
      'verify',
      '-x509_strict',
      '-CAfile',
      at('root.pem'),
      '-untrusted',
      at('maker.pem'),
      at('device.pem'),
    ])
    const { stdout } = await run('openssl', ['x509', '-in', at('device.pem'), '-pubkey', '-noout'])
    await writeFile(at('key.pem'), stdout)
    await run('openssl', ['dgst', '-sha256', '-verify', at('key.pem'), '-signature', at('signature'), at('signed')])
    return true
  } catch {
    return false
  }
}

it.each(['good', 'changed', 'ended', 'unknown'] as const)('a %s signature is judged alike', async (which) => {
  const maker = makeMaker(() => now)
  const signer = which === 'unknown' ? makeMaker(() => now) : maker
  const signed = await signer.deviceKey('000000000001', { ended: which === 'ended' }).sign({ device: 'invented' })
  const [header, , signature] = signed.split('.')
  const jws = which === 'changed' ? `${header}.${Buffer.from('{}').toString('base64url')}.${signature}` : signed
  const outcomes = {
    good: 'nothing went wrong',
    changed: 'DEVICE_UNTRUSTED signature',
    ended: 'DEVICE_UNTRUSTED certificate-expired',
    unknown: 'DEVICE_UNTRUSTED certificate-unknown',
  }
  expect(await failureOf(openSigned(jws, readAnchors(maker.anchor), now, 'test'))).toBe(outcomes[which])
  expect(await opensslAccepts(jws, maker.anchor)).toBe(which === 'good')
})
