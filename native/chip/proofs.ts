import { AppError } from '#domain/failure/index.ts'
import type { ChipProof } from '#native/capability/card-reader.ts'
import { authenticateActively } from './active-authentication.ts'
import { authenticateChip, chooseChipAuthentication } from './chip-authentication.ts'
import type { ChipSession } from './chip-session.ts'
import type { FileReader } from './file-reader.ts'
import type { LdsFile } from './lds/files.ts'
import type { PublicKey } from './public-key.ts'
import type { SecurityInfo } from './security-infos.ts'

/**
 * Chip authentication with what DG14 offers. From then on the session runs under its keys, and the first answer, the
 * start of `next`, is the proof. After a failure the chip is opened again and the reading goes on without.
 */
export async function proveChip(setup: {
  readonly session: ChipSession
  readonly reader: FileReader
  readonly infos: readonly SecurityInfo[]
  readonly next: LdsFile
  readonly reopen: () => Promise<unknown>
}): Promise<ChipProof> {
  const { session, reader } = setup
  const offer = chooseChipAuthentication(setup.infos)
  if (!offer) return 'not-offered'
  try {
    const channel = await authenticateChip((command) => session.send(command), offer)
    if (!channel) return 'failed'
    session.secure(channel)
    await reader.start(setup.next)
    return 'proved'
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'CHIP_TAMPERED') throw error
    await setup.reopen()
    reader.forget()
    return 'failed'
  }
}

/** Active authentication with the key of DG15. A chip that ends the session instead of answering has failed. */
export async function proveCopy(setup: {
  readonly session: ChipSession
  readonly reader: FileReader
  readonly key: PublicKey
  readonly infos: readonly SecurityInfo[]
  readonly reopen: () => Promise<unknown>
}): Promise<ChipProof> {
  const { session } = setup
  try {
    return (await authenticateActively((command) => session.send(command), setup.key, setup.infos))
      ? 'proved'
      : 'failed'
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'CHIP_TAMPERED') throw error
    await setup.reopen()
    setup.reader.forget()
    return 'failed'
  }
}
