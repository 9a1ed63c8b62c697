import { AppError } from '#domain/failure/index.ts'
import type {
  ChipAccess,
  ChipDetails,
  ChipFileTiming,
  ChipProgress,
  ChipReading,
} from '#native/capability/card-reader.ts'
import type { TrustAnchors } from '#native/capability/trust.ts'
import { ChipSession, type Transmit } from './chip-session.ts'
import { FileReader } from './file-reader.ts'
import { parseCom } from './lds/com.ts'
import { parseDg1 } from './lds/dg1.ts'
import { parseDg13 } from './lds/dg13.ts'
import { parseDg2 } from './lds/dg2.ts'
import type { LdsFile } from './lds/files.ts'
import { dateOfIssue, judgeSod } from './trust/index.ts'

export type ReadChipRequest = {
  readonly transmit: Transmit
  readonly access: ChipAccess
  readonly signal: AbortSignal
  readonly onProgress?: (progress: ChipProgress) => void
  /** Monotonic milliseconds. */
  readonly clock?: () => number
  /** Bytes asked for at once, tried from left to right; above 256 needs extended length on both sides. */
  readonly readLengths?: readonly number[]
  /** Without any, nothing is ever verified. */
  readonly anchors?: TrustAnchors
  /** The time for which validity is judged; now when not given. */
  readonly at?: Date
}

/**
 * Reads a căn cước chip through `transmit`: text first (DG1, DG13), then portrait (DG2) and security object.
 *
 * Errors: CHIP_ACCESS_DENIED (wrong key, or PACE, which this release does not have), CHIP_TAMPERED (secure messaging
 * does not hold), CHIP_MALFORMED, CHIP_FILE_MISSING (no application or no DG1), MRZ_FORMAT (values no zone can hold),
 * CANCELLED, and those of `transmit`.
 */
export async function readChip(request: ReadChipRequest): Promise<ChipReading> {
  const clock = request.clock ?? (() => performance.now())
  const progress = request.onProgress ?? (() => {})
  const session = new ChipSession(request.transmit, request.signal, clock)
  const files: Partial<Record<LdsFile, Uint8Array>> = {}
  const timings: ChipFileTiming[] = []

  const timed = async <T>(file: string, act: () => Promise<T>, bytesOf: (result: T) => number): Promise<T> => {
    const before = { ...session.meter }
    const started = clock()
    const result = await act()
    const deviceMs = session.meter.deviceMs - before.deviceMs
    timings.push({
      file,
      apdus: session.meter.apdus - before.apdus,
      bytes: bytesOf(result),
      deviceMs,
      ownMs: Math.max(0, clock() - started - deviceMs),
    })
    return result
  }

  const open = () => session.open(request.access)
  const reader = new FileReader(session, request.readLengths ?? [256, 224, 160], open)
  const fetch = async <T>(file: LdsFile, parse: (bytes: Uint8Array) => T): Promise<T | undefined> =>
    timed(
      file,
      async () => {
        const bytes = await reader.read(file, (bytesRead, bytesTotal) =>
          progress({ stage: 'read', file, bytesRead, bytesTotal }),
        )
        if (bytes) files[file] = bytes
        return bytes && parse(bytes)
      },
      () => files[file]?.length ?? 0,
    )

  progress({ stage: 'connect', bytesRead: 0 })
  progress({ stage: 'access', bytesRead: 0 })
  await timed('access', open, () => 0)

  const lines = await fetch('DG1', parseDg1)
  if (!lines) throw new AppError('CHIP_FILE_MISSING', 'chip.read/DG1', { context: { file: 'DG1' } })
  const details: ChipDetails = (await fetch('DG13', parseDg13)) ?? { unknown: {} }
  progress({ stage: 'read', bytesRead: 0, details })

  const listed = await fetch('COM', parseCom)
  const portrait = !listed || listed.includes('DG2') ? await fetch('DG2', parseDg2) : undefined
  // A security object that cannot be read is judged, not thrown: the card's text stays usable, and marked.
  const sod = await fetch('SOD', (bytes) => bytes)
  progress({ stage: 'check', bytesRead: 0 })
  const issued = dateOfIssue(details.issued)
  const verdict = judgeSod({
    sod: sod ?? new Uint8Array(),
    groups: files,
    anchors: request.anchors ?? { certificates: [], crls: [] },
    at: request.at ?? new Date(),
    ...(issued && { issued }),
  })

  return {
    access: 'bac',
    mrz: { lines },
    details,
    ...(portrait ? { portrait } : {}),
    trust: verdict.trust,
    verdict,
    timings,
    files,
  }
}
