import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { makeReceiver } from '#build/receiver/index.ts'
import { makeStationIdentity, sealDossier } from '#core/seal/index.ts'
import { median, ms, timed, type Figure } from './figure.ts'

const rounds = 9

/** Three megabytes that do not compress, sealed by a process of ours, by one of OpenSSL's, and inside the running program. */
export async function sealing(): Promise<readonly Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'qcc-bench-'))
  try {
    const input = join(dir, 'input')
    writeFileSync(input, randomBytes(3_000_000))
    const { certificate } = makeReceiver(join(dir, 'receiver'))
    // As the program is built: one file, its compiled form cached from the first run on.
    await build({
      configFile: false,
      logLevel: 'silent',
      ssr: { noExternal: true },
      build: { ssr: 'tests/bench/seal-once.ts', outDir: join(dir, 'built'), minify: true },
    })
    process.env['NODE_COMPILE_CACHE'] = join(dir, 'cache')
    const run = (command: string, args: readonly string[]) => {
      const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
      if (status !== 0) throw new Error(stderr)
    }
    const processes: Record<'ours' | 'openssl' | 'emptyNode', number[]> = { ours: [], openssl: [], emptyNode: [] }
    const openssl = [
      'cms',
      '-encrypt',
      '-aes-256-gcm',
      '-binary',
      '-outform',
      'DER',
      '-in',
      input,
      '-out',
      join(dir, 'openssl.p7m'),
      certificate,
    ]
    for (let round = 0; round < rounds; round++) {
      processes.openssl.push((await timed(() => run('openssl', openssl))).ms)
      processes.ours.push(
        (
          await timed(() =>
            run(process.execPath, [join(dir, 'built', 'seal-once.js'), input, certificate, join(dir, 'ours.p7m')]),
          )
        ).ms,
      )
      processes.emptyNode.push((await timed(() => run(process.execPath, ['-e', '0']))).ms)
    }
    const station = makeStationIdentity('SL-0312', 'Bench')
    const bytes = readFileSync(input)
    const inside: number[] = []
    for (let round = 0; round < rounds; round++) {
      const entries = [{ name: 'images/slap.png', bytes }]
      const receiverCertificatePem = readFileSync(certificate, 'utf8')
      const request = {
        entries,
        stationKey: station.privateKeyPkcs8,
        stationCertificate: station.certificatePem,
        receiverCertificatePem,
        createdAt: new Date(),
      }
      inside.push((await timed(() => sealDossier(request))).ms)
    }
    const peer = median(processes.openssl)
    const beside = `openssl cms -encrypt ${ms(peer)}`
    const of = (ours: number, name: string): Figure => ({
      name,
      ours: ms(ours),
      beside,
      ratio: ours / peer,
      wanted: 2,
      better: 'lower',
    })
    const rate = bytes.length / 1e6 / (median(inside) / 1000)
    return [
      of(
        median(processes.ours),
        `sealing 3 MB as a process (an empty Node process alone: ${ms(median(processes.emptyNode))})`,
      ),
      of(median(inside), `sealing 3 MB inside the program (${rate.toFixed(0)} MB/s: sign, zip, hash and encrypt)`),
    ]
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
