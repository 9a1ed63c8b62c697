import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { composeDossier, makeStationIdentity, sealDossier, type SealEntry } from '#core/seal/index.ts'
import { makeReceiver } from '#build/receiver/index.ts'
import { storeFullDossier, storeIn, temporaryFolder } from '../../unit/core/store/fixtures.ts'

export const station = { code: 'SL-0312', name: 'Công an xã Thử Nghiệm' }
export const devices = [
  { kind: 'card-reader', driver: 'gempc-twin', transport: 'serial', simulated: true },
  { kind: 'fingerprint-scanner', driver: 'hid-image', transport: 'socket', simulated: true },
]

/** A dossier of an invented person, its entries, and a receiver to seal it for. */
export async function prepareDossier(imageSize?: number) {
  const root = temporaryFolder()
  const store = storeIn(join(root, 'data'))
  const { id, state, images } = await storeFullDossier(store, imageSize)
  // Before the time of sealing: a certificate is not good before it was made.
  const receiver = makeReceiver(join(root, 'receiver'))
  const createdAt = new Date()
  const events = store.events(id)
  const program = { name: 'quay-can-cuoc', version: '0.1.0' }
  const entries = await composeDossier({ state, events, getBlob: store.getBlob, station, devices, createdAt, program })
  return { root, store, id, state, images, events, entries, receiver, createdAt }
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
