import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createVault, type Keystore } from '#core/access/index.ts'
import { nameInEdid, systemDisplays, systemPrinters } from '#core/diagnostics/parts/system-list.ts'
import { lookAtKeystore, lookForTpm } from '#core/diagnostics/parts/system-parts.ts'

const root = mkdtempSync(join(tmpdir(), 'qcc-system-parts-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const since = '2026-11-12T03:00:00.000Z'

function write(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(root, 'case-'))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

test('a TPM is told with its version and the file that reaches it, and none as none', async () => {
  const two = write({ 'tpm/tpm0/tpm_version_major': '2\n', 'dev/tpmrm0': '', 'dev/tpm0': '' })
  const look = (folder: string) => lookForTpm(since, { platform: 'linux', folder, devices: join(folder, 'dev') })
  expect(await look(two)).toEqual({
    is: 'there',
    name: 'tpm0',
    version: '2.0',
    address: join(two, 'dev/tpmrm0'),
    since,
  })
  expect(await look(write({ 'tpm/tpm1/tpm_version_major': '1', 'dev/tpm1': '' }))).toMatchObject({
    name: 'tpm1',
    version: '1.2',
  })
  // Neither its version nor a file that reaches it: it is there all the same.
  expect(await look(write({ 'tpm/tpm0/dev': '' }))).toEqual({ is: 'there', name: 'tpm0', since })
  expect(await look(write({ 'tpm/README': '' }))).toEqual({ is: 'none', since })
  expect(await look(join(root, 'nowhere'))).toEqual({ is: 'none', since })
  expect(await lookForTpm(since, { platform: 'win32' })).toEqual({ is: 'not-looked-at' })
})

/** One of four descriptors, at its place. */
function edid(at: number, name: string): Uint8Array {
  const bytes = new Uint8Array(128)
  bytes.set([0, 0, 0, 0xfc, 0, ...Buffer.from(`${name}\n`.padEnd(13))], at)
  return bytes
}

test('connectors are told with what hangs on them, and a folder without any is no answer', async () => {
  const folder = write({
    'card0/dev': '',
    'card0-eDP-1/status': 'connected\n',
    'card0-eDP-1/enabled': 'enabled\n',
    'card0-eDP-1/modes': '1366x768\n1024x768\n',
    'card0-HDMI-A-1/status': 'connected\n',
    'card0-HDMI-A-1/enabled': 'disabled\n',
    'card0-HDMI-A-1/edid': edid(72, 'ViewSonic 16'),
    'card0-DP-1/status': 'disconnected\n',
  })
  expect(await systemDisplays(folder)).toEqual([
    { connector: 'DP-1', connected: false, enabled: false },
    { connector: 'HDMI-A-1', connected: true, enabled: false, name: 'ViewSonic 16' },
    { connector: 'eDP-1', connected: true, enabled: true, mode: '1366x768' },
  ])
  expect(await systemDisplays(write({ version: 'drm 1.1.0' }))).toBeUndefined()
  expect(await systemDisplays(join(root, 'nowhere'))).toBeUndefined()
})

test('an EDID that is short, empty or holds no text gives no name', () => {
  expect(nameInEdid(edid(108, 'TD1655'))).toBe('TD1655')
  expect(nameInEdid(edid(54, '\u0007\u001b'))).toBeUndefined()
  expect(nameInEdid(new Uint8Array(128))).toBeUndefined()
  expect(nameInEdid(new Uint8Array(60).fill(0))).toBeUndefined()
  expect(nameInEdid(new Uint8Array(0))).toBeUndefined()
})

test('printers are told by what CUPS says of them; without CUPS there is no answer', async () => {
  const said = [
    'printer HP_LaserJet is idle.  enabled since Thu 12 Nov 2026',
    'printer Canon-LBP disabled since Thu 12 Nov 2026 -',
    '\tPaused',
    'printer Third now printing Third-12.',
    'system default destination: HP_LaserJet',
    '',
  ].join('\n')
  const run = (text: string | undefined) => systemPrinters(async () => text, new AbortController().signal)
  expect(await run(said)).toEqual([
    { name: 'HP_LaserJet', usual: true, state: 'idle' },
    { name: 'Canon-LBP', usual: false, state: 'disabled' },
    { name: 'Third', usual: false, state: 'now printing' },
  ])
  expect(await run('no system default destination\n')).toEqual([])
  expect(await run(undefined)).toBeUndefined()
})

test('the keystore that holds the key is told by name, and one that no longer gives it as shut', async () => {
  const folder = mkdtempSync(join(root, 'vault-'))
  const turned = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 0x5a)
  const keystore: Keystore = { name: 'dpapi', available: () => true, protect: turned, unprotect: turned }
  expect(await lookAtKeystore(folder, keystore)).toEqual({ is: 'ready', name: 'dpapi' })
  expect(await lookAtKeystore(folder, 'none')).toEqual({ is: 'none' })
  expect(await lookAtKeystore(folder, undefined)).toEqual({ is: 'not-looked-at' })

  await createVault({ folder, passphrase: 'mua nep nuong tren doi', keystore })
  expect(await lookAtKeystore(folder, keystore)).toMatchObject({ is: 'holds', name: 'dpapi' })
  expect((await lookAtKeystore(folder, keystore)).since).toMatch(/^2\d{3}-/u)
  expect(await lookAtKeystore(folder, undefined)).toMatchObject({ is: 'holds' })
  const refusing: Keystore = {
    ...keystore,
    unprotect: () => {
      throw new Error('another account')
    },
  }
  expect(await lookAtKeystore(folder, refusing)).toMatchObject({ is: 'shut', name: 'dpapi' })
  expect(await lookAtKeystore(folder, 'none')).toMatchObject({ is: 'shut' })
})
