import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CallInput, StationView } from '#contract/index.ts'
import { stationContact } from '#contract/views.ts'
import { createVault, openVault, requireVaultOf, vaultExists, writeEscrow, type Keystore } from '#core/access/index.ts'
import { makeStationIdentity, readReceiverCertificate, type SealStation } from '#core/seal/index.ts'
import { asStoreError } from '#core/store/disk-errors.ts'
import { makeFolder, syncFolder } from '#core/store/durable-file.ts'
import { openStore, profileSetting, trainingCode, type Profile, type Store } from '#core/store/index.ts'
import { AppError, toFailure, type FailureCode } from '#domain/failure/index.ts'
import { tidyText } from '#domain/person/index.ts'

/** What the station signs with. */
export type SigningKit = {
  readonly station: SealStation
  readonly stationKey: Uint8Array
  readonly stationCertificate: string
}

export type SealKit = SigningKit & {
  readonly receiverCertificatePem: string
  /** What is sealed says that it is training. */
  readonly training?: true
}

export type Station = {
  /** Holds the store, the sealed files and the vault. */
  readonly folder: string
  view(): Pick<StationView, 'phase' | 'failure' | 'code' | 'name' | 'receiver' | 'contact'>
  setContact(contact: CallInput<'setStationContact'>): void
  setUp(input: CallInput<'setUpStation'>): Promise<void>
  unlock(passphrase: string): Promise<void>
  /** Opens without asking where the system's keystore holds the key. */
  unlockFromKeystore(): Promise<void>
  /** Throws STATION_LOCKED. */
  store(): Store
  /** Does not ask whether anybody can receive. Throws STATION_LOCKED, STATION_INCOMPLETE. */
  signingKit(): SigningKit
  sealKit(): SealKit
  close(): void
}

/** What a training station has in place of a real centre. */
export type Rehearsal = {
  /** A name that nobody takes for a real one. */
  nameOf(name: string): string
  /** Makes a centre beside the store; its certificate (PEM). */
  makeCentre(folder: string, now: Date): Promise<string>
}

type Options = {
  readonly dataFolder: string
  readonly clock: () => Date
  readonly keystore?: Keystore
  /** The training program's; a folder of the other program is not opened. */
  readonly rehearsal?: Rehearsal
  /** Called once, when the store is open. */
  readonly onOpen: (store: Store) => void
}

/** Not a matter of the passphrase: asking for it again would not help. */
const lasting: readonly FailureCode[] = [
  'OTHER_PROFILE',
  'STORE_FROM_FUTURE',
  'STORE_DAMAGED',
  'STORE_IN_USE',
  'DISK_FULL',
]

/** Whether this program may use a data folder: it is new, or was made by it. */
export async function belongsTo(profile: Profile, dataFolder: string): Promise<boolean> {
  return requireVaultOf(join(dataFolder, 'station'), profile).then(
    () => true,
    () => false,
  )
}

export function openStation({ dataFolder, clock, keystore, rehearsal, onOpen }: Options): Station {
  const profile: Profile = rehearsal ? 'training' : 'station'
  const folder = join(dataFolder, 'station')
  let open: Store | undefined
  let failure: FailureCode | undefined
  let settingUp = false

  const store = () => {
    if (!open) throw new AppError('STATION_LOCKED', 'station.store')
    return open
  }
  const setting = (name: string) => {
    const value = store().setting(name)
    if (value === undefined) throw new AppError('STATION_INCOMPLETE', 'station.setting', { context: { setting: name } })
    return value
  }

  /** Absent when the certificate has run out: the sealing says so, with what to do. */
  function usableReceiver() {
    try {
      const { subject, validTo } = readReceiverCertificate(setting('receiver.certificate'), clock())
      return { name: subject, expires: validTo.slice(0, 10) }
    } catch {
      return undefined
    }
  }

  function contact(): Pick<StationView, 'contact'> {
    const known = store().setting('station.contact')
    return known === undefined ? {} : { contact: stationContact.parse(JSON.parse(known)) }
  }

  function openWith(key: Uint8Array): void {
    if (open) return
    try {
      open = openStore({ folder, key, clock, profile })
      failure = undefined
    } catch (error) {
      throw remember(error)
    }
    onOpen(open)
  }

  function remember(error: unknown): unknown {
    const { code } = toFailure(error, 'station.open')
    if (lasting.includes(code)) failure = code
    return error
  }

  /** Made aside and put in place by one rename: a set-up that was cut off never happened. Gives the database key. */
  async function makeStation(input: CallInput<'setUpStation'>): Promise<Uint8Array> {
    const { passphrase } = input
    // The centre is made here: a certificate that was brought along is another's.
    if (rehearsal && input.receiverCertificate !== '') throw new AppError('TRAINING_ONLY', 'station.setUp')
    if (!rehearsal && input.code === trainingCode)
      throw new AppError('FIELD_FORMAT', 'station.setUp', { context: { field: 'code' } })
    if (!rehearsal) readReceiverCertificate(input.receiverCertificate, clock())
    const code = rehearsal ? trainingCode : input.code
    const name = rehearsal ? rehearsal.nameOf(input.name) : input.name
    const aside = `${folder}.new`
    await rm(aside, { recursive: true, force: true })
    await makeFolder(aside, 'station.setUp')
    const { key } = await createVault({ folder: aside, passphrase, profile, ...(keystore && { keystore }) })
    const receiverCertificate = rehearsal ? await rehearsal.makeCentre(aside, clock()) : input.receiverCertificate
    const identity = makeStationIdentity(code, name, clock())
    const fresh = openStore({ folder: aside, key, clock, profile })
    try {
      fresh.setSetting(profileSetting, profile)
      fresh.setSecret('station.key', identity.privateKeyPkcs8)
      fresh.setSetting('station.certificate', identity.certificatePem)
      fresh.setSetting('receiver.certificate', receiverCertificate)
      fresh.setSetting('station.name', name)
      fresh.setSetting('station.code', code)
    } finally {
      fresh.close()
    }
    await writeEscrow({ folder: aside, key, receiverCertificatePem: receiverCertificate })
    await rename(aside, folder)
    await syncFolder(dataFolder)
    return key
  }

  function signingKit(): SigningKit {
    const stationKey = store().secret('station.key')
    if (!stationKey)
      throw new AppError('STATION_INCOMPLETE', 'station.signingKit', { context: { setting: 'station.key' } })
    return {
      station: { code: setting('station.code'), name: setting('station.name') },
      stationKey,
      stationCertificate: setting('station.certificate'),
    }
  }

  return {
    folder,

    view() {
      if (failure) return { phase: 'failed', failure }
      if (!open) return { phase: vaultExists(folder) ? 'locked' : 'new' }
      const receiver = usableReceiver()
      return {
        phase: 'open',
        code: setting('station.code'),
        name: setting('station.name'),
        ...(receiver && { receiver }),
        ...contact(),
      }
    },

    setContact({ place, hours, phone }) {
      const tidy = { place: tidyText(place), hours: tidyText(hours), phone: tidyText(phone) }
      store().setSetting('station.contact', JSON.stringify(tidy))
      store().recordAct({ actor: 'officer', window: 'officer', act: 'station.contact' })
    },

    async setUp(input) {
      // A second press of the button must not make a second key over the first.
      if (settingUp || vaultExists(folder)) throw new AppError('STATION_EXISTS', 'station.setUp')
      settingUp = true
      try {
        openWith(await makeStation(input))
      } catch (error) {
        throw asStoreError(error, 'station.setUp')
      } finally {
        settingUp = false
      }
    },

    async unlock(passphrase) {
      const { key } = await openVault({ folder, passphrase, profile })
      openWith(key)
    },

    async unlockFromKeystore() {
      if (!vaultExists(folder)) return
      await requireVaultOf(folder, profile).catch((error: unknown) => {
        throw remember(error)
      })
      if (!keystore) return
      const { key } = await openVault({ folder, keystore, profile })
      openWith(key)
    },

    store,

    signingKit,

    sealKit() {
      const receiverCertificatePem = setting('receiver.certificate')
      readReceiverCertificate(receiverCertificatePem, clock())
      const training = store().setting(profileSetting) === 'training'
      return { ...signingKit(), receiverCertificatePem, ...(training && { training }) }
    },

    close() {
      open?.close()
      open = undefined
    },
  }
}
