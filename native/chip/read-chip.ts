import { AppError } from '#domain/failure/index.ts'
import type {
  ChipAccess,
  ChipDetails,
  ChipHints,
  ChipProgress,
  ChipProof,
  ChipReading,
} from '#native/capability/card-reader.ts'
import type { TrustAnchors, TrustVerdict } from '#native/capability/trust.ts'
import { explainDenial } from './access-hints.ts'
import { createChipCache, type ChipCache, type FilePart } from './chip-cache.ts'
import { ChipFiles } from './chip-files.ts'
import { ChipSession, type Transmit } from './chip-session.ts'
import { FileReader } from './file-reader.ts'
import { parseCom } from './lds/com.ts'
import { parseDg1 } from './lds/dg1.ts'
import { parseDg11, parseDg12 } from './lds/dg11.ts'
import { parseDg13 } from './lds/dg13.ts'
import { parseDg14 } from './lds/dg14.ts'
import { parseDg15 } from './lds/dg15.ts'
import { parseDg2 } from './lds/dg2.ts'
import { groupName, type LdsFile } from './lds/files.ts'
import { shownPortrait } from './lds/shown-portrait.ts'
import { parseSod } from './lds/sod.ts'
import { openChip, type Opening } from './open-chip.ts'
import { proveChip, proveCopy } from './proofs.ts'
import { readLengths } from './read-lengths.ts'
import { dateOfIssue, judgeSod } from './trust/index.ts'
import { hashHolds } from './trust/security-object.ts'

export type ReadChipRequest = {
  readonly transmit: Transmit
  readonly access: ChipAccess
  readonly signal: AbortSignal
  readonly onProgress?: (progress: ChipProgress) => void
  /** Called once, as soon as the portrait is there and before the rest is read. */
  readonly onPortrait?: (portrait: NonNullable<ChipReading['portrait']>) => void
  /** Monotonic milliseconds. */
  readonly clock?: () => number
  /** What `powerOn` of the reader said; without it only short commands are used. */
  readonly link?: { readonly atr: Uint8Array; readonly maxResponse: number }
  /** Bytes asked for at once, tried from left to right; above 256 needs extended length. Overrules `link`. */
  readonly readLengths?: readonly number[]
  /** From an earlier reading that broke: what it had is not read again if the same card answers. Is filled in any case. */
  readonly cache?: ChipCache
  /** Go on with PACE although the chip said that one attempt is left. */
  readonly lastAttempt?: boolean
  /** Without any, nothing is ever verified. */
  readonly anchors?: TrustAnchors
  /** The time for which validity is judged; now when not given. */
  readonly at?: Date
  /** What other sources say, to tell which input is likely wrong when the chip refuses. */
  readonly hints?: ChipHints
}

/**
 * Reads a chip through `transmit`: text first (DG1, DG13), then the lists (COM, SOD), chip authentication (DG14), the
 * portrait (DG2) under its keys, active authentication (DG15), and what else the chip lists.
 *
 * Errors: CHIP_ACCESS_DENIED (context `reason`, `likely`, `attemptsLeft`), CHIP_TAMPERED (secure messaging does not hold),
 * CHIP_MALFORMED, CHIP_FILE_MISSING (no application or no DG1), MRZ_FORMAT and CAN_FORMAT (values no card carries),
 * CANCELLED, and those of `transmit`.
 */
export async function readChip(request: ReadChipRequest): Promise<ChipReading> {
  const clock = request.clock ?? (() => performance.now())
  const progress = request.onProgress ?? (() => {})
  const session = new ChipSession(request.transmit, request.signal, clock)
  const chip = new ChipFiles(session, clock, progress)
  const { parts } = request.cache ?? createChipCache()

  let opening: Opening | undefined
  const open = async () => {
    const { lastAttempt, link } = request
    try {
      opening = await openChip(session, request.access, { lastAttempt, atr: link?.atr }, opening)
      return opening
    } catch (error) {
      throw explainDenial(error, request.access, request.hints)
    }
  }
  progress({ stage: 'connect', bytesRead: 0 })
  progress({ stage: 'access', bytesRead: 0 })
  const { access, responseLimit } = await chip.timed('access', open)

  const lengths = request.readLengths ?? readLengths(request.link ?? {}, responseLimit)
  const reader = new FileReader({ session, lengths, reopen: open, parts })
  const fetch = <T>(file: LdsFile, parse: (bytes: Uint8Array) => T) => chip.fetch(reader, file, parse)

  // DG1 is always read afresh: it is the first half of the proof that the same card is back.
  const before = completeParts(parts)
  parts.delete('DG1')
  const lines = await fetch('DG1', parseDg1)
  if (!lines) throw new AppError('CHIP_FILE_MISSING', 'chip.read/DG1', { context: { file: 'DG1' } })
  const resumed = before !== undefined && (await isSameCard(before, chip.files.DG1, reader))
  if (!resumed) for (const name of parts.keys()) if (name !== 'DG1') parts.delete(name)

  const details: ChipDetails = (await fetch('DG13', parseDg13)) ?? { unknown: {} }
  progress({ stage: 'read', bytesRead: 0, details })

  const named = await fetch('COM', tolerant(parseCom))
  // A security object that cannot be read is judged, not thrown: the card's text stays usable, and marked.
  const sod = await fetch('SOD', tolerant(parseSod))
  const listed = new Set<LdsFile>([...(named ?? []), ...signedGroups(sod)])
  const has = (name: LdsFile) => listed.size === 0 || listed.has(name)

  const infos = has('DG14') ? ((await fetch('DG14', tolerant(parseDg14))) ?? []) : []
  const ca = await chip.timed('chip-authentication', () =>
    proveChip({ session, reader, infos, next: 'DG2', reopen: open }),
  )
  const picture = has('DG2') ? await fetch('DG2', parseDg2) : undefined
  const shown = picture && (await chip.timed('portrait', () => shownPortrait(picture)))
  const portrait = picture && { ...picture, ...(shown ? { shown } : {}) }
  if (portrait) request.onPortrait?.(portrait)
  const key = has('DG15') ? await fetch('DG15', tolerant(parseDg15)) : undefined
  const aa = key
    ? await chip.timed('active-authentication', () => proveCopy({ session, reader, key, infos, reopen: open }))
    : 'not-offered'
  const personal = has('DG11') ? await fetch('DG11', tolerant(parseDg11)) : undefined
  const document = has('DG12') ? await fetch('DG12', tolerant(parseDg12)) : undefined
  for (const name of listed) if (!chip.states.has(name)) await fetch(name, () => undefined)

  progress({ stage: 'check', bytesRead: 0 })
  // A signed key that is not there was taken away: so does a copy that cannot prove itself.
  const withheld = (name: LdsFile) => signedGroups(sod).includes(name) && chip.states.get(name) !== 'read'
  const proofs = {
    chipAuthentication: withheld('DG14') ? ('failed' as const) : ca,
    activeAuthentication: withheld('DG15') ? ('failed' as const) : aa,
  }
  const issued = dateOfIssue(details.issued)
  const judged = judgeSod({
    sod: chip.files.SOD ?? new Uint8Array(),
    groups: chip.files,
    anchors: request.anchors ?? { certificates: [], crls: [] },
    at: request.at ?? new Date(),
    ...(issued && { issued }),
  })
  if (resumed && request.cache && !(sod && hashesHold(sod, chip.files))) {
    // What was kept and what came now are of two cards, or were spoilt: everything is read from this one.
    request.cache.clear()
    return readChip(request)
  }
  const verdict = withProofs(judged, proofs)
  return {
    access,
    mrz: { lines },
    details,
    ...(portrait ? { portrait } : {}),
    ...(personal ? { personal } : {}),
    ...(document ? { document } : {}),
    groups: chip.groups(),
    ...proofs,
    trust: verdict.trust,
    verdict,
    timings: chip.timings.filter(({ file, apdus, bytes }) => apdus > 0 || bytes > 0 || (file === 'portrait' && shown)),
    files: chip.files,
  }
}

type SecurityObject = ReturnType<typeof parseSod>
type Identity = { readonly dg1: Uint8Array; readonly sod: Uint8Array }

/** What tells a card from every other, if it was read to its end before. */
function completeParts(parts: ReadonlyMap<LdsFile, FilePart>): Identity | undefined {
  const whole = (name: LdsFile) => {
    const part = parts.get(name)
    return part?.read === part?.bytes.length ? part?.bytes : undefined
  }
  const [dg1, sod] = [whole('DG1'), whole('SOD')]
  return dg1 && sod && { dg1, sod }
}

/** The same holder, and the same list of hashes: DG2's stands within the first bytes, so it is the same portrait too. */
async function isSameCard(before: Identity, dg1: Uint8Array | undefined, reader: FileReader): Promise<boolean> {
  if (!dg1 || !equal(dg1, before.dg1)) return false
  const head = await reader.head('SOD')
  if (head.state !== 'read') return false
  const length = Math.min(head.bytes.length, before.sod.length)
  return equal(head.bytes.subarray(0, length), before.sod.subarray(0, length))
}

function signedGroups(sod: SecurityObject | undefined): readonly LdsFile[] {
  return [...(sod?.hashes.keys() ?? [])].flatMap((number) => groupName(number) ?? [])
}

/** A card whose lists hold is still a copy when it cannot prove what it offered to prove. */
function withProofs(
  verdict: TrustVerdict,
  { chipAuthentication, activeAuthentication }: { chipAuthentication: ChipProof; activeAuthentication: ChipProof },
): TrustVerdict {
  if (verdict.trust === 'failed') return verdict
  if (chipAuthentication === 'failed') return { ...verdict, trust: 'failed', check: 'chip-authentication' }
  if (activeAuthentication === 'failed') return { ...verdict, trust: 'failed', check: 'active-authentication' }
  return verdict
}

function hashesHold(sod: SecurityObject, files: Partial<Record<LdsFile, Uint8Array>>): boolean {
  return Object.entries(files).every(
    ([name, file]) => !name.startsWith('DG') || !file || hashHolds(sod, Number(name.slice(2)), file),
  )
}

/** Groups beside the text and the portrait are kept raw when this program cannot read them. */
function tolerant<T>(parse: (bytes: Uint8Array) => T): (bytes: Uint8Array) => T | undefined {
  return (bytes) => {
    try {
      return parse(bytes)
    } catch {
      return undefined
    }
  }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.from(a).equals(b)
}
