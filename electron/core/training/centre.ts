import { join } from 'node:path'
import { makeCentreIdentity } from '#core/seal/identity.ts'
import type { Rehearsal } from '#core/station/index.ts'
import { makeFolder, writeDurably } from '#core/store/durable-file.ts'

const mark = 'LUYỆN TẬP'

/** What a training station is set up with in place of a real centre. */
export const rehearsal = { nameOf: trainingName, makeCentre: makeTrainingCentre } satisfies Rehearsal

/** How a training station is called: whatever name it was given, nobody takes it for a real one. */
function trainingName(name: string): string {
  return name.startsWith(mark) ? name : `${mark} · ${name}`
}

/**
 * Makes the centre that a training station seals to, in `training-centre/` of its folder: `receiver.pem`, and
 * `receiver.key` with which a teacher opens what was sealed. Gives the certificate (PEM). Throws DISK_FULL.
 */
async function makeTrainingCentre(folder: string, now: Date): Promise<string> {
  const { privateKeyPkcs8, certificatePem } = makeCentreIdentity(
    'TRAINING CENTRE',
    `${mark} · Trung tâm luyện tập`,
    now,
  )
  const own = join(folder, 'training-centre')
  await makeFolder(own, 'training.makeCentre')
  const key = [
    '-----BEGIN PRIVATE KEY-----',
    ...(Buffer.from(privateKeyPkcs8)
      .toString('base64')
      .match(/.{1,64}/gu) ?? []),
    '-----END PRIVATE KEY-----',
    '',
  ].join('\n')
  await writeDurably(join(own, 'receiver.key'), [Buffer.from(key)], 'training.makeCentre')
  await writeDurably(join(own, 'receiver.pem'), [Buffer.from(certificatePem)], 'training.makeCentre')
  return certificatePem
}
