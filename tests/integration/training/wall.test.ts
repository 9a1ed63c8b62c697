import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStation, type Rehearsal } from '#core/station/index.ts'
import { openVault } from '#core/access/index.ts'
import { openStore } from '#core/store/index.ts'
import { rehearsal } from '#core/training/centre.ts'
import { makeReceiver } from '#build/receiver/index.ts'
import { keystore, passphrase } from '../../support/desk.ts'

let root = ''
const real = () => join(root, 'real')
const trained = () => join(root, 'trained')
const clock = () => new Date()

function open(dataFolder: string, how: { rehearsal?: Rehearsal; keystore?: typeof keystore } = {}) {
  return openStation({ dataFolder, clock, onOpen: () => {}, ...how })
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'qcc-wall-'))
  const receiverCertificate = readFileSync(makeReceiver(join(root, 'receiver')).certificate, 'utf8')
  const station = open(real(), { keystore })
  await station.setUp({ code: 'SL-0312', name: 'Công an xã Mẫu', passphrase, receiverCertificate })
  station.close()
  const training = open(trained(), { rehearsal, keystore })
  await training.setUp({ code: 'AA-0000', name: 'Mẫu', passphrase, receiverCertificate: '' })
  training.close()
}, 60_000)

afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Every file below a folder with its content and when it was written. */
function everything(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      return `${path} ${statSync(path).mtimeMs} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`
    })
    .toSorted()
}

const programs = [
  { name: 'the training program', own: trained, others: real, how: { rehearsal } },
  { name: 'a station', own: real, others: trained, how: {} },
] as const

test.each(programs)('$name refuses the other’s folder, says so, and leaves it as it is', async ({ others, how }) => {
  const before = everything(others())
  for (const withKeystore of [true, false]) {
    const wrong = open(others(), { ...how, ...(withKeystore && { keystore }) })
    await expect(wrong.unlockFromKeystore()).rejects.toThrow('OTHER_PROFILE')
    expect(wrong.view()).toEqual({ phase: 'failed', failure: 'OTHER_PROFILE' })
    await expect(wrong.unlock(passphrase)).rejects.toThrow('OTHER_PROFILE')
    await expect(wrong.setUp({ code: 'SL-0001', name: 'Mẫu', passphrase, receiverCertificate: '' })).rejects.toThrow(
      'STATION_EXISTS',
    )
    wrong.close()
  }
  expect(everything(others())).toEqual(before)
})

test.each(programs)('$name opens its own folder', async ({ own, how }) => {
  const right = open(own(), how)
  await right.unlock(passphrase)
  expect(right.view().phase).toBe('open')
  right.close()
})

test('a database by itself refuses the other program, whatever vault lies beside it, and stays as it was', async () => {
  const folder = join(root, 'forged')
  cpSync(trained(), folder, { recursive: true })
  const { key } = await openVault({ folder: join(folder, 'station'), passphrase, profile: 'training' })
  const database = readFileSync(join(folder, 'station/store.db'))
  expect(() => openStore({ folder: join(folder, 'station'), key, clock })).toThrow('OTHER_PROFILE')
  expect(readFileSync(join(folder, 'station/store.db')).equals(database)).toBe(true)
})

test('a station from before there were two programs is a station', async () => {
  const folder = join(root, 'old')
  cpSync(real(), folder, { recursive: true })
  const { key } = await openVault({ folder: join(folder, 'station'), passphrase })
  const store = openStore({ folder: join(folder, 'station'), key, clock })
  expect(store.setting('profile')).toBe('station')
  store.close()
  const fresh = join(root, 'bare')
  openStore({ folder: fresh, key, clock }).close()
  expect(() => openStore({ folder: fresh, key, clock, profile: 'training' })).toThrow('OTHER_PROFILE')
  openStore({ folder: fresh, key, clock }).close()
})

test('a station may not be set up with the code of the training program', async () => {
  const station = open(join(root, 'reserved'))
  const receiverCertificate = readFileSync(makeReceiver(join(root, 'receiver')).certificate, 'utf8')
  await expect(station.setUp({ code: 'LT-0000', name: 'Mẫu', passphrase, receiverCertificate })).rejects.toThrow(
    'FIELD_FORMAT',
  )
})

test('the training centre’s key lies beside what it opens, for its owner alone', () => {
  const key = join(trained(), 'station/training-centre/receiver.key')
  expect(readFileSync(key, 'utf8')).toContain('BEGIN PRIVATE KEY')
  expect(statSync(key).mode & 0o777).toBe(0o600)
})
