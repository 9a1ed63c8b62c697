import { join } from 'node:path'
import { envelopFor } from '#core/seal/envelope.ts'
import { writeDurably } from '#core/store/durable-file.ts'

/**
 * Leaves the database key beside the data, sealed to the receiving centre (`escrow.p7m`, CMS AuthEnvelopedData), so that
 * those entitled can open a dead station's disk. The content is JSON { format, key in hexadecimal }.
 * Throws CERTIFICATE_UNREADABLE, DISK_FULL.
 */
export async function writeEscrow(options: {
  folder: string
  key: Uint8Array
  receiverCertificatePem: string
}): Promise<void> {
  const { folder, key, receiverCertificatePem } = options
  const content = Buffer.from(
    JSON.stringify({ format: 'quay-can-cuoc/escrow/1', key: Buffer.from(key).toString('hex') }),
  )
  const sealed = envelopFor(receiverCertificatePem, content)
  await writeDurably(join(folder, 'escrow.p7m'), [sealed], 'access.writeEscrow')
}
