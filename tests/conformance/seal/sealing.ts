import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { composeDossier, makeStationIdentity, sealDossier, type SealEntry } from '#core/seal/index.ts'
import { makeReceiver } from '#build/receiver/index.ts'
import { detailFields, type PersonDetails } from '#domain/person/index.ts'
import { emptyState, next, pageOf, shownDetails, type DossierEvent } from '#domain/enrolment/index.ts'
import {
  byOfficer,
  mother,
  opened,
  pictureBytes,
  storeFullDossier,
  storeIn,
  temporaryFolder,
  type Unusual,
} from '../../unit/core/store/fixtures.ts'

export const station = { code: 'SL-0312', name: 'Công an xã Thử Nghiệm' }
export const devices = [
  { kind: 'card-reader', driver: 'gempc-twin', transport: 'serial', simulated: true },
  { kind: 'fingerprint-scanner', driver: 'hid-image', transport: 'socket', simulated: true },
]

const kept = mkdtempSync(join(tmpdir(), 'quay-sealing-'))
afterAll(() => rmSync(kept, { recursive: true, force: true }))
const composed = new Map<string, ReturnType<typeof compose>>()

/**
 * A dossier of an invented person, its entries, and a receiver to seal it for: stored and composed once in a test file for
 * each kind of visit. `root` is the test's own.
 */
export async function prepareDossier(imageSize?: number, unusual?: Unusual) {
  const kind = JSON.stringify({ imageSize, ...unusual })
  const dossier = composed.get(kind) ?? compose(imageSize, unusual)
  composed.set(kind, dossier)
  return { root: temporaryFolder(), ...(await dossier) }
}

async function compose(imageSize?: number, unusual?: Unusual) {
  // Before the time of sealing: a certificate is not good before it was made.
  const receiver = makeReceiver(join(kept, 'receiver'))
  const store = storeIn(join(temporaryFolder(), 'data'))
  const { id, state, images } = await storeFullDossier(store, imageSize, unusual)
  const createdAt = new Date()
  const events = store.events(id)
  const program = { name: 'quay-can-cuoc', version: '0.1.0' }
  const entries = await composeDossier({ state, events, getBlob: store.getBlob, station, devices, createdAt, program })
  return { images, events, entries, receiver, createdAt }
}

/** The files of an invented child of four: no portrait and no prints, and the mother confirms and signs. */
export async function composeInfant(): Promise<readonly SealEntry[]> {
  const store = storeIn(join(temporaryFolder(), 'data'))
  const child: PersonDetails = {
    fullName: 'Lò Văn Bé Mẫu',
    personalNumber: '014222000018',
    birthDate: '05/02/2022',
    sex: 'Nam',
    nationality: 'Việt Nam',
    residence: 'Bản Mẫu, xã Thử Nghiệm, tỉnh Điện Biên',
  }
  const id = 'infant'
  const first = opened(store)
  let state = next(emptyState, first).state
  store.createDossier(id, first, byOfficer)
  const happen = (event: DossierEvent) => {
    state = next(state, event).state
    store.append(id, event, state.status, byOfficer)
  }
  const by = 'representative'
  const showing = { language: 'vi', lines: ['Mời chị xem lại.'], heard: 'voice' } as const
  for (const field of detailFields) {
    const value = child[field]
    if (value !== undefined) happen({ type: 'declared', field, value })
  }
  happen({ type: 'representativeNamed', representative: { ...mother, reason: 'under-14' } })
  happen({ type: 'compared' })
  happen({ type: 'stepEntered', from: 'arrival', to: 'check' })
  for (const detail of shownDetails(state)) {
    happen({ type: 'shown', what: { kind: 'detail', ...detail }, ...showing })
    happen({ type: 'answered', ...detail, answer: 'right', by })
  }
  happen({ type: 'shown', what: { kind: 'page', ...pageOf(state) }, ...showing })
  happen({ type: 'pageConfirmed', by })
  const picture = await store.putBlob(pictureBytes('signature', 64, 'image/png'), 'image/png')
  const strokes = await store.putBlob(Buffer.from('{}'), 'application/json')
  happen({ type: 'signed', picture: { ...picture, width: 100, height: 80 }, strokes, by })
  happen({ type: 'sealRequested', attempt: 'seal-1' })
  const program = { name: 'quay-can-cuoc', version: '0.1.0' }
  const events = store.events(id)
  return composeDossier({ state, events, getBlob: store.getBlob, station, devices, createdAt: new Date(), program })
}

/** Seals with a fresh station identity and leaves the file and the station's certificate in `root`. */
export function sealInto(
  root: string,
  entries: readonly SealEntry[],
  receiver: { certificate: string },
  createdAt = new Date(),
) {
  mkdirSync(root, { recursive: true })
  const identity = makeStationIdentity(station.code, station.name)
  const receiverCertificatePem = readFileSync(receiver.certificate, 'utf8')
  const keys = { stationKey: identity.privateKeyPkcs8, stationCertificate: identity.certificatePem }
  const bytes = sealDossier({ entries, ...keys, receiverCertificatePem, createdAt })
  const file = join(root, 'dossier.p7m')
  const stationCertificate = join(root, 'station.pem')
  writeFileSync(file, bytes)
  writeFileSync(stationCertificate, identity.certificatePem)
  return { file, bytes, stationCertificate, identity, receiverCertificatePem }
}
