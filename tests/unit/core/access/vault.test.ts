import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkPassphrase, createVault, openVault, vaultExists, type Keystore } from '#core/access/index.ts'
import { storeIn, temporaryFolder } from '../store/fixtures.ts'

const passphrase = 'mười bảy con trâu'

/** A keystore that holds one secret of its own. */
function keystore(secret: number, available = true): Keystore {
  const swap = (bytes: Uint8Array) => bytes.map((byte) => byte ^ secret)
  return {
    available: () => available,
    protect: (bytes) => Uint8Array.from([secret, ...swap(bytes)]),
    unprotect: (bytes) => {
      if (bytes[0] !== secret) throw new Error('not mine')
      return swap(bytes.slice(1))
    },
  }
}

test('the passphrase gives back the key, however the keyboard composes its letters', async () => {
  const folder = join(temporaryFolder(), 'data')
  expect(vaultExists(folder)).toBe(false)
  const { key } = await createVault({ folder, passphrase })
  expect(vaultExists(folder)).toBe(true)
  expect(key).toHaveLength(32)
  expect(await openVault({ folder, passphrase: passphrase.normalize('NFD') })).toEqual({ key })
})

test('another passphrase is refused', async () => {
  const folder = temporaryFolder()
  await createVault({ folder, passphrase })
  await expect(openVault({ folder, passphrase: `${passphrase} ` })).rejects.toThrow('WRONG_PASSPHRASE')
  await expect(openVault({ folder, passphrase: '' })).rejects.toThrow('WRONG_PASSPHRASE')
})

test('neither key nor passphrase stands in the files', async () => {
  const folder = temporaryFolder()
  const { key } = await createVault({ folder, passphrase })
  expect(readdirSync(folder).toSorted()).toEqual(['vault.copy.json', 'vault.json'])
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8')
    for (const secret of [
      passphrase,
      Buffer.from(key).toString('base64').slice(0, 20),
      Buffer.from(key).toString('hex'),
    ]) {
      expect(text).not.toContain(secret)
    }
  }
})

test('each station has a key and a salt of its own', async () => {
  const folders = [temporaryFolder(), temporaryFolder()] as const
  const [one, two] = [
    await createVault({ folder: folders[0], passphrase }),
    await createVault({ folder: folders[1], passphrase }),
  ]
  expect(Buffer.compare(one.key, two.key)).not.toBe(0)
  const salts = folders.map(
    (folder) => /"salt": "([^"]+)"/u.exec(readFileSync(join(folder, 'vault.json'), 'utf8'))?.[1],
  )
  expect(salts[0]).not.toBe(salts[1])
})

test('a station is never set up over another', async () => {
  const folder = temporaryFolder()
  await createVault({ folder, passphrase })
  await expect(createVault({ folder, passphrase })).rejects.toThrow('STATION_EXISTS')
  const orphaned = temporaryFolder()
  storeIn(orphaned)
  await expect(createVault({ folder: orphaned, passphrase })).rejects.toThrow('STATION_EXISTS')
  await expect(openVault({ folder: orphaned, passphrase })).rejects.toThrow('STORE_DAMAGED')
})

test('an empty folder is told from a damaged vault', async () => {
  await expect(openVault({ folder: temporaryFolder(), passphrase })).rejects.toThrow('STATION_INCOMPLETE')
})

test('the keystore opens the vault without a passphrase, and the passphrase still does', async () => {
  const folder = temporaryFolder()
  const { key } = await createVault({ folder, passphrase, keystore: keystore(0x5a) })
  expect(await openVault({ folder, keystore: keystore(0x5a) })).toEqual({ key })
  expect(await openVault({ folder, passphrase })).toEqual({ key })
})

test('without a passphrase, a missing or foreign keystore leaves the station locked', async () => {
  const folder = temporaryFolder()
  await createVault({ folder, passphrase, keystore: keystore(0x5a) })
  await expect(openVault({ folder })).rejects.toThrow('STATION_LOCKED')
  await expect(openVault({ folder, keystore: keystore(0x5a, false) })).rejects.toThrow('STATION_LOCKED')
  await expect(openVault({ folder, keystore: keystore(0x11) })).rejects.toThrow('STATION_LOCKED')
  const plain = temporaryFolder()
  await createVault({ folder: plain, passphrase, keystore: keystore(0x5a, false) })
  await expect(openVault({ folder: plain, keystore: keystore(0x5a) })).rejects.toThrow('STATION_LOCKED')
})

test('one damaged file of the two is survived, two are said to be damaged, not a wrong passphrase', async () => {
  const folder = temporaryFolder()
  const { key } = await createVault({ folder, passphrase })
  const path = join(folder, 'vault.json')
  const whole = readFileSync(path, 'utf8')
  for (const damage of [
    '',
    whole.slice(0, 80),
    whole.replace(/("wrappedKey": ")./u, '$1_'),
    whole.replace('65536', '8'),
    '[]',
  ]) {
    writeFileSync(path, damage)
    expect(await openVault({ folder, passphrase })).toEqual({ key })
  }
  const last = whole.at(whole.indexOf('"wrappedKey": "') + 20) === 'A' ? 'B' : 'A'
  const at = whole.indexOf('"wrappedKey": "') + 20
  writeFileSync(path, whole.slice(0, at) + last + whole.slice(at + 1))
  rmSync(join(folder, 'vault.copy.json'))
  await expect(openVault({ folder, passphrase })).rejects.toThrow('STORE_DAMAGED')
})

test.each([
  ['short', 'trâu12'],
  ['of few different characters', 'aabbaabbccaa'],
  ['one short piece repeated', 'matkhaumatkhaumatkhau'],
  ['a run', '123456789'],
  ['a run backwards', 'hgfedcba'],
  ['short once its marks are composed', 'trâutrâ'.normalize('NFD')],
])('a passphrase that is %s is refused and nothing is written', async (_, weak) => {
  const folder = temporaryFolder()
  await expect(createVault({ folder, passphrase: weak })).rejects.toThrow('PASSPHRASE_WEAK')
  expect(readdirSync(folder)).toEqual([])
})

test.each(['mười bảy con trâu', 'Trau-17con', '84920175'])('%s is accepted', (strong) => {
  expect(() => checkPassphrase(strong)).not.toThrow()
})
