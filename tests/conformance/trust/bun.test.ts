import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { TrustVerdict } from '#native/capability/trust.ts'
import { issueSigner, makeAuthority, signSod, type KeyKind, type Scheme } from '#native/sim/chip/issuer/index.ts'
import type { Case } from './judge-under-bun.ts'

const root = join(import.meta.dirname, '../../..')
const curves = [
  'P-224',
  'P-256',
  'P-384',
  'P-521',
  'brainpoolP224r1',
  'brainpoolP256r1',
  'brainpoolP320r1',
  'brainpoolP384r1',
  'brainpoolP512r1',
] as const

/** bun's crypto is BoringSSL, as Electron's is: no brainpool, no explicit parameters. */
test('under bun every algorithm is verified, and one changed bit is failed', () => {
  const schemes: readonly (readonly [KeyKind, Scheme])[] = [
    ...(['sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const).flatMap((hash): [KeyKind, Scheme][] => [
      [{ type: 'rsa', bits: 2048 }, { hash }],
      [
        { type: 'rsa', bits: 2048 },
        { hash, pss: true },
      ],
    ]),
    ...curves.flatMap((curve): [KeyKind, Scheme][] => [
      [{ type: 'ec', curve }, { hash: 'sha256' }],
      [{ type: 'ec', curve, explicit: true }, { hash: 'sha512' }],
    ]),
  ]
  const groups = { DG1: Buffer.from('an invented group') }
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  const cases = schemes.flatMap(([kind, scheme]): Case[] => {
    const csca = makeAuthority({ seed: 'bun', kind, scheme })
    const sod = signSod(issueSigner(csca, { seed: 'bun', kind, scheme }), groups, { hash: scheme.hash })
    const changed = Uint8Array.from(sod)
    changed[changed.length - 1]! ^= 1
    const rest = { anchor: base64(csca.certificate), groups: { DG1: base64(groups.DG1) } }
    return [sod, changed].map((each) => ({ sod: base64(each), ...rest }))
  })
  const folder = mkdtempSync(join(tmpdir(), 'trust-bun-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases))
  const bun = join(root, 'node_modules/.bin/bun')
  const said = execFileSync(bun, [join(import.meta.dirname, 'judge-under-bun.ts'), join(folder, 'cases.json')], {
    cwd: root,
  })
  const { runtime, verdicts } = JSON.parse(said.toString()) as { runtime: string; verdicts: readonly TrustVerdict[] }
  expect(runtime).toBe('bun')
  const found = verdicts.map(({ trust, check }) => [trust, check].filter(Boolean).join(' '))
  expect(found).toEqual(schemes.flatMap(() => ['verified', 'failed signature']))
})
