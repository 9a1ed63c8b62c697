/** Seals the file named first for the certificate named second and writes the third: a whole process for one dossier. */
import { readFileSync, writeFileSync } from 'node:fs'
import { makeStationIdentity, sealDossier } from '#core/seal/index.ts'

const [input = '', certificate = '', output = ''] = process.argv.slice(2)
const station = makeStationIdentity('SL-0312', 'Bench')
const sealed = sealDossier({
  entries: [{ name: 'images/slap.png', bytes: readFileSync(input) }],
  stationKey: station.privateKeyPkcs8,
  stationCertificate: station.certificatePem,
  receiverCertificatePem: readFileSync(certificate, 'utf8'),
  createdAt: new Date(),
})
writeFileSync(output, sealed)
