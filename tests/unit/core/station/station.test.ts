import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeReceiver } from '#build/receiver/index.ts'
import { openStation, type Station } from '#core/station/index.ts'
import { toFailure } from '#domain/failure/index.ts'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { keystore, passphrase } from '../../../support/desk.ts'

const folder = mkdtempSync(join(tmpdir(), 'qcc-station-'))
let receiverCertificate = ''
let count = 0
beforeAll(async () => {
  receiverCertificate = readFileSync(makeReceiver(join(folder, 'receiver')).certificate, 'utf8')
  const first = openStation({
    dataFolder: join(folder, 'template'),
    clock: () => new Date(),
    keystore,
    onOpen: () => {},
  })
  mkdirSync(join(folder, 'template'))
  await first.setUp(input())
  first.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const input = () => ({ code: 'SL-0312', name: 'Công an xã Mẫu', passphrase, receiverCertificate })
const years = (n: number) => () => new Date(Date.now() + n * 365.25 * 86_400_000)

function station(
  options: Partial<Parameters<typeof openStation>[0]> = {},
): Station & { opened: () => number; dataFolder: string } {
  const dataFolder = options.dataFolder ?? join(folder, `data-${++count}`)
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  let opened = 0
  const made = openStation({ clock: () => new Date(), onOpen: () => void opened++, ...options, dataFolder })
  onTestFinished(() => made.close())
  return { ...made, opened: () => opened, dataFolder }
}

/** A station that was set up and closed; the keystore opens it too. */
function setUpBefore(options: Partial<Parameters<typeof openStation>[0]> = {}) {
  const dataFolder = join(folder, `data-${++count}`)
  cpSync(join(folder, 'template'), dataFolder, { recursive: true })
  return station({ ...options, dataFolder })
}

async function codeOf(act: Promise<unknown>): Promise<string> {
  return act.then(
    () => 'done',
    (error: unknown) => toFailure(error, 'test').code,
  )
}

describe('setting a station up', () => {
  test('opens it, names it, and leaves a folder that only its owner may enter', async () => {
    const own = station()
    expect(own.view()).toEqual({ phase: 'new' })
    expect(() => own.store()).toThrow('STATION_LOCKED')
    await own.setUp(input())
    expect(own.view()).toMatchObject({
      phase: 'open',
      code: 'SL-0312',
      name: 'Công an xã Mẫu',
      receiver: { name: expect.stringContaining('Demo receiver') as string },
    })
    expect(own.opened()).toBe(1)
    expect(statSync(own.folder).mode & 0o077).toBe(0)
    expect(readdirSync(own.dataFolder)).toEqual(['station'])
  })

  test('a second time is refused, and the first station still opens', async () => {
    const own = station()
    await own.setUp(input())
    expect(await codeOf(own.setUp({ ...input(), name: 'Kẻ khác' }))).toBe('STATION_EXISTS')
    own.close()
    expect(await codeOf(own.setUp({ ...input(), name: 'Kẻ khác' }))).toBe('STATION_EXISTS')
    await own.unlock(passphrase)
    expect(own.view()).toMatchObject({ phase: 'open', name: 'Công an xã Mẫu' })
  })

  test('by a button pressed twice makes one station, which opens again with its passphrase', async () => {
    const own = station()
    const both = await Promise.all([
      codeOf(own.setUp(input())),
      codeOf(own.setUp({ ...input(), passphrase: 'một cụm mật khẩu khác' })),
    ])
    expect(both).toEqual(['done', 'STATION_EXISTS'])
    own.close()
    expect(await codeOf(own.unlock('một cụm mật khẩu khác'))).toBe('WRONG_PASSPHRASE')
    expect(await codeOf(own.unlock(passphrase))).toBe('done')
  })

  test('that was cut off is as if it had never been, and can be done again', async () => {
    const own = station()
    mkdirSync(join(own.dataFolder, 'station.new', 'blobs'), { recursive: true })
    for (const name of ['vault.json', 'vault.copy.json', 'store.db', 'store.db-wal'])
      writeFileSync(join(own.dataFolder, 'station.new', name), 'half')
    expect(own.view()).toEqual({ phase: 'new' })
    expect(await codeOf(own.unlock(passphrase))).toBe('STATION_INCOMPLETE')
    await own.setUp(input())
    expect(own.view()).toMatchObject({ phase: 'open' })
    expect(existsSync(`${own.folder}.new`)).toBe(false)
  })

  test.each([
    ['a weak passphrase', { passphrase: '12345678' }, 'PASSPHRASE_WEAK'],
    ['no certificate', { receiverCertificate: 'không phải chứng thư' }, 'CERTIFICATE_UNREADABLE'],
    [
      'a damaged certificate',
      { receiverCertificate: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
      'CERTIFICATE_UNREADABLE',
    ],
  ])('with %s is refused and leaves nothing that stands in the way of the next try', async (_title, wrong, code) => {
    const own = station()
    expect(await codeOf(own.setUp({ ...input(), ...wrong }))).toBe(code)
    expect(own.view()).toEqual({ phase: 'new' })
    expect(await codeOf(own.setUp(input()))).toBe('done')
  })

  test('with a certificate that has run out, or is not valid yet, is refused in so many words', async () => {
    expect(await codeOf(station({ clock: years(11) }).setUp(input()))).toBe('CERTIFICATE_UNSUITABLE')
    expect(await codeOf(station({ clock: years(-1) }).setUp(input()))).toBe('CERTIFICATE_UNSUITABLE')
  })
})

describe('opening a station', () => {
  test('with the wrong passphrase is refused, again and again, and with the right one works after', async () => {
    const own = setUpBefore()
    for (const wrong of ['mật khẩu thử nghiệm 2025', `${passphrase} `])
      expect(await codeOf(own.unlock(wrong))).toBe('WRONG_PASSPHRASE')
    expect(own.view()).toEqual({ phase: 'locked' })
    expect(await codeOf(own.unlock(passphrase))).toBe('done')
    expect(own.view()).toMatchObject({ phase: 'open' })
  })

  test('takes the passphrase however the keyboard composes its letters', async () => {
    const own = setUpBefore()
    expect(passphrase.normalize('NFD')).not.toBe(passphrase)
    expect(await codeOf(own.unlock(passphrase.normalize('NFD')))).toBe('done')
  })

  test('twice at once opens it once', async () => {
    const own = setUpBefore()
    expect(await Promise.all([codeOf(own.unlock(passphrase)), codeOf(own.unlock(passphrase))])).toEqual([
      'done',
      'done',
    ])
    expect(own.opened()).toBe(1)
  })

  test("needs no passphrase where the system's keystore holds the key, and asks for it where that has lost it", async () => {
    const own = setUpBefore({ keystore })
    await own.unlockFromKeystore()
    expect(own.view()).toMatchObject({ phase: 'open' })
    own.close()
    const lost = station({ keystore: { ...keystore, unprotect: () => new Uint8Array(7) }, dataFolder: own.dataFolder })
    expect(await codeOf(lost.unlockFromKeystore())).toBe('STATION_LOCKED')
    expect(lost.view()).toEqual({ phase: 'locked' })
    expect(await codeOf(lost.unlock(passphrase))).toBe('done')
  })

  test('in use by another program says so, and works when that one has ended', async () => {
    const first = setUpBefore({ keystore })
    await first.unlockFromKeystore()
    const second = station({ dataFolder: first.dataFolder })
    expect(await codeOf(second.unlock(passphrase))).toBe('STORE_IN_USE')
    expect(second.view()).toEqual({ phase: 'failed', failure: 'STORE_IN_USE' })
    first.close()
    expect(await codeOf(second.unlock(passphrase))).toBe('done')
    expect(second.view()).toMatchObject({ phase: 'open' })
  })

  test('survives one of the two vault files being lost or damaged, and says so when both are', async () => {
    const own = setUpBefore()
    writeFileSync(join(own.folder, 'vault.json'), '{"half"')
    expect(await codeOf(own.unlock(passphrase))).toBe('done')
    own.close()
    rmSync(join(own.folder, 'vault.copy.json'))
    expect(own.view()).toEqual({ phase: 'locked' })
    expect(await codeOf(own.unlock(passphrase))).toBe('STORE_DAMAGED')
  })
})

describe('the certificate of the receiving centre', () => {
  test('that has run out since is no longer shown, and refuses the seal while the station stays open', async () => {
    let now = new Date()
    const own = setUpBefore({ clock: () => now, keystore })
    await own.unlockFromKeystore()
    expect(own.sealKit()).toMatchObject({
      station: { code: 'SL-0312', name: 'Công an xã Mẫu' },
      receiverCertificatePem: receiverCertificate,
    })
    expect(own.view()).toHaveProperty('receiver')
    now = years(11)()
    expect(() => own.sealKit()).toThrow('CERTIFICATE_UNSUITABLE')
    // What the station signs for itself, such as language packs, needs nobody to receive it.
    expect(own.signingKit()).toMatchObject({ station: { code: 'SL-0312', name: 'Công an xã Mẫu' } })
    expect(own.signingKit()).not.toHaveProperty('receiverCertificatePem')
    expect(own.view()).toMatchObject({ phase: 'open', code: 'SL-0312' })
    expect(own.view()).not.toHaveProperty('receiver')
  })

  test('is all of the centre that the station holds: no key that opens what it seals', async () => {
    const own = setUpBefore({ keystore })
    await own.unlockFromKeystore()
    const { stationKey } = own.sealKit()
    const receiverKey = readFileSync(join(folder, 'receiver', 'receiver.key'), 'utf8').split('\n')[1] ?? ''
    expect(stationKey.length).toBeGreaterThan(100)
    expect(Buffer.from(stationKey).toString('base64')).not.toContain(receiverKey.slice(40, 60))
    for (const name of readdirSync(own.folder, { recursive: true, encoding: 'utf8' })) {
      const path = join(own.folder, name)
      if (statSync(path).isFile()) expect(readFileSync(path).includes(Buffer.from(stationKey)), name).toBe(false)
    }
  })
})

describe('where cards are collected', () => {
  test('is kept as one, tidied, and changing it is on record without its words', async () => {
    const own = setUpBefore({ keystore })
    await own.unlockFromKeystore()
    expect(own.view()).not.toHaveProperty('contact')
    own.setContact({ place: ' Bộ phận  một cửa ', hours: '', phone: '0212 3800 000' })
    expect(own.view().contact).toEqual({ place: 'Bộ phận một cửa', hours: '', phone: '0212 3800 000' })
    const [entry] = own.store().auditTail(1)
    expect(entry).toMatchObject({ actor: 'officer', window: 'officer', act: 'station.contact' })
    expect(JSON.stringify(entry)).not.toContain('0212')
    expect(own.store().verifyAudit().entries).toBeGreaterThan(0)
  })

  test('cannot be said before the station is open', () => {
    const own = setUpBefore({ keystore })
    expect(() => own.setContact({ place: '', hours: '', phone: '' })).toThrow('STATION_LOCKED')
  })
})
