import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryRoot, testStation, thai } from '../../integration/languages/station.ts'
import { forge, kitOf } from '../../faults/languages/forge.ts'

const openssl = (cwd: string, ...args: string[]) => execFileSync('openssl', args, { cwd, stdio: 'pipe' }).toString()

async function exportedPack() {
  const station = testStation('SL-0312', 'Công an xã Thử Nghiệm')
  await station.say('answer.right', 1)
  await station.write('answer.right')
  const { folder } = await station.handlers.exportLanguage({ language: thai, folder: temporaryRoot() })
  writeFileSync(join(station.root, 'station.pem'), station.identity.certificatePem)
  return { station, folder, certificate: join(station.root, 'station.pem') }
}

const verify = (folder: string, certificate: string) =>
  openssl(
    folder,
    ...'cms -verify -binary -inform DER -in manifest.p7s -content manifest.json -purpose any -CAfile'.split(' '),
    certificate,
  )

test('OpenSSL finds the signature beside the manifest good, and the files are those of the manifest', async () => {
  const { folder, certificate } = await exportedPack()
  const manifest = JSON.parse(verify(folder, certificate)) as {
    files: { file: string; size: number; sha256: string }[]
  }
  expect(manifest.files.map(({ file }) => file)).toEqual(['texts.json', 'audio/answer.right.webm'])
  for (const { file, size, sha256 } of manifest.files) {
    const bytes = readFileSync(join(folder, file))
    expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([size, sha256])
  }
})

test('OpenSSL refuses a manifest that was changed, and another certificate', async () => {
  const { folder, certificate } = await exportedPack()
  const other = await exportedPack()
  expect(() => verify(folder, other.certificate)).toThrow('openssl cms -verify')
  writeFileSync(join(folder, 'manifest.json'), `${readFileSync(join(folder, 'manifest.json'), 'utf8')} `)
  expect(() => verify(folder, certificate)).toThrow('openssl cms -verify')
})

test('the fingerprint that the officer is shown is the one that OpenSSL prints', async () => {
  const { station, folder, certificate } = await exportedPack()
  const printed = openssl(folder, 'x509', '-in', certificate, '-noout', '-fingerprint', '-sha256')
  const found = await station.handlers.inspectLanguage({ folder })
  expect(printed.replaceAll(':', '').toLowerCase()).toContain(`=${found.fingerprint}`)
})

test('a pack signed by OpenSSL, with a certificate that OpenSSL made, is taken', async () => {
  const work = temporaryRoot()
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key', '-days', '400']
  openssl(work, 'req', '-x509', ...curve, '-subj', '/O=Công an xã Thử, Hai/CN=DB-0100', '-utf8', '-out', 'cert')
  const folder = forge({
    kit: { ...kitOf(), station: { code: 'DB-0100', name: 'Công an xã Thử, Hai' } },
    manifest: (manifest) => manifest,
    signature(_, manifest) {
      writeFileSync(join(work, 'manifest'), manifest)
      const files = ['-signer', 'cert', '-inkey', 'key', '-in', 'manifest', '-out', 'p7s']
      openssl(work, 'cms', '-sign', '-binary', '-outform', 'DER', '-md', 'sha256', ...files)
      return readFileSync(join(work, 'p7s'))
    },
  })
  const station = testStation('SL-0312')
  const found = await station.handlers.inspectLanguage({ folder })
  expect(found.station).toEqual({ code: 'DB-0100', name: 'Công an xã Thử, Hai' })
  await station.handlers.importLanguage({ folder, fingerprint: found.fingerprint })
  expect(station.view()).toMatchObject({ recordings: 1, from: 'Công an xã Thử, Hai' })
})
